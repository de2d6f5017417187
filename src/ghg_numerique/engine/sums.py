"""From columns to sums per profile: the only place where the rows of an inventory are gone through."""

from collections.abc import Iterator
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.engine.allocate import Days, Mask, enters, lifetime_days, service_days
from ghg_numerique.errors import TooLarge
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.profile import Codes

ENTRY: Final = 1
"""The row enters in the year."""
SERVICE: Final = 2
"""The row is in service on some day of the year."""
AFTER: Final = 4
"""The row starts after the year."""
WEAR: Final = 8
"""In straight line: days of the lifetime of the row fall within the year."""
CLASSES: Final = 16
"""A row is in one of sixteen classes, the sum of the flags above."""

AT_ENTRY: Final = 0
WITHOUT_LIFETIME: Final = -1
"""What stands for a lifetime: rows that count at their entry, and rows that should wear off but whose lifetime is
unknown: these are classed as wearing off from the year they enter and while they serve, so that the gap is seen."""

_BLOCK: Final = 1 << 15
_LARGEST: Final = float(2**63)

Ints = npt.NDArray[np.int64]


@attrs.frozen(eq=False)
class Sums:
    """Rows and amounts by profile and class, amounts times days by profile; amounts in millionths.

    `service` counts days in service, `worn` days of the lifetime: item-days, or whatever the unit of the profile is.
    `files` are rows and amounts by file and line, where lines were given: those of no file come first.
    """

    rows: Ints
    amounts: Ints
    service: Ints
    worn: Ints
    files: Ints


@attrs.frozen(eq=False)
class Year:
    """The period [first, after) of a footprint, and how long things of each profile wear off (None: flow)."""

    first: int
    after: int
    lifetimes: Ints | None = None


def sum_rows(inventory: Inventory, year: Year, line_of: Ints | None = None) -> Sums:
    """Return the sums of an inventory; sums of parts add up to the sums of the whole, exactly.

    `line_of` says in which line of the balance rows of a profile and class end; without it nothing is summed by file.
    Block by block, so that what is worked on stays in the cache. Raises TooLarge where a sum of millionths could
    leave 64 bits, before it does.
    """
    size = len(inventory.profiles)
    _check_overflow(inventory)
    rows, amounts = np.zeros((2, size * CLASSES), np.int64)
    service, worn = np.zeros((2, size), np.int64)
    lines = 0 if line_of is None or not size else int(line_of.max()) + 1
    files = np.zeros((2, len(inventory.files) + 1, lines), np.int64)
    for begin in range(0, len(inventory), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        profile, amount = inventory.profile[block], inventory.amount[block]
        served, wearing, code = classes(inventory, block, year)
        rows += np.bincount(code, minlength=len(rows))
        np.add.at(amounts, code, amount)
        np.add.at(service, profile, amount * served)
        if year.lifetimes is not None:
            np.add.at(worn, profile, amount * wearing)
        if line_of is not None:
            _enter_files(files, inventory.file[block], line_of.ravel()[code], amount)
    return Sums(rows, amounts, service, worn, files)


def _enter_files(files: Ints, file: Codes, line: Ints, amount: Ints) -> None:
    """Add the rows of a block and their amounts to the sums by file and line."""
    count, total = files.reshape(2, -1)
    place = (file + np.int64(1)) * files.shape[2] + line
    count += np.bincount(place, minlength=len(count))
    np.add.at(total, place, amount)


@attrs.frozen
class Alike:
    """Rows that have one profile, class, purchase order and file: how many they are, and what they add up to."""

    profile: int
    kind: int
    order: str
    file: str
    rows: int
    amount: int


def alike(inventory: Inventory, year: Year) -> Iterator[Alike]:
    """Return the rows of an inventory, each of which names a purchase order, gathered where they are alike.

    Raises TooLarge as `sum_rows` does.
    """
    _check_overflow(inventory)
    *_, code = classes(inventory, slice(None), year)
    keys = np.stack([inventory.profile, code % CLASSES, inventory.order, inventory.file], axis=1)
    found, place = np.unique(keys, axis=0, return_inverse=True)
    amounts = np.zeros(len(found), np.int64)
    np.add.at(amounts, place.ravel(), inventory.amount)
    counts = np.bincount(place.ravel(), minlength=len(found))
    files = (*inventory.files, "")
    for (profile, kind, order, file), rows, amount in zip(
        found.tolist(), counts.tolist(), amounts.tolist(), strict=True
    ):
        yield Alike(profile, kind, inventory.orders[order], files[file], rows, amount)


def classes(inventory: Inventory, block: slice, year: Year) -> tuple[Days, Days, Ints]:
    """Return for rows their days in service, their days of wear, and their code: profile x CLASSES + class."""
    profile, start = inventory.profile[block], inventory.start[block]
    served = service_days(start, inventory.end[block], year.first, year.after)
    code: Ints = profile * np.int64(CLASSES)
    code += enters(start, year.first, year.after)
    code += (served > 0) * np.int64(SERVICE)
    code += (start >= year.after) * np.int64(AFTER)
    if year.lifetimes is None:
        return served, served, code
    worn, wears = _wear(year.lifetimes[profile], start, served, year)
    code += wears * np.int64(WEAR)
    return served, worn, code


def _wear(lifetime: Ints, start: Days, served: Days, year: Year) -> tuple[Days, Mask]:
    """Return for each row the days that it wears off in the year, and whether it counts as wearing off."""
    worn = lifetime_days(start, np.maximum(lifetime, 0), year.first, year.after)
    there = (served > 0) | enters(start, year.first, year.after)
    return worn, np.where(lifetime > 0, worn > 0, (lifetime == WITHOUT_LIFETIME) & there)


def _check_overflow(inventory: Inventory) -> None:
    amount = inventory.amount
    if not len(amount):
        return
    largest = max(int(amount.max()), -int(amount.min()))
    if largest * len(amount) * 366 < _LARGEST:
        return
    if float(np.abs(amount).sum(dtype=np.float64)) * 366 >= _LARGEST:
        row = int(np.abs(amount).argmax())
        shown = f"{float(inventory.quantity(row)):g} {inventory.profiles[inventory.profile[row]].unit}"
        origin = inventory.origin(row)
        place = origin if origin.file or not inventory.ids else inventory.ids[row]
        raise TooLarge("too-large", place=place, amount=shown)
