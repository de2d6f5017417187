"""Explanations show the cells of a row as they stand in the file, beside what was read from them."""

import json
import shutil
from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique.telling.raw import RawRows
from ghg_numerique.telling.rows import told_fate, told_rows

CITY = Path(__file__).parents[1] / "examples" / "ville"


@pytest.fixture(scope="module")
def city() -> ghg.Folder:
    return ghg.Folder.open(CITY)


def test_a_row_is_shown_as_it_stands_in_its_file(city: ghg.Folder) -> None:
    line = (CITY / "parc.csv").read_text(encoding="utf-8").splitlines()[16]
    told = told_fate(city, "parc.csv:17", form="text", language="en")
    assert told.splitlines()[-1].startswith("    in the file: identifiant = 'VP-PARC' | equipement = 'vidéoprojecteur'")
    (record,) = json.loads(told_fate(city, "parc.csv:17", form="json", language="en"))
    assert ";".join(record["raw"].values()) == line
    assert record["chains"][0]["raw"] == record["raw"]


def test_the_rows_behind_a_figure_bear_their_cells(city: ghg.Folder) -> None:
    rows = json.loads(told_rows(city, {"kind": "services"}, limit=1, form="json", language="en"))
    assert len(rows) > 10
    lines = {name: (CITY / name).read_text(encoding="utf-8").splitlines() for name in {row["file"] for row in rows}}
    assert all(";".join(row["raw"].values()) == lines[row["file"]][row["row"] - 1] for row in rows)


def test_a_file_that_changed_since_or_is_gone_shows_nothing(city: ghg.Folder, tmp_path: Path) -> None:
    origin = next(city.inventory.origin(index) for index in range(len(city.inventory)))
    shutil.copy(CITY / "parc.csv", tmp_path / "parc.csv")
    assert RawRows.of(tmp_path, city.inventory.inputs).cells(origin)
    with (tmp_path / "parc.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert RawRows.of(tmp_path, city.inventory.inputs).cells(origin) == {}
