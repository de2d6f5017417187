"""What no row and no cell of data is: totals, headers that come back, notes, formulas that failed, letters that deceive."""

import re
from collections.abc import Iterator, Sequence

from ghg_numerique_files.dialect import CONTINUATIONS
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import folded

_TOTAL = re.compile(r"(grand |sous[- ]?|sub-?)?total( g[ée]n[ée]ral| ht| ttc)?|totaux|cumul")
_TOTAL_OF = re.compile(r"((grand |sous[- ]?|sub-?)?total|totaux|cumul)\b(?! energies)")
_HIDDEN = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
_SPREADSHEET_ERROR = re.compile(
    r"#(REF!|DIV/0!|N/A|VALUE!|VALEUR!|NAME\?|NOM\?|NULL!|NUL!|NUM!|NOMBRE!|SPILL!|CALC!)|Err:[0-9]{3}"
)
_DOUBTFUL_SYMBOL = re.compile(f"Â[{CONTINUATIONS}]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_DECEIVING = re.compile(r"[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТУХаеорсухѕіј0-9]+")
"""Letters of Greek and Cyrillic that look like Latin ones (Unicode TR 39, confusables)."""


def astray(sheet: Sheet, cells: Sequence[str]) -> str:
    """Return the code of a row that is none of data: the header again, a total, a note; nothing where it is one."""
    if sheet.header and cells[0].strip() == sheet.header[0].strip() and _is_header(sheet, cells):
        return "header-again"
    for place in sheet.needed:
        if not cells[place].strip():
            break
    else:
        return ""
    filled = [cell for cell in cells if cell.strip()]
    if any(_TOTAL_OF.match(folded(cell)) for cell in filled):
        return "total-row"
    return "row-alone" if cells[0].strip() and len(filled) == 1 and len(sheet.needed) > 1 else ""


def is_total(text: str) -> bool:
    """Tell whether a text says that its row is a total."""
    return _TOTAL.fullmatch(folded(text)) is not None


def unreadable(cell: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Return why a cell cannot be taken as it is: unseen characters, the error of a formula, letters that deceive."""
    if hidden := _HIDDEN.search(cell):
        yield "hidden-character", {"character": f"U+{ord(hidden.group()):04X}"}
    if _SPREADSHEET_ERROR.fullmatch(cell.strip()):
        yield "spreadsheet-error", {}
    for word in cell.split() if _OTHER_SCRIPT.search(cell) else ():
        other = _OTHER_SCRIPT.search(word)
        if other and (_LATIN.search(word) or _DECEIVING.fullmatch(word)):
            yield "lookalike", {"character": f"U+{ord(other.group()):04X}"}
            return


def doubtful_symbol(cell: str) -> str:
    """Return the trace of a wrong encoding that a text may bear and still be read, nothing where there is none."""
    found = _DOUBTFUL_SYMBOL.search(cell)
    return found.group() if found else ""


def _is_header(sheet: Sheet, cells: Sequence[str]) -> bool:
    return list(map(folded, cells)) == list(map(folded, sheet.header))
