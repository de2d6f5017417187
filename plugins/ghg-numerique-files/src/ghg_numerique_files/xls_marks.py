"""What the sheets of an XLS say beside their values, record by record ([MS-XLS] of Microsoft's open specifications)."""

from collections.abc import Iterator, Sequence
from struct import pack, unpack_from
from typing import Final

import attrs

from ghg_numerique_files.marks import Marks
from ghg_numerique_files.number_formats import KNOWN_FORMATS, WHOLE, kind_of
from ghg_numerique_files.ole import stream

ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
UNCOMPUTED: Final = "=?"
"""A formula without a result; what it computes is not read."""
MOST_RECORDS: Final = 10**7

_START, _DATE_1904, _SHEET, _FORMAT, _STYLE = 0x809, 0x22, 0x85, 0x41E, 0xE0
_ROW, _COLUMNS, _FORMULA, _ERROR, _NUMBER, _SHORT, _SHORTS = 0x208, 0x7D, 0x06, 0x205, 0x203, 0x27E, 0xBD
_STRING, _END = 0x207, 0x0A
_BIFF8 = 0x600
_IS_TEXT, _IS_ERROR = 0, 2


@attrs.define
class Book:
    """The marks of the sheets of an XLS, and whether its days are counted from 1904."""

    date_1904: bool = False
    marks: dict[str, Marks] = attrs.Factory(dict)
    version: int = _BIFF8
    names: dict[int, str] = attrs.Factory(dict)
    formats: dict[int, str] = attrs.Factory(lambda: dict(KNOWN_FORMATS))
    styles: list[str] = attrs.Factory(list)

    @classmethod
    def read(cls, content: bytes) -> "Book":
        """Return what an XLS says beside its values. Raises ValueError where its records do not hold together."""
        book = cls()
        inside: list[Marks] = []
        for place, kind, record in _records(stream(content, frozenset({"Workbook", "Book"}))):
            if kind == _START:
                book.version = unpack_from("<H", record)[0]
                inside.append(book.marks.setdefault(book.names.get(place, ""), Marks()))
            elif kind == _END:
                inside[-1:] = []
            elif kind in (_DATE_1904, _SHEET, _FORMAT, _STYLE):
                book._learn(kind, record)
            elif inside:
                _look(inside[-1], kind, record, book.styles)
        return book

    def _learn(self, kind: int, record: bytes) -> None:
        """Take in what holds for the whole workbook: the names of its sheets, and how its styles show numbers."""
        if kind == _DATE_1904:
            self.date_1904 = record[:1] == b"\x01"
        elif kind == _SHEET:
            self.names[unpack_from("<I", record)[0]] = self._text(record[6:7], record[7:])
        elif kind == _FORMAT and self.version == _BIFF8:
            self.formats[unpack_from("<H", record)[0]] = kind_of(self._text(record[2:4], record[4:]))
        elif kind == _STYLE:
            self.styles.append(self.formats.get(unpack_from("<H", record, 2)[0], ""))

    def _text(self, length: bytes, rest: bytes) -> str:
        size = int.from_bytes(length, "little")
        if self.version != _BIFF8:
            return rest[:size].decode("cp1252", "replace")
        return (
            rest[1 : 1 + 2 * size].decode("utf-16-le", "replace")
            if rest[:1] == b"\x01"
            else rest[1 : 1 + size].decode("latin-1")
        )


def _look(sheet: Marks, kind: int, record: bytes, styles: Sequence[str]) -> None:
    """Note what a record of a sheet says."""
    if kind in (_ROW, _COLUMNS):
        _hidden(sheet, kind, record)
    elif kind in (_FORMULA, _ERROR, _NUMBER, _SHORT):
        _cell(sheet, kind, record, styles)
    elif kind == _SHORTS:
        row, first = unpack_from("<HH", record)
        for column, at in enumerate(range(4, len(record) - 6, 6), start=first):
            _cell(sheet, _SHORT, pack("<HH", row, column) + record[at : at + 6], styles)
    elif kind == _STRING and sheet.faults and next(reversed(sheet.faults.values())) == UNCOMPUTED:
        sheet.faults.popitem()  # the text of the formula that came just before


def _cell(sheet: Marks, kind: int, record: bytes, styles: Sequence[str]) -> None:
    """Note a cell that holds the error of a formula, a formula without its text, a number shown as another one."""
    row, column, style = unpack_from("<HHH", record)
    sheet.formulas += kind == _FORMULA
    if kind == _FORMULA and record[12:14] == b"\xff\xff":
        if record[6] == _IS_TEXT:
            sheet.fault((row, column), UNCOMPUTED)
        elif record[6] == _IS_ERROR:
            sheet.fault((row, column), ERRORS.get(record[8], "#N/A"))
    elif kind == _ERROR and record[7:8] == b"\x01":
        sheet.fault((row, column), ERRORS.get(record[6], "#N/A"))
    shown = styles[style] if style < len(styles) else ""
    if shown and (shown != WHOLE or not _is_whole(kind, record)):
        sheet.shown_otherwise((row, column), shown)


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Return the records of a stream: where each begins, its kind, and what it holds."""
    place = count = 0
    while place + 4 <= len(content):
        kind, length = unpack_from("<HH", content, place)
        yield place, kind, content[place + 4 : place + 4 + length]
        place, count = place + 4 + length, count + 1
        if count > MOST_RECORDS:
            raise ValueError(f"{count} records")


def _hidden(sheet: Marks, kind: int, record: bytes) -> None:
    if kind == _ROW and unpack_from("<H", record, 12)[0] & 0x20:
        row = unpack_from("<H", record)[0]
        sheet.hide_rows(row, row)
    if kind == _COLUMNS and unpack_from("<H", record, 8)[0] & 1:
        sheet.hide_columns(*unpack_from("<HH", record))


def _is_whole(kind: int, record: bytes) -> bool:
    """Tell whether the number of a cell has no decimals; texts and truth values have none."""
    if kind == _SHORT:
        number = unpack_from("<i", record, 6)[0]
        value = (
            float(number >> 2)
            if number & 2
            else unpack_from("<d", bytes(4) + (number & ~3 & 0xFFFFFFFF).to_bytes(4, "little"))[0]
        )
        return bool((value / 100 if number & 1 else value).is_integer())
    if kind == _ERROR or record[12:14] == b"\xff\xff":
        return True
    return bool(unpack_from("<d", record, 6)[0].is_integer())
