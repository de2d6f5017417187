"""What a cell of a file may hold: words and days as clerks write them, and the traces of what no cell should hold."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

DateFault: TypeAlias = Literal["date", "date-range"]

HIDDEN: Final = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
"""Characters that cannot be seen, and make two texts differ that look the same."""

SPREADSHEET_ERROR: Final = re.compile(r"#(REF!|DIV/0!|N/A|VALUE!|VALEUR!|NAME\?|NOM\?|NULL!|NUL!|NUM!|NOMBRE!)")
ROUNDED_ID: Final = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)
"""An id that a spreadsheet took for a number."""

TOTAL: Final = re.compile(r"(grand |sous[- ]?|sub-?)?total( g[ée]n[ée]ral| ht| ttc)?|totaux|cumul")
"""A row of totals, by the folded spelling of its id."""

CONTINUATIONS: Final = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
"""What the second byte of an accented letter looks like when UTF-8 is read as cp1252."""

MOJIBAKE: Final = re.compile(f"Ã[{CONTINUATIONS}]|â[{CONTINUATIONS}]{{2}}|Å[“’]")

_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", re.ASCII),
    re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})", re.ASCII),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", re.ASCII),
)


def composed(text: str) -> str:
    """Return a cell as it is kept: composed accents (NFC), nothing around it."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return the key under which a word is looked up. Accents count: `Écran` and `Ecran` are two words."""
    return " ".join(composed(text).casefold().split())


def unaccented(text: str) -> str:
    """Return a word without its accents, for the lists that accept it both ways."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=65536)
def read_day(text: str) -> date | DateFault:
    """Return the day that a text names, or the code of what is wrong with it.

    `2024-03-01`, `01/03/2024` (day first) or `20240301`: four-digit years, days that exist.
    """
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = {name: int(digits) for name, digits in found.groupdict().items()}
            try:
                day = date(**parts)
            except ValueError:
                return "date"
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else "date-range"
    return "date"
