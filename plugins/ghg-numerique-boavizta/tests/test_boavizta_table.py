"""The user's file becomes a table folder that answers exactly by model, under its own licence."""

import hashlib
import pickle
from pathlib import Path

import attrs
import pytest

from ghg_numerique import Catalogue, FactorKey, FactorTable, Match, Role, Stage
from ghg_numerique.plugin import Document, Draft, InputError, TableProvider, providers_of
from ghg_numerique.testing import check_provider
from ghg_numerique_boavizta import Boavizta

HEADER = (
    "manufacturer;name;category;subcategory;gwp_total;gwp_use_ratio;yearly_tec;lifetime;use_location;report_date;sources;"
    "gwp_error_ratio;gwp_manufacturing_ratio;gwp_transport_ratio;gwp_eol_ratio;added_date"
)
INVENTED = Document(
    "sheets.csv",
    "\r\n".join(
        [
            HEADER,
            "Fictif;Cahier 14,5;Workplace;Laptop;300;0,2;25,5;4;EU;March 2021;https://fictif.example/c;0,17;;;;2022-04-07",
            "Fictif;Ardoise 7;Workplace;Tablet;90,5;0,25;;3,5;WW;2020;https://fictif.example/a;;;;;27-05-2022",
            "Fictif;Presse 9;Workplace;Printer;8000;0,98;20;5;EU;2022-2-6;https://fictif.example/p;0,0000;;;;2022-04-07",
            "Fictif;Sans part;Workplace;Laptop;310;;26;4;EU;2021;https://fictif.example/s;;;;;2022-04-07",
        ]
    ).encode(),
)


def table_of(draft: Draft, folder: Path) -> FactorTable:
    """Write a draft as a table folder and read it, as `--factors` does: its hash and each derivation are checked."""
    path = folder / "boavizta-test"
    path.mkdir()
    for name, content in draft.pages("boavizta-test", "2026-11-25").items():
        (path / name).write_bytes(content)
    return FactorTable.read(path)


@pytest.fixture
def table(tmp_path) -> FactorTable:
    return table_of(Boavizta().draft(INVENTED), tmp_path)


def provider(table: FactorTable, role: Role) -> TableProvider:
    (found,) = [one for one in providers_of([table]) if one.role is role]
    return found


def offered(table: FactorTable, role: Role, equipment: str, model: str) -> list[tuple[str, Match]]:
    return [
        (offer.coefficient.value, offer.match)
        for offer in provider(table, role).offers([FactorKey(role, equipment, model)])
    ]


def test_the_importer_is_found_and_offers_nothing_of_its_own():
    catalogue = Catalogue.discover()
    assert "boavizta" in [importer.name for importer in catalogue.factor_importers]
    assert "boavizta" not in [one.name for one in catalogue.providers]
    assert "boavizta" in [plugin.name for plugin in catalogue.plugins]


def test_kept_and_refused_are_what_was_read():
    draft = Boavizta().draft(INVENTED)
    assert draft.adds_up
    assert (draft.read, draft.kept, len(draft.refused), len(draft.rows)) == (4, 3, 1, 5)
    assert draft.answering == 5


def test_electricity_can_be_left_to_the_abacus():
    whole, without = (Boavizta().draft(attrs.evolve(INVENTED, options={"electricity": word})) for word in ("yes", "no"))
    assert whole == Boavizta().draft(INVENTED)
    assert without.adds_up
    assert (without.kept, without.roles) == (3, {"embodied": 3})
    with pytest.raises(InputError) as refused:
        Boavizta().draft(attrs.evolve(INVENTED, options={"electricity": "maybe"}))
    assert "yes" in refused.value.text("fr")
    assert "no" in refused.value.text("en")


def test_the_resulting_providers_keep_their_promises(table):
    found = providers_of([table])
    assert [(one.name, one.role) for one in found] == [("boavizta", Role.EMBODIED), ("boavizta", Role.ENERGY)]
    for one in found:
        check_provider(one)


@pytest.mark.parametrize(
    "model", ["Fictif Cahier 14,5", "FICTIF  CAHIER 14.5", "cahier 14,5", " Cahier\u00a014.5", "fictif cahier 14.5 "]
)
def test_a_model_is_exact_however_a_fleet_spells_it(table, model):
    assert offered(table, Role.EMBODIED, "laptop", model) == [("240", Match.EXACT)]
    assert offered(table, Role.ENERGY, "laptop", model) == [("25.5", Match.EXACT)]


@pytest.mark.parametrize(
    ("equipment", "model"),
    [
        ("laptop", ""),
        ("laptop", "Cahier"),
        ("laptop", "Cahier 14"),
        ("docking-station", "Cahier 14,5"),
        ("", "Cahier 14,5"),
    ],
)
def test_nothing_answers_for_a_type_or_for_another_thing(table, equipment, model):
    assert offered(table, Role.EMBODIED, equipment, model) == []


def test_a_device_without_a_consumption_has_none(table):
    assert offered(table, Role.EMBODIED, "tablet", "Ardoise 7") == [("67.875", Match.EXACT)]
    assert offered(table, Role.ENERGY, "tablet", "Ardoise 7") == []


def test_use_is_in_no_embodied_figure(table):
    for row in table.rows:
        stages = row.coefficient.stages
        assert (stages == {Stage.USE}) == (row.coefficient.role is Role.ENERGY)
        assert (Stage.USE in stages) == (row.coefficient.role is Role.ENERGY)


def test_the_table_carries_its_licence_its_attribution_and_the_hash_of_the_file(table):
    source = table.source
    assert (source.licence, source.publisher, source.version) == ("ODbL-1.0", "Boavizta", "2022-05-27")
    assert "environmental-footprint-data by Boavizta" in source.attribution
    assert source.address.endswith("Boavizta/environmental-footprint-data")
    assert hashlib.sha256(INVENTED.content).hexdigest() in table.notes
    assert "4 rows read, 3 kept, 1 refused" in table.notes


def test_the_same_file_makes_the_same_table(tmp_path):
    importer = pickle.loads(pickle.dumps(Boavizta()))
    assert importer.draft(INVENTED) == Boavizta().draft(pickle.loads(pickle.dumps(INVENTED)))


def test_a_file_that_cannot_be_read_says_so_in_both_languages():
    with pytest.raises(InputError) as refused:
        Boavizta().draft(Document("other.csv", b"a,b\n1,2\n"))
    again = pickle.loads(pickle.dumps(refused.value))
    assert again.text("fr").startswith("other.csv : l'en-tête n'a pas toutes les colonnes")
    assert again.text("en").startswith("other.csv: the header has not all the columns")


def test_the_real_file_makes_a_table_that_keeps_its_promises(shared, tmp_path):
    table = table_of(Boavizta().draft(shared("fr")), tmp_path)
    assert len(table.rows) == 1095 + 634
    for one in providers_of([table]):
        check_provider(one)
    air = offered(table, Role.EMBODIED, "laptop", "APPLE 13-INCH MACBOOK AIR (M1 CPU) 256GB - 2020")
    assert air == [("136.85", Match.EXACT)], "161 x (1 - 0.1500)"
    assert offered(table, Role.EMBODIED, "monitor", "DELL P2419H")
