"""One sheet: a section as typed cells below a frozen heading, with formulas where other cells give the number."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor, log10
from typing import Final, Self

import attrs
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ghg_numerique.plugin import CO2EQ, harmless, say
from ghg_numerique_reports.view import Cell, Reader, Row, Section

ROOM: Final = 1_000_000
"""How many rows a sheet takes; Excel has room for 1 048 576."""

_LONGEST_TEXT: Final = 32_000
_MEASURED: Final = 200
_MOST_DIGITS: Final = 30
"""How many decimals Excel shows at most."""


@attrs.frozen
class Place:
    """Where a total stands, and what it is."""

    sheet: str
    row: int
    column: int
    value: float


@attrs.frozen
class Look:
    """The formats of a workbook, each made once."""

    book: Workbook
    heading: Format
    number_heading: Format
    title: Format
    note: Format
    wrapped: Format
    quoted: Format
    made: dict[tuple[str, bool], Format] = attrs.Factory(dict)

    @classmethod
    def of(cls, book: Workbook) -> Self:
        """Make the formats of a workbook."""
        heading = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#14506E", "text_wrap": True, "valign": "top"}
        return cls(
            book,
            book.add_format(heading),
            book.add_format({**heading, "align": "right"}),
            book.add_format({"bold": True, "font_size": 18, "text_wrap": True}),
            book.add_format({"italic": True, "font_color": "#4A5863"}),
            book.add_format({"text_wrap": True}),
            book.add_format({"quote_prefix": True}),
        )

    def number(self, cell: Cell, *, total: bool = False) -> Format:
        """Return the format that prints a number as the other forms of the report print it."""
        return self._made(_pattern(cell), total=total)

    def text(self, *, total: bool) -> Format | None:
        """Return the format of a text: none, but in the row of totals."""
        return self._made("@", total=True) if total else None

    def key(self, cell: Cell) -> Format:
        """Return the format of the key figure."""
        given = {"num_format": f'{_pattern(cell)} "tCO2eq"', "bold": True, "font_size": 28, "font_color": "#14506E"}
        return self.book.add_format({**given, "align": "left"})

    def _made(self, pattern: str, *, total: bool) -> Format:
        if (pattern, total) not in self.made:
            given = {"num_format": pattern, **({"bold": True, "top": 2} if total else {})}
            self.made[pattern, total] = self.book.add_format(given)
        return self.made[pattern, total]


@attrs.frozen
class Grid:
    """The rows of a sheet below its heading, and the names of its columns."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: int

    @classmethod
    def of(cls, section: Section) -> Self:
        """Return the rows that programs read, as many as a sheet takes, and the total."""
        kept = [row for row in section.rows if row.reader is not Reader.PAGE]
        totals = [row for row in section.rows if row.is_total]
        rows = (*kept[:ROOM], *totals)
        return cls(tuple(column.name for column in section.columns), rows, len(kept) + len(totals) - len(rows))

    def total(self, sheet: str) -> Place | None:
        """Return where the total stands, if there is one."""
        if not self.rows or not self.rows[-1].is_total or "emissions" not in self.names:
            return None
        place = self.names.index("emissions")
        return Place(sheet, len(self.rows), place, _value(self.rows[-1].cells[place]))

    def formula(self, line: int, at: int) -> str:
        """Return the formula of a number that other cells of the sheet give, or nothing."""
        name, row = self.names[at], self.rows[line - 1]
        if name == "share" and row.cells[at].value:
            if "reference" in self.names:
                return f"={xl_rowcol_to_cell(line, at - 1)}/{xl_rowcol_to_cell(line, at - 2)}"
            ours = self.names.index("emissions")
            return f"={xl_rowcol_to_cell(line, ours)}/{xl_rowcol_to_cell(len(self.rows), ours, row_abs=True)}"
        if row.is_total and line > 1 and not self.cut:
            return f"=SUM({xl_rowcol_to_cell(1, at)}:{xl_rowcol_to_cell(line - 1, at)})"
        if name in ("total", "after"):
            return f"=SUM({xl_rowcol_to_cell(line, 1)}:{xl_rowcol_to_cell(line, at - 1)})"
        if name == "spent":
            return f"=SUM({xl_rowcol_to_cell(line, at + 1)}:{xl_rowcol_to_cell(line, len(self.names) - 1)})"
        return ""


