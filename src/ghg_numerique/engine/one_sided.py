"""Purchase orders that stand on one side alone: equipment without spending, and spending without equipment."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.algebra.balances import Amounts, Tally, amount_of, summed
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.allocate import enters, year_days
from ghg_numerique.engine.details import detailed
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.terms import Activity, Severity

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
    items, spending = (_of(whole, activity) for activity in (Activity.HARDWARE, Activity.SPENDING))
    now = (whole.order >= 0) & enters(whole.start, *year_days(methodology.reporting_year))
    return OneSided(
        _tallies(whole, now & items & ~np.isin(whole.order, whole.order[spending])),
        _tallies(whole, now & spending & ~np.isin(whole.order, whole.order[items])),
    )


def told_one_sided(inventory: Inventory, methodology: Methodology) -> Iterator[Finding]:
    """Return a note for each side on which orders stand alone."""
    found = one_sided(inventory, methodology)
    for code, side in (("items-without-spending", found.items), ("spending-without-items", found.spending)):
        if side:
            names = ", ".join(islice(side, SHOWN)) + (", ..." if len(side) > SHOWN else "")
            amount = amount_of(sum(side.values(), start=Tally()))
            yield Finding.of(code, Severity.NOTE, value=names, count=len(side), amount=amount)


def _of(inventory: Inventory, activity: Activity) -> npt.NDArray[np.bool_]:
    """Return which rows are of an activity and count for something, but for what is no expense."""
    concerned = [profile.activity is activity and not profile.movement for profile in inventory.profiles]
    rows: npt.NDArray[np.bool_] = np.array(concerned, dtype=bool)[inventory.profile] & (inventory.amount != 0)
    return rows


def _tallies(inventory: Inventory, chosen: npt.NDArray[np.bool_]) -> Mapping[str, Tally]:
    rows = np.flatnonzero(chosen)
    codes = zip(*(column[rows].tolist() for column in (inventory.order, inventory.profile, inventory.amount)))
    tallies = (
        (inventory.orders[order], Tally(1, Amounts({inventory.profiles[profile].unit: Fraction(amount, MILLIONTHS)})))
        for order, profile, amount in codes
    )
    return dict(sorted(summed(tallies).items()))
