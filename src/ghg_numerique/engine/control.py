"""Control totals: what the owner of a file says that it holds, held against what was read from it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import numpy as np

from ghg_numerique.decimals import MILLIONTHS, exact, plain
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.project import Control
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity

_UNITS: Final = {"items": "item", "euros_ht": "EUR_HT", "euros_ttc": "EUR_TTC"}
_HALF: Final = 32


def controlled(inventory: Inventory, control: Control, file: str) -> Iterator[Finding]:
    """Return an error for each total of a file that is not the one stated, with both figures.

    Rows set aside count, but for those of companions.
    """
    read = len(inventory) + sum(row.origin.file == file for row in inventory.set_aside)
    if control.rows is not None and read != control.rows:
        yield _differs(file, "rows", Fraction(read), Fraction(control.rows))
    amounts = _spent(inventory)
    for name, unit in _UNITS.items():
        stated, found = getattr(control, name), amounts.get(unit, Fraction(0))
        if stated is not None and exact(stated) != found:
            yield _differs(file, name, found, exact(stated))


def _spent(inventory: Inventory) -> Mapping[str, Fraction]:
    """Return what an inventory adds up to in each unit, but for the lines of accounts that are no expense.

    The halves of the amounts are summed apart, since nobody has told yet whether their sum fits in 64 bits.
    """
    low, high = np.zeros((2, len(inventory.profiles)), dtype=np.int64)
    np.add.at(low, inventory.profile, inventory.amount & ((1 << _HALF) - 1))
    np.add.at(high, inventory.profile, inventory.amount >> _HALF)
    totals: dict[str, int] = {}
    for profile, small, large in zip(inventory.profiles, low.tolist(), high.tolist(), strict=True):
        if not profile.movement:
            totals[profile.unit] = totals.get(profile.unit, 0) + (large << _HALF) + small
    for row in inventory.set_aside:
        totals[row.unit] = totals.get(row.unit, 0) + row.amount
    return {unit: Fraction(amount, MILLIONTHS) for unit, amount in totals.items()}


def _differs(file: str, name: str, found: Fraction, stated: Fraction) -> Finding:
    gap = found - stated
    facts = {"total": name, "stated": plain(stated), "gap": ("+" if gap > 0 else "") + plain(gap)}
    return Finding.of("control-differs", Severity.ERROR, Origin(file), plain(found), **facts)
