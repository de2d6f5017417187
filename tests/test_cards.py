"""What the command says of factors: nothing that the tables do not say, and in the language that is asked for."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ghg_numerique import Catalogue, Role, TableError
from ghg_numerique.model.table_pages import canonical_sha256, table_records
from ghg_numerique.telling.cards import Tables, known_tables, told_factor, told_search, told_tables
from ghg_numerique.telling.comparison import told_comparison
from ghg_numerique.telling.intake import told_intake
from town import shipped

TABLES = Path(__file__).parents[1] / "factor_tables"
EQUIPMENT = "ademe-base-carbone-23.6-equipment"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return known_tables(())


def forged(folder: Path) -> Path:
    """Return a copy of the shipped equipment with an invented row, hashed anew, under the name that it had."""
    copy = Path(shutil.copytree(TABLES / EQUIPMENT, folder / EQUIPMENT))
    rows, page = copy / "table.csv", copy / "table.toml"
    invented = "1,X,embodied,ups,1,kgCO2eq/item,manufacturing,,,,valid,,\n"
    rows.write_text(rows.read_text("utf-8") + invented, "utf-8")
    said = page.read_text("utf-8")
    old = said.split('sha256 = "')[1][:64]
    page.write_text(said.replace(old, canonical_sha256(table_records(copy))), "utf-8")
    return copy


def test_two_tables_of_one_id_are_refused_and_the_same_table_twice_is_not(tmp_path):
    with pytest.raises(TableError) as refused:
        shipped().with_tables(forged(tmp_path).parent)
    assert refused.value.code == "table-id-twice"
    with pytest.raises(TableError):
        known_tables([str(tmp_path)])
    shutil.rmtree(tmp_path / EQUIPMENT)
    shutil.copytree(TABLES / EQUIPMENT, tmp_path / EQUIPMENT)
    assert shipped().with_tables(tmp_path).sources
    assert len(known_tables([str(tmp_path)])) == len(known_tables(()))


def test_a_catalogue_by_hand_holds_one_table_of_an_id(tmp_path):
    providers = [*shipped().providers, *Catalogue.of().with_tables(forged(tmp_path)).providers]
    with pytest.raises(TableError, match=EQUIPMENT):
        Catalogue.of(*{(one.name, one.role, one.sources): one for one in providers}.values())


def test_a_mapping_that_nothing_would_use_is_refused(tmp_path):
    shutil.copytree(TABLES / "spending-natures-to-naf-1", tmp_path / "spending-natures-to-naf-1")
    shutil.copytree(TABLES / EQUIPMENT, tmp_path / EQUIPMENT)
    with pytest.raises(TableError) as refused:
        shipped().with_tables(tmp_path)
    assert refused.value.code == "table-mapping"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are made on POSIX systems only")
def test_a_pipe_does_not_hang_the_command(tmp_path):
    folder = Path(shutil.copytree(TABLES / "gwp-sar-100", tmp_path / "gwp-sar-100"))
    (folder / "table.csv").unlink()
    os.mkfifo(folder / "table.csv")
    for arguments in (["list", "--factors", str(tmp_path)], ["hash", str(folder)]):
        code = f"from ghg_numerique.cli import main; main(['factors', *{arguments!r}])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 1
        assert "table.csv" in done.stderr


def test_a_folder_whose_name_no_table_can_have_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(TableError) as refused:
        told_intake(
            Catalogue.of(), "none", "none.csv", str(tmp_path / "Mes facteurs"), options={}, refused=None, language="fr"
        )
    assert refused.value.code == "table-name"
    assert not list(tmp_path.iterdir())


def test_mappings_are_listed_found_and_shown(tables):
    assert "m57-accounts-to-naf-1" in told_tables(tables, "fr")
    assert "m57-accounts-to-naf-1#6262" in told_search(tables, ["télécommunications"], "fr")
    assert "J61" in told_factor(tables, "m57-accounts-to-naf-1#6262", "fr")


def test_a_search_is_blind_to_accents_and_case_and_knows_labels(tables):
    assert told_search(tables, ["ÉCRAN", "23"], "fr") == told_search(tables, ["ecran", "23"], "fr")
    assert "#27002 " in told_search(tables, ["ordinateur portable", "kgCO2eq/item"], "fr")


def test_a_derived_value_is_not_called_published(tables):
    said = told_factor(tables, "20897", "en")
    assert "worked-out value   0.00042 kgCO2eq/sheet" in said
    assert "published terms    0.042 * 0.01" in said
    assert "published value" not in said
    assert "published value    156 kgCO2eq/item" in told_factor(tables, f"{EQUIPMENT}#27002", "en")
    assert "worked-out value 29017.5 Wh/item/year = 26.5 W * 3 h * 365" in told_comparison(
        tables, "laptop", form="text", language="en"
    )


def test_a_card_is_in_one_language(tables):
    said = told_factor(tables, f"{EQUIPMENT}#27002", "fr")
    for word in ("embodied", "manufacturing", " valid\n"):
        assert word not in said


def test_money_is_compared_in_the_unit_that_its_boundary_speaks_of(tables):
    said = told_comparison(tables, "J61", form="text", language="en")
    assert said.startswith("monetary ratio (kgCO2eq/kEUR_HT)")
    assert "\n         136  2023" in said
    found = json.loads(told_comparison(tables, "J61", form="json", language="en"))
    assert {row["comparable_unit"] for row in found} == {"kgCO2eq/kEUR_HT"}
    assert all(row["comparable"] == row["value"] for row in found)


@pytest.mark.parametrize("name", ["Laptop", "ordinateur portable", "laptop"])
def test_a_type_may_be_called_by_its_labels(tables, name):
    assert told_comparison(tables, name, form="text", language="fr") == told_comparison(
        tables, "laptop", form="text", language="fr"
    )


@pytest.mark.parametrize(
    ("name", "values"), [("écran", {"69.84", "222", "248", "431"}), ("printer", {"88.2", "87.9", "197"})]
)
def test_a_type_is_compared_with_its_narrower_ones(tables, name, values):
    found = json.loads(told_comparison(tables, name, form="json", language="fr"))
    assert values <= {row["value"] for row in found if row["role"] == Role.EMBODIED}


def test_a_comparison_says_how_long_each_value_was_declared_valid(tables):
    assert "validity 2021-12-20" in told_comparison(tables, "laptop", form="text", language="en")
