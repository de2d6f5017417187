"""A draft accounts for every row, and is written in the format that is read."""

import tomllib

import pytest

from ghg_numerique import FactorTable, TableError
from ghg_numerique.files import write_folder
from ghg_numerique.plugin import Draft, Finding, Severity

HEAD = {
    "provider": "ma-ville", "title": 'Nos "ratios"\n', "version": "1", "publisher": "Ville", "address": "a",
    "licence": "Apache-2.0", "notes": "",
}  # fmt: skip
LAPTOP = {"id": "P-1", "label": "Portable, 14\"", "role": "embodied", "equipment": "laptop", "value": "156",
          "unit": "kgCO2eq/item", "status": "valid", "stages": "manufacturing", "model": ""}  # fmt: skip
OLD = LAPTOP | {"id": "P-0", "status": "archived"}
MIX = {"id": "M", "label": "Mix", "role": "electricity", "value": "0.05", "unit": "kgCO2eq/kWh", "status": "valid",
       "year": "2024"}  # fmt: skip


def test_it_adds_up_or_it_does_not():
    refused = (Finding.of("x", Severity.NOTE, fr="non", en="no"),)
    assert Draft(HEAD, 2, (LAPTOP,), refused).adds_up
    assert not Draft(HEAD, 3, (LAPTOP,), refused).adds_up
    assert not Draft(HEAD, 1, (LAPTOP, OLD)).adds_up


def test_it_counts_what_it_holds():
    draft = Draft(HEAD, 3, (LAPTOP, OLD, MIX))
    assert draft.roles == {"electricity": 1, "embodied": 2}
    assert draft.answering == 1


def test_what_is_written_is_read(tmp_path):
    draft = Draft(HEAD, 3, (LAPTOP, OLD, MIX))
    folder = write_folder(tmp_path / "nos-ratios", draft.pages("nos-ratios", "2024-12-31"), FactorTable.read)
    table = FactorTable.read(folder)
    assert [row.coefficient.id for row in table.rows] == ["P-1", "P-0", "M"]
    assert (table.source.id, table.source.title, table.rows[0].coefficient.label) == (
        "nos-ratios", HEAD["title"], LAPTOP["label"],
    )  # fmt: skip
    assert "notes" not in tomllib.loads((folder / "table.toml").read_text("utf-8"))
    assert "model" not in draft.records[0]


@pytest.mark.parametrize("fault", [{"unit": "kgCO2eq/kWhh"}, {"colour": "red"}, {"id": "P-0"}, {"value": "1e5"}])
def test_a_row_that_the_format_forbids_leaves_no_folder(fault, tmp_path):
    draft = Draft(HEAD, 2, (OLD, LAPTOP | fault))
    with pytest.raises(TableError):
        write_folder(tmp_path / "t", draft.pages("t", "2024-12-31"), FactorTable.read)
    assert list(tmp_path.iterdir()) == []
