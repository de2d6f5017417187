"""A factor table is checked whole before its first number is used; the refusal says file, line and column, all at once."""

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from ghg_numerique import FactorTable, MappingTable, TableError
from ghg_numerique.model.table_pages import canonical_sha256
from ghg_numerique.model.tables import read_tables

HEAD = {
    "id": "own", "kind": "factors", "provider": "own", "title": "Own", "version": "1", "publisher": "Town",
    "address": "here", "licence": "CC0-1.0", "retrieved": "2026-01-01",
}  # fmt: skip
RIGHT = {
    "id": "a", "label": "Laptop", "role": "embodied", "equipment": "laptop|tablet", "value": "182.3", "unit": "kgCO2e / item",
    "derivation": "170 + 12.3", "stages": "manufacturing+distribution", "valid_to": "2027-12-31", "status": "valid",
    "uncertainty": "50 %", "fit": "generic",
}  # fmt: skip


def written(root: Path, *rows: dict[str, str], extra: str = "", **head: str) -> Path:
    """Write a table whose hash is right, whatever else is wrong with it, in a folder that bears its name."""
    page = io.StringIO()
    writer = csv.DictWriter(page, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return paged(root, page.getvalue(), extra, **head)


def paged(root: Path, text: str, extra: str = "", **head: str) -> Path:
    """Write a table whose rows are this text."""
    said = {**HEAD, "sha256": canonical_sha256(list(csv.reader(io.StringIO(text, newline="")))), **head}
    folder = root / HEAD["id"]
    folder.mkdir(exist_ok=True)
    (folder / "table.csv").write_bytes(text.encode())
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items() if value)
    (folder / "table.toml").write_text(lines + extra, encoding="utf-8")
    return folder


def refusal(folder: Path, kind: type[FactorTable] | type[MappingTable] = FactorTable) -> TableError:
    with pytest.raises(TableError) as refused:
        kind.read(folder)
    return refused.value


def test_a_right_row_becomes_a_coefficient(tmp_path):
    (row,) = FactorTable.read(written(tmp_path, RIGHT)).rows
    assert (row.coefficient.value, row.coefficient.unit) == ("182.3", "kgCO2eq/item")
    assert row.coefficient.derivation == "170 + 12.3"
    assert row.equipment == ("laptop", "tablet")
    assert row.coefficient.identity == "own#a"
    assert row.coefficient.expired(2028)
    assert not row.coefficient.expired(2027)


def test_a_table_says_once_what_its_percentages_are(tmp_path):
    (row,) = FactorTable.read(written(tmp_path, RIGHT, uncertainty="normal deviation")).rows
    assert str(row.coefficient.spread) == "50 % normal deviation"


def test_words_that_no_percentage_can_mean_are_refused_with_their_place(tmp_path):
    refused = refusal(written(tmp_path, RIGHT, uncertainty="gaussian"))
    assert (refused.code, refused.facts["column"], refused.facts["line"]) == ("table-cell", "uncertainty", 2)


ENERGY = {"role": "energy", "unit": "kWh/item/year", "stages": "", "derivation": ""}
LIFETIME = {"role": "lifetime", "unit": "year", "stages": "", "derivation": ""}
RATIO = {
    "role": "monetary", "unit": "kgCO2eq/kEUR_TTC", "stages": "cradle_to_gate", "derivation": "", "equipment": "",
    "sector": "C26", "year": "2023", "value": "200",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "change", "said"),
    [
        ("value", {"value": "182,3"}, "12.5"),
        ("value", {"value": "1e3"}, "12.5"),
        ("value", {"value": ""}, "12.5"),
        ("value", {"value": "182.4"}, "170 + 12.3"),
        ("value", {"value": "-10", "derivation": ""}, "below zero"),
        ("value", {"value": "1" * 60, "derivation": ""}, "thirty digits"),
        ("value", ENERGY | {"value": "-5"}, "below zero"),
        ("value", LIFETIME | {"value": "0"}, "greater than zero"),
        ("derivation", {"derivation": "170 + x"}, "12.5"),
        ("unit", {"unit": "kg CO2"}, "Expected"),
        ("unit", {"unit": "kgCO2eq/kWh"}, "kgCO2eq/item"),
        ("role", {"role": "embody"}, "embodied"),
        ("stages", {"stages": "manufacture"}, "manufacturing"),
        ("stages", {"stages": ""}, "manufacturing"),
        ("uncertainty", {"uncertainty": "about half"}, "50 %"),
        ("valid_to", {"valid_to": "31/12/2027"}, "2024-12-31"),
        ("valid_to", {"valid_to": "2027-02-31"}, "2024-12-31"),
        ("valid_to", {"valid_from": "2028-01-01"}, "2028-01-01"),
        ("status", {"status": "new"}, "archived"),
        ("fit", {"fit": "perfect"}, "exact"),
        ("year", {"year": "2 024"}, "four digits"),
        ("year", RATIO | {"year": ""}, "price"),
        ("equipment", {"equipment": "Borne Wifi"}, "wifi-access-point"),
        ("equipment", {"equipment": " laptop "}, "laptop"),
        ("equipment", {"equipment": "WIFI-ACCESS-POINT"}, "wifi-access-point"),
        ("equipment", {"equipment": "ordinateur portable"}, "laptop"),
        ("equipment", {"equipment": "laptop|"}, "new word"),
        ("equipment", {"equipment": "latpop"}, "laptop"),
        ("place", {"role": "electricity", "unit": "kgCO2eq/kWh", "equipment": "", "place": "fr"}, "FR"),
        ("place", {"place": "FR"}, "plays no part"),
        ("sector", RATIO | {"sector": "c26"}, "C26"),
        ("model", LIFETIME | {"value": "5", "model": "X1"}, "plays no part"),
    ],
)  # fmt: skip
def test_a_cell_that_its_column_does_not_allow_is_refused_with_its_place_and_what_is_right(
    tmp_path, column, change, said
):
    keys = dict.fromkeys(("model", "place", "year", "sector", "valid_from"), "")
    right = keys | RIGHT
    refused = refusal(written(tmp_path, right | {"id": "b", "equipment": "desktop"}, right | change))
    assert refused.code == "table-cell", refused
    assert (refused.facts["file"], refused.facts["line"]) == ("own/table.csv", 3)
    assert refused.facts["column"] == column
    assert said in refused.text("en")
    for python in ("invalid literal", "is not a valid", "('"):
        assert python not in refused.text("fr")


