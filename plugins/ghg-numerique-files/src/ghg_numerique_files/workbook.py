"""The rows of one sheet of a workbook (XLSX, XLS, ODS), as typed cells; a hostile file costs a message and no more.

Guards look at the container first (`guards.py`); what they let through is parsed by a process of its own (`parser.py`),
whose memory and time are bounded by what the guards measured. A parser that is killed or aborts is a fault in words.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import IO, Any, Final, TypeAlias

import attrs

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_files.guards import Measured, is_workbook, measured
from ghg_numerique_files.marks import Marks

__all__ = ["Cell", "CellFault", "Worksheet", "is_workbook", "read_worksheet"]

PER_CELL: Final = 80
PER_BYTE: Final = 4
"""What a parse may take in memory, for each cell of the extent and for each byte that the workbook holds unzipped."""

_OUTSIDE = re.compile(r"\[[0-9]+\]")
_PARSER = Path(__file__).with_name("parser.py")
_PATIENCE = 10
"""How many times its seconds of work a parser may take by the clock, on a machine that has much else to do."""
_QUIET = {"RUST_BACKTRACE": "0", "RUST_LIB_BACKTRACE": "0"}
"""A parser that is out of memory while it writes a backtrace waits for itself, and does not end."""


@attrs.frozen
class CellFault:
    """A cell without a value of its own: the error of a formula (`#N/A`), a formula that was never computed (`=A1+B1`),
    one whose value comes from a workbook that is not at hand (`=[1]Parc!A1`), or one that `sums` cells of its own column.
    """

    text: str
    sums: bool = False

    @property
    def code(self) -> str:
        """The code of what is wrong."""
        if not self.text.startswith("="):
            return "spreadsheet-error"
        if self.sums:
            return "formula-sum"
        return "formula-outside" if _OUTSIDE.search(self.text) else "formula-uncomputed"


Cell: TypeAlias = str | float | bool | date | datetime | CellFault
"""An empty cell is an empty text. A whole number is a float too: a workbook knows no other."""


@attrs.frozen
class Worksheet:
    """A sheet by its name; its first row is the row that a spreadsheet numbers 1, and its first column is A.

    Hidden rows are rows like others, and of merged cells the first holds the value; `marks` say which they are. `others`
    are the sheets that hold something too, `alike` those of them that hold the same.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    kind: str = "xlsx"
    date_1904: bool = False
    hidden: bool = False
    marks: Marks = attrs.Factory(Marks)
    others: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


def read_worksheet(document: Document, *, sheet: str = "", header: Collection[Sequence[str]] = ()) -> Worksheet:
    """Return a sheet of a workbook: the one that is named, else the only one that holds anything.

    With `header`, the only one whose first row has each of these headers, in one of its spellings. Raises InputError
    where no sheet or several are meant, and for whatever cannot be read: what is wrong is said in words, and no file
    ends the process.
    """
    found = measured(document)
    return _overlaid(_parsed(document, found, sheet, header))


def _parsed(document: Document, found: Measured, sheet: str, header: Collection[Sequence[str]]) -> Worksheet:
    request = {
        "sheet": sheet,
        "header": [list(spellings) for spellings in header],
        "headroom": 2 * len(document.content) + PER_BYTE * found.unzipped + PER_CELL * found.cells,
        "seconds": found.seconds,
    }
    command = [sys.executable, "-P", str(_PARSER)]
    with subprocess.Popen(  # noqa: S603 - a fixed command; what the user gives travels on its standard input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **_QUIET}
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        watch = Timer(_PATIENCE * found.seconds, child.kill)
        watch.start()
        _give(child.stdin, json.dumps(request).encode() + b"\n" + document.content)
        try:
            return _taken(document, found, child.stdout)
        finally:
            watch.cancel()
            child.kill()


def _give(stdin: IO[bytes], content: bytes) -> None:
    """Hand the workbook over; a parser that has ended by then is noticed by what it does not answer."""
    with suppress(BrokenPipeError):
        stdin.write(content)
    with suppress(BrokenPipeError):
        stdin.close()


def _taken(document: Document, found: Measured, stdout: IO[bytes]) -> Worksheet:
    """Return the sheet that the parser writes out. Raises InputError where it says a fault, or nothing to the end."""
    answers = _answers(stdout)
    head = next(answers, None)
    if isinstance(head, dict) and "error" in head:
        raise InputError(head["error"], file=document.name, **head.get("facts", {}))
    if isinstance(head, dict):
        rows: list[tuple[Cell, ...]] = []
        left = ("",) * head["left"]
        for answer in answers:
            if isinstance(answer, dict) and answer == {"rows": len(rows)}:
                return _described(head, tuple(rows), found)
            rows.append((*left, *answer))
    raise InputError("workbook-stopped", file=document.name)


def _described(head: dict[str, Any], rows: tuple[tuple[Cell, ...], ...], found: Measured) -> Worksheet:
    """Return a sheet with what was found beside its values, by the parser and before it."""
    name = head["sheet"]
    marks = found.marks.get(name, Marks())
    merged = [*marks.merged, *(((a, b), (c, d)) for (a, b), (c, d) in head["merged"])]
    return Worksheet(
        name, rows, found.kind, found.date_1904, head["hidden"], attrs.evolve(marks, merged=merged),
        tuple(head["others"]), tuple(head["alike"]),
    )  # fmt: skip


def _answers(stdout: IO[bytes]) -> Iterator[Any]:
    """Return the answers of the parser, up to the first that is cut off."""
    for line in stdout:
        if not line.endswith(b"\n"):
            return
        yield _DECODER.decode(line.decode())


def _day(thing: dict[str, Any]) -> object:
    if "day" not in thing:
        return thing
    text = thing["day"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


_DECODER: Final = json.JSONDecoder(object_hook=_day)


def _overlaid(sheet: Worksheet) -> Worksheet:
    """Return the sheet with its faulty cells in their places, where the parser left nothing."""
    if not sheet.marks.faults:
        return sheet
    rows = list(sheet.rows)
    for (row, column), text in sheet.marks.faults.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row] = (
                *rows[row][:column],
                CellFault(text, (row, column) in sheet.marks.sums),
                *rows[row][column + 1 :],
            )
    return attrs.evolve(sheet, rows=tuple(rows))
