"""GLPI's database, on a real MariaDB server with the tables of GLPI 10."""

from collections import Counter
from datetime import date

import pymysql
import pytest

from ghg_numerique import cli
from ghg_numerique.plugin import Document, HardwareItem, Inventory, Origin
from ghg_numerique.testing import check_importer
from ghg_numerique_glpi import GlpiSql
from ghg_numerique_glpi.connection import Connection
from ghg_numerique_glpi.database import _snapshot
from ghg_numerique_glpi.schema import ASSETS

FLEET = """
INSERT INTO glpi_states (id, name, completename) VALUES (1, 'En service', 'En service'), (2, 'Au rebut', 'Parc > Au rebut');
INSERT INTO glpi_locations (id, name, completename) VALUES (1, 'Mairie', 'Ville > Mairie');
INSERT INTO glpi_computertypes (id, name) VALUES (1, 'Portable'), (2, 'Serveur'), (3, 'Borne');
INSERT INTO glpi_computermodels (id, name, power_consumption) VALUES (1, 'Latitude 5440', 0), (2, 'R740', 500);
INSERT INTO glpi_monitormodels (id, name, power_consumption) VALUES (1, 'P2422H 24"', 18);
INSERT INTO glpi_computers (id, name, computertypes_id, computermodels_id, states_id, locations_id, is_deleted, is_template)
VALUES (9, 'PC-9', 1, 1, 1, 1, 0, 0), (3, 'SRV', 2, 2, 1, 0, 0, 0), (4, 'corbeille', 1, 1, 1, 1, 1, 0),
       (5, 'gabarit', 1, 1, 1, 1, 0, 1), (6, 'gabarit jeté', 1, 1, 1, 1, 1, 1);
INSERT INTO glpi_monitors (id, monitormodels_id, states_id) VALUES (9, 1, 1);
INSERT INTO glpi_infocoms (itemtype, items_id, buy_date, use_date, delivery_date, value, decommission_date, order_number)
VALUES ('Computer', 9, '2024-03-01', '2024-03-20', NULL, 899.9, NULL, 'BC-7'),
       ('Computer', 3, NULL, '2021-01-05', NULL, 0, '2024-06-30 00:00:00', NULL),
       ('Monitor', 9, '2020-02-29', NULL, NULL, 0, NULL, NULL), ('Monitor', 3, '1999-01-01', NULL, NULL, 5, NULL, NULL);
"""


def take(page: bytes, companions: dict[str, str] | None = None, **options: str) -> Inventory:
    others = {name: Document(f"{name}.csv", text.encode()) for name, text in (companions or {}).items()}
    return GlpiSql().read(Document("glpi.toml", page, options, others))


@pytest.fixture
def fleet(glpi):
    glpi.run(FLEET)
    return glpi


def test_every_record_that_is_neither_deleted_nor_a_template_becomes_an_item(fleet):
    inventory = take(fleet.page(), tax_basis="TTC", hours_per_year="server=8760")
    assert inventory == Inventory.of(
        [
            HardwareItem(
                "Computer-3", "server", 1, date(2021, 1, 5), date(2024, 6, 30), model="R740", energy=4380,
                origin=Origin("glpi.toml/glpi_computers", 3),
            ),
            HardwareItem(
                "Computer-9", "laptop", 1, date(2024, 3, 1), model="Latitude 5440", site="Ville > Mairie", order="BC-7",
                unit_price="899.9", price_unit="EUR_TTC", origin=Origin("glpi.toml/glpi_computers", 9),
            ),
            HardwareItem(
                "Monitor-9", "monitor", 1, date(2020, 2, 29), model='P2422H 24"',
                origin=Origin("glpi.toml/glpi_monitors", 9),
            ),
        ],
        findings=inventory.findings,
    )  # fmt: skip
    said = [(f.code, f.severity, f.value) for f in inventory.findings[1:]]
    assert said == [
        ("glpi-left-out", "note", ""),
        ("glpi-entry-stands-in", "warning", "use_date"),
        ("glpi-power-unused", "warning", "monitor"),
    ]
    assert dict(inventory.findings[1].facts) == {"deleted": "2", "templates": "1"}


def test_the_same_database_gives_the_same_inventory_and_another_another_hash(fleet):
    first, second = take(fleet.page(), tax_basis="HT"), take(fleet.page(), tax_basis="HT")
    assert first == second
    fleet.run("UPDATE glpi_computers SET locations_id = 1 WHERE id = 3;\n")
    third = take(fleet.page(), tax_basis="HT")
    hashes = [inventory.findings[0].value for inventory in (first, third)]
    assert first.findings[0].code == "glpi-read"
    assert len(set(hashes)) == 2


