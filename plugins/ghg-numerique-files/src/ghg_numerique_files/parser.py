"""Run alone, as a script: parses the workbook that comes in on standard input, and writes its rows out as JSON.

It stands in a process of its own, with a limit on memory, because the parser may abort the process it is in. It imports
nothing of the house: what it needs starts in a few hundredths of a second. One object first, then one list a row, then
how many there were.
"""

import json
import sys
import unicodedata
from datetime import date
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

import python_calamine

MOST_MERGED = 5 * 10**4
"""What a sheet may have of merged cells; no table that people keep comes near."""
BASE_HEADROOM = 32 * 2**20
"""Memory in bytes that any parse may take beside what the workbook itself was measured to need."""


def main() -> None:
    """Read the request and the workbook, and write the sheet, or the code of what is wrong."""
    request = json.loads(sys.stdin.buffer.readline())
    limit(request["headroom"], request["seconds"])
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        holding = [sheet for sheet in map(book.get_sheet_by_name, book.sheet_names) if first_row(sheet)]
        sheet = chosen(book, holding, request["sheet"], request["header"])
    except python_calamine.PasswordError:
        told({"error": "workbook-password"})
        return
    except python_calamine.CalamineError as error:
        told({"error": "workbook-damaged", "facts": {"reason": str(error)}})
        return
    if not isinstance(sheet, dict) and len(sheet.merged_cell_ranges or ()) > MOST_MERGED:
        sheet = {"error": "workbook-marks", "facts": {"most": MOST_MERGED}}
    if isinstance(sheet, dict):
        told(sheet)
        return
    told(told_of(book, sheet, holding))
    count = 0
    for row in sheet.iter_rows():
        told(row)
        count += 1
    told({"rows": count})


def limit(headroom: int, seconds: int) -> None:
    """Bound what this process may take from now on; where the system has no such bound, it is at least alone."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    used = Path("/proc/self/statm")
    if used.is_file():
        now = int(used.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + BASE_HEADROOM + headroom,) * 2)


def chosen(
    book: python_calamine.CalamineWorkbook,
    holding: list[python_calamine.CalamineSheet],
    wanted: str,
    header: list[list[str]],
) -> python_calamine.CalamineSheet | dict[str, Any]:
    """Return the sheet that is wanted: the one that is named, has the header, or alone holds anything; else a fault."""
    names = book.sheet_names
    if wanted:
        unknown = {"error": "workbook-sheet-unknown", "facts": {"sheet": wanted, "known": ", ".join(names)}}
        return book.get_sheet_by_name(wanted) if wanted in names else unknown
    fitting = [sheet for sheet in holding if fits(first_row(sheet), header)]
    if len(fitting) == 1 and is_hidden(book, fitting[0].name):
        return {"error": "workbook-hidden", "facts": {"sheet": fitting[0].name}}
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(sheet.name for sheet in fitting or holding)
    if fitting:
        repeated = any(is_alike(fitting[0], other) for other in fitting[1:])
        return {"error": "workbook-alike" if repeated else "workbook-sheets", "facts": {"known": known}}
    expected = ", ".join(group[0] for group in header)
    return {"error": "workbook-header", "facts": {"expected": expected}} if holding else {"error": "workbook-empty"}


def first_row(sheet: python_calamine.CalamineSheet) -> list[Any]:
    """Return the first row of a sheet that holds anything, nothing where none does."""
    return next((row for row in sheet.iter_rows() if any(cell != "" for cell in row)), [])


def fits(first: list[Any], header: list[list[str]]) -> bool:
    """Tell whether a row has each of these headers, in one of its spellings."""
    said = {folded(str(cell)) for cell in first}
    return all(any(folded(spelling) in said for spelling in group) for group in header)


def folded(text: str) -> str:
    """Return a header as headers are compared: composed accents, one space between words, no difference of case."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_hidden(book: python_calamine.CalamineWorkbook, name: str) -> bool:
    """Tell whether a spreadsheet does not show a sheet."""
    shown = {about.name: about.visible for about in book.sheets_metadata}
    return shown.get(name) not in (None, python_calamine.SheetVisibleEnum.Visible)


def is_alike(one: python_calamine.CalamineSheet, other: python_calamine.CalamineSheet) -> bool:
    """Tell whether two sheets hold the same cells."""
    return (one.height, one.width) == (other.height, other.width) and all(
        left == right for left, right in zip(one.iter_rows(), other.iter_rows(), strict=True)
    )


def told_of(
    book: python_calamine.CalamineWorkbook,
    sheet: python_calamine.CalamineSheet,
    holding: list[python_calamine.CalamineSheet],
) -> dict[str, Any]:
    """Return what there is to say of a sheet beside its rows: where it starts, its merged cells, the other sheets."""
    others = [other for other in holding if other.name != sheet.name]
    return {
        "sheet": sheet.name,
        "left": sheet.start[1] if sheet.start else 0,
        "merged": sheet.merged_cell_ranges or [],
        "hidden": is_hidden(book, sheet.name),
        "others": [other.name for other in others],
        "alike": [other.name for other in others if is_alike(sheet, other)],
    }


def told(thing: object) -> None:
    """Write one line of JSON; a number that is none is written as text."""
    try:
        line = ENCODER.encode(thing)
    except ValueError:
        cells = thing if isinstance(thing, list) else []
        line = ENCODER.encode([str(cell) if isinstance(cell, float) and not isfinite(cell) else cell for cell in cells])
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def spelled(cell: object) -> object:
    """Return a day as something that is no text, and a time or a duration as text."""
    return {"day": cell.isoformat()} if isinstance(cell, date) else str(cell)


ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=spelled)

if __name__ == "__main__":
    main()
