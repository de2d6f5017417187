"""The workbook: a cover, then a sheet for each section, with every row that programs read and every sum as a formula."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ghg_numerique.plugin import label, say
from ghg_numerique_reports.charts import names_of
from ghg_numerique_reports.view import View
from ghg_numerique_xlsx.sheet import Look, Place, fill

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_MADE: Final = datetime(1980, 1, 1)


def draw(view: View) -> bytes:
    """Return the workbook of a view. Nothing that data say can become a formula or a link."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": view.title, "created": _MADE})
    look = Look.of(book)
    cover = book.add_worksheet(say("sheet.cover", view.language))
    totals: dict[str, Place] = {}
    names = names_of(section.path for section in view.sections)
    for section, name in zip(view.sections, _sheet_names(view, names), strict=True):
        sheet = book.add_worksheet(name)
        totals |= {".".join(section.path): total for total in [fill(sheet, section, look, view.language)] if total}
    _cover(cover, view, look, totals)
    book.close()
    return page.getvalue()


def _cover(sheet: Worksheet, view: View, look: Look, totals: Mapping[str, Place]) -> None:
    """Write the title, the total as a link to the sum of the domains, and the sentences that come before any table."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, view.title, look.title)
    if found := totals.get("domain"):
        formula = f"={quote_sheetname(found.sheet)}!{xl_rowcol_to_cell(found.row, found.column)}"
        sheet.write_formula(2, 0, formula, look.key(view.total), found.value)
    for row, sentence in enumerate(view.lead, start=4):
        sheet.write_string(row, 0, sentence, look.wrapped)
    sheet.write_string(5 + len(view.lead), 0, say("sheet.live", view.language), look.note)


def _sheet_names(view: View, names: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """Yield a name for each sheet that Excel accepts, and that no other sheet has, whatever the case of letters."""
    taken = {say("sheet.cover", view.language).casefold()}
    for section in view.sections:
        known = label("sheet", names[section.path], view.language)
        plain = " ".join(_FORBIDDEN.sub(" ", section.path[-1] if known == names[section.path] else known).split())
        name, number = plain[:_LONGEST_NAME] or "-", 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - 4]} {number}"
        taken.add(name.casefold())
        yield name
