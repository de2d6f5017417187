"""A factor table is checked whole before its first number is used; the refusal says file, line and column."""

import csv
import io
from pathlib import Path

import pytest

from ghg_numerique import FactorTable, MappingTable, TableError
from ghg_numerique.model.tables import canonical_sha256

HEAD = {
    "id": "own", "kind": "factors", "provider": "own", "title": "Own", "version": "1", "publisher": "Town",
    "address": "here", "licence": "CC0-1.0", "retrieved": "2026-01-01",
}  # fmt: skip
RIGHT = {
    "id": "a", "label": "Laptop", "role": "embodied", "equipment": "laptop|notebook", "value": "182.3", "unit": "kgCO2e / item",
    "derivation": "170 + 12.3", "stages": "manufacturing+distribution", "valid_to": "2027-12-31", "status": "valid",
    "uncertainty": "50 %", "fit": "generic",
}  # fmt: skip


def written(folder: Path, *rows: dict[str, str], **head: str) -> Path:
    """Write a table whose hash is right, whatever else is wrong with it."""
    page = io.StringIO()
    writer = csv.DictWriter(page, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    text = page.getvalue()
    said = {**HEAD, "sha256": canonical_sha256(list(csv.reader(io.StringIO(text)))), **head}
    (folder / "table.csv").write_text(text, encoding="utf-8")
    (folder / "table.toml").write_text(
        "".join(f'{key} = "{value}"\n' for key, value in said.items() if value), encoding="utf-8"
    )
    return folder


def refusal(folder: Path, kind: type[FactorTable] | type[MappingTable] = FactorTable) -> TableError:
    with pytest.raises(TableError) as refused:
        kind.read(folder)
    return refused.value


def test_a_right_row_becomes_a_coefficient(tmp_path):
    (row,) = FactorTable.read(written(tmp_path, RIGHT)).rows
    assert (row.coefficient.value, row.coefficient.unit) == ("182.3", "kgCO2eq/item")
    assert row.equipment == ("laptop", "notebook")
    assert row.coefficient.identity == "own#a"
    assert row.coefficient.expired(2028)
    assert not row.coefficient.expired(2027)


def test_a_table_says_once_what_its_percentages_are(tmp_path):
    (row,) = FactorTable.read(written(tmp_path, RIGHT, uncertainty="normal deviation")).rows
    assert str(row.coefficient.spread) == "50 % normal deviation"


def test_words_that_no_percentage_can_mean_are_refused_with_their_place(tmp_path):
    refused = refusal(written(tmp_path, RIGHT, uncertainty="gaussian"))
    assert (refused.code, refused.facts["column"], refused.facts["line"]) == ("table-cell", "uncertainty", 2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", "182,3"),
        ("value", "1e3"),
        ("value", ""),
        ("value", "182.4"),
        ("derivation", "170 + x"),
        ("unit", "kg CO2"),
        ("role", "embodid"),
        ("stages", "manufacture"),
        ("uncertainty", "about half"),
        ("valid_to", "31/12/2027"),
        ("status", "new"),
        ("fit", "perfect"),
    ],
)
def test_a_cell_that_its_column_does_not_allow_is_refused_with_its_place(tmp_path, column, value):
    refused = refusal(written(tmp_path, RIGHT | {"id": "b", "equipment": "desktop"}, RIGHT | {column: value}))
    assert refused.code == "table-cell"
    assert (refused.facts["table"], refused.facts["line"]) == ("own", 3)
    assert refused.facts["column"] in (column, "value"), "a derivation is at fault where its value is"


def test_two_rows_of_one_id_are_refused(tmp_path):
    refused = refusal(written(tmp_path, RIGHT, RIGHT | {"equipment": "desktop"}))
    assert (refused.code, refused.facts["line"], refused.facts["first"]) == ("table-twice", 3, 2)


def test_two_valid_rows_that_answer_one_key_are_refused(tmp_path):
    rival = RIGHT | {"id": "b", "equipment": "notebook"}
    assert refusal(written(tmp_path, RIGHT, rival)).code == "table-rivals"


def test_two_spellings_of_one_model_are_rivals(tmp_path):
    first, second = RIGHT | {"model": "X1|Maker X1"}, RIGHT | {"id": "b", "model": "maker  x1"}
    assert refusal(written(tmp_path, first, second)).code == "table-rivals"
    assert len(FactorTable.read(written(tmp_path, first, second | {"model": "X2"})).rows) == 2


def test_an_archived_row_is_no_rival(tmp_path):
    kept = FactorTable.read(written(tmp_path, RIGHT, RIGHT | {"id": "b", "status": "archived"}))
    assert [row.status for row in kept.rows] == ["valid", "archived"]


@pytest.mark.parametrize(("change", "code"), [({"colour": "red"}, "table-header"), ({"label": None}, "table-header")])
def test_columns_are_those_of_the_format(tmp_path, change, code):
    row = {key: value for key, value in (RIGHT | change).items() if value is not None}
    assert refusal(written(tmp_path, row)).code == code


def test_a_ragged_record_is_refused(tmp_path):
    folder = written(tmp_path, RIGHT)
    text = (folder / "table.csv").read_text() + "b,Desktop\n"
    (folder / "table.csv").write_text(text)
    declared = canonical_sha256(list(csv.reader(io.StringIO(text))))
    head = (folder / "table.toml").read_text().splitlines()
    (folder / "table.toml").write_text("\n".join([*head[:-1], f'sha256 = "{declared}"']))
    refused = refusal(folder)
    assert (refused.code, refused.facts["line"], refused.facts["found"]) == ("table-cells", 3, 2)


@pytest.mark.parametrize("key", ["id", "kind", "provider", "licence", "sha256"])
def test_a_table_says_what_it_is(tmp_path, key):
    refused = refusal(written(tmp_path, RIGHT, **{key: ""}))
    assert refused.code == "table-head"
    assert key in refused.facts["missing"].replace("maps", "kind provider")


def test_the_wrong_hash_the_wrong_kind_and_missing_files_are_told_apart(tmp_path):
    assert refusal(written(tmp_path, RIGHT, sha256="0" * 64)).code == "table-hash"
    assert refusal(written(tmp_path, RIGHT), MappingTable).code == "table-kind"
    (tmp_path / "table.csv").unlink()
    assert refusal(tmp_path).code == "table-missing"
    (tmp_path / "table.toml").write_text("id = ")
    assert refusal(tmp_path).code == "table-toml"
    (tmp_path / "table.toml").unlink()
    assert refusal(tmp_path).code == "table-missing"


@pytest.mark.parametrize("content", [b"id,label\n\xe9,x\n", b'id,label\n"a,b\n', b'id,label\n"a"b,c\n'])
def test_what_is_no_csv_in_utf8_is_refused(tmp_path, content):
    folder = written(tmp_path, RIGHT)
    (folder / "table.csv").write_bytes(content)
    assert refusal(folder).code == "table-csv"


def test_an_empty_file_is_no_table(tmp_path):
    folder = written(tmp_path, RIGHT, sha256=canonical_sha256([[]]))
    (folder / "table.csv").write_text("")
    assert refusal(folder).code == "table-header"