def fill(sheet: Worksheet, section: Section, look: Look, language: str) -> Place | None:
    """Write a section, and return where its total stands, if it has one."""
    grid = Grid.of(section)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(section.columns):
        sheet.write_string(0, place, column.shown, look.number_heading if column.is_number else look.heading)
        longest = max((_width(row.cells[place]) for row in grid.rows[:_MEASURED]), default=0)
        sheet.set_column(place, place, min(60, max(9, len(column.shown), longest) + 2))
    for line, row in enumerate(grid.rows, start=1):
        for place, cell in enumerate(row.cells):
            _write(sheet, grid, (line, place), cell, look)
    notes = [section.title, *section.notes]
    if grid.cut:
        notes.insert(1, say("sheet.cut", language, count=grid.cut))
    for line, note in enumerate(notes, start=len(grid.rows) + 2):
        sheet.write_string(line, 0, note, look.note)
    return grid.total(sheet.get_name())


def _write(sheet: Worksheet, grid: Grid, place: tuple[int, int], cell: Cell, look: Look) -> None:
    """Write a cell as what it is: a formula, a number, or a text that stays a text whatever it starts with."""
    total = grid.rows[place[0] - 1].is_total
    if cell.is_number:
        if formula := grid.formula(*place):
            sheet.write_formula(*place, formula, look.number(cell, total=total), _value(cell))
        else:
            sheet.write_number(*place, _value(cell), look.number(cell, total=total))
        if _is_ratio(cell):
            sheet.write_comment(*place, cell.shown)
    elif isinstance(cell.record, int):
        sheet.write_number(*place, cell.record)
    elif text := _text(cell):
        sheet.write_string(*place, text, look.quoted if harmless(text) != text else look.text(total=total))


def _value(cell: Cell) -> float:
    """Return the double nearest to the exact number of a cell, in tonnes, as a share of one, or as what it counts."""
    if isinstance(cell.record, Mapping):
        return float(Fraction(cell.record["exact"]) / (1000 if CO2EQ in cell.record else 100))
    return float(Fraction(str(cell.record)))


def _pattern(cell: Cell) -> str:
    """Return the number format under which a spreadsheet shows what the other forms show.

    Where they print a bound (`< 0,5`), or a part that the largest remainder moves (`24 *`), the number itself is shown,
    and that beside it; a ratio is shown as what it works out to, and noted.
    """
    if _is_ratio(cell):
        return "General"
    percent = "%" if isinstance(cell.record, Mapping) and CO2EQ not in cell.record else ""
    if _is_bound(cell):
        return f'{_small(_value(cell) * (100 if percent else 1))}{percent}" ({cell.shown})"'
    beside = f'" ({cell.shown})"' if _is_moved(cell) else ""
    return "#,##0" + ("." + "0" * cell.digits if cell.digits else "") + percent + beside


def _small(value: float) -> str:
    """Return the format that shows two digits of a number nearer to zero than one."""
    digits = min(1 - floor(log10(abs(value))), _MOST_DIGITS)
    return f"0.{'0' * digits}"


def _is_bound(cell: Cell) -> bool:
    return cell.shown.startswith(("<", ">"))


def _is_moved(cell: Cell) -> bool:
    return cell.shown.endswith("*") and not _is_bound(cell)


def _is_ratio(cell: Cell) -> bool:
    return "/" in cell.shown


def _width(cell: Cell) -> int:
    """Return how many characters a cell shows."""
    return len(_pattern(cell) if cell.is_number and (_is_bound(cell) or _is_moved(cell)) else _text(cell))


def _text(cell: Cell) -> str:
    """Return what a cell says, within what a cell holds; bytes that are no text are spelled out."""
    said = cell.shown or ("" if cell.record is None else str(cell.record))
    text = said.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
