"""Two real inputs, end to end: every row and every unit of the file has one fate, as counted here from the raw text."""

import csv
import json
import shutil
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique import Exclusion, Fate, Gap
from ghg_numerique.folders.starter import start

FLEET = "cases/g4it_inventory_1971"
CITY = "data/m57_compte_administratif_montpellier_2018"


def opened(folder: Path, year: int, page: str, *files: Path) -> ghg.Folder:
    """Return a starting folder with another page of its own and copies of the files that it names, opened."""
    start(str(folder))
    for file in files:
        shutil.copy(file, folder)
    (folder / "ghg.toml").write_text(f'organisation = "Test"\nyear = {year}\nmethodology = "methodologie.toml"\n{page}')
    return ghg.Folder.open(folder)


@pytest.fixture(scope="module")
def fleet(shared, tmp_path_factory) -> ghg.Folder:
    """The real fleet of 1,971 lines in 2022, its faulty rows set aside."""
    source = (shared / FLEET).resolve()
    return opened(
        tmp_path_factory.mktemp("fleet") / "parc", 2022,
        """
[[inputs]]
file = "equipementPhysique.csv"
importer = "numecoeval"
faults = "set_aside"
[inputs.companions]
datacentres = "datacenter.csv"
""",
        source / "equipementPhysique.csv", source / "datacenter.csv",
    )  # fmt: skip


@pytest.fixture(scope="module")
def city(shared, tmp_path_factory) -> ghg.Folder:
    """The 320 real expense lines of Montpellier in 2018, brought to the ratios of the nearest year."""
    source = (shared / CITY / "ca2018_lignes_depense_candidates_it.csv").resolve()
    return opened(
        tmp_path_factory.mktemp("city") / "ville", 2018,
        f"""
[[inputs]]
file = "{source.name}"
importer = "m57-csv"
options = {{ year = "2018", tax_basis = "TTC" }}
""",
        source,
    )  # fmt: skip


def test_every_row_and_unit_of_the_real_fleet_has_one_fate(fleet, shared):
    counted_before = json.loads((shared / FLEET / "expected_counts.json").read_text(encoding="utf-8"))
    with (shared / FLEET / "equipementPhysique.csv").open(encoding="utf-8-sig", newline="") as page:
        raw = list(csv.DictReader(page, delimiter=";"))
    units = sum((Fraction(row["quantite"]) for row in raw), start=Fraction(0))
    balances = fleet.footprint.balances
    assert len(raw) == counted_before["lignes"] == balances.total().rows == 1971
    assert (
        units == Fraction(str(counted_before["quantite_totale"])) == balances.total().amounts.in_unit("item") == 165134
    )
    fates = list(ghg.fates(fleet.inventory, fleet.resolution))
    assert sorted(fate.origin.row for fate in fates) == list(range(2, len(raw) + 2))
    by_row = {fate.origin.row: fate for fate in fates}
    for number, row in enumerate(raw, start=2):
        assert by_row[number].amount.value == Fraction(row["quantite"]), (number, row)


def test_what_became_of_the_real_fleet(fleet):
    """Counted once by hand from the printed balances; a change of a list of names or of a table shows here."""
    lines = {(fate, reason): tally for (_, fate, reason), tally in fleet.footprint.balances.rows.items()}
    found = {place: (tally.rows, tally.amounts.in_unit("item")) for place, tally in lines.items()}
    assert found == {
        (Fate.COUNTED, ""): (1206, 93582),
        (Fate.EXCLUDED, Exclusion.ENTERS_AFTER): (208, 6317),
        (Fate.EXCLUDED, Exclusion.STATE): (176, 1837),
        (Fate.QUARANTINED, ""): (137, 1269),
        (Fate.UNRESOLVED, Gap.NO_FACTOR): (244, 62129),
    }


def test_every_row_of_the_real_fleet_without_a_result_is_told_why(fleet):
    told = Counter((finding.origin.file, finding.origin.row) for finding in fleet.footprint.findings)
    for fate in ghg.fates(fleet.inventory, fleet.resolution):
        if fate.fate is Fate.QUARANTINED:
            assert told[fate.origin.file, fate.origin.row], fate.origin
        elif fate.fate is Fate.UNRESOLVED:
            assert fate.missing, fate.origin


def test_every_cent_of_the_real_city_has_one_fate(city, shared):
    with (shared / CITY / "ca2018_lignes_depense_candidates_it.csv").open(encoding="utf-8-sig", newline="") as page:
        raw = list(csv.DictReader(page))
    money = city.footprint.balances.money
    spent = sum((Fraction(Decimal(row["mt_real"])) for row in raw), start=Fraction(0))
    assert len(raw) == city.footprint.balances.total().rows == 320
    assert spent == money.spent.in_unit("EUR_TTC") == Fraction("18145186.60")
    parts = (money.detailed, money.monetary, money.excluded, money.unresolved)
    assert sum((part.in_unit("EUR_TTC") for part in parts), start=Fraction(0)) == spent
    assert money.unresolved.in_unit("EUR_TTC") == Fraction("124183.40")


def test_the_euros_of_the_real_city_times_their_ratios_are_its_footprint(city):
    """Line by line, without the engine: amount / 1.2, times the ratio that the explanation names, over a thousand."""
    total = Fraction(0)
    for row in ghg.explain(city.inventory, city.resolution):
        ratio = next(link for link in row.chain if link.role is ghg.Role.MONETARY)
        assert ratio.unit == "kgCO2eq/kEUR_HT"
        total += row.amount.value / Fraction(6, 5) * Fraction(ratio.value) / 1000
    assert total == city.footprint.exact_total()
