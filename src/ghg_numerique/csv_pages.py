"""Pages of CSV that we write: the same bytes for the same rows, and no cell that a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from ghg_numerique.decimals import plain

Cell = str | Fraction

MARK: Final = "'"
DELIMITER: Final = ";"
LINE_END: Final = "\r\n"
"""With it, a carriage return inside a cell is quoted; with a line feed alone it is not, before Python 3.13."""
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell instead of showing it, at its beginning (OWASP, CSV injection)."""


def page(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: str = ".") -> bytes:
    """Return a page (RFC 4180) in UTF-8. Texts are made harmless; numbers stay numbers, of six decimals at most, written with
    a decimal `mark`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator=LINE_END)
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else plain(cell).replace(".", mark) for cell in row])
    return out.getvalue().encode("utf-8", "backslashreplace")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet computes: an apostrophe stands before what would start a formula.

    It stands before an apostrophe that could be taken for such a one too, so that `restored` gives every text back.
    """
    return MARK + text if _is_marked(text) or text.startswith(_STARTS) else text


def restored(text: str) -> str:
    """Return the text of which `harmless` made this one; a text that it never makes stays as it is."""
    return text[1:] if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return text.startswith(MARK) and text.lstrip(MARK).startswith(_STARTS)
