"""Days as clerks write them: `2024-03-01`, `01/03/2024`, `20240301`. Four-digit years, days that exist."""

import re
from datetime import date

from ghg_numerique.cells import FIRST_YEAR, LAST_YEAR, DateFault, day_of_serial, read_day

__all__ = ["FIRST_YEAR", "LAST_YEAR", "DateFault", "day_of_serial", "read_day", "read_year"]

_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


def read_year(text: str) -> date | DateFault:
    """Return the last day of the year that a text names, or the code of what is wrong with it."""
    if not _YEAR.fullmatch(text):
        return "date"
    year = int(text)
    return date(year, 12, 31) if FIRST_YEAR <= year <= LAST_YEAR else "date-range"
