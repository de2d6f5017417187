"""Purchase orders that stand on one side alone: equipment without spending, and spending without equipment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import repeat

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.algebra.balances import Amounts, Tally, amount_of
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.allocate import enters, year_days
from ghg_numerique.engine.details import detailed
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.terms import Activity, Severity

Ints = npt.NDArray[np.int64]

SHOWN = 5
"""How many orders a finding names; the command `pair` lists them all."""


@attrs.frozen
class OneSided:
    """Rows and amounts by order, in the order of their names."""

    items: Mapping[str, Tally]
    spending: Mapping[str, Tally]


def one_sided(inventory: Inventory, methodology: Methodology) -> OneSided:
    """Return the orders of which one side falls into the year, and the other side is nowhere in the inventory."""
    whole = detailed(inventory, methodology)
    return OneSided(*(_tallies(whole, rows, _orders(whole, rows)) for rows in _alone(whole, methodology)))


def told_one_sided(inventory: Inventory, methodology: Methodology) -> Iterator[Finding]:
    """Return a note for each side on which orders stand alone."""
    whole = detailed(inventory, methodology)
    codes = ("items-without-spending", "spending-without-items")
    for code, rows in zip(codes, _alone(whole, methodology), strict=True):
        if len(rows):
            orders = sorted(set(_orders(whole, rows)))
            names = ", ".join(orders[:SHOWN]) + (", ..." if len(orders) > SHOWN else "")
            amount = amount_of(_tallies(whole, rows, repeat(code))[code])
            yield Finding.of(code, Severity.NOTE, value=names, count=len(orders), amount=amount)


def _alone(inventory: Inventory, methodology: Methodology) -> tuple[Ints, Ints]:
    """Return the rows of the year whose order has items alone, and those whose order has spending alone."""
    naming = np.flatnonzero((inventory.order >= 0) & (inventory.amount != 0))
    order, start = inventory.order[naming], inventory.start[naming]
    now = enters(start, *year_days(methodology.reporting_year))
    items, spending = (_of(inventory, naming, activity) for activity in (Activity.HARDWARE, Activity.SPENDING))
    return (
        naming[now & items & ~np.isin(order, order[spending])],
        naming[now & spending & ~np.isin(order, order[items])],
    )


def _of(inventory: Inventory, rows: Ints, activity: Activity) -> npt.NDArray[np.bool_]:
    """Return which rows are of an activity, but for what is no expense."""
    concerned = [profile.activity is activity and not profile.movement for profile in inventory.profiles]
    return np.array(concerned, dtype=bool)[inventory.profile[rows]]


def _orders(inventory: Inventory, rows: Ints) -> list[str]:
    """Return the order of each row."""
    return [inventory.orders[code] for code in inventory.order[rows].tolist()]


def _tallies(inventory: Inventory, rows: Ints, names: Iterable[str]) -> Mapping[str, Tally]:
    """Return rows and amounts by the name that each row has, in the order of the names; one fraction per name and unit."""
    units = [profile.unit for profile in inventory.profiles]
    counts: Counter[str] = Counter()
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, profile, amount in zip(names, inventory.profile[rows].tolist(), inventory.amount[rows].tolist()):
        counts[name] += 1
        sums[name][units[profile]] += amount
    return {
        name: Tally(counts[name], Amounts.of({unit: Fraction(total, MILLIONTHS) for unit, total in sums[name].items()}))
        for name in sorted(counts)
    }
