"""The balance of a fleet: what was there, plus what entered, minus what left, is what is there, type by type."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.decimals import MILLIONTHS, plain
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Activity, Mismatch, Severity

Mask = npt.NDArray[np.bool_]


@attrs.frozen
class Stock:
    """How many items of each type somebody counted on a day; a `whole` count has none of the types that it leaves out."""

    day: date
    counts: Mapping[str, Fraction]
    whole: bool = False
    mismatch: Mismatch = Mismatch.WARN
    origin: Origin = Origin()

    def of(self, equipment: str) -> Fraction | None:
        """Return the items of a type, None where nobody counted them."""
        return self.counts.get(equipment, Fraction(0) if self.whole else None)


def stock_of(inventory: Inventory, day: date) -> Mapping[str, Fraction]:
    """Return the items of each type that an inventory has in the fleet on a day."""
    at = day.toordinal()
    return _items(inventory, (inventory.start <= at) & (inventory.end > at))


def fleet_balance(inventory: Inventory, stocks: Sequence[Stock]) -> Iterator[Finding]:
    """Return each type of which a stock, entries and exits do not make the next stock, with all figures.

    Between two days lies what enters or leaves after the first, up to the second. Where there is one stock alone, the
    items that the inventory has on its day are held against it.
    """
    ordered = sorted(stocks, key=lambda stock: stock.day)
    if len(ordered) == 1:
        yield from _alone(inventory, ordered[0])
    for first, last in pairwise(ordered):
        entries, exits = (
            _items(inventory, _between(days, first.day, last.day)) for days in (inventory.start, inventory.end)
        )
        for equipment in sorted({*first.counts, *last.counts, *entries, *exits}):
            start, end = first.of(equipment), last.of(equipment)
            entered, left = entries.get(equipment, Fraction(0)), exits.get(equipment, Fraction(0))
            if start is not None and end is not None and start + entered - left != end:
                yield _differs(
                    "fleet-balance", last, equipment, end, start + entered - left,
                    first=first.day, start=plain(start), entered=plain(entered), left=plain(left),
                )  # fmt: skip


def _alone(inventory: Inventory, stock: Stock) -> Iterator[Finding]:
    found = stock_of(inventory, stock.day)
    for equipment in sorted({*found, *stock.counts}):
        counted, expected = stock.of(equipment), found.get(equipment, Fraction(0))
        if counted is not None and counted != expected:
            yield _differs("fleet-stock", stock, equipment, counted, expected)


def _differs(
    code: str, stock: Stock, equipment: str, counted: Fraction, expected: Fraction, **figures: object
) -> Finding:
    gap = counted - expected
    severity = Severity.ERROR if stock.mismatch is Mismatch.REFUSE else Severity.WARNING
    facts = {"last": stock.day, "counted": plain(counted), "expected": plain(expected)}
    shown = ("+" if gap > 0 else "") + plain(gap)
    return Finding.of(code, severity, stock.origin, equipment, gap=shown, **facts, **figures)


def _between(days: npt.NDArray[np.int32], first: date, last: date) -> Mask:
    between: Mask = (days > first.toordinal()) & (days <= last.toordinal())
    return between


def _items(inventory: Inventory, chosen: Mask) -> Mapping[str, Fraction]:
    """Return the items of the chosen rows of equipment, by type."""
    totals = np.zeros(len(inventory.profiles), dtype=np.int64)
    np.add.at(totals, inventory.profile[chosen], inventory.amount[chosen])
    found: dict[str, int] = {}
    for profile, total in zip(inventory.profiles, totals.tolist(), strict=True):
        if profile.activity is Activity.HARDWARE and total:
            found[profile.equipment] = found.get(profile.equipment, 0) + total
    return {equipment: Fraction(total, MILLIONTHS) for equipment, total in found.items()}
