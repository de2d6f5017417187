"""Every shipped table is whole: hash, schema, units, keys, licence, texts that parse, derivations that recompute."""

import csv
import shutil
import tomllib
from pathlib import Path

import pytest

from ghg_numerique import FactorKey, FactorTable, MappingTable, Match, Role, TableError
from ghg_numerique.decimals import exact
from ghg_numerique.model.table_pages import canonical_sha256
from ghg_numerique.model.tables import shipped_tables, table_folders
from ghg_numerique.plugin import providers_of
from ghg_numerique.units import parse_unit

ROOT = Path(str(shipped_tables()))
FOLDERS = sorted(path.parent.name for path in ROOT.glob("*/table.toml"))
FACTORS = [folder.name for folder in table_folders(ROOT, "factors")]
MAPPINGS = [folder.name for folder in table_folders(ROOT, "mapping")]

EXPORT = Path(__file__).parents[2] / "shared/data/base_carbone_v23_6/numerique_equipements.csv"

LICENCES = {"etalab-2.0", "MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0"}
"""Licences under which anyone may copy a table; share-alike data belongs in a distribution of its own."""

HELD = {
    "ademe-base-carbone-23.6-electricity": "7253d606ac053808",
    "ademe-base-carbone-23.6-equipment": "9f21fcd49f6da1ab",
    "ademe-base-carbone-23.6-equipment-other": "039dfb18de7b3174",
    "ademe-base-carbone-23.6-gwp": "ee6a3ede61d0a4a1",
    "ademe-base-carbone-23.6-household-energy": "e5a384f4da62c596",
    "ademe-base-carbone-23.6-monetary": "91f910291de2f4fc",
    "ademe-base-carbone-23.6-paper": "9ba5cad7d84789db",
    "gwp-ar4-100": "794332387e77581d",
    "gwp-ar5-100": "26505b9d3fe48cc3",
    "gwp-ar5-feedback-100": "28feb2a7dc6fc216",
    "gwp-ar6-100": "bd6c9a4ccb9f346f",
    "gwp-sar-100": "c61006fc7a501016",
    "gwp-tar-100": "7650849c0206658b",
    "impact-co2-2025": "b5a47e1575bdb00d",
    "lifetimes-ademe-arcep-2022": "b1a5dbc43e1e321c",
    "m57-accounts-to-naf-1": "dbc907e4ff120120",
    "numecoeval-energy-g4it-v2": "1806f8737bca5adc",
    "publicodes-energy-2.2.0": "3862262806cb28cb",
    "publicodes-energy-personal-2.2.0": "a415b01d8cc381e6",
    "publicodes-lifecycle-2.2.0": "6cf7b91c8c5d78a7",
    "publicodes-lifecycle-other-2.2.0": "46dd926a1713040f",
    "publicodes-lifetimes-2.2.0": "778b4643a5b02489",
    "spending-natures-to-naf-1": "c12b1f8f2d45f550",
}
"""A table never changes: where one of these hashes does not fit, publish a new folder with a new version.

Until the first release of the project, which nobody can have pinned yet, a table that says what its source does not say
is corrected where it stands, and the hash here moves with it (ADR 0034).
"""

PUBLISHED = [
    ("ademe-base-carbone-23.6-equipment", "27002", "156", "kgCO2eq/item"),
    ("ademe-base-carbone-23.6-equipment", "27003", "169", "kgCO2eq/item"),
    ("ademe-base-carbone-23.6-equipment", "27006", "248", "kgCO2eq/item"),
    ("ademe-base-carbone-23.6-equipment", "20591", "2935", "kgCO2eq/item"),
    ("ademe-base-carbone-23.6-electricity", "43642", "0.0519", "kgCO2eq/kWh"),
    ("ademe-base-carbone-23.6-electricity", "43273", "0.058", "kgCO2eq/kWh"),
]
"""Copied by hand from the publications, not from the tables."""

ANSWERED = [
    ("ademe", FactorKey(Role.EMBODIED, "laptop"), "156", "27002"),
    ("ademe", FactorKey(Role.EMBODIED, "desktop"), "169", "27003"),
    ("ademe", FactorKey(Role.EMBODIED, "monitor-23.8in"), "248", "27006"),
    ("ademe", FactorKey(Role.EMBODIED, "copier"), "2935", "20591"),
    ("ademe", FactorKey(Role.ELECTRICITY, place="FR", year=2024), "0.0519", "43642"),
    ("monetary", FactorKey(Role.MONETARY, sector="J61", year=2023), "136", ""),
    ("monetary", FactorKey(Role.MONETARY, sector="C26", year=2023), "216", ""),
]


