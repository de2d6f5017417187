"""The fleet in our own columns."""

from datetime import date

import pytest

from ghg_numerique.plugin import HardwareItem, Inventory, Origin, State

HEADER = "identifiant;equipement;quantite;date_entree"


def test_a_full_row_becomes_an_item(read):
    header = f"{HEADER};date_sortie;domaine;modele;etat;pays;site;commande;prix_unitaire;kwh_an;pue"
    row = "a;Ordinateur portable;1 250,5;01/03/2024;20241231;Postes;X1;en stock;Allemagne;Mairie;BC-7;899,90;0;1,4"
    inventory = read("hardware-csv", f"{header}\n{row}\n", price_unit="EUR_HT")
    expected = HardwareItem(
        "a", "laptop", "1250.5", date(2024, 3, 1), date(2024, 12, 31), "Postes", "X1", State.IN_STOCK, "DE", "Mairie",
        "BC-7", "899.90", "EUR_HT", "0", "1.4", Origin("f.csv", 2),
    )  # fmt: skip
    assert inventory == Inventory.of([expected], findings=inventory.findings)


def test_english_headers_give_the_same_inventory(read):
    french = read("hardware-csv", f"{HEADER};domaine;etat\na;écran;2;2024-03-01;D;perdu\n")
    english = read("hardware-csv", "id;equipment;quantity;entered;domain;state\na;monitor;2;2024-03-01;D;missing\n")
    assert french == english


def test_a_file_without_states_says_in_use_and_an_empty_state_says_nothing(read, codes):
    assert read("hardware-csv", f"{HEADER}\na;laptop;1;2024-03-01\n").profiles[0].state == State.IN_USE
    assert codes(read("hardware-csv", f"{HEADER};etat\na;laptop;1;2024-03-01;\n")) == [("cell-empty", 2, "etat")]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("En service", State.IN_USE), ("en stock", State.IN_STOCK), ("en maintenance", State.IN_MAINTENANCE),
        ("en transit", State.IN_TRANSIT), ("Disparu", State.MISSING), ("perdu/disparu", State.MISSING),
        ("réformé", State.RETIRED), ("reforme", State.RETIRED), ("consommé", State.CONSUMED), ("in_use", State.IN_USE),
    ],
)  # fmt: skip
def test_states_are_a_closed_list(read, word, state):
    assert read("hardware-csv", f"{HEADER};état\na;laptop;1;2024-03-01;{word}\n").profiles[0].state == state


SOUND = {"id": "a", "equipment": "laptop", "quantity": "1", "entered": "2024-03-01", "left": "", "state": "en service",
         "place": "FR", "pue": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"quantity": "-1"}, ["quantity-negative"]),
        ({"quantity": "1_000"}, ["number"]),
        ({"quantity": "1e5"}, ["number"]),
        ({"quantity": "nan"}, ["number"]),
        ({"quantity": "VRAI"}, ["boolean"]),
        ({"quantity": "１２"}, ["number"]),
        ({"quantity": "12 k€"}, ["number"]),
        ({"quantity": "0,1234567"}, ["too-many-decimals"]),
        ({"quantity": "1000000000001"}, ["number-too-large"]),
        ({"quantity": "9999999999999999"}, ["number-too-large"]),
        ({"entered": "01/03/24"}, ["date-short"]),
        ({"entered": "2023-02-29"}, ["date"]),
        ({"entered": "03/31/2024"}, ["date"]),
        ({"entered": "45657"}, ["date-serial"]),
        ({"entered": "2024-03-01T10:00Z"}, ["date-time"]),
        ({"entered": "1970-01-01"}, ["date-range"]),
        ({"left": "2024-02-29"}, ["left-before-entered"]),
        ({"state": "cassé"}, ["choice"]),
        ({"place": "Atlantide"}, ["place-unknown"]),
        ({"pue": "0,9"}, ["pue-below-one"]),
        ({"id": "Total"}, ["total-row"]),
        ({"id": "1,23457E+11"}, ["id-rounded"]),
        ({"id": "", "quantity": "x", "entered": "", "pue": "y"}, ["cell-empty", "number", "cell-empty", "number"]),
    ],
)
def test_every_fault_of_a_row_is_said_at_once_in_its_columns_and_the_row_is_set_aside(read, codes, cells, faults):
    inventory = read("hardware-csv", ";".join(SOUND) + "\n" + ";".join((SOUND | cells).values()) + "\n")
    wrong = [name for name in SOUND if name in cells]
    assert codes(inventory) == [(code, 2, name) for code, name in zip(faults, wrong, strict=True)]
    assert [aside.origin for aside in inventory.set_aside] == [Origin("f.csv", 2)]
    assert len(inventory) == 0