def test_values_need_a_tax_basis_unless_nobody_filled_one_in_or_they_are_left_aside(fleet, codes):
    assert codes(take(fleet.page())) == [("option-missing", 0, "")]
    unread = take(fleet.page(), tax_basis="none")
    assert (codes(unread), len(unread), unread.price.tolist()) == ([], 3, [-1, -1, -1])
    fleet.run("UPDATE glpi_infocoms SET value = 0;\n")
    assert codes(take(fleet.page())) == []


@pytest.mark.parametrize(
    ("hours", "energies", "unused"),
    [
        ("", ["", "", ""], ["server", "monitor"]),
        ("8760", ["4380", "", "157.68"], []),
        ("server=8760, monitor=0", ["4380", "", "0"], []),
    ],
)
def test_watts_become_energy_only_with_declared_hours(fleet, hours, energies, unused):
    inventory = take(fleet.page(), tax_basis="HT", hours_per_year=hours)
    found = [inventory.profiles[code].energy for code in inventory.profile]
    assert [text.rstrip("0").rstrip(".") if "." in text else text for text in found] == energies
    assert [f.value for f in inventory.findings if f.code == "glpi-power-unused"] == unused


@pytest.mark.parametrize("hours", ["8785", "-1", "server", "server=", "=8", "server=1,server=2", "8760,server=1"])
def test_hours_that_cannot_be_are_refused(fleet, codes, hours):
    assert codes(take(fleet.page(), tax_basis="HT", hours_per_year=hours)) == [("option-value", 0, "")]


def test_every_fault_of_every_table_is_said_at_once_and_each_row_is_set_aside(fleet, codes):
    fleet.run("""
INSERT INTO glpi_printertypes (id, name) VALUES (1, 'Laser');
INSERT INTO glpi_phones (id, states_id, is_global) VALUES (1, 1, 1);
INSERT INTO glpi_printers (id, states_id) VALUES (2, 0), (3, 1);
INSERT INTO glpi_networkequipments (id, states_id) VALUES (4, 2);
INSERT INTO glpi_infocoms (itemtype, items_id, buy_date, decommission_date, value)
VALUES ('Phone', 1, '2024-01-01', NULL, 0), ('Printer', 3, '2024-01-02', '2024-01-01', -3),
       ('NetworkEquipment', 4, '2024-01-01', NULL, 0);
""")
    inventory = take(fleet.page(), tax_basis="HT")
    found = [(f.code, str(f.origin), f.origin.column) for f in inventory.findings if f.severity == "error"]
    assert found == [
        ("glpi-shared", "glpi.toml/glpi_phones:1", "is_global"),
        ("cell-empty", "glpi.toml/glpi_printers:2", "glpi_states.completename"),
        ("glpi-no-entry", "glpi.toml/glpi_printers:2", "glpi_infocoms.buy_date"),
        ("left-before-entered", "glpi.toml/glpi_printers:3", "glpi_infocoms.decommission_date"),
        ("number-negative", "glpi.toml/glpi_printers:3", "glpi_infocoms.value"),
        ("choice", "glpi.toml/glpi_networkequipments:4", "glpi_states.completename"),
    ]
    assert (len(inventory), len(inventory.set_aside)) == (3, 4)
    assert {(aside.unit, aside.amount) for aside in inventory.set_aside} == {("item", 1_000_000)}
    assert all(not f.code.startswith("option") for f in inventory.findings)


def test_lists_of_the_house_say_what_types_and_states_are(fleet, codes):
    fleet.run("""
UPDATE glpi_computers SET computertypes_id = 3, states_id = 2 WHERE id = 9;
UPDATE glpi_monitors SET states_id = 0;
""")
    assert codes(take(fleet.page(), tax_basis="HT")) == [
        ("choice", 9, "glpi_states.completename"), ("cell-empty", 9, "glpi_states.completename"),
    ]  # fmt: skip
    states = "name;state\nParc > Au rebut;retired\nEn service;in_use\n"
    names = "type;model;equipment\nBorne;;desktop\nServeur;;server\nMonitor;;\n"
    inventory = take(
        fleet.page(), {"states": states, "names": names}, tax_basis="HT", without_state="in_stock", hours_per_year="1"
    )
    kept = [inventory.profiles[code] for code in inventory.profile]
    assert [(p.equipment, p.state) for p in kept] == [
        ("server", "in_use"), ("desktop", "retired"), ("Monitor", "in_stock"),
    ]  # fmt: skip
    assert [(f.code, f.value, dict(f.facts)["count"]) for f in inventory.findings if f.code == "type-unmapped"] == [
        ("type-unmapped", "Monitor", "1")
    ]


