"""What a cell of a file may hold: words and days as clerks write them, and the traces of what no cell should hold."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from ghg_numerique.csv_pages import restored

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

DateFault: TypeAlias = Literal["date", "date-form", "date-range", "date-serial", "date-short", "date-time"]
"""No day, one that is written in another way, one too far away, the number by which a spreadsheet counts days, a year
of two digits, a day with a time.
"""

ROUNDED_ID: Final = re.compile(r"-?[0-9]+([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
"""An id that a spreadsheet took for a number."""

BOOLEANS: Final = frozenset({"vrai", "faux", "true", "false"})
"""A yes or a no, folded, where a number or a day is due."""

CONTINUATIONS: Final = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
"""What the second byte of an accented letter looks like when UTF-8 is read as cp1252."""

MOJIBAKE: Final = re.compile(f"Ã[{CONTINUATIONS}]|â[{CONTINUATIONS}]{{2}}|Å[“’]|├[^\\s\\w]|√[©®†ßºÆ¥¢Ø]")
"""An accented letter of UTF-8 that was read as cp1252, as the cp850 of DOS (`├®`), or as Mac Roman (`√©`)."""

_TOTAL = re.compile(
    r"(grand )?total( g[ée]n[ée]ral\b.*| ht| ttc| (de|du|des|par|for|of)\b.*|"
    r" (comptes?|accounts?|classe|class|journal|chapitre|chapter|exercice|month|mois|year|année)\b.*)?|"
    r"totaux\b.*|cumul\b.*|tot\.|(sous|sub)[- ]?total\b.*|s/t\b.*"
)
TOTALS: Final = r"(?i)total|totaux|cumul|tot\.|s/t"
"""What a text holds that may be the name of a total; `is_total` tells which is one."""

_TOTAL_OF = re.compile(r"((grand |sous[- ]?|sub-?)?total|totaux|cumul)\b(?! energies)")
_HIDDEN = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
_SPREADSHEET_ERROR = re.compile(
    r"#(REF!|DIV/0!|N/A|VALUE!|VALEUR!|NAME\?|NOM\?|NULL!|NUL!|NUM!|NOMBRE!|SPILL!|CALC!)|Err:[0-9]{3}"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_DECEIVING = re.compile(r"[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТУХаеорсухѕіј0-9]+")
"""Letters of Greek and Cyrillic that look like Latin ones (Unicode TR 39, confusables)."""

_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", re.ASCII),
    re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})", re.ASCII),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", re.ASCII),
)
_ALMOST: Final[dict[DateFault, re.Pattern[str]]] = {
    "date-serial": re.compile(r"[0-9]{5}", re.ASCII),
    "date-short": re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}", re.ASCII),
    "date-form": re.compile(r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([-/. ])[0-9]{1,2}\2[0-9]{1,2}", re.ASCII),
    "date-time": re.compile(r"[0-9]{2,4}[-/][0-9]{2}[-/][0-9]{2,4}[T ]+[0-9]{1,2}[:h][0-9]{2}.*", re.ASCII),
}
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def composed(text: str) -> str:
    """Return a text with composed accents (NFC), and nothing around it."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def kept(text: str) -> str:
    """Return a cell as it is kept: composed, and without what made a formula harmless."""
    return restored(composed(text))


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
    return next((code for code, shape in _ALMOST.items() if shape.fullmatch(text)), "date")


def day_of_serial(number: int, *, date_1904: bool = False) -> date:
    """Return the day that a number of five digits stands for in a spreadsheet, which counts from 1900 or from 1904."""
    return _EPOCHS[date_1904] + timedelta(days=number)


def astray(cells: Sequence[str], header: Sequence[str], needed: Sequence[int]) -> str:
    """Return the code of a row that is none of data: the header again, a total, a note; nothing where it is one.

    `needed` are the places of the cells that no row of data leaves empty.
    """
    if header and cells[0].strip() == header[0].strip() and list(map(folded, cells)) == list(map(folded, header)):
        return "header-again"
    if all(cells[place].strip() for place in needed):
        return ""
    filled = [cell for cell in cells if cell.strip()]
    if any(_TOTAL_OF.match(folded(cell)) for cell in filled):
        return "total-row"
    return "row-alone" if cells[0].strip() and len(filled) == 1 and len(needed) > 1 else ""


def is_total(text: str) -> bool:
    """Tell whether an id or a label says that its row sums others; a name that begins so (`Total Énergies`) does not."""
    return _TOTAL.fullmatch(folded(text)) is not None


def unreadable(cell: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Return why a cell cannot be taken as it is: unseen characters, traces of a wrong encoding, the error of a formula,
    letters that deceive.
    """
    if hidden := _HIDDEN.search(cell):
        yield "hidden-character", {"character": f"U+{ord(hidden.group()):04X}"}
    if MOJIBAKE.search(cell):
        yield "mojibake", {}
    if _SPREADSHEET_ERROR.fullmatch(cell.strip()):
        yield "spreadsheet-error", {}
    for word in cell.split() if _OTHER_SCRIPT.search(cell) else ():
        other = _OTHER_SCRIPT.search(word)
        if other and (_LATIN.search(word) or _DECEIVING.fullmatch(word)):
            yield "lookalike", {"character": f"U+{ord(other.group()):04X}"}
            return
