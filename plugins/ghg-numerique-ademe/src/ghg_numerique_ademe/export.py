"""The export as ADEME publishes it, in any of its forms, as one sequence of lines."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_ademe.damage import is_damaged
from ghg_numerique_ademe.line import GASES, HEADERS, NEEDED, Line
from ghg_numerique_ademe.spellings import typed
from ghg_numerique_files.workbook import Cell, CellFault, is_workbook, read_worksheet

MARKS: Final = {";": ",", ",": "."}
"""The separator of each form of the CSV, and its decimal mark: the site writes `1;0,5`, data.ademe.fr `1,0.5`."""

WORKBOOKS: Final = (".xlsx", ".xls", ".ods")
"""What a name may say although the content is none: an empty download, or the page of an error."""

_COUNT = "?"


@attrs.frozen
class Export:
    """The lines of a file: what its numbers have as decimal mark, and the sheet that they stand on."""

    mark: str
    sheet: str
    lines: tuple[Line, ...]


def read_export(document: Document, sheet: str = "") -> Export:
    """Return the lines of a document. Raises InputError where it is no export, or lacks a column that is needed."""
    if is_workbook(document.content):
        wanted = () if sheet else ((HEADERS["id"],), (HEADERS["total"],))
        found = read_worksheet(document, sheet=sheet, header=wanted)
        return Export(".", found.name, tuple(_lines(document, _texts(found.rows))))
    if sheet or document.name.lower().endswith(WORKBOOKS) or document.content.lstrip().startswith(b"<"):
        raise InputError("workbook-kind", file=document.name)
    text = _decoded(document)
    delimiter = next((mark for mark in MARKS if HEADERS["id"] in map(_header, _head(text, mark))), ",")
    return Export(MARKS[delimiter], "", tuple(_lines(document, _records(document, text, delimiter))))


def _decoded(document: Document) -> str:
    """Return the text of a CSV: UTF-8 with its mark or without, else cp1252."""
    try:
        return document.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return document.content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise InputError("file-unreadable", path=document.name, reason=error) from error


def _head(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(document: Document, text: str, delimiter: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):  # noqa: B007 - where it stopped
            yield cells
    except csv.Error as error:
        raise InputError("file-unreadable", path=f"{document.name}:{row + 1}", reason=error) from error


def _texts(rows: Sequence[Sequence[Cell]]) -> Iterator[Sequence[str]]:
    for row in rows:
        yield [cell if isinstance(cell, str) else _text(cell) for cell in row]


def _text(cell: Cell) -> str:
    """Return a cell as the CSV has it; the error of a formula stays what it is, and is found to be damaged."""
    if isinstance(cell, CellFault):
        return cell.text if cell.text.startswith("#") else "#VALUE!"
    if isinstance(cell, bool | date):
        return str(cell)
    return typed(cell) if isinstance(cell, float) else str(cell)


def _header(text: str) -> str:
    """Return a header with one way of writing apostrophes and spaces: the site of the data has its own."""
    return unicodedata.normalize("NFC", text).replace("’", "'").replace("_", " ").strip()


def _lines(document: Document, records: Iterator[Sequence[str]]) -> Iterator[Line]:
    """Return a line for each record that holds anything, the first of them being the header."""
    places: dict[str, int] = {}
    gases: list[int] = []
    width = 0
    for row, cells in enumerate(records, start=1):
        if not any(cells):
            continue
        if not places:
            width = len(cells)
            places, gases = _places(document, cells)
            continue
        if len(cells) != width:
            yield Line(row, damaged=(_COUNT, f"{len(cells)} / {width}"))
            continue
        yield Line(
            row,
            **{name: cells[place].strip() for name, place in places.items()},
            gases=tuple(cells[place].strip() for place in gases),
            damaged=next(
                ((HEADERS[name], cells[at]) for name, at in places.items() if is_damaged(cells[at])), ("", "")
            ),
        )
    if not places:
        _places(document, ())


def _places(document: Document, cells: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """Return where each field stands, and each gas. Raises InputError where a needed field stands nowhere, or twice."""
    header = [_header(cell) for cell in cells]
    places = {name: header.index(text) for name, text in HEADERS.items() if text in header}
    missing = [HEADERS[name] for name in NEEDED if name not in places]
    if not {"kind", "post_type"} & set(places):
        missing.append(f"{HEADERS['kind']} | {HEADERS['post_type']}")
    if missing:
        raise InputError("columns-missing", file=document.name, missing=", ".join(missing))
    if twice := sorted({text for text in header if text and header.count(text) > 1}):
        raise InputError("columns-twice", file=document.name, names=", ".join(twice))
    return places, [header.index(gas) for gas in GASES if gas in header]
