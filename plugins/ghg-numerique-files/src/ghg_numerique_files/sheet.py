"""A file split into rows under known columns; what is wrong with the file as a whole refuses it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias, cast

import attrs

from ghg_numerique.model.schema import LABELS
from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.cells import fault_of, text_of
from ghg_numerique_files.columns import Column, Columns, missing, recognised, spellings
from ghg_numerique_files.dialect import Dialect, decimal_of
from ghg_numerique_files.guards import MOST_CELLS
from ghg_numerique_files.mapping import HouseMapping
from ghg_numerique_files.number_formats import FOREIGN, SCALED
from ghg_numerique_files.page import NumberedCells, Page, text_page, workbook_page
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.remarks import remarks_on
from ghg_numerique_files.spelling import composed, folded, nearest, shown
from ghg_numerique_files.workbook import Worksheet, is_workbook

NumberedRow: TypeAlias = tuple[int, list[str]]
Flaws: TypeAlias = Mapping[tuple[int, int], str]
"""Codes by row and place: cells that the file itself says to be no value."""

_UNIT_PRICE = re.compile(r"unitaire|\bp\.?u\.?\b|unit price|price per", re.IGNORECASE)
_QUANTITIES: Final = frozenset(map(folded, ("quantité", "quantite", "qté", "qte", "nombre", "nb", "quantity", "qty")))
"""How files head the number of things that a price is for."""

MONEY: Final = frozenset({"amount", "debit", "credit", "unit_price", "value"})
"""The columns, by name, that hold euros unless the column of currencies says otherwise."""
CURRENCY_COLUMN: Final = "currency"

_THOUSANDS = re.compile(r"\b(k\s?(€|eur)|milliers)", re.IGNORECASE)
_NO_FLAWS: Final[Flaws] = {}


@attrs.frozen
class Sheet:
    """Rows with the number that a spreadsheet shows for each, and where each column stands.

    `headers` are as in the file, by the name of the column. Every row owes `width` cells; those from `named` on stand
    below no header, and are empty. `name` is the sheet of a workbook, `remarks` what a reader should know of the file,
    `found` the columns that were recognised, used or not. `words` are those of the house, by column and folded
    spelling, in ours.
    """

    file: str
    dialect: Dialect
    places: Mapping[str, int]
    headers: Mapping[str, str]
    width: int
    named: int
    rows: tuple[NumberedRow, ...]
    name: str = ""
    header: tuple[str, ...] = ()
    found: Mapping[int, Column] = attrs.Factory(dict)
    flaws: Flaws = _NO_FLAWS
    remarks: tuple[Finding, ...] = ()
    words: Mapping[str, Mapping[str, str]] = attrs.Factory(dict)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The note that says how the file was read, and the remarks on it."""
        return (self.dialect.note(self.file), *self.remarks)

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """The places of the columns that no row of data leaves empty."""
        owed = ((place, column) for place, column in self.found.items() if column.required and not column.unread)
        return tuple(place for place, column in owed if not column.blank)

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The places of the columns that say in words what a row is."""
        return tuple(place for place, column in self.found.items() if column.name in LABELS)

    @cached_property
    def serials(self) -> Mapping[str, int]:
        """The places of the columns that name one thing each, by their headers."""
        return {self.header[place].strip(): place for place, column in self.found.items() if column.serial}

    def first_filled(self, column: str) -> int:
        """Return the first row that has something in a column, 0 where none has."""
        place = self.places.get(column)
        if place is None:
            return 0
        return next((row for row, cells in self.rows if "".join(cells[place : place + 1]).strip()), 0)


def read_sheet(document: Document, columns: Columns) -> Sheet:
    """Return the rows of a document under these columns: of a text, or of a sheet of a workbook (XLSX, XLS, ODS).

    Which of the two it is, its first bytes say, whatever its name. Raises Refusal with every fault of the file as a whole.
    """
    mapping = HouseMapping.of(document, columns)
    columns = mapping.extended(columns)
    page = (workbook_page if is_workbook(document.content) else text_page)(document, columns)
    (row, cells), *rows = page.rows
    header = [str(cell) for cell in cells]
    origin = Origin(document.name, row, page.sheet)
    found, faults = _columns(document, origin, header, columns, mapping.ignore)
    faults.extend(_merged_header(page, origin, header))
    faults.extend(_shown_otherwise(page, origin, header, found))
    try:
        numbers = _numbers(rows, header, [place for place, column in found.items() if column.number])
        decimal = decimal_of(document, page.delimiter, numbers)
    except Refusal as refusal:
        raise Refusal([*faults, *refusal.findings]) from refusal
    dialect = Dialect(page.encoding, page.delimiter, decimal)
    if page.worksheet is not None:
        dialect = Dialect(page.worksheet.kind, "", decimal, page.sheet, page.worksheet.date_1904)
    if faults:
        raise Refusal([dialect.note(document.name), *faults])
    read = {place: column for place, column in found.items() if not column.unread}
    headers = {place: header[place].strip() for place in read}
    return Sheet(
        document.name, dialect, {column.name: place for place, column in read.items()},
        {column.name: headers[place] for place, column in read.items()}, len(header), _named(header),
        tuple(_texts(page, rows, decimal)), page.sheet, tuple(header), found,
        dict(_flaws(document, page.worksheet, rows, read)) if page.worksheet else _NO_FLAWS,
        (
            *remarks_on(page, document.name, rows, headers, [at for at, column in read.items() if column.number]),
            *_per_unit(origin, header, found),
        ),
        mapping.words,
    )  # fmt: skip


def _columns(
    document: Document, origin: Origin, header: list[str], columns: Columns, left_out: Collection[str]
) -> tuple[dict[int, Column], list[Finding]]:
    """Return where each known column stands, and what is wrong with the header; empty cells may only end it."""
    ignored = {*left_out, *(folded(name) for name in document.options.get("ignore", "").split(","))} - {""}
    found: dict[int, Column] = {}
    faults: list[Finding] = []
    named = header[: _named(header)]
    for place, (text, column) in enumerate(zip(named, recognised(named, columns), strict=True)):
        if folded(text) in ignored:
            continue
        if column is None:
            near = nearest(text, spellings(columns))
            code = (
                "column-unnamed"
                if not text.strip()
                else "column-thousands"
                if _THOUSANDS.search(text)
                else "column-unknown"
            )
            value = shown(composed(text)) or str(place + 1)
            faults.append(Finding.of(code, Severity.ERROR, origin.at(text.strip()), value, near=near))
        elif column in found.values():
            first = next(header[at] for at, other in found.items() if other == column)
            both = f"{shown(composed(first))} | {shown(composed(text))}"
            faults.append(Finding.of("column-twice", Severity.ERROR, origin.at(text.strip()), both))
        else:
            found[place] = column
            if column.name == "amount" and _UNIT_PRICE.search(text):
                faults.append(Finding.of("column-unit-price", Severity.ERROR, origin.at(text.strip()), text.strip()))
    for column in missing(list(found.values()), columns):
        faults.append(Finding.of("column-missing", Severity.ERROR, origin, str(column)))
    return found, faults


def _per_unit(origin: Origin, header: Sequence[str], found: Mapping[int, Column]) -> Iterator[Finding]:
    """Warn of amounts beside a number of things that is left out: each of them may be the price of one."""
    amounts = [header[place].strip() for place, column in found.items() if column.name == "amount"]
    left_out = [text.strip() for place, text in enumerate(header) if place not in found and folded(text) in _QUANTITIES]
    if amounts and left_out:
        yield Finding.of("amount-per-unit", Severity.WARNING, origin.at(amounts[0]), left_out[0])


def _merged_header(page: Page, origin: Origin, header: Sequence[str]) -> Iterator[Finding]:
    """Return a fault for each range of merged cells that the header is in."""
    for (top, left), (bottom, _) in page.worksheet.marks.merged if page.worksheet else ():
        if top < origin.row <= bottom + 1 and left < len(header):
            text = header[left].strip()
            yield Finding.of("cells-merged" if text else "cells-covered", Severity.ERROR, origin.at(text), text)


def _shown_otherwise(
    page: Page, origin: Origin, header: Sequence[str], found: Mapping[int, Column]
) -> Iterator[Finding]:
    """Return a fault for each column whose numbers are shown as multiples, or as money that no column says to be foreign."""
    is_told = any(column.name == CURRENCY_COLUMN for column in found.values())
    for (place, kind), (row, count) in page.worksheet.marks.otherwise.items() if page.worksheet else ():
        column = found.get(place)
        if column is None or column.unread or not column.number:
            continue
        at = Origin(origin.file, row + 1, origin.sheet, header[place].strip())
        if kind == SCALED:
            yield Finding.of("shown-scaled", Severity.ERROR, at, str(count))
        if kind == FOREIGN and column.name in MONEY and not is_told:
            yield Finding.of("shown-currency", Severity.ERROR, at, str(count))


def _named(header: list[str]) -> int:
    return max(place for place, text in enumerate(header, start=1) if text.strip())


def _numbers(
    rows: Sequence[NumberedCells], header: Sequence[str], places: Sequence[int]
) -> Iterator[tuple[str, int, str]]:
    """Return the texts below the headers of numbers; what a workbook says to be a number needs no decimal mark."""
    for row, cells in rows:
        if len(cells) == len(header):
            for place in places:
                if isinstance(text := cells[place], str):
                    yield header[place].strip(), row, text


def _texts(page: Page, rows: Sequence[NumberedCells], mark: str) -> Iterable[NumberedRow]:
    """Return the rows as texts, which those of a text are already."""
    if page.worksheet is None:
        return cast(Iterable[NumberedRow], rows)
    return ((row, [cell if type(cell) is str else text_of(cell, mark) for cell in cells]) for row, cells in rows)


def _flaws(
    document: Document, sheet: Worksheet, rows: Sequence[NumberedCells], read: Mapping[int, Column]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Return the cells of a workbook that are no value, or stand for several. Raises Refusal for ranges without end."""
    for row, cells in rows:
        for place, column in read.items():
            if type(cells[place]) is not str and (code := fault_of(cells[place], number=column.number)):
                yield (row, place), code
    numbers = [row for row, _ in rows]
    covered = 0
    for (top, left), (bottom, right) in sheet.marks.merged:
        inside = numbers[bisect_left(numbers, top + 1) : bisect_right(numbers, bottom + 1)]
        covered += len(inside)
        if covered > MOST_CELLS // 10:
            raise refused(document, "workbook-cells", most=MOST_CELLS)
        for place in range(left, min(right + 1, max(read) + 1)):
            yield from (((row, place), "cells-merged") for row in inside if place in read)
