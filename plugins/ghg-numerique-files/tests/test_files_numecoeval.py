"""The physical equipment of NumEcoEval and G4IT."""

from collections import Counter
from datetime import date

import attrs
import pytest

from ghg_numerique.plugin import HardwareItem, Inventory, Origin, State
from ghg_numerique_files import NumEcoEval

HEADER = (
    "nomEquipementPhysique;modele;quantite;nomCourtDatacenter;dateAchat;dateRetrait;type;statut;"
    "paysDUtilisation;consoElecAnnuelle;utilisateur;nomSourceDonnee;nomEntite;nbCoeur;"
)
ROOMS = "nomCourtDatacenter;nomLongDatacenter;pue;localisation;nomEntite;\nG1;Salle;1.45;Spain;;\nH;;;Belgique;;\n"


def row(**cells):
    given = {"nomEquipementPhysique": "e1", "quantite": "2", "dateAchat": "2020-07-08", "type": "Server",
             "statut": "In use", "paysDUtilisation": "France"} | cells  # fmt: skip
    return ";".join(given.get(name, "") for name in HEADER.split(";"))


def text(*rows):
    return "\n".join([HEADER, *rows, ""])


def test_a_row_becomes_an_item(read):
    cells = {
        "modele": "R740",
        "dateRetrait": "2023-06-16",
        "consoElecAnnuelle": "0",
        "nomEntite": "Mairie",
        "nbCoeur": "",
    }
    inventory = read("numecoeval", text(row(**cells)))
    expected = HardwareItem(
        "e1", "server", 2, date(2020, 7, 8), date(2023, 6, 16), model="R740", place="FR", site="Mairie", energy=0,
        origin=Origin("f.csv", 2),
    )  # fmt: skip
    assert inventory == Inventory.of([expected], findings=inventory.findings)
    assert inventory.profiles[0].energy == "0"


def test_equipment_in_a_room_stands_where_the_room_stands(read):
    rows = row(nomCourtDatacenter="g1"), row(nomEquipementPhysique="e2", nomCourtDatacenter="H", paysDUtilisation="BE")
    inventory = read("numecoeval", text(*rows), {"datacentres": ROOMS})
    assert [(p.place, p.pue) for p in inventory.profiles] == [("ES", "1.45"), ("BE", "")]
    assert [(f.code, dict(f.facts)["room"]) for f in inventory.findings[1:]] == [("place-differs", "G1")]


def test_a_room_that_nobody_describes_is_a_fault(read, codes):
    inventory = read("numecoeval", text(row(nomCourtDatacenter="G2")), {"datacentres": ROOMS})
    assert codes(inventory) == [("datacentre-unknown", 2, "nomCourtDatacenter")]
    assert codes(read("numecoeval", text(row(nomCourtDatacenter="G1")))) == [("companion-missing", 2, "")]


def test_a_faulty_room_is_set_aside_with_the_equipment_that_stands_in_it(read):
    rooms = ROOMS.replace("1.45", "0.45").replace("Belgique", "Lune")
    rows = row(), row(nomEquipementPhysique="e2", nomCourtDatacenter="G1", quantite="-1")
    inventory = read("numecoeval", text(*rows), {"datacentres": rooms})
    errors = [(f.code, f.origin.file, f.origin.row) for f in inventory.findings if f.severity == "error"]
    of_rooms = [("pue-below-one", "datacentres.csv", 2), ("place-unknown", "datacentres.csv", 3)]
    of_rows = [("quantity-negative", "f.csv", 3), ("datacentre-refused", "f.csv", 3)]
    assert sorted(errors) == sorted(of_rooms + of_rows)
    assert [(row.origin.file, row.origin.row, row.unit) for row in inventory.set_aside] == [
        ("f.csv", 3, "item"), ("datacentres.csv", 2, ""), ("datacentres.csv", 3, ""),
    ]  # fmt: skip
    assert [f for f in inventory.forgiven().findings if f.severity == "error"] == []


def test_a_room_that_is_described_twice_says_nothing(read, codes):
    inventory = read(
        "numecoeval", text(row(nomCourtDatacenter="H")), {"datacentres": ROOMS + "h;;1.2;France;;\nH;;1.3;France;;\n"}
    )
    assert ("datacentre-refused", 2, "nomCourtDatacenter") in codes(inventory)


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"dateAchat": ""}, [("cell-empty", 2, "dateAchat")]),
        ({"dateRetrait": "2020-07-07"}, [("left-before-entered", 2, "dateRetrait")]),
        ({"dateRetrait": "2020-07-08"}, []),
        ({"statut": "Exploded"}, [("choice", 2, "statut")]),
        ({"paysDUtilisation": ""}, [("cell-empty", 2, "paysDUtilisation")]),
        ({"consoElecAnnuelle": "-1"}, [("number-negative", 2, "consoElecAnnuelle")]),
    ],
)
def test_faults_of_a_row(read, codes, cells, faults):
    assert codes(read("numecoeval", text(row(**cells)))) == faults


@pytest.mark.parametrize(
    ("kind", "model", "equipment"),
    [
        ("Server", "DATACENTER", "server"),
        ("server", "vm", "server"),
        ("Communication Device", "APPLE IPHONE 13 128GB", "smartphone"),
        ("Communication Device", "ALCATEL One Touch 2045", "feature-phone"),
        ("Personal Computer", "HP T620", "thin-client"),
        ("Personal Computer", "DELL LATITUDE  9420 2IN1", "laptop"),
        ("Personal Computer", "DELL OPTIPLEX 3020", "desktop"),
        ("Personal Computer", "Amstrad", "Personal Computer"),
        ("Fix phone", "", "desk-phone"),
        ("Tracer", "EPSON T7200", "Tracer"),
    ],
)
def test_types_and_models_lead_to_the_words_of_the_house(read, kind, model, equipment):
    assert read("numecoeval", text(row(type=kind, modele=model))).profiles[0].equipment == equipment


def test_a_list_of_names_replaces_the_shipped_one(read):
    names = "type;model;equipment;comment\nTracer;;printer;assez proche\nServer;VM;;\n"
    rows = row(type="Tracer"), row(nomEquipementPhysique="e2", modele="vm"), row(nomEquipementPhysique="e3")
    inventory = read("numecoeval", text(*rows), {"names": names})
    assert [p.equipment for p in inventory.profiles] == ["printer", "Server", "Server"]
    assert [(f.code, f.value, dict(f.facts)["count"]) for f in inventory.findings[1:]] == [
        ("type-unmapped", "Server", "2")
    ]


def test_the_samples_of_g4it_are_read_whole(shared):
    document = shared("cases/g4it_inventory_1971/samples/2-physicalEquipments.csv")
    inventory = NumEcoEval().read(document)
    assert (len(inventory), inventory.set_aside) == (6, ())
    assert [p.state for p in inventory.profiles].count(State.IN_STOCK) == 1


def test_the_fleet_of_1971_rows_keeps_every_row_and_every_unit(shared):
    folder = "cases/g4it_inventory_1971"
    document = shared(f"{folder}/equipementPhysique.csv")
    companions = {"datacentres": shared(f"{folder}/datacenter.csv")}
    inventory = NumEcoEval().read(attrs.evolve(document, companions=companions))
    errors = Counter(finding.code for finding in inventory.findings if finding.severity == "error")
    assert (len(inventory), len(inventory.set_aside), errors) == (1834, 137, {"left-before-entered": 137})
    counted = int(inventory.amount.sum()) + sum(aside.amount for aside in inventory.set_aside)
    assert counted == 165_134 * 10**6
    assert {aside.unit for aside in inventory.set_aside} == {"item"}
