"""Days as clerks write them: `2024-03-01`, `01/03/2024`, `20240301`. Four-digit years, days that exist."""

import re
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

DateFault: TypeAlias = Literal["date", "date-range"]

_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", re.ASCII),
    re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})", re.ASCII),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", re.ASCII),
)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@lru_cache(maxsize=65536)
def read_day(text: str) -> date | DateFault:
    """Return the day that a text names, or the code of what is wrong with it."""
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = {name: int(digits) for name, digits in found.groupdict().items()}
            try:
                day = date(**parts)
            except ValueError:
                return "date"
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else "date-range"
    return "date"


def read_year(text: str) -> date | DateFault:
    """Return the last day of the year that a text names, or the code of what is wrong with it."""
    if not _YEAR.fullmatch(text):
        return "date"
    year = int(text)
    return date(year, 12, 31) if FIRST_YEAR <= year <= LAST_YEAR else "date-range"
