"""Fuzzing by coverage, outside the suite: `python tests/fuzz/harness.py TARGET [-max_total_time=60]`, with atheris installed.

Each target holds one law on any bytes: what is read is what was written, or it is refused in words; never a third thing.
An exception that is not ours, a hang beyond ten seconds or more than 512 MB ends the run with the input that did it.
"""

import re
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["ghg_numerique", "ghg_numerique_files"]):
    from ghg_numerique.decimals import LARGEST, read_decimal
    from ghg_numerique.errors import InputError, NumberError, UnitError
    from ghg_numerique.plugin import Document, Inventory
    from ghg_numerique.units import parse_unit
    from ghg_numerique_files import ghg_importers
    from ghg_numerique_files.dates import read_day
    from ghg_numerique_files.guards import measured
    from ghg_numerique_files.workbook import read_worksheet

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins" / "ghg-numerique-files" / "tests"))

from workbooks import ODS, members, ole, sheet_xml, zipped

BOOK: Final = members({"A": sheet_xml([["id"]])})
IMPORTERS: Final = {importer.name: importer for importer in ghg_importers()}
OPTIONS: Final = {"tax_basis": "HT", "year": "2024", "opening": "none"}
LIMITS: Final = ["-timeout=10", "-rss_limit_mb=512", "-max_len=4096", "-print_final_stats=1"]


def number(content: bytes) -> None:
    """A number is read to the value that its digits say, or refused."""
    text = content.decode("utf-8", "ignore")
    for mark in ",.":
        try:
            value = read_decimal(text, mark)
        except NumberError:
            continue
        digits = re.sub(r"[^0-9,.\u2212-]", "", text.replace(mark, "."), flags=re.ASCII).replace("\u2212", "-")
        assert value == Decimal(digits), (text, value)
        assert abs(value) <= LARGEST, (text, value)


def day(content: bytes) -> None:
    """A day is one that its text spells out, or it is refused."""
    text = content.decode("utf-8", "ignore")
    found = read_day(text)
    if isinstance(found, date):
        assert text in (found.isoformat(), found.strftime("%d/%m/%Y"), found.strftime("%Y%m%d")), text


def unit(content: bytes) -> None:
    """A unit has one canonical text, which is that of itself, or it is refused."""
    try:
        canonical = parse_unit(content.decode("utf-8", "ignore"))
    except UnitError:
        return
    assert parse_unit(canonical) == canonical, canonical


def csv(content: bytes) -> None:
    """Any bytes give an inventory in which every row that is not kept is set aside with an error."""
    for importer in IMPORTERS.values():
        options = {name: value for name, value in OPTIONS.items() if name in importer.options}
        hold(importer.read(Document("f.csv", content, options)))


def container(content: bytes) -> None:
    """The guards let a workbook through or refuse it; no parser is started."""
    _read_or_refused(lambda: measured(Document("f.xlsx", content)))


def sheet(content: bytes) -> None:
    """The guards look through any XML of a sheet; no parser is started."""
    container(zipped({**BOOK, "xl/worksheets/sheet1.xml": content}))


def ods(content: bytes) -> None:
    """The guards look through any page of an ODS; no parser is started."""
    container(zipped({"mimetype": ODS, "content.xml": content}))


def xls(content: bytes) -> None:
    """The guards look through any records of an XLS; no parser is started."""
    container(ole("Workbook", content))


def workbook(content: bytes) -> None:
    """The reader of workbooks reads or refuses, whatever becomes of the parser."""
    _read_or_refused(lambda: read_worksheet(Document("f.xlsx", content)))


def _read_or_refused(reading: Callable[[], object]) -> None:
    try:
        reading()
    except InputError as error:
        if not error.code.startswith("workbook-"):
            raise


def hold(inventory: Inventory) -> None:
    """Every row that is set aside has an error, nothing is both kept and set aside, every finding has its sentences."""
    faulty = {(f.origin.sheet, f.origin.row) for f in inventory.findings if f.severity == "error"}
    aside = {(row.origin.sheet, row.origin.row) for row in inventory.set_aside}
    kept = {(at.sheet, at.row) for at in map(inventory.origin, range(len(inventory)))}
    assert inventory.findings, "neither read nor refused"
    assert aside <= faulty, (aside, faulty)
    assert not aside & kept, aside & kept
    assert all(finding.is_said(language) for finding in inventory.findings for language in ("fr", "en"))


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "number": number, "day": day, "unit": unit, "csv": csv, "container": container, "sheet": sheet,
    "ods": ods, "xls": xls, "workbook": workbook,
}  # fmt: skip


def main() -> None:
    """Fuzz the target that is named first; other arguments are those of libFuzzer."""
    name, *others = sys.argv[1:]
    atheris.Setup([sys.argv[0], *LIMITS, *others], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
