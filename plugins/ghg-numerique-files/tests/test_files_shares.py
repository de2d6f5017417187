"""Virtual equipment and applications: checked, linked, and never counted."""

import csv
import io

import attrs
import pytest

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_files import NumEcoEval

EQUIPMENT = """nomEquipementPhysique;modele;quantite;dateAchat;type;statut;paysDUtilisation
srv-1;R640;1;2021-09-01;Server;In use;France
srv-2;R640;1;2021-09-01;Server;In use;France
srv-2;R640;1;2021-09-01;Server;In use;France
srv-3;R640;-1;2021-09-01;Server;In use;France
"""
SOUND_EQUIPMENT = EQUIPMENT.splitlines()[0] + "\n" + EQUIPMENT.splitlines()[1] + "\n"
VIRTUAL = "nomEquipementVirtuel;nomEquipementPhysique;vCPU;typeInfrastructure"
APPLICATIONS = "nomApplication;typeEnvironnement;nomEquipementVirtuel"
CASES = "cases/g4it_load_cases/load_reject"
FILES = {
    "datacenter": "DATACENTER", "physical_equipment": "EQUIPEMENT_PHYSIQUE", "virtual_equipment": "EQUIPEMENT_VIRTUEL",
    "application": "APPLICATION",
}  # fmt: skip


def refused(inventory: Inventory) -> set[tuple[str, int]]:
    return {(f.origin.file, f.origin.row) for f in inventory.findings if f.severity == "error"}


def of(inventory: Inventory, file: str) -> list[tuple[str, int, str]]:
    return [
        (f.code, f.origin.row, f.value)
        for f in inventory.findings
        if f.origin.file == file and f.code not in ("dialect", "shares-linked") and not f.code.startswith("share-")
    ]


def test_virtual_equipment_and_applications_count_for_nothing(read):
    alone = read("numecoeval", SOUND_EQUIPMENT)
    companions = {
        "virtual": f"{VIRTUAL}\nvm-1;SRV-1;4;NON_CLOUD_SERVERS\nvm-2;srv-1;1.5;\n",
        "applications": f"{APPLICATIONS}\na;Test;vm-1\na;Prod;vm-1\na;Prod;vm-2\n",
    }
    whole = read("numecoeval", SOUND_EQUIPMENT, companions)
    assert attrs.evolve(whole, findings=alone.findings) == alone
    assert whole.set_aside == ()
    linked = [(f.origin.file, f.value) for f in whole.findings if f.code == "shares-linked"]
    assert linked == [("virtual.csv", "2"), ("applications.csv", "3")]


def test_a_reference_names_exactly_one_row(read):
    rows = "a;srv-1;1;\nb;srv-2;1;\nc;srv-3;1;\nd;srv-4;1;\ne;;1;\nf;srv-1;1;\nf;srv-1;1;\n"
    inventory = read("numecoeval", EQUIPMENT, {"virtual": f"{VIRTUAL}\n{rows}"})
    assert of(inventory, "virtual.csv") == [
        ("reference-ambiguous", 3, "srv-2"), ("reference-unknown", 5, "srv-4"), ("cell-empty", 6, ""),
        ("name-shared", 7, "f"), ("name-shared", 8, "f"), ("reference-refused", 4, "srv-3"),
    ]  # fmt: skip
    aside = [(a.origin.row, a.unit, a.amount) for a in inventory.set_aside if a.origin.file == "virtual.csv"]
    assert aside == [(row, "", 0) for row in (3, 5, 6, 7, 8)]
    assert {f.origin.file for f in inventory.forgiven().findings if f.severity == "error"} == set()


def test_applications_rest_on_virtual_equipment(read):
    virtual = f"{VIRTUAL}\nvm;srv-1;1;\nlost;srv-9;1;\n"
    rows = "a;Test;vm\na;;vm\nb;Test;\nc;Test;vm-9\nd;Test;lost\ne;Test;vm\ne;test;VM\n"
    inventory = read("numecoeval", SOUND_EQUIPMENT, {"virtual": virtual, "applications": f"{APPLICATIONS}\n{rows}"})
    assert of(inventory, "applications.csv") == [
        ("cell-empty", 3, ""), ("cell-empty", 4, ""), ("reference-unknown", 5, "vm-9"),
        ("name-shared", 7, "e / Test / vm"), ("name-shared", 8, "e / test / VM"), ("reference-refused", 6, "lost"),
    ]  # fmt: skip
    alone = read("numecoeval", SOUND_EQUIPMENT, {"applications": f"{APPLICATIONS}\na;;vm\n"})
    assert of(alone, "applications.csv") == [("cell-empty", 2, ""), ("companion-missing", 0, "virtual")]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("vm;srv-1;-1;", "number-negative"),
        ("vm;srv-1;x;", "number"),
        ("vm;;1;CLOUD_SERVICES", "virtual-cloud"),
        ("vm;srv-1;1;ELSEWHERE", "choice"),
        ("vm;srv-1", "cell-count"),
    ],
)
def test_faults_of_virtual_equipment(read, cells, fault):
    inventory = read("numecoeval", SOUND_EQUIPMENT, {"virtual": f"{VIRTUAL}\n{cells}\n"})
    assert [code for code, *_ in of(inventory, "virtual.csv")] == [fault]


