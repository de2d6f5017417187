"""The right size of a fleet, by hand: what is kept, added, changed and removed, and what it emits."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique.folders.resizing import resized
from ghg_numerique.telling.sizing import told_resize

PAGE = """
organisation = "City"
year = 2024
methodology = "methodologie.toml"
[[inputs]]
file = "fleet.csv"
importer = "hardware-csv"
[target_fleet]
file = "target.csv"
importer = "hardware-csv"
"""
HEAD = "id;equipment;quantity;entered;left;state;site;domain;kwh_per_year\n"
FLEET = (
    "a;copier;3;2020-01-01;;en service;Town hall;Impression;200\n"
    "b;copier;2;2020-01-01;;en service;School;Impression;200\n"
    "c;copier;9;2020-01-01;2024-12-31;en service;School;Impression;200\n"
    "d;copier;9;2024-01-01;;en stock;School;Impression;200\n"
    "e;laptop;7;2024-01-01;;en service;School;Environnement Utilisateur;\n"
)
TARGET = (
    "a;copier;1;2025-01-01;;en service;Town hall;Impression;150\n"
    "b;printer-laser;1;2025-01-01;;en service;Town hall;Impression;50\n"
    "c;copier;3;2025-01-01;;en service;School;Impression;150\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fleet of copiers in 2024, and the one that is wanted."""
    example = Path(__file__).parents[1] / "examples" / "ville"
    shutil.copy(example / "methodologie.toml", tmp_path)
    (tmp_path / "ghg.toml").write_text(PAGE, encoding="utf-8")
    (tmp_path / "fleet.csv").write_text(HEAD + FLEET, encoding="utf-8")
    (tmp_path / "target.csv").write_text(HEAD + TARGET.replace("2025-", "2024-"), encoding="utf-8")
    return tmp_path


def test_a_fleet_against_the_one_that_is_wanted(folder: Path) -> None:
    """2024: a copier is 2935 kg, a laser printer 197, a kWh 0.0519 kg. Only what serves on 31 December is there."""
    found = resized(ghg.Folder.open(folder))
    lines = {(line.site, line.equipment): line for line in found.lines}
    kwh = Fraction("0.0519")
    school, hall, printer = (
        lines["School", "copier"], lines["Town hall", "copier"], lines["Town hall", "printer-laser"],
    )  # fmt: skip
    assert (school.current, school.target, school.kept, school.added, school.removed) == (2, 3, 2, 1, 0)
    assert (school.embodied, school.use_before, school.use_after) == (2935, 400 * kwh, 450 * kwh)
    assert (hall.kept, hall.added, hall.removed, hall.embodied) == (1, 0, 2, 0)
    assert (hall.use_before, hall.use_after) == (600 * kwh, 150 * kwh)
    assert (printer.current, printer.added, printer.embodied, printer.use_after) == (0, 1, 197, 50 * kwh)
    assert (found.changed("Town hall"), found.changed("School")) == (1, 0)
    assert found.untouched == ("laptop",)


def test_a_type_that_is_to_go_altogether_is_named_with_none(folder: Path) -> None:
    with (folder / "target.csv").open("a", encoding="utf-8") as file:
        file.write("d;laptop;0;2024-01-01;;en service;School;Environnement Utilisateur;\n")
    found = resized(ghg.Folder.open(folder))
    assert [(line.removed, line.embodied) for line in found.lines if line.equipment == "laptop"] == [(7, 0)]
    assert found.untouched == ()


def test_a_type_without_a_factor_has_no_emissions_and_not_none_of_them(folder: Path) -> None:
    with (folder / "target.csv").open("a", encoding="utf-8") as file:
        file.write("d;drone;4;2024-01-01;;en service;School;Environnement Utilisateur;\n")
    (drone,) = [line for line in resized(ghg.Folder.open(folder)).lines if line.equipment == "drone"]
    assert (drone.added, drone.embodied, drone.use_after) == (4, None, None)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("2026-01-01;;en service", "2024-01-01;;en service"), ("2024-01-01;;en stock", "2024-01-01;;en service")],
)
def test_what_the_target_names_and_is_not_in_service_is_told(folder: Path, wrong: str, right: str) -> None:
    wanted = TARGET.replace("2025-", "2024-").replace(right, wrong, 1)
    (folder / "target.csv").write_text(HEAD + wanted, encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError, match="31 décembre 2024") as refused:
        resized(ghg.Folder.open(folder))
    assert (refused.value.code, refused.value.facts["names"]) == ("resize-absent", "a")


def test_a_site_spelt_otherwise_and_a_year_without_a_mix_are_told(folder: Path) -> None:
    for page in ("fleet.csv", "target.csv"):
        text = (folder / page).read_text(encoding="utf-8").replace("2024-", "2030-")
        (folder / page).write_text(text.replace("Town hall", "town hall", page == "target.csv"), encoding="utf-8")
    (folder / "ghg.toml").write_text(PAGE.replace("2024", "2030"), encoding="utf-8")
    found = resized(ghg.Folder.open(folder))
    assert found.new_sites == ("town hall",)
    assert {(mix.role, mix.year) for mix in found.stand_ins if mix.role is ghg.Role.ELECTRICITY} == {
        (ghg.Role.ELECTRICITY, 2024)
    }
    told = told_resize(ghg.Folder.open(folder), form="text", language="fr")
    assert "Sites que le parc en service n'a pas : town hall." in told
    assert "Valeur de repli : Electricité / 2024" in told


def test_a_target_that_is_faulty_is_refused(folder: Path) -> None:
    (folder / "target.csv").write_text(HEAD + TARGET.replace(";1;", ";-1;"), encoding="utf-8")
    with pytest.raises(ghg.InventoryError):
        resized(ghg.Folder.open(folder))


def test_a_folder_without_a_target_is_told_what_to_write(folder: Path) -> None:
    (folder / "ghg.toml").write_text(PAGE[: PAGE.index("[target_fleet]")], encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError) as refused:
        resized(ghg.Folder.open(folder))
    assert refused.value.code == "resize-none"