def records(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as the file has them."""
    with (ROOT / name / "table.csv").open(encoding="utf-8", newline="") as page:
        return list(csv.DictReader(page))


def head(name: str) -> dict[str, str]:
    """Return what a table says of itself."""
    return tomllib.loads((ROOT / name / "table.toml").read_text(encoding="utf-8"))


def copied(name: str, folder: Path) -> Path:
    """Return a copy of a table that a test may spoil."""
    return Path(shutil.copytree(ROOT / name, folder / name))


def test_every_folder_is_a_table_of_one_kind():
    assert sorted([*FACTORS, *MAPPINGS]) == FOLDERS
    assert [path.name for path in sorted(ROOT.iterdir()) if path.is_dir()] == FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_holds_two_files_and_says_where_they_come_from(name):
    said = head(name)
    assert sorted(path.name for path in (ROOT / name).iterdir()) == ["table.csv", "table.toml"]
    assert said["id"] == name
    assert said["licence"] in LICENCES
    assert said["publisher"].split(",")[0].split(" (")[0] in said["attribution"]


@pytest.mark.parametrize("name", FOLDERS)
def test_the_hash_is_that_of_the_rows(name):
    with (ROOT / name / "table.csv").open(encoding="utf-8", newline="") as page:
        assert canonical_sha256(list(csv.reader(page))) == head(name)["sha256"]


def test_no_published_table_has_changed():
    assert {name: head(name)["sha256"][:16] for name in FOLDERS} == HELD


@pytest.mark.parametrize("name", FACTORS)
def test_a_table_is_read_with_every_row_and_every_text_unchanged(name):
    table, rows = FactorTable.read(ROOT / name), records(name)
    assert [(row.coefficient.id, row.coefficient.value) for row in table.rows] == [(r["id"], r["value"]) for r in rows]
    for row in table.rows:
        assert row.coefficient.exact == exact(row.coefficient.value)
        assert row.coefficient.unit == parse_unit(row.coefficient.unit)
        assert row.coefficient.source.sha256 == head(name)["sha256"]


@pytest.mark.parametrize("name", FACTORS)
def test_a_row_that_is_offered_measures_what_its_role_asks_and_is_not_negative(name):
    for row in FactorTable.read(ROOT / name).rows:
        answers = row.status == "valid" and (row.equipment or row.model or row.place or row.sector)
        if answers:
            assert row.coefficient.measures(), row.coefficient.id
            assert row.coefficient.exact > 0, row.coefficient.id


@pytest.mark.parametrize("name", FACTORS)
def test_an_emission_factor_says_which_stages_it_covers(name):
    for row in FactorTable.read(ROOT / name).rows:
        if row.coefficient.role in (Role.EMBODIED, Role.ELECTRICITY, Role.MONETARY):
            assert row.coefficient.stages, row.coefficient.id


def test_a_mapping_leads_to_sectors_that_have_a_ratio():
    sectors = {row.sector for row in FactorTable.read(ROOT / "ademe-base-carbone-23.6-monetary").rows}
    for name in MAPPINGS:
        mapping = MappingTable.read(ROOT / name)
        assert mapping.maps[1] == "sector"
        assert set(mapping.targets.values()) <= sectors
        assert len(mapping.targets) == len(records(name))


def test_no_row_has_a_year_that_its_source_does_not_give():
    rows = FactorTable.read(ROOT / "ademe-base-carbone-23.6-electricity").rows
    assert {row.place for row in rows if not row.coefficient.year} == {
        "FR-20R", "GP", "MQ", "GF", "RE", "YT", "MF", "BL", "PM",
    }  # fmt: skip
    assert all("does not give the year" in row.coefficient.comment for row in rows if not row.coefficient.year)


def test_hours_of_personal_use_are_called_so():
    said = {
        row.coefficient.id: row.coefficient.boundary for row in FactorTable.read(ROOT / "publicodes-energy-2.2.0").rows
    }
    personal = {identifier for identifier, boundary in said.items() if boundary.startswith("Personal use.")}
    assert personal == {f"acv . {name} . consommation annuelle" for name in ("ordinateur portable", "tablette", "TV")}


@pytest.mark.skipif(not EXPORT.is_file(), reason="the extract of the Base Carbone is not beside this checkout")
def test_every_row_of_the_category_of_digital_equipment_is_here_as_published():
    with EXPORT.open(encoding="utf-8", newline="") as page:
        listed = [line for line in csv.DictReader(page) if line["Type Ligne"] == "Elément"]
    published = {line["Identifiant de l'élément"]: line for line in listed}
    here = {
        row.coefficient.id: row
        for name in FACTORS
        if name.startswith("ademe-base-carbone-23.6-equipment")
        for row in FactorTable.read(ROOT / name).rows
    }
    assert published.keys() - here.keys() == {"20593"}
    for identifier in published.keys() & here.keys():
        line, row = published[identifier], here[identifier]
        assert row.coefficient.value == line["Total poste non décomposé"], identifier
        assert (row.status == "archived") == (line["Statut de l'élément"] == "Archivé"), identifier


@pytest.mark.parametrize(("name", "identifier", "value", "unit"), PUBLISHED)
def test_a_published_value_is_as_published(name, identifier, value, unit):
    (found,) = [row.coefficient for row in FactorTable.read(ROOT / name).rows if row.coefficient.id == identifier]
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(("provider", "key", "value", "identifier"), ANSWERED)
def test_a_key_is_answered_with_the_published_value(provider, key, value, identifier):
    tables = map(FactorTable.read, table_folders(ROOT, "factors"))
    (asked,) = [one for one in providers_of(tables) if (one.name, one.role) == (provider, key.role)]
    (offer,) = asked.offers([key])
    assert offer.coefficient.value == value
    assert identifier in ("", offer.coefficient.id)
    assert offer.match is (Match.FAMILY if key.equipment else Match.EXACT)
    assert offer.note == ""


@pytest.mark.parametrize("name", FOLDERS)
def test_a_flipped_digit_is_refused(name, tmp_path):
    folder = copied(name, tmp_path)
    page = folder / "table.csv"
    text = page.read_text(encoding="utf-8")
    place = max(index for index, character in enumerate(text) if character.isdigit() and character.isascii())
    page.write_text(
        text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :], encoding="utf-8", newline=""
    )
    with pytest.raises(TableError, match=name) as refused:
        (FactorTable if name in FACTORS else MappingTable).read(folder)
    assert refused.value.code == "table-hash"
    assert refused.value.facts["declared"] == head(name)["sha256"]


@pytest.mark.parametrize("name", FOLDERS)
def test_line_endings_and_quotes_are_not_the_data(name, tmp_path):
    folder = copied(name, tmp_path)
    rows = list(csv.reader((folder / "table.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as page:
        csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    reader = FactorTable if name in FACTORS else MappingTable
    assert reader.read(folder) == reader.read(ROOT / name)