def test_the_second_row_of_an_id_names_the_first(read):
    inventory = read("hardware-csv", f"{HEADER}\na;laptop;1;2024-03-01\nb;laptop;1;2024-03-01\na;laptop;5;2024-03-01\n")
    finding = inventory.findings[1]
    assert (finding.code, finding.origin.row, dict(finding.facts)["first"]) == ("id-twice", 4, "f.csv:2")
    assert [(aside.unit, aside.amount) for aside in inventory.set_aside] == [("item", 5_000_000)]


def test_a_price_needs_its_unit(read, codes):
    text = f"{HEADER};prix_unitaire\na;laptop;1;2024-03-01;{{}}\n"
    assert codes(read("hardware-csv", text.format("899"))) == [("option-missing", 0, "")]
    assert codes(read("hardware-csv", text.format(" "))) == []
    inventory = read("hardware-csv", text.format("899"), price_unit="EUR_TTC")
    assert inventory.price.tolist() == [899_000_000]


def test_a_name_in_no_list_is_kept_and_said_once_with_the_nearest(read):
    text = f"{HEADER}\na;Ordinateur portabel;1;2024-03-01\nb;Ordinateur portabel;1;2024-03-01\nc;Xyz;1;2024-03-01\n"
    inventory = read("hardware-csv", text)
    assert {profile.equipment for profile in inventory.profiles} == {"Ordinateur portabel", "Xyz"}
    said = [(f.code, f.severity, f.value, dict(f.facts)) for f in inventory.findings[1:]]
    assert said == [
        ("equipment-unknown", "warning", "Ordinateur portabel", {"near": "laptop", "count": "2"}),
        ("equipment-unknown", "warning", "Xyz", {"near": "-", "count": "1"}),
    ]


def test_a_list_of_names_replaces_the_shipped_one_but_the_words_of_the_house_stay(read):
    text = f"{HEADER}\na;Bécane;1;2024-03-01\nb;souris;1;2024-03-01\nc;mouse;1;2024-03-01\n"
    inventory = read("hardware-csv", text, {"names": "name;equipment\nbécane;desktop\n"})
    assert [profile.equipment for profile in inventory.profiles] == ["desktop", "souris", "mouse"]
    assert [f.value for f in inventory.findings[1:]] == ["souris"]


def test_a_faulty_list_of_names_refuses_the_file(read):
    names = "name;equipment\nbécane;desktop\nBÉCANE;laptop\n;laptop\n"
    inventory = read("hardware-csv", f"{HEADER}\na;bécane;1;2024-03-01\n", {"names": names})
    found = [(f.code, f.origin.file, f.origin.row) for f in inventory.findings[1:]]
    assert found == [("list-twice", "names.csv", 3), ("cell-empty", "names.csv", 4)]
    assert len(inventory) == 0


def test_serials_go_with_the_inventory_but_for_words_that_stand_for_none(read):
    head = "identifiant;equipement;quantite;date_entree;numéro de série\n"
    numbers = ["CZ12345", "inconnu", "0", "00000", "CZ12346"]
    rows = "".join(f"p{row};laptop;1;2024-03-01;{number}\n" for row, number in enumerate(numbers))
    (serials,) = read("hardware-csv", head + rows).serials
    assert (str(serials.origin), serials.origin.column) == ("f.csv", "numéro de série")
    assert serials.rows == {"CZ12345": 2, "CZ12346": 6}
