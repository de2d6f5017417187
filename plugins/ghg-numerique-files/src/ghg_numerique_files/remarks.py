"""What a reader of a table should know of the file behind it: what was hidden, left unread or shown otherwise."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from ghg_numerique.plugin import Finding, Origin, Severity
from ghg_numerique_files.marks import Marks
from ghg_numerique_files.number_formats import PERCENT, WHOLE
from ghg_numerique_files.page import NumberedCells, Page
from ghg_numerique_files.spelling import shown
from ghg_numerique_files.workbook import Worksheet

ROW_LIMITS: Final = (65_536, 1_048_576)
"""Where a sheet of XLS and one of XLSX end: a table that ends there too was probably cut."""


def remarks_on(
    page: Page, file: str, rows: Sequence[NumberedCells], headers: Mapping[int, str], numbers: Collection[int]
) -> Iterator[Finding]:
    """Return the remarks on a page. `rows` are those below the header, `headers` those that are read, by their places."""
    origin = Origin(file, sheet=page.sheet)
    if rows and rows[-1][0] in ROW_LIMITS:
        yield Finding.of("rows-limit", Severity.WARNING, Origin(file, rows[-1][0], page.sheet), str(rows[-1][0]))
    if rows and page.is_cut:
        yield Finding.of("line-cut", Severity.NOTE, Origin(file, rows[-1][0]))
    if page.worksheet is None:
        return
    yield from _on_sheet(page.worksheet, origin)
    yield from _on_hidden(page.worksheet.marks, origin, [row for row, _ in rows], headers)
    yield from _on_numbers(page.worksheet, origin, rows, {place: headers[place] for place in numbers})


def _on_sheet(sheet: Worksheet, origin: Origin) -> Iterator[Finding]:
    if sheet.hidden:
        yield Finding.of("sheet-hidden", Severity.WARNING, origin, sheet.name)
    if sheet.alike:
        yield Finding.of("sheets-alike", Severity.WARNING, origin, ", ".join(sheet.alike))
    elif sheet.others:
        yield Finding.of("sheets-unread", Severity.WARNING, origin, ", ".join(sheet.others))
    if sheet.marks.formulas:
        yield Finding.of("formulas", Severity.NOTE, origin, str(sheet.marks.formulas))


def _on_hidden(marks: Marks, origin: Origin, rows: Sequence[int], headers: Mapping[int, str]) -> Iterator[Finding]:
    hidden = _joined(marks.hidden_rows)
    starts = [first for first, _ in hidden]
    below = [row for row in rows if (at := bisect_left(starts, row)) and row <= hidden[at - 1][1] + 1]
    if below:
        yield Finding.of("rows-hidden", Severity.WARNING, origin, shown(_listed(below)), count=len(below))
    aside = [text for place, text in headers.items() if any(a <= place <= b for a, b in marks.hidden_columns)]
    if aside:
        yield Finding.of("columns-hidden", Severity.WARNING, origin, ", ".join(aside))


def _on_numbers(
    sheet: Worksheet, origin: Origin, rows: Sequence[NumberedCells], numbers: Mapping[int, str]
) -> Iterator[Finding]:
    """Return what is said of each column of numbers: how many are texts, and how many are shown as other numbers."""
    for place, header in numbers.items():
        texts = sum(isinstance(cells[place], str) and bool(cells[place].strip()) for _, cells in rows)  # type: ignore[union-attr]
        if texts:
            yield Finding.of("numbers-as-text", Severity.NOTE, origin.at(header), str(texts))
        for code, kind in (("shown-percent", PERCENT), ("shown-rounded", WHOLE)):
            first, count = sheet.marks.otherwise.get((place, kind), (0, 0))
            if count:
                yield Finding.of(
                    code, Severity.WARNING, Origin(origin.file, first + 1, origin.sheet, header), str(count)
                )


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same rows in as few ranges as can be."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _listed(rows: Sequence[int]) -> str:
    """Write rows as `4, 7-9`."""
    return ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in _joined([(row, row) for row in rows])
    )
