"""A file split into rows under known columns; what is wrong with the file as a whole refuses it."""

import csv
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.columns import Column, Columns, missing, recognised, spellings
from ghg_numerique_files.dialect import Dialect, decimal_of, decoded, delimiter_of, is_blank, records
from ghg_numerique_files.mapping import HouseMapping
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.spelling import composed, folded, nearest, shown

LONGEST_CELL: Final = 32_767
"""What a cell of a spreadsheet can hold; more is an open quote that swallowed rows."""

NumberedRow: TypeAlias = tuple[int, list[str]]


@attrs.frozen
class Sheet:
    """Rows with the number that a spreadsheet shows for each, and where each column stands.

    `headers` are as in the file, by the name of the column. Every row owes `width` cells; those from `named` on stand
    below no header, and are empty. `words` are those of the house, by column and folded spelling, in ours.
    """

    file: str
    dialect: Dialect
    places: Mapping[str, int]
    headers: Mapping[str, str]
    width: int
    named: int
    rows: tuple[NumberedRow, ...]
    words: Mapping[str, Mapping[str, str]] = attrs.Factory(dict)

    @property
    def note(self) -> Finding:
        """The note that says how the file was read."""
        return self.dialect.note(self.file)

    def first_filled(self, column: str) -> int:
        """Return the first row that has something in a column, 0 where none has."""
        place = self.places.get(column)
        if place is None:
            return 0
        return next((row for row, cells in self.rows if "".join(cells[place : place + 1]).strip()), 0)


def read_sheet(document: Document, columns: Columns) -> Sheet:
    """Return the rows of a document under these columns. Raises Refusal with every fault of the file as a whole."""
    text, encoding = decoded(document)
    mapping = HouseMapping.of(document, columns)
    columns = mapping.extended(columns)
    delimiter = delimiter_of(document, text, columns)
    (row, header), *rows = _rows(document, text, delimiter)
    found, faults = _columns(document, row, header, columns, mapping.ignore)
    places = {column.name: place for place, column in found.items() if not column.unread}
    try:
        numbers = _numbers(rows, header, [place for place, column in found.items() if column.number])
        decimal = decimal_of(document, delimiter, numbers)
    except Refusal as refusal:
        raise Refusal([*faults, *refusal.findings]) from refusal
    dialect = Dialect(encoding, delimiter, decimal)
    if faults:
        raise Refusal([dialect.note(document.name), *faults])
    headers = {name: header[place].strip() for name, place in places.items()}
    return Sheet(document.name, dialect, places, headers, len(header), _named(header), tuple(rows), mapping.words)


def _rows(document: Document, text: str, delimiter: str) -> list[NumberedRow]:
    """Return the rows that hold something, the header first."""
    found: list[NumberedRow] = []
    row = 0
    try:
        for row, cells in enumerate(records(text, delimiter), start=1):
            if not is_blank(cells):
                found.append((row, cells))
                if max(map(len, cells)) > LONGEST_CELL:
                    raise refused(document, "cell-too-long", row=row, longest=LONGEST_CELL)
    except csv.Error as error:
        code = "cell-too-long" if "field limit" in str(error) else "quote"
        raise refused(document, code, row=row + 1, longest=LONGEST_CELL) from error
    return found


def _columns(
    document: Document, row: int, header: list[str], columns: Columns, left_out: Collection[str]
) -> tuple[dict[int, Column], list[Finding]]:
    """Return where each known column stands, and what is wrong with the header; empty cells may only end it."""
    ignored = {*left_out, *(folded(name) for name in document.options.get("ignore", "").split(","))} - {""}
    origin = Origin(document.name, row)
    found: dict[int, Column] = {}
    faults: list[Finding] = []
    named = header[: _named(header)]
    for place, (text, column) in enumerate(zip(named, recognised(named, columns), strict=True)):
        if folded(text) in ignored:
            continue
        if column is None:
            near = nearest(text, spellings(columns))
            code = "column-unknown" if text.strip() else "column-unnamed"
            value = shown(composed(text)) or str(place + 1)
            faults.append(Finding.of(code, Severity.ERROR, origin.at(text.strip()), value, near=near))
        elif column in found.values():
            faults.append(Finding.of("column-twice", Severity.ERROR, origin.at(text.strip()), str(column)))
        else:
            found[place] = column
    for column in missing(list(found.values()), columns):
        faults.append(Finding.of("column-missing", Severity.ERROR, origin, str(column)))
    return found, faults


def _named(header: list[str]) -> int:
    return max(place for place, text in enumerate(header, start=1) if text.strip())


def _numbers(rows: list[NumberedRow], header: list[str], places: list[int]) -> Iterator[tuple[str, int, str]]:
    for row, cells in rows:
        if len(cells) == len(header):
            yield from ((header[place].strip(), row, cells[place]) for place in places)
