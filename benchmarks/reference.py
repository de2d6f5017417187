"""The yardstick: the footprint of a coded fleet as a good numpy programmer would write it by hand, in floats.

One pass over whole columns: gather the factors, multiply, `bincount` into domain x kind. No units, no balances, no
reasons, no exactness: what is left when everything that a footprint has to answer for is taken away.
"""

import numpy as np
import numpy.typing as npt
from fleet import AFTER, DOMAINS, ELECTRICITY, EMBODIED, ENERGY, FIRST, Fleet

Floats = npt.NDArray[np.float64]

EMBODIED_OF_TYPE = np.array([float(value) for value in EMBODIED.values()])
USE_OF_TYPE = np.array([float(value) for value in ENERGY.values()]) * float(ELECTRICITY)


def footprint(fleet: Fleet) -> Floats:
    """Return kgCO2eq by kind (embodied, use) and domain."""
    embodied = (EMBODIED_OF_TYPE / 1e6)[fleet.type]
    use = (USE_OF_TYPE / 1e6 / (AFTER - FIRST))[fleet.type] * fleet.powered
    start, end = fleet.start, fleet.end
    entering = (start >= FIRST) & (start < AFTER)
    days = np.maximum(np.minimum(end, AFTER) - np.maximum(start, FIRST), 0)
    domain = fleet.domain[fleet.profile]
    return np.stack(
        [
            np.bincount(domain, embodied[fleet.profile] * fleet.amount * entering, len(DOMAINS)),
            np.bincount(domain, use[fleet.profile] * fleet.amount * days, len(DOMAINS)),
        ]
    )
