"""Changed copies of an inventory, the same each time: turned, shuffled, cut, copied, split, multiplied."""

from collections.abc import Iterator

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Activity

Places = npt.NDArray[np.int64]


def shuffled(inventory: Inventory, turn: int) -> Inventory:
    """Return all rows in another order; the first turn is from the last to the first."""
    places = np.arange(len(inventory), dtype=np.int64)
    if turn == 0:
        return inventory.take(places[::-1])
    mixed = (places + 1) * np.int64(2654435761 * (2 * turn + 1) % 2**31) % np.int64(2**31 - 1)
    return inventory.take(np.argsort(mixed, kind="stable"))


def alone(inventory: Inventory) -> Inventory:
    """Return the same rows without the profiles that none of them has: what no row needs is not asked of anybody."""
    used, codes = np.unique(inventory.profile, return_inverse=True)
    profiles = tuple(inventory.profiles[code] for code in used.tolist())
    return attrs.evolve(inventory, profiles=profiles, profile=codes.astype(np.int32))


def cut(inventory: Inventory, parts: int) -> Iterator[Inventory]:
    """Return parts that make up the inventory; the rows of one purchase order stay together."""
    places = np.arange(len(inventory), dtype=np.int64)
    part_of = np.where(inventory.order >= 0, inventory.order, places) % parts
    for part in range(parts):
        yield inventory.take(np.flatnonzero(part_of == part))


def copies(inventory: Inventory, rows: Places, amounts: Places, mark: str) -> Inventory:
    """Return copies of some rows with other amounts, under ids of their own."""
    taken = inventory.take(rows)
    ids = tuple(f"{name} {mark} {place}" for place, name in enumerate(taken.ids))
    return attrs.evolve(taken, amount=np.asarray(amounts, dtype=np.int64), ids=ids)


def multiplied(inventory: Inventory, times: int) -> Inventory:
    """Return the same rows with every amount multiplied. Raises OverflowError where one would leave 64 bits."""
    largest = int(np.abs(inventory.amount).max(initial=0))
    if largest * times >= 2**63:
        raise OverflowError(largest)
    return attrs.evolve(inventory, amount=inventory.amount * np.int64(times))


def split(inventory: Inventory, row: int) -> Inventory:
    """Return the inventory with one row made into three that add up to it."""
    amount = int(inventory.amount[row])
    parts = (amount // 3, amount // 7)
    amounts = np.array([*parts, amount - sum(parts)], dtype=np.int64)
    others = inventory.take(np.delete(np.arange(len(inventory)), row))
    return Inventory.concat([others, copies(inventory, np.array([row] * 3), amounts, "part")])


def of_activity(inventory: Inventory, *activities: Activity) -> Places:
    """Return the places of the rows of some activities."""
    wanted = np.array([profile.activity in activities for profile in inventory.profiles] + [False])
    return np.flatnonzero(wanted[inventory.profile])


def spread_over(rows: Places, most: int) -> Places:
    """Return at most so many of some rows, the first, the last, and others evenly between."""
    if len(rows) <= most:
        return rows
    return rows[np.unique(np.linspace(0, len(rows) - 1, most).astype(np.int64))]