def test_an_empty_database_and_another_database_are_errors(glpi, codes):
    assert codes(take(glpi.page())) == [("glpi-empty", 0, "")]
    glpi.create("other")
    glpi.run("DROP TABLE glpi_phones;\nALTER TABLE glpi_infocoms DROP COLUMN use_date;\n", "other")
    inventory = take(glpi.page(database="other"))
    assert [(f.code, f.value) for f in inventory.findings] == [
        ("glpi-schema", "glpi_phones"), ("glpi-schema", "glpi_infocoms.use_date"),
    ]  # fmt: skip


def test_reading_needs_no_other_right_than_select_and_cannot_write(fleet):
    root = Connection("glpi", "root", unix_socket=fleet.socket)
    with _snapshot(root, "") as cursor:
        cursor.execute("SELECT COUNT(*) FROM glpi_computers")
        before = cursor.fetchall()
        fleet.run("INSERT INTO glpi_computers (name) VALUES ('arrivé entre-temps');\n")
        cursor.execute("SELECT COUNT(*) FROM glpi_computers")
        assert cursor.fetchall() == before
        with pytest.raises(pymysql.MySQLError, match="READ ONLY"):
            cursor.execute("DELETE FROM glpi_computers")


def test_a_refused_account_is_a_finding_without_the_password(fleet, codes, monkeypatch):
    monkeypatch.setenv("GLPI_TEST", "mauvais-secret")
    inventory = take(fleet.page())
    assert codes(inventory) == [("glpi-connection", 0, "")]
    assert "mauvais-secret" not in "".join(f.text(language) for f in inventory.findings for language in ("fr", "en"))


def test_the_password_may_be_in_a_file_of_its_own(fleet, codes, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("sésame\n", "utf-8")
    assert codes(take(fleet.page(password_env="", password_file=str(secret)), tax_basis="HT")) == []
    secret.unlink()
    assert codes(take(fleet.page(password_env="", password_file=str(secret)))) == [("glpi-password-missing", 0, "")]


def test_it_keeps_the_promises_of_importers(fleet):
    check_importer(GlpiSql(), [Document("glpi.toml", fleet.page(), {"tax_basis": "HT"})])


def test_ten_thousand_records_keep_every_one(glpi):
    digits = " CROSS JOIN ".join(
        f"(SELECT 0 n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 "
        f"UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) d{place}"
        for place in range(4)
    )
    number = "1 + d0.n + 10 * d1.n + 100 * d2.n + 1000 * d3.n"
    glpi.run(f"""
INSERT INTO glpi_states (id, name, completename) VALUES (1, 'En service', 'En service');
INSERT INTO glpi_computertypes (id, name) VALUES (1, 'Portable');
INSERT INTO glpi_computers (id, computertypes_id, states_id) SELECT {number}, 1, 1 FROM {digits};
INSERT INTO glpi_infocoms (itemtype, items_id, buy_date) SELECT 'Computer', id, '2024-01-01' FROM glpi_computers WHERE id % 10;
""")
    inventory = take(glpi.page())
    assert (len(inventory), len(inventory.set_aside)) == (9_000, 1_000)
    assert Counter(f.code for f in inventory.findings if f.severity == "error") == {"glpi-no-entry": 1_000}


def test_the_tables_are_those_of_the_brief():
    assert [asset.table for asset in ASSETS] == [
        "glpi_computers", "glpi_monitors", "glpi_phones", "glpi_printers", "glpi_networkequipments", "glpi_peripherals",
    ]  # fmt: skip


def test_a_folder_reads_the_database_and_explains_a_record(fleet, tmp_path, capsysbinary):
    folder = tmp_path / "ville"
    with pytest.raises(SystemExit):
        cli.main(["init", str(folder)])
    (folder / "glpi.toml").write_bytes(fleet.page())
    (folder / "ghg.toml").write_text(
        'organisation = "Ville"\nyear = 2024\nmethodology = "methodologie.toml"\n'
        '[[inputs]]\nfile = "glpi.toml"\nimporter = "glpi-sql"\n'
        '[inputs.options]\ntax_basis = "TTC"\nhours_per_year = "server=8760"\n'
    )
    capsysbinary.readouterr()
    with pytest.raises(SystemExit) as left:
        cli.main(["explain", str(folder), "--row", "glpi.toml/glpi_computers:3", "--lang", "en"])
    told = capsysbinary.readouterr().out.decode()
    assert left.value.code in (0, None), told
    assert "4380 kWh/item/year [inventory#energy-4380]" in told
