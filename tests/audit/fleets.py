"""A fleet of any size, the same each time."""

import numpy as np

import ghg_numerique as ghg
from ghg_numerique.model.profile import Profile
from ghg_numerique.testing.methodologies import DOMAINS


def fleet(size: int) -> ghg.Inventory:
    """Return a fleet of two types, of which one row has 9 items and a later one of the other type 7; no other has so many."""
    profiles = [
        Profile(ghg.Activity.HARDWARE, "item", DOMAINS[0], kind, state=ghg.State.IN_USE)
        for kind in ("laptop", "server")
    ]
    places = np.arange(size)
    start = 738886 + places % 365  # days of 2024
    amounts = (1 + places % 5) * 10**6
    amounts[[size // 3, size - 5]] = 9 * 10**6, 7 * 10**6
    columns = {"file": places * 0, "row": places + 2, "files": ("parc.csv",)}
    return ghg.Inventory.from_columns(profiles, places % 97 == 0, amounts, start, start + 2000, **columns)