def test_all_faults_of_all_rows_are_said_at_once(tmp_path):
    wrong = {
        "role": "embody",
        "unit": "kg CO2",
        "stages": "use+x",
        "value": "a",
        "uncertainty": "?",
        "valid_to": "hier",
    }
    refused = refusal(written(tmp_path, RIGHT | {"status": "new"}, RIGHT | wrong | {"id": "b", "equipment": "écran"}))
    assert refused.code == "table-faults"
    assert [(fault.facts["line"], fault.facts["column"]) for fault in refused.facts["faults"]] == [
        (2, "status"), *((3, column) for column in ("role", "unit", "stages", "uncertainty", "valid_to", "value")),
        (3, "equipment"),
    ]  # fmt: skip


def test_a_word_of_its_own_is_declared_by_the_table(tmp_path):
    own = RIGHT | {"equipment": "horodateur"}
    assert "horodateur" in refusal(written(tmp_path, own)).text()
    (row,) = FactorTable.read(written(tmp_path, own, extra='equipment = ["horodateur"]\n')).rows
    assert row.equipment == ("horodateur",)
    assert refusal(written(tmp_path, own, extra='equipment = ["Laptop", "horodateur"]\n')).code == "table-own-word"


def test_a_row_that_answers_nothing_may_measure_something_else(tmp_path):
    kept = FactorTable.read(written(tmp_path, RIGHT | {"equipment": "", "unit": "kgCO2eq/kg", "stages": ""}))
    assert kept.rows[0].keys == ()


def test_two_rows_of_one_id_are_refused(tmp_path):
    refused = refusal(written(tmp_path, RIGHT, RIGHT | {"equipment": "desktop"}))
    assert (refused.code, refused.facts["line"], refused.facts["first"]) == ("table-twice", 3, 2)


def test_a_row_has_an_id(tmp_path):
    assert refusal(written(tmp_path, RIGHT | {"id": " "})).code == "table-no-id"


def test_two_valid_rows_that_answer_one_key_are_refused(tmp_path):
    rival = RIGHT | {"id": "b", "equipment": "tablet"}
    refused = refusal(written(tmp_path, RIGHT, rival))
    assert refused.code == "table-rivals"
    assert "embodied(equipment=tablet)" in refused.text()


def test_two_spellings_of_one_model_are_rivals(tmp_path):
    first, second = RIGHT | {"model": "X1|Maker X1"}, RIGHT | {"id": "b", "model": "maker  x1"}
    assert {fault.code for fault in refusal(written(tmp_path, first, second)).facts["faults"]} == {"table-rivals"}
    assert len(FactorTable.read(written(tmp_path, first, second | {"model": "X2"})).rows) == 2


def test_an_archived_row_is_no_rival(tmp_path):
    kept = FactorTable.read(written(tmp_path, RIGHT, RIGHT | {"id": "b", "status": "archived"}))
    assert [row.status for row in kept.rows] == ["valid", "archived"]


def test_columns_are_those_of_the_format(tmp_path):
    assert refusal(written(tmp_path, RIGHT | {"colour": "red"})).code == "table-columns"
    unlabelled = {key: value for key, value in RIGHT.items() if key != "label"}
    assert refusal(written(tmp_path, unlabelled)).code == "table-columns-missing"
    twice = refusal(paged(tmp_path, "id,label,role,value,unit,status,label\n"))
    assert (twice.code, twice.facts["columns"]) == ("table-columns-twice", "label")


