"""What became of the rows of an export, told to a person or to a machine."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.decimals import written
from ghg_numerique.errors import Finding
from ghg_numerique.plugin.contracts import TableReport
from ghg_numerique.provenance import Origin
from ghg_numerique.wording import say

EXAMPLES: Final = 3
"""How many refused rows a person is shown of each reason; a machine gets them all."""


def told_import(report: TableReport, folder: Path, *, form: str, language: str) -> str:
    """Return how many rows were read, kept, and refused for which reason, and where the table was written."""
    if form == "json":
        return json.dumps(_record(report, folder, language), ensure_ascii=False, indent=2)
    return "\n".join(_lines(report, folder, language))


def _lines(report: TableReport, folder: Path, language: str) -> Iterator[str]:
    counts = {"read": report.read, "kept": report.kept, "refused": len(report.refused)}
    yield say("cli.import-dialect", language, dialect=report.dialect)
    yield say("cli.import-rows", language, **{name: _shown(count, language) for name, count in counts.items()})
    for reason, rows in report.by_reason.items():
        yield f"{_shown(len(rows), language):>8}  {reason}: {_said(rows[0], language)}"
        for row in rows[:EXAMPLES]:
            yield " " * 10 + say("cli.import-example", language, row=row.origin.row, id=_id(row), value=row.value)
    yield from (remark.text(language) for remark in report.remarks)
    yield say("cli.written", language, path=folder)


def _record(report: TableReport, folder: Path, language: str) -> dict[str, object]:
    return {
        "folder": str(folder),
        "dialect": report.dialect,
        "read": report.read,
        "kept": report.kept,
        "refused": {reason: len(rows) for reason, rows in report.by_reason.items()},
        "rows": [
            {"row": row.origin.row, "id": _id(row), "reason": row.code, "value": row.value} for row in report.refused
        ],
        "remarks": [{"code": remark.code, "message": remark.text(language)} for remark in report.remarks],
    }


def _said(row: Finding, language: str) -> str:
    """Return the sentence of a reason, without the place of the row."""
    return attrs.evolve(row, origin=Origin()).text(language)


def _id(row: Finding) -> str:
    return dict(row.facts).get("id", "")


def _shown(count: int, language: str) -> str:
    return written(Fraction(count), 0, language)
