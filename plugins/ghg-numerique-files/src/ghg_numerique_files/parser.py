"""Run alone, as a script: parses the workbook that comes in on standard input, and writes its rows out as JSON.

It stands in a process of its own, with a limit on memory, because the parser may abort the process it is in. It imports
nothing of the house: what it needs starts in a few hundredths of a second. One object first, then one list a row, then
how many there were.
"""

import json
import sys
from datetime import date
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

import python_calamine

BASE_HEADROOM = 32 * 2**20
"""Memory in bytes that any parse may take beside what the workbook itself was measured to need."""


def main() -> None:
    """Read the request and the workbook, and write the sheet, or the code of what is wrong."""
    request = json.loads(sys.stdin.buffer.readline())
    limit(request["headroom"], request["seconds"])
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheet = chosen(book, request["sheet"], set(request["header"]))
    except python_calamine.PasswordError:
        told({"error": "workbook-password"})
        return
    except python_calamine.CalamineError as error:
        told({"error": "workbook-damaged", "facts": {"reason": str(error)}})
        return
    if isinstance(sheet, dict):
        told(sheet)
        return
    told({"sheet": sheet.name, "left": sheet.start[1] if sheet.start else 0})
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
    book: python_calamine.CalamineWorkbook, wanted: str, header: set[str]
) -> python_calamine.CalamineSheet | dict[str, Any]:
    """Return the sheet that is wanted: the one that is named, has the header, or alone holds anything; else a fault."""
    names = book.sheet_names
    if wanted:
        unknown = {"error": "workbook-sheet-unknown", "facts": {"sheet": wanted, "known": ", ".join(names)}}
        return book.get_sheet_by_name(wanted) if wanted in names else unknown
    holding = [sheet for sheet in map(book.get_sheet_by_name, names) if fits(sheet, header)]
    if len(holding) == 1:
        return holding[0]
    if holding:
        return {"error": "workbook-sheets", "facts": {"known": ", ".join(sheet.name for sheet in holding)}}
    return {
        "error": "workbook-header" if header else "workbook-empty",
        "facts": {"expected": ", ".join(sorted(header))},
    }


def fits(sheet: python_calamine.CalamineSheet, header: set[str]) -> bool:
    """Tell whether a sheet holds anything, and has these headers on its first row that does."""
    first = next((row for row in sheet.iter_rows() if any(cell != "" for cell in row)), None)
    return first is not None and header <= set(map(str, first))


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
