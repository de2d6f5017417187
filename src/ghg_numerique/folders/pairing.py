"""What `pair` prints: links that look right, to be judged and pasted; and the orders that stand on one side alone."""

from collections.abc import Iterator, Mapping
from itertools import islice

from ghg_numerique.algebra.balances import Tally, amount_of
from ghg_numerique.csv_pages import harmless
from ghg_numerique.engine.one_sided import one_sided
from ghg_numerique.engine.pairs import Pair, pairs
from ghg_numerique.errors import amount_said
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.links import HEADERS
from ghg_numerique.wording import say


def told_pairs(opened: Folder, *, days: int, limit: int, language: str) -> str:
    """Return the pairs of a folder as lines of a page of links, those in doubt apart, and one-sided orders."""
    found = pairs(opened.inventory, opened.methodology, days)
    sure, doubtful = ([pair for pair in found if pair.only is only] for only in (True, False))
    alone = one_sided(opened.inventory, opened.methodology)
    lines = [say("cli.pair-sure", language, count=len(sure), page=opened.project.links or "liens.csv")]
    if sure:
        lines.append(";".join(HEADERS[language != "fr"]))
    lines.extend(line for pair in sure for line in _links(opened.inventory, pair))
    lines.append(say("cli.pair-doubtful", language, count=len(doubtful)))
    lines.extend(_doubt(opened.inventory, pair) for pair in doubtful)
    lines.extend(_side("items", alone.items, limit, language))
    lines.extend(_side("spending", alone.spending, limit, language))
    return "\n".join(lines)


def _links(inventory: Inventory, pair: Pair) -> Iterator[str]:
    """Return the lines that link a pair by an order of its own: that of the spending line."""
    order = f"{inventory.origin(pair.spending).file}#{inventory.ids[pair.spending]}"
    for row in (pair.spending, *pair.items):
        yield ";".join(map(harmless, (inventory.origin(row).file, inventory.ids[row], order)))


def _doubt(inventory: Inventory, pair: Pair) -> str:
    items = " + ".join(f"{inventory.origin(row)} {inventory.ids[row]}" for row in pair.items)
    return f"  {inventory.origin(pair.spending)} {inventory.ids[pair.spending]} <-> {items}"


def _side(side: str, orders: Mapping[str, Tally], limit: int, language: str) -> Iterator[str]:
    yield say(f"cli.pair-{side}", language, count=len(orders))
    for order, tally in islice(orders.items(), limit):
        yield f"  {order}: {amount_said(amount_of(tally), language)}"
    if len(orders) > limit:
        yield say("cli.more", language, count=len(orders) - limit)
