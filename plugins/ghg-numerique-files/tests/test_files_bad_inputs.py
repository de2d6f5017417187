"""The catalogue of seventy bad inputs: each is read as it should be, or refused with its code, its place and its sentence.

`bad_inputs.csv` is the whole of what is said, finding by finding; what is not in it must not be said.
"""

import ast
import csv
import os
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from bad_texts import TEXTS, Case
from bad_workbooks import WORKBOOKS

from ghg_numerique.plugin import Document, InputError, Inventory
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique_files import ghg_importers

IMPORTERS = {importer.name: importer for importer in ghg_importers()}
HOUSE = Path(__file__).resolve().parents[3]
CASES = {**TEXTS, **WORKBOOKS}
ELSEWHERE = {
    20: ("tests/test_units.py", "test_an_unknown_name_is_refused_with_the_nearest"),
    21: ("tests/test_units.py", "test_an_unknown_name_is_refused_with_the_nearest"),
    22: ("tests/test_units.py", "test_what_is_not_in_the_grammar_never_reaches_pint"),
    23: ("tests/test_units.py", "test_what_measures_something_else_never_meets"),
    25: ("tests/test_units.py", "test_what_measures_something_else_never_meets"),
    65: ("tests/test_inside.py", "test_an_input_is_a_file_of_the_folder"),
    69: ("plugins/ghg-numerique-reports/tests/test_reports_laws.py", "test_names_can_neither_break_a_page_nor_become_a_formula"),
}  # fmt: skip
"""Numbers that are no matter of reading files, and the tests that hold them."""


def listed() -> dict[str, list[tuple[str, ...]]]:
    """Return what is to be said of each input: code, weight, sheet, row, column, sentence."""
    found: dict[str, list[tuple[str, ...]]] = {title: [] for title in CASES}
    with Path(__file__).with_name("bad_inputs.csv").open(encoding="utf-8", newline="") as page:
        for number, title, *said in list(csv.reader(page))[1:]:
            assert int(number or 0) == CASES[title].number
            found[title].append(tuple(said))
    return found


def read(case: Case, title: str) -> Inventory:
    content = case.content if isinstance(case.content, bytes) else case.content.encode()
    name = case.name or ("f.csv" if title in TEXTS else "f.xlsx")
    return IMPORTERS[case.importer].read(Document(name, content, case.options))


def said(inventory: Inventory) -> Iterator[tuple[str, ...]]:
    for finding in inventory.findings:
        at = finding.origin
        sentence = finding.text("fr").removeprefix(finding.place("fr"))
        yield finding.code, finding.severity, at.sheet, str(at.row or ""), at.column, sentence


@pytest.mark.parametrize("title", CASES)
def test_a_bad_input_is_said_to_be_what_it_is(title):
    inventory = read(CASES[title], title)
    assert list(said(inventory)) == listed()[title]
    assert [f"{Decimal(int(amount)).scaleb(-6).normalize():f}" for amount in inventory.amount] == CASES[title].kept


@pytest.mark.parametrize("title", CASES)
def test_it_is_said_in_english_too_and_no_row_is_lost(title):
    inventory = read(CASES[title], title)
    assert all(finding.is_said("en") and finding.text("en") != finding.text("fr") for finding in inventory.findings)
    aside = {row.origin for row in inventory.set_aside}
    assert {finding.origin.file for finding in inventory.findings} <= {CASES[title].name, "f.csv", "f.xlsx"} - {""}
    assert not any("file" in dict(finding.facts) for finding in inventory.findings), "the place says it already"
    faulty = {(f.origin.sheet, f.origin.row) for f in inventory.findings if f.severity == "error"}
    assert {(origin.sheet, origin.row) for origin in aside} <= faulty
    assert inventory.findings or inventory.amount.size


def test_every_number_of_the_catalogue_is_held_by_a_test():
    assert {case.number for case in CASES.values()} - {0} | set(ELSEWHERE) == set(range(1, 71))
    for path, name in ELSEWHERE.values():
        tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_page_lists_every_finding_and_no_other():
    page = (HOUSE / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    codes = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    wording = HOUSE / "src" / "ghg_numerique" / "wording" / "findings.fr.toml"
    known = tomllib.loads(wording.read_text(encoding="utf-8"))["finding"]
    assert sorted(codes) == sorted({*known, "id-twice", "no-rows"}), "the last two are the engine's"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_before_it_is_opened(tmp_path):
    os.mkfifo(tmp_path / "parc.csv")
    with pytest.raises(InputError) as refused:
        Catalogue.of(*IMPORTERS.values()).read(tmp_path / "parc.csv", importer="hardware-csv")
    assert refused.value.code == "file-special"
