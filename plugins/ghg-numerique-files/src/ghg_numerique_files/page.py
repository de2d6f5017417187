"""A table as it stands in a file, before its columns are known: what texts and workbooks have in common."""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import attrs

from ghg_numerique.plugin import Document, Finding, InputError, Origin, Severity
from ghg_numerique_files.cells import text_of
from ghg_numerique_files.columns import Columns, recognised, spellings_needed
from ghg_numerique_files.dialect import decoded, delimiter_of, is_blank, records
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.workbook import Cell, Worksheet, read_worksheet

LONGEST_CELL: Final = 32_767
"""What a cell of a spreadsheet can hold; more is an open quote that swallowed rows."""

NumberedCells: TypeAlias = tuple[int, Sequence[Cell]]


@attrs.frozen
class Page:
    """The rows that hold something, the header first, each with the number that a spreadsheet shows for it.

    `encoding` and `delimiter` say how a text is written; `worksheet` is the sheet of a workbook. `is_cut` tells that a
    text ends inside a cell that neither a quote nor a separator nor the end of a line closes: more may have stood there.
    """

    rows: tuple[NumberedCells, ...]
    encoding: str = ""
    delimiter: str = ""
    worksheet: Worksheet | None = None
    is_cut: bool = False

    @property
    def sheet(self) -> str:
        """The name of the sheet, nothing for a text."""
        return "" if self.worksheet is None else self.worksheet.name


def text_page(document: Document, columns: Columns) -> Page:
    """Return the rows of a text. Raises Refusal for what cannot be decoded or split."""
    if "sheet" in document.options:
        raise refused(document, "option-astray", "sheet")
    text, encoding = decoded(document)
    delimiter = delimiter_of(document, text, columns)
    is_cut = not text.endswith(("\n", "\r", '"', delimiter))
    return Page(tuple(_rows(document, text, delimiter)), encoding, delimiter, is_cut=is_cut)


def workbook_page(document: Document, columns: Columns) -> Page:
    """Return the rows of the sheet that is named, else of the only one that has the header.

    Raises Refusal where none is meant or several are, and for whatever the guards or the parser refuse.
    """
    return _page(document, lambda: _worksheet(document, columns))


def unknown_page(document: Document) -> Page:
    """Return the rows of the sheet that is named, else of the only one that holds anything, whatever its header is.

    Raises Refusal as `workbook_page` does.
    """
    return _page(document, lambda: read_worksheet(document, sheet=document.options.get("sheet", "")))


def _page(document: Document, read: Callable[[], Worksheet]) -> Page:
    for option in ("encoding", "delimiter"):
        if option in document.options:
            raise refused(document, "option-astray", option)
    try:
        found = read()
    except InputError as error:
        facts: dict[str, Any] = {name: fact for name, fact in error.facts.items() if name != "file"}
        raise Refusal([Finding.of(error.code, Severity.ERROR, Origin(document.name), **facts)]) from error
    rows = tuple(_filled(found))
    if not rows:
        raise refused(document, "workbook-empty")
    longest = max((len(cell) for _, cells in rows for cell in cells if isinstance(cell, str)), default=0)
    if longest > LONGEST_CELL:
        raise refused(document, "cell-too-long", longest=LONGEST_CELL)
    row, header = rows[0]
    return Page(((row, [text_of(cell, ",") for cell in header]), *rows[1:]), worksheet=found)


def _worksheet(document: Document, columns: Columns) -> Worksheet:
    """Return the sheet that is meant. Where none has the header, the only one says itself which columns it lacks."""
    sheet = document.options.get("sheet", "")
    try:
        return read_worksheet(document, sheet=sheet, header=spellings_needed(columns))
    except InputError as error:
        if error.code != "workbook-header":
            raise
        only = _only_worksheet(document)
        if only is None or not any(recognised(map(str, next(_filled(only), (0, ()))[1]), columns)):
            raise
        return only


def _only_worksheet(document: Document) -> Worksheet | None:
    try:
        return read_worksheet(document)
    except InputError:
        return None


def _filled(sheet: Worksheet) -> Iterator[NumberedCells]:
    """Return the rows that hold something, each with its number."""
    return ((row, cells) for row, cells in enumerate(sheet.rows, start=1) if any(map(_holds, cells)))


def _holds(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _rows(document: Document, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, the header first."""
    found: list[tuple[int, list[str]]] = []
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