def test_a_file_that_cannot_be_read_is_said_once_and_the_others_are_read(read):
    companions = {"virtual": "PK\x03\x04", "applications": f"{APPLICATIONS}\na;;vm\n"}
    inventory = read("numecoeval", EQUIPMENT, companions)
    assert of(inventory, "virtual.csv") == [("workbook-damaged", 0, "")]
    assert of(inventory, "applications.csv") == [("cell-empty", 2, "")]
    assert len(inventory) == 2


@pytest.fixture
def load_reject(shared):
    """The four files of the test of G4IT, read; `before` is what its database held from an earlier load."""

    def reading(before: dict[str, str]) -> Inventory:
        def document(kind: str) -> Document:
            found = shared(f"{CASES}/input/{FILES[kind]}_nominal.csv")
            return Document(kind, found.content.rstrip() + b"\n" + before.get(kind, "").encode())

        names = {"datacentres": "datacenter", "virtual": "virtual_equipment", "applications": "application"}
        companions = {name: document(kind) for name, kind in names.items()}
        return NumEcoEval().read(attrs.evolve(document("physical_equipment"), companions=companions))

    return reading


@pytest.fixture
def rejects(shared):
    """The (file, line) that G4IT refuses."""
    found = set()
    for kind in FILES:
        page = shared(f"{CASES}/rejects/rejected_{kind}_20240101_000000.csv").content.decode()
        found |= {(kind, int(row["lineNumber"])) for row in csv.DictReader(io.StringIO(page), delimiter=";")}
    return found


def test_what_g4it_refuses_we_refuse_and_nothing_else(load_reject, rejects):
    """With the one machine that the database of G4IT held before (`output/2-physical_equipments.json`, id -1)."""
    held = {"physical_equipment": "MyMagicalPE;;12;default;2020-01-01;;Server;In use;France;234;;;;2\n"}
    assert len(rejects) == 15
    assert refused(load_reject(held)) == rejects


def test_without_that_database_the_machine_on_it_rests_on_nothing(load_reject, rejects):
    """Line 8, `virt-parent-in-inv`, names `MyMagicalPE`, which is in none of the four files: an orphan for us."""
    assert refused(load_reject({})) - rejects == {("virtual_equipment", 8)}
    assert rejects <= refused(load_reject({}))


def test_the_samples_of_g4it_are_linked_whole(shared):
    folder = "cases/g4it_inventory_1971/samples"
    companions = {"virtual": shared(f"{folder}/3-virtualEquipments.csv")}
    companions["applications"] = shared(f"{folder}/4-applications.csv")
    document = attrs.evolve(shared(f"{folder}/2-physicalEquipments.csv"), companions=companions)
    inventory = NumEcoEval().read(document)
    assert (len(inventory), refused(inventory)) == (6, set())
    assert [f.value for f in inventory.findings if f.code == "shares-linked"] == ["12", "12"]


SIZED = "nomEquipementVirtuel;nomEquipementPhysique;cleRepartition;typeEqv;vCPU;capaciteStockage"


@pytest.mark.parametrize(
    ("rows", "parts", "code"),
    [
        (["0.5;calcul;4;", "0.25;;;"], ["1/2", "1/4"], None),  # keys go first, and may leave a rest
        (["0.75;;;", "0.5;;;"], [], "share-keys"),
        ([";calcul;4;", ";Calcul;2;"], ["2/3", "1/3"], None),
        ([";stockage;9;100", ";stockage;;300"], ["1/4", "3/4"], None),
        ([";calcul;4;", ";stockage;;300"], [], "share-untold"),
        ([";calcul;4;", ";calcul;;"], [], "share-untold"),
        ([";calcul;4;", ";calcul;0;"], [], "share-untold"),
        (["0.5;;;", ";calcul;4;"], [], "share-untold"),
        ([";;4;", ";;2;"], [], "share-untold"),
        ([";calcul;4;", ";calcul;-2;"], [], "share-refused"),
    ],
)
def test_the_machines_of_a_server_share_it_by_one_rule_or_not_at_all(read, rows, parts, code):
    virtual = "\n".join([SIZED, *(f"vm-{number};srv-1;{row}" for number, row in enumerate(rows)), ""])
    inventory = read("numecoeval", SOUND_EQUIPMENT, {"virtual": virtual})
    assert [str(share.part) for share in inventory.shares] == parts
    assert {str(share.bearer) for share in inventory.shares} <= {"f.csv:2"}
    found = [f for f in inventory.findings if f.code.startswith("share-")]
    assert [(f.code, f.value) for f in found] == ([(code, "srv-1")] if code else [])


def test_the_applications_of_a_machine_share_it_equally(read):
    virtual = f"{SIZED}\nvm;srv-1;1;;;\n"
    rows = "a;Test;vm\na;Prod;vm\nb;Prod;vm\n"
    inventory = read("numecoeval", SOUND_EQUIPMENT, {"virtual": virtual, "applications": f"{APPLICATIONS}\n{rows}"})
    _, *applications = inventory.shares
    assert [(share.name, str(share.bearer), str(share.part)) for share in applications] == [
        ("a / Test", "virtual.csv:2", "1/3"), ("a / Prod", "virtual.csv:2", "1/3"), ("b / Prod", "virtual.csv:2", "1/3"),
    ]  # fmt: skip
