"""The period of validity: a free text of the source, read where it can be read, and kept where it says more."""

import re
from datetime import date
from typing import Self

import attrs

_MONTHS = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_FRENCH = re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})", re.ASCII)
_MONTH = re.compile(r"(?P<month>[a-zéû]+)\.?-(?P<year>\d\d)", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_OF_YEAR = re.compile(r"(?:Année|Données valides pour l['’]année) ((?:19|20)\d\d)", re.IGNORECASE)


@attrs.frozen
class Validity:
    """The declared validity as ISO dates, empty where the text says none; `text` is kept unless a day says it all."""

    starts: str = ""
    ends: str = ""
    text: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what a text says: a day is the last one, `2025` ends with that year, `Année 2022` is that year.

        A month (`déc.-18`, as Excel writes one) ends on its first day, as ADEME's other rows do. All else is kept as
        text and not guessed at: `3 ans`, or the number that a spreadsheet made of a day.
        """
        if found := _ISO.fullmatch(text) or _FRENCH.fullmatch(text):
            day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
            return cls("", day, "" if day else text)
        if _YEAR.fullmatch(text):
            return cls("", f"{text}-12-31", text)
        if found := _OF_YEAR.fullmatch(text):
            return cls(f"{found[1]}-01-01", f"{found[1]}-12-31", text)
        if (found := _MONTH.fullmatch(text)) and found["month"].lower() in _MONTHS:
            return cls("", _day(2000 + int(found["year"]), _MONTHS.index(found["month"].lower()) + 1, 1), text)
        return cls("", "", text)


def _day(year: int, month: int, day: int) -> str:
    """Return a day as an ISO date, or nothing where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
