"""What the sheets of an ODS say beside their values: in its one page, rows and cells are counted by their repetitions."""

import html
import re
from collections.abc import Iterator

from ghg_numerique_files.marks import Marks, TooManyMarks
from ghg_numerique_files.number_formats import FOREIGN

_TAG = re.compile(
    rb"<(?P<end>/?)table:(?P<what>table|table-row|table-column|table-cell|covered-table-cell)(?P<about>(?:\s[^<>]*?)?)(?P<single>/?)>"
    rb"(?:\s*<text:p[^<>]*>(?P<error>#[A-Z][A-Z/0]{1,8}[!?]?|Err:[0-9]{3})</text:p>)?"
)
_TELLING = re.compile(
    rb">#[A-Z]|>Err:|visibility=\"(?:collapse|filter)|-spanned=\"(?:[2-9]|1[0-9])|table:formula=|office:currency="
)
_NUMBER = {
    name: re.compile(rb"table:number-" + name.encode() + rb'="([0-9]{1,7})"')
    for name in ("rows-repeated", "columns-repeated", "rows-spanned", "columns-spanned")
}
_NAME = re.compile(rb'table:name="([^"]*)"')
_FOREIGN = re.compile(rb'office:currency="(?!EUR")[^"]')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
MOST_SHEETS = 10**4
_MOST = 2**14
"""Columns of a sheet: what a cell can be repeated."""


def is_telling(piece: bytes) -> bool:
    """Tell whether a piece of the page says anything that this file looks for."""
    return _TELLING.search(piece) is not None


def ods_marks(pieces: Iterator[bytes]) -> dict[str, Marks]:
    """Return the marks of each sheet of a page, which is read once, in pieces."""
    counter = _Counter()
    rest = b""
    for piece in pieces:
        text = rest + piece
        whole = text.rfind(b"<table:")
        counter.count(text[: max(whole, 0)])
        rest = text[max(whole, 0) :]
    counter.count(rest)
    return counter.sheets


class _Counter:
    """Where the reading of a page stands."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.rows = self.column = 0

    def count(self, text: bytes) -> None:
        for tag in _TAG.finditer(text):
            if tag["what"] == b"table":
                self._table(tag)
            elif tag["what"] == b"table-column" and not tag["end"]:
                self._column(tag)
            elif tag["what"] == b"table-row":
                self._row(tag)
            elif not tag["end"]:
                self._cell(tag)

    def _table(self, tag: re.Match[bytes]) -> None:
        if not tag["end"] and len(self.sheets) == MOST_SHEETS:
            raise TooManyMarks(MOST_SHEETS)
        if not tag["end"]:
            name = _NAME.search(tag["about"])
            self.marks = self.sheets[html.unescape(name[1].decode("utf-8", "replace")) if name else ""] = Marks()
            self.row = self.rows = self.column = 0

    def _column(self, tag: re.Match[bytes]) -> None:
        count = _number(tag, "columns-repeated")
        if _HIDDEN.search(tag["about"]):
            self.marks.hide_columns(self.column, self.column + count - 1)
        self.column += count

    def _row(self, tag: re.Match[bytes]) -> None:
        if not tag["end"]:
            self.column, self.rows = 0, _number(tag, "rows-repeated")
            if _HIDDEN.search(tag["about"]):
                self.marks.hide_rows(self.row, self.row + self.rows - 1)
        if tag["end"] or tag["single"]:
            self.row, self.rows = self.row + self.rows, 0

    def _cell(self, tag: re.Match[bytes]) -> None:
        count = _number(tag, "columns-repeated")
        wide, high = _number(tag, "columns-spanned"), _number(tag, "rows-spanned")
        self.marks.formulas += b"table:formula=" in tag["about"]
        if wide > 1 or high > 1:
            self.marks.merge(((self.row, self.column), (self.row + high - 1, self.column + wide - 1)))
        if tag["error"]:
            for place in range(self.column, self.column + min(count, _MOST)):
                self.marks.fault((self.row, place), tag["error"].decode())
        if _FOREIGN.search(tag["about"]):
            for place in range(self.column, self.column + min(count, _MOST)):
                self.marks.shown_otherwise((self.row, place), FOREIGN)
        self.column += count


def _number(tag: re.Match[bytes], name: str) -> int:
    found = _NUMBER[name].search(tag["about"])
    return int(found[1]) if found else 1
