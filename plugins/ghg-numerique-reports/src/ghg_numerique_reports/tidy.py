"""The view as one long CSV table: `section,group,subgroup,value,unit`, a line for each number.

Values have a decimal point and no groups; emissions are in kgCO2eq with at most six decimals. The parts of a section
sum to `total`. A row without a number (a finding, a source) is a line without value. Names are the stable names, in no
language, except the messages of findings.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from ghg_numerique.plugin import harmless
from ghg_numerique_reports.view import Cell, Row, Section, View

HEADINGS: Final = ("section", "group", "subgroup", "value", "unit")

Line = tuple[str, str, str, str, str]


def draw(view: View) -> str:
    """Return the CSV of a view (RFC 4180)."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(HEADINGS)
    writer.writerow(("total", "", "", view.total.value, view.total.unit))
    for section in view.data():
        for row in section.rows:
            writer.writerows(_lines(section, row))
    return page.getvalue()


def _lines(section: Section, row: Row) -> Iterator[Line]:
    """Return a line for each number of a row; columns are named where their units do not tell them apart."""
    path = [_name(cell) for cell, column in zip(row.cells, section.columns, strict=True) if not column.is_number]
    numbers = [(column, cell) for column, cell in zip(section.columns, row.cells, strict=True) if cell.is_number]
    units = [cell.unit for _, cell in numbers]
    ambiguous = len(set(units)) < len(units)
    where, group, *others = ".".join(section.path), *path
    for column, cell in numbers:
        subgroup = " / ".join(filter(None, (*others, column.name if ambiguous else "")))
        yield harmless(where), harmless(group), harmless(subgroup), cell.value, harmless(cell.unit)
    if not numbers:
        yield harmless(where), harmless(group), harmless(" / ".join(filter(None, others))), "", ""


def _name(cell: Cell) -> str:
    return "" if cell.record is None else str(cell.record)
