"""One row while it is read: its cells by the name of their column, and every fault that they show."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

import attrs

from ghg_numerique.cells import BOOLEANS, CONTINUATIONS, ROUNDED_ID, astray, is_total, kept, unreadable
from ghg_numerique.plugin import LARGEST, Finding, NumberError, Origin, SetAside, Severity, millionths, read_decimal
from ghg_numerique_files.cells import shown_of
from ghg_numerique_files.dates import FIRST_YEAR, LAST_YEAR, DateFault, day_of_serial, read_day, read_year
from ghg_numerique_files.settings import listed
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import composed, folded, nearest, shown

_DOUBTFUL_SYMBOL = re.compile(f"Â[{CONTINUATIONS}]")


@attrs.define(eq=False)
class Register:
    """What the rows of one reading share: the ids that they bear, and the warnings that many of them give."""

    ids: dict[str, int] = attrs.Factory(dict)
    warnings: dict[tuple[str, str], tuple[Finding, int]] = attrs.Factory(dict)

    def warn(self, finding: Finding) -> None:
        """Keep a warning; the same warning from other rows is said once, with their number."""
        key = finding.code, finding.value
        first, count = self.warnings.get(key, (finding, 0))
        self.warnings[key] = first, count + 1

    def findings(self) -> list[Finding]:
        """Return the warnings in the order of their first rows, each with the number of its rows."""
        return [
            Finding.of(first.code, first.severity, first.origin, first.value, **dict(first.facts), count=count)
            for first, count in self.warnings.values()
        ]


@attrs.define(eq=False)
class Record:
    """The reading of one row. A faulty cell is noted and reads as nothing; a row with faults is set aside."""

    sheet: Sheet
    register: Register
    row: int
    cells: list[str]
    faults: list[Finding] = attrs.Factory(list)
    screened: set[str] = attrs.Factory(set)
    unit: str = ""
    counted: int = 0

    @property
    def origin(self) -> Origin:
        """Where the row stands."""
        return Origin(self.sheet.file, self.row, self.sheet.name)

    @property
    def set_aside(self) -> SetAside:
        """The row as it is counted when it cannot be used."""
        return SetAside(self.origin, self.unit, self.counted, tuple(self.cells))

    def is_whole(self) -> bool:
        """Tell whether the row is one of data, with the cells that the header announces; else nothing is read from it."""
        if len(self.cells) != self.sheet.width:
            self.fault("cell-count", "", str(len(self.cells)), expected=self.sheet.width)
            return False
        if beside := list(filter(None, map(str.strip, self.cells[self.sheet.named :]))):
            self._astray(beside[0])
            return False
        if code := astray(self.cells, self.sheet.header, self.sheet.needed):
            self.fault(code, "", next(filter(None, map(composed, self.cells))))
            return False
        if summing := [self.cells[place] for place in self.sheet.labels if is_total(self.cells[place])]:
            self.fault("total-row", "", composed(summing[0]))
            return False
        for name, place in self.sheet.places.items():
            cell = self.cells[place]
            if self.sheet.flaws or not (cell.isascii() and "#" not in cell and cell.isprintable()):
                self._screen(name, place)
        if ROUNDED_ID.fullmatch(order := self.text("order")):
            self.fault("id-rounded", "order", order)
        return True

    def fault(self, code: str, column: str, value: str = "", **facts: object) -> None:
        """Note an error of this row, at one of its columns; of a cell that is no value, its own fault is the only one."""
        if column not in self.screened:
            self.faults.append(self._finding(code, Severity.ERROR, column, value, facts))

    def warn(self, code: str, column: str, value: str, **facts: object) -> None:
        """Note something that a reader should know and that does not keep the row from being used."""
        if column not in self.screened:
            self.register.warn(self._finding(code, Severity.WARNING, column, value, facts))

    def text(self, column: str) -> str:
        """Return a cell, nothing where it is empty or its column absent; a word of the house in ours."""
        place = self.sheet.places.get(column)
        text = "" if place is None else kept(self.cells[place])
        words = self.sheet.words.get(column)
        return text if words is None else words.get(folded(text), text)

    def needed(self, column: str) -> str:
        """Return a cell that must not be empty."""
        text = self.text(column)
        if not text:
            self.fault("cell-empty", column)
        return text

    def identity(self, column: str = "id") -> str:
        """Return what names the row: given, unlike every other of the file, not a total, not a rounded number."""
        text = self.needed(column)
        first = self.register.ids.setdefault(text, self.row)
        if text and first != self.row:
            self.fault("id-twice", column, text, first=attrs.evolve(self.origin, row=first))
        if is_total(text):
            self.fault("total-row", column, text)
        if ROUNDED_ID.fullmatch(text):
            self.fault("id-rounded", column, text)
        return text

    def number(self, column: str) -> Decimal | None:
        """Return a number of at most six decimals, None where the cell is empty or faulty."""
        text = self.text(column)
        if not text:
            return None
        try:
            return _counted(text, self.sheet.dialect.decimal)[0]
        except NumberError as error:
            self.not_counted(error, column)
            return None

    def not_counted(self, error: NumberError, column: str) -> None:
        """Note that a number cannot be read, or not be counted in millionths."""
        code = "boolean" if folded(self.text(column)) in BOOLEANS else error.code
        expected = f"1234{self.sheet.dialect.decimal}5"
        self.fault(code, column, self.text(column), expected=expected, largest=LARGEST)

    def positive(self, column: str) -> Decimal | None:
        """Return a number that cannot be negative, None where the cell is empty."""
        value = self.number(column)
        if value is not None and value < 0:
            self.fault("number-negative", column, self.text(column))
        return value

    def amount(self, column: str, unit: str = "") -> Decimal:
        """Return a number that must be there; it is what the row counts for when it is set aside."""
        value = self.number(column) if self.needed(column) else None
        if value is None:
            return Decimal(0)
        if unit:
            self.counts(_counted(self.text(column), self.sheet.dialect.decimal)[1], unit)
        return value

    def counts(self, amount: int, unit: str) -> None:
        """Say what the row counts for, in millionths of a unit, should it be set aside; nothing without a unit."""
        if unit:
            self.counted, self.unit = amount, unit

    def day(self, column: str) -> date | None:
        """Return a day, None where the cell is empty or faulty."""
        text = self.text(column)
        return self.dated(column, text, read_day(text)) if text else None

    def needed_day(self, column: str) -> date:
        """Return a day that must be there."""
        return (self.day(column) if self.needed(column) else None) or date.min

    def year(self, column: str) -> date | None:
        """Return the last day of a year, None where the cell is empty or faulty."""
        text = self.text(column)
        return self.dated(column, text, read_year(text)) if text else None

    def dated(self, column: str, text: str, read: date | DateFault) -> date | None:
        """Return a day that was read from a cell; where it is none, note what is wrong with it."""
        if isinstance(read, date):
            return read
        facts: dict[str, object] = {"first": FIRST_YEAR, "last": LAST_YEAR}
        if read == "date-serial":
            facts["day"] = day_of_serial(int(text), date_1904=self.sheet.dialect.date_1904)
        self.fault("boolean" if folded(text) in BOOLEANS else read, column, text, **facts)
        return None

    def choice(self, column: str, words: Mapping[str, str]) -> str:
        """Return the meaning of a cell that must hold a word of a closed list, by its folded spelling."""
        text = self.needed(column)
        meaning = words.get(folded(text), "")
        if text and not meaning:
            near = nearest(text, tuple(words))
            self.fault("choice", column, text, expected=listed(words), near=near)
        return meaning

    def _astray(self, text: str) -> None:
        """Note a cell below no header: in a workbook a note beside the table, in a text one separator too many."""
        if self.sheet.name:
            self.fault("cell-beside", "", text)
        else:
            last = max(place for place, cell in enumerate(self.cells, start=1) if cell.strip())
            self.fault("cell-count", "", str(last), expected=self.sheet.named)

    def _finding(self, code: str, severity: Severity, column: str, value: str, facts: Mapping[str, object]) -> Finding:
        origin = self.origin.at(self.sheet.headers.get(column, ""))
        return Finding.of(code, severity, origin, shown(value), **facts)

    def _screen(self, column: str, place: int) -> None:
        """Note what a cell may not hold; what is then read from it is no fault of its own."""
        cell = self.cells[place]
        if flaw := self.sheet.flaws.get((self.row, place)):
            mark = self.sheet.dialect.decimal
            near = shown_of(float(cell.replace(mark, ".")), mark) if flaw == "binary-noise" else ""
            is_covered = flaw == "cells-merged" and not cell.strip()
            self.fault("cells-covered" if is_covered else flaw, column, cell.strip(), near=near)
            self.screened.add(column)
        else:
            for code, facts in unreadable(cell):
                self.fault(code, column, cell.strip(), **facts)
                self.screened.add(column)
            if symbol := _DOUBTFUL_SYMBOL.search(cell):
                self.warn("mojibake-symbol", column, cell, symbol=symbol.group())


@lru_cache(maxsize=65536)
def _counted(text: str, mark: str) -> tuple[Decimal, int]:
    """Return a number and its millionths; files repeat few numbers in many rows. Raises NumberError."""
    value = read_decimal(text, mark)
    return value, millionths(value)
