"""What the engine tells, as lines of text: findings, faults, explanations, fates, balances and cells."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import ghg_numerique as ghg
from ghg_numerique.algebra.balances import Tally
from ghg_numerique.errors import GhgError


def findings(found: Iterable[ghg.Finding]) -> Iterator[str]:
    """Return findings with their code, their weight and their sentence."""
    return (f"{one.code} | {one.severity} | {one.text('fr')}" for one in found)


def faults(found: Iterable[GhgError]) -> Iterator[str]:
    """Return errors with their code and their sentence."""
    return (f"{one.code} | {one.text('fr')}" for one in found)


def explanations(inventory: ghg.Inventory, resolution: ghg.Resolution, **where: str) -> Iterator[str]:
    """Return each row in each cell: amount, coefficients, result, and what lost."""
    for one in ghg.explain(inventory, resolution, **where):
        chain = " x ".join(map(_linked, one.chain))
        lost = "".join(f"; {loser.provider} lost by {loser.lost}" for loser in one.rejected)
        yield f"{one.origin} {one.id} | {'/'.join(one.cell.values())} | {one.amount} x {chain} = {one.result}{lost}"


def _linked(link: ghg.Coefficient) -> str:
    return f"{link.value} {link.unit} ({', '.join(filter(None, (link.identity, link.label, link.comment)))})"


def fates(inventory: ghg.Inventory, resolution: ghg.Resolution) -> Iterator[str]:
    """Return where each row ended, why, and which keys nothing answered."""
    for one in ghg.fates(inventory, resolution):
        missing = "".join(f"; {key}" for key in one.missing)
        yield f"{one.origin} {one.id} | {one.amount} | {' '.join(filter(None, (one.fate, one.reason)))}{missing}"


def postings(found: ghg.Postings) -> Iterator[str]:
    """Return what was posted: the entries of A, the gaps, what went through each chain, and the balance of rows."""
    for (cell, key), millionths in found.matrix.entries.items():
        yield f"{'/'.join(cell)} | {key.route} {key.unit} {key.order} | {millionths}"
    yield from (
        f"{what} {kind} | {gap.gap} {gap.key} | {amounts(tally)}" for (what, kind, gap), tally in found.gaps.items()
    )
    yield from (
        f"{key.route} {' '.join(map(str, key.factors))} | {amounts(tally)}" for key, tally in found.uses.items()
    )
    yield from (f"{' '.join(filter(None, line))} | {amounts(tally)}" for line, tally in found.balances.rows.items())


def footprint(found: ghg.Footprint) -> Iterator[str]:
    """Return the cells of a footprint, and its three balances."""
    yield from (f"{'/'.join(cell)} | {amount} kgCO2eq" for cell, amount in found.cells.items())
    balances = found.balances
    for name, lines in (("rows", balances.rows), ("kinds", balances.kinds), ("files", balances.files)):
        yield from (f"{name} | {' '.join(filter(None, line))} | {amounts(tally)}" for line, tally in lines.items())


def amounts(tally: Tally) -> str:
    """Return how many rows a tally has, and what they add up to."""
    return ", ".join([f"{tally.rows} rows", *(f"{amount} {unit}" for unit, amount in tally.amounts.by_unit.items())])


def listed(page: Path) -> dict[str, list[str]]:
    """Return the lines of a page of what is to be told, by the title above them."""
    text = page.read_text(encoding="utf-8")
    parts = (part.split("\n") for part in text.removeprefix("== ").removesuffix("\n").split("\n\n== "))
    return {title: lines for title, *lines in parts}