def test_a_ragged_record_and_a_control_character_are_refused(tmp_path):
    refused = refusal(paged(tmp_path, "id,label,role,value,unit,status\na,b\n"))
    assert (refused.code, refused.facts["line"], refused.facts["found"]) == ("table-cells", 2, 2)
    refused = refusal(written(tmp_path, RIGHT | {"label": "Lap\x00top"}))
    assert (refused.code, refused.facts["column"]) == ("table-control-cell", "label")


@pytest.mark.parametrize(
    "key", ["id", "kind", "provider", "title", "publisher", "address", "version", "licence", "retrieved", "sha256"]
)
def test_a_table_says_what_it_is(tmp_path, key):
    refused = refusal(written(tmp_path, RIGHT, **{key: ""}))
    assert refused.code == "table-head"
    assert key in refused.text("en")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("id", "../../zero", "letters without accents"),
        ("id", "another", "own"),
        ("kind", "factor", "factors"),
        ("provider", "ma ville", "letters without accents"),
        ("licence", "whatever I like", "SPDX"),
        ("retrieved", "hier", "2024-12-31"),
        ("retrieved", "2024-02-31", "2024-12-31"),
        ("title", "A\x00B", "control"),
        ("sha256", "0123", "factors hash"),
        ("price_year", "2022", "price_year"),
    ],
)
def test_what_a_table_says_of_itself_is_checked(tmp_path, key, value, said):
    refused = refusal(written(tmp_path, RIGHT, **{key: value}))
    assert refused.code == "table-head"
    assert said in refused.text("en")


def test_the_wrong_hash_the_wrong_kind_and_missing_files_are_told_apart(tmp_path):
    assert refusal(written(tmp_path, RIGHT, sha256="0" * 64)).code == "table-hash"
    folder = written(tmp_path, RIGHT)
    assert refusal(folder, MappingTable).code == "table-kind"
    (folder / "table.csv").unlink()
    assert refusal(folder).code == "table-missing"
    (folder / "table.toml").write_text("id = ")
    assert refusal(folder).code == "table-toml"
    (folder / "table.toml").unlink()
    assert refusal(folder).code == "table-missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are made on POSIX systems only")
@pytest.mark.parametrize("page", ["table.csv", "table.toml"])
def test_a_pipe_is_refused_and_never_read(tmp_path, page):
    folder = written(tmp_path, RIGHT)
    (folder / page).unlink()
    os.mkfifo(folder / page)
    assert refusal(folder).code == "table-special"
    with pytest.raises(TableError):
        read_tables(tmp_path)


@pytest.mark.parametrize("content", [b"id,label\n\xe9,x\n", b'id,label\n"a,b\n', b'id,label\n"a"b,c\n'])
def test_what_is_no_csv_in_utf8_is_refused(tmp_path, content):
    folder = written(tmp_path, RIGHT)
    (folder / "table.csv").write_bytes(content)
    assert refusal(folder).code == "table-csv"


def test_the_mark_that_spreadsheets_put_before_utf8_is_not_the_data(tmp_path):
    folder = written(tmp_path, RIGHT)
    before = FactorTable.read(folder)
    for page in ("table.csv", "table.toml"):
        (folder / page).write_bytes(b"\xef\xbb\xbf" + (folder / page).read_bytes())
    assert FactorTable.read(folder) == before


def test_a_table_without_rows_is_refused(tmp_path):
    assert refusal(paged(tmp_path, ",".join(RIGHT) + "\n")).code == "table-empty"
    assert refusal(paged(tmp_path, "", sha256=canonical_sha256([[]]))).code == "table-columns-missing"


@pytest.mark.parametrize(
    ("page", "content", "said"),
    [
        ("table.toml", 'id = "bad"\nkind = "factor"\n', "factors"),
        ("table.toml", 'id = "bad"\n', "licence"),
        ("table.toml", None, "bad/table.toml"),
        ("table.csv", None, "bad/table.csv"),
    ],
)
def test_a_malformed_table_is_named_even_where_a_right_one_stands_beside_it(tmp_path, page, content, said):
    written(tmp_path, RIGHT)
    bad = tmp_path / "bad"
    shutil.copytree(tmp_path / "own", bad)
    head = (bad / "table.toml").read_text(encoding="utf-8").replace('id = "own"', 'id = "bad"')
    (bad / "table.toml").write_text(head, encoding="utf-8")
    if content is None:
        (bad / page).unlink()
    else:
        (bad / page).write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as refused:
        read_tables(tmp_path)
    assert said in refused.value.text("en")


def test_the_faults_of_all_tables_are_said_at_once(tmp_path):
    written(tmp_path, RIGHT, licence="whatever I like")
    shutil.copytree(tmp_path / "own", tmp_path / "second")
    with pytest.raises(TableError) as refused:
        read_tables(tmp_path)
    assert [fault.facts["file"] for fault in refused.value.facts["faults"]] == ["own/table.toml", "second/table.toml"]


def test_a_folder_that_is_no_table_and_a_hidden_one_are_nobodys(tmp_path):
    written(tmp_path, RIGHT)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "why.txt").write_text("why")
    shutil.copytree(tmp_path / "own", tmp_path / ".own.old")
    assert [table.source.id for table in read_tables(tmp_path)] == ["own"]
