"""Pairs that look like one purchase: equipment and a spending line of one supplier, one amount and nearby dates.

They are proposals for a person to judge: nothing is ever linked by likeness.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs
import numpy as np

from ghg_numerique.decimals import MILLIONTHS, rounded
from ghg_numerique.engine.allocate import enters, year_days
from ghg_numerique.engine.details import detailed
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.model.columns import NO_PRICE
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.terms import Activity


@attrs.frozen
class Pair:
    """A spending line and the rows of equipment that may be what it paid for; `only` where nothing else would fit."""

    spending: int
    items: tuple[int, ...]
    only: bool = True


@attrs.frozen
class Purchase:
    """Rows of equipment that may have come with one invoice: of one supplier and one day, and what they cost."""

    items: tuple[int, ...]
    supplier: str
    day: int
    unit: str
    cost: Fraction


def pairs(inventory: Inventory, methodology: Methodology, days: int) -> tuple[Pair, ...]:
    """Return the pairs in the order of the spending lines: equal to the cent, `days` apart at most.

    Rows that bear an order already, and spending of other years, are left out. Two suppliers that are both known must be
    one. Amounts of two tax bases are compared through the rate of the methodology, where it gives one.
    """
    whole = detailed(inventory, methodology)
    costs: dict[tuple[str, Fraction], list[Purchase]] = {}
    for purchase in _purchases(whole):
        for key in _in_both_bases(purchase.unit, purchase.cost, methodology):
            costs.setdefault(key, []).append(purchase)
    found = [
        Pair(index, purchase.items)
        for index in _unlinked(whole, methodology)
        for purchase in _fitting(whole, index, costs)
        if abs(int(whole.start[index]) - purchase.day) <= days and _alike(_supplier(whole, index), purchase.supplier)
    ]
    rows = Counter(row for pair in found for row in (pair.spending, *pair.items))
    return tuple(attrs.evolve(pair, only=all(rows[row] == 1 for row in (pair.spending, *pair.items))) for pair in found)


def _unlinked(inventory: Inventory, methodology: Methodology) -> Iterable[int]:
    """Return the expenses of the year that name no order."""
    spent = [profile.activity is Activity.SPENDING and not profile.movement for profile in inventory.profiles]
    now = enters(inventory.start, *year_days(methodology.reporting_year))
    rows: list[int] = np.flatnonzero(
        np.array(spent, dtype=bool)[inventory.profile] & now & (inventory.order < 0) & (inventory.amount > 0)
    ).tolist()
    return rows


def _purchases(inventory: Inventory) -> Iterator[Purchase]:
    """Return what may have been bought at once: each priced row alone, and those of one supplier and one day."""
    together: dict[tuple[str, int, str], list[int]] = {}
    for index in np.flatnonzero((inventory.price != NO_PRICE) & (inventory.order < 0)).tolist():
        key = _supplier(inventory, index), int(inventory.start[index]), EURO_UNITS[inventory.price_unit[index]]
        together.setdefault(key, []).append(index)
        yield _purchase(inventory, [index], *key)
    for key, rows in together.items():
        if len(rows) > 1:
            yield _purchase(inventory, rows, *key)


def _purchase(inventory: Inventory, rows: list[int], supplier: str, day: int, unit: str) -> Purchase:
    cost = sum(int(inventory.amount[row]) * int(inventory.price[row]) for row in rows)
    return Purchase(tuple(rows), supplier, day, unit, Fraction(cost, MILLIONTHS**2))


def _in_both_bases(unit: str, amount: Fraction, methodology: Methodology) -> Iterator[tuple[str, Fraction]]:
    """Return an amount to the cent in its own tax basis, and in the other one where a rate is given."""
    yield unit, rounded(amount, 2)
    if methodology.prices.vat is not None:
        rate = 1 + Fraction(methodology.prices.vat) / 100
        yield ("EUR_TTC", rounded(amount * rate, 2)) if unit == "EUR_HT" else ("EUR_HT", rounded(amount / rate, 2))


def _fitting(
    inventory: Inventory, index: int, costs: Mapping[tuple[str, Fraction], list[Purchase]]
) -> Iterable[Purchase]:
    unit = inventory.profiles[inventory.profile[index]].unit
    return costs.get((unit, rounded(inventory.quantity(index), 2)), ())


def _supplier(inventory: Inventory, index: int) -> str:
    code = int(inventory.supplier[index])
    return " ".join(inventory.suppliers[code].split()).casefold() if code >= 0 else ""


def _alike(one: str, other: str) -> bool:
    return not one or not other or one == other
