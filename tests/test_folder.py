"""A folder tells all that keeps it from being read at once, and no report is written over what it is read from."""

import shutil
from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique.cli import main

EXAMPLE = Path(__file__).parents[1] / "examples" / "ville"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the example city."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "ville"))


def change(page: Path, before: str, after: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["parc.csv", "depenses.csv", "ghg.toml", "methodologie.toml", "scenarios.toml", "ghg.lock", "../ville/parc.csv"],
)
def test_no_report_is_written_over_what_the_folder_is_read_from(city: Path, name: str) -> None:
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(city).check_output(city / name)
    assert refused.value.code == "output-is-input"


def test_nothing_is_written_over_a_fleet_that_is_wanted_nor_over_its_companions_by_any_link(city: Path) -> None:
    with (city / "ghg.toml").open("a", encoding="utf-8") as page:
        page.write(
            '\n[target_fleet]\nfile = "but.csv"\nimporter = "hardware-csv"\ncompanions = { names = "noms.csv" }\n'
        )
    (city / "but.csv").write_text("x", encoding="utf-8")
    (city / "lien.csv").hardlink_to(city / "but.csv")
    opened = ghg.Folder.open(city)
    for name in ("but.csv", "lien.csv", "noms.csv"):
        with pytest.raises(ghg.ConfigurationError) as refused:
            opened.check_output(city / name)
        assert refused.value.code == "output-is-input"


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "--output", "{}"), ("assess", "--quarantine", "{}"), ("assess", "--result", "{}"),
        ("explain", "--quarantine", "{}"), ("audit", "--report", "{}"),
        ("assess", "--output", "un.txt", "--result", "./un.txt"),
    ],
)  # fmt: skip
def test_no_command_writes_over_an_input_nor_two_documents_into_one_file(
    city: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city)
    before = {path.name: path.read_bytes() for path in city.iterdir()}
    name, *options = (word.format("parc.csv") for word in command)
    with pytest.raises(SystemExit) as left:
        main([name, ".", *options])
    assert left.value.code == 1
    assert {path.name: path.read_bytes() for path in city.iterdir()} == before


def test_a_lock_is_not_written_over_a_file_that_the_page_names(city: Path) -> None:
    (city / "ghg.lock").write_bytes((city / "parc.csv").read_bytes())
    change(city / "ghg.toml", 'file = "parc.csv"', 'file = "ghg.lock"')
    with pytest.raises(SystemExit) as left:
        main(["lock", str(city), "--update"])
    assert left.value.code == 1
    assert (city / "ghg.lock").read_bytes() == (city / "parc.csv").read_bytes()


def test_no_report_is_written_into_a_folder_of_tables(city: Path, tmp_path: Path) -> None:
    tables = EXAMPLE.parents[1] / "factor_tables" / "impact-co2-2025"
    own = shutil.copytree(tables, tmp_path / "tables" / "own")
    change(own / "table.toml", 'id = "impact-co2-2025"', 'id = "own"')
    opened = ghg.Folder.open(city, factors=[tmp_path / "tables"])
    with pytest.raises(ghg.ConfigurationError) as refused:
        opened.check_output(own / "table.csv")
    assert refused.value.code == "output-is-input"
    opened.check_output(tmp_path / "bilan.md")


def test_all_files_that_are_at_fault_are_told_at_once(city: Path) -> None:
    (city / "parc.csv").unlink()
    change(city / "ghg.toml", 'importer = "emissions-csv"', 'importer = "emission-csv"')
    change(city / "depenses.csv", "M-0001;128 000,00", "M-0001;many")
    with pytest.raises(ghg.InputError) as refused:
        ghg.Folder.open(city)
    told = str(refused.value)
    assert all(word in told for word in ("parc.csv", "emission-csv", "many"))


def test_the_only_fault_is_told_as_it_is(city: Path) -> None:
    (city / "parc.csv").unlink()
    with pytest.raises(ghg.InputError) as refused:
        ghg.Folder.open(city)
    assert refused.value.code == "file-missing"


@pytest.mark.parametrize(
    ("page", "before", "after", "code"),
    [
        ("ghg.toml", 'total = "6200"', 'total = "0"', "beges-total"),
        ("ghg.toml", 'total = "6200"', 'total = "-3"', "beges-total"),
        ("methodologie.toml", 'place = "FR"', 'place = "France"', "place"),
        ("methodologie.toml", 'vat = "20"', 'vat = "0.2"', "vat"),
        ("methodologie.toml", 'vat = "20"', 'vat = "20 %"', "vat"),
        ("methodologie.toml", 'vat = "20"', 'vat = "1000"', "vat"),
        ("methodologie.toml", 'links = ["embodied"]', 'links = ["embodied", "embodied"]', "route-links"),
        ("methodologie.toml", 'account = "60612"', 'domain = "Serveurs"', "boundary-domain"),
    ],
)
def test_a_page_that_says_what_cannot_be_is_refused(city: Path, page: str, before: str, after: str, code: str) -> None:
    change(city / page, before, after)
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(city)
    said = refused.value
    assert code in (said.code, *(fault.code for fault in said.facts.get("faults", ())), *_causes(said))


def _causes(error: ghg.GhgError) -> list[str]:
    return [
        reason.code
        for fault in error.facts.get("faults", ())
        if isinstance(reason := fault.facts.get("reason"), ghg.GhgError)
    ]


def test_a_folder_without_a_file_is_no_footprint_of_zero(tmp_path: Path) -> None:
    (tmp_path / "methodologie.toml").write_text((EXAMPLE / "methodologie.toml").read_text(encoding="utf-8"))
    page = 'organisation = "City"\nyear = 2024\nmethodology = "methodologie.toml"\ninputs = []\n'
    (tmp_path / "ghg.toml").write_text(page)
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(tmp_path)
    assert "inputs" in str(refused.value)
