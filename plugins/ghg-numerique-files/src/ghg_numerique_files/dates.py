"""Days as clerks write them: `2024-03-01`, `01/03/2024`, `20240301`. Four-digit years, days that exist."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

DateFault: TypeAlias = Literal["date", "date-range", "date-serial", "date-short", "date-time"]
"""No day, one too far away, the number by which a spreadsheet counts days, a year of two digits, a day with a time."""

_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", re.ASCII),
    re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})", re.ASCII),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", re.ASCII),
)
_ALMOST: Final[dict[DateFault, re.Pattern[str]]] = {
    "date-serial": re.compile(r"[0-9]{5}", re.ASCII),
    "date-short": re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}", re.ASCII),
    "date-time": re.compile(r"[0-9]{2,4}[-/][0-9]{2}[-/][0-9]{2,4}[T ]+[0-9]{1,2}[:h][0-9]{2}.*", re.ASCII),
}
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
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
    return next((code for code, shape in _ALMOST.items() if shape.fullmatch(text)), "date")


def day_of_serial(number: int, *, date_1904: bool) -> date:
    """Return the day that a number of five digits stands for in a spreadsheet, which counts from 1900 or from 1904."""
    return _EPOCHS[date_1904] + timedelta(days=number)


def read_year(text: str) -> date | DateFault:
    """Return the last day of the year that a text names, or the code of what is wrong with it."""
    if not _YEAR.fullmatch(text):
        return "date"
    year = int(text)
    return date(year, 12, 31) if FIRST_YEAR <= year <= LAST_YEAR else "date-range"
