"""Which part of a row falls into a year: whole days counted, nothing multiplied. All periods are half-open."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]


def year_days(year: int) -> tuple[int, int]:
    """Return the first day of a year and the first day after it, as day ordinals."""
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()


def enters(start: Days, first: int, after: int) -> Mask:
    """Tell which rows start within [first, after): in flow, a row counts wholly in the year that it enters."""
    return (start >= first) & (start < after)


def service_days(start: Days, end: Days, first: int, after: int) -> Days:
    """Return the days in service [start, end) that fall within [first, after).

    Over adjoining periods the days add up: months make the year, and a whole year in service is 365 or 366 days.
    """
    days: Days = np.minimum(end, after) - np.maximum(start, first)
    return np.maximum(days, 0, out=days)


def lifetime_days(start: Days, lifetime: Days, first: int, after: int) -> Days:
    """Return the days of [start, start + lifetime) that fall within [first, after).

    Over all years they add up to the lifetime, so that straight-line shares add up to the whole, whatever happens to
    the equipment meanwhile: retiring it early does not unmake its manufacture.
    """
    return service_days(start, start + lifetime, first, after)
