"""Variants of bad inputs that a reader would take in silence: each is refused, or told."""

import pytest
from workbooks import xlsx

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_files import HardwareCsv

SPENT = "identifiant;montant;date;commande\n"
FLEET = ["identifiant", "équipement", "quantité", "date_entrée"]
HELD = ";".join([*FLEET, "numéro de série"]) + "\n"


def told(inventory: Inventory, *severities: str) -> list[tuple[str, int, str]]:
    return [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity in severities]


def workbook(*rows: list[object]) -> Inventory:
    return HardwareCsv().read(Document("f.xlsx", xlsx(Parc=[FLEET, *rows])))


@pytest.mark.parametrize("header", ["Prix unitaire", "montant unitaire HT", "P.U.", "PU", "Unit price"])
def test_a_unit_price_is_not_taken_for_an_amount(read, header):
    page = f"identifiant;{header};date\na;12;2024-03-01\n"
    mapped = f'[columns]\n"{header}" = "montant"\n'
    inventory = read("spending-csv", page, {"mapping": mapped}, tax_basis="HT")
    assert told(inventory, "error") == [("column-unit-price", 1, header)]
    assert len(inventory) == 0


def test_a_number_of_things_that_is_left_out_beside_an_amount_is_told(read):
    page = "identifiant;Qté;montant;date\na;5;12;2024-03-01\n"
    inventory = read("spending-csv", page, tax_basis="HT", ignore="Qté")
    assert told(inventory, "error", "warning") == [("amount-per-unit", 1, "montant")]
    assert read("spending-csv", page.replace("Qté", "site"), tax_basis="HT").findings[1:] == ()


@pytest.mark.parametrize("text", ["├®cran", "R├®seau", "√©cran", "√†", "mati√®re"])
def test_utf_8_read_in_the_encodings_of_dos_and_of_the_mac_is_refused(read, text):
    assert told(read("hardware-csv", f"{HELD}a;{text};1;2024-03-01;\n"), "error") == [("mojibake", 2, "")]


def test_a_wrong_encoding_inside_a_workbook_refuses_its_row():
    inventory = workbook(["a", "Ã©cran", 1, "2024-03-01"], ["b", "écran", 1, "2024-03-01"])
    assert told(inventory, "error") == [("mojibake", 2, "équipement")]
    assert len(inventory) == 1


@pytest.mark.parametrize("order", ["4,5E+09", "1.23457e+11", "12E+3", "-1E+5"])
def test_an_order_that_a_spreadsheet_rounded_links_nothing(read, order):
    page = f"{SPENT}a;1;2024-03-01;{order}\nb;1;2024-03-02;BC-1\n"
    inventory = read("spending-csv", page, tax_basis="HT")
    assert told(inventory, "error") == [("id-rounded", 2, "commande")]


def test_serials_that_a_spreadsheet_rounded_are_told_once_and_are_no_doubles(read):
    rows = "".join(f"{name};laptop;1;2024-03-01;1,23457E+11\n" for name in "abc")
    inventory = read("hardware-csv", HELD + rows)
    assert told(inventory, "error", "warning") == [("serial-rounded", 2, "numéro de série")]
    assert [dict(f.facts)["count"] for f in inventory.findings if f.code == "serial-rounded"] == ["3"]


def test_zeros_that_orders_have_lost_are_told(read):
    inventory = read("spending-csv", f"{SPENT}a;1;2024-03-01;00123\nb;2;2024-03-02;124\n", tax_basis="HT")
    assert told(inventory, "error", "warning") == [("zeros-lost", 3, "commande")]


@pytest.mark.parametrize(
    ("formula", "faults"),
    [
        ("SUM(C2:C3)", ["formula-sum"]), ("SUBTOTAL(9,$C$2:$C$3)", ["formula-sum"]), ("SUM(C2,C3)", ["formula-sum"]),
        ("SUM(D2:E2)", []), ("SUM(Détail!C2:C3)", []), ("2*3", []), ("SUM(CA2:CA3)", []),
    ],
)  # fmt: skip
def test_a_formula_that_adds_up_its_own_column_is_a_total(formula, faults):
    cell = f'<c r="C4"><f>{formula}</f><v>9</v></c>'.encode()
    inventory = workbook(
        ["a", "laptop", 4, "2024-03-01"], ["b", "laptop", 5, "2024-03-01"], ["c", "laptop", cell, "2024-03-01"]
    )
    assert [code for code, *_ in told(inventory, "error")] == faults
    assert inventory.amount.sum() == (9 if faults else 18) * 10**6


def test_a_note_beside_the_table_of_a_workbook_is_said_to_be_one():
    inventory = workbook(["a", "laptop", 4, "2024-03-01", "", "", "", "à vérifier"], ["b", "laptop", 5, "2024-03-01"])
    assert told(inventory, "error") == [("cell-beside", 2, "")]
    assert [f.value for f in inventory.findings if f.code == "cell-beside"] == ["à vérifier"]
    assert len(inventory) == 1


@pytest.mark.parametrize("day", ["1/2/2024", "01.02.2024", "1-2-2024", "2024/03/01", "2024 3 1"])
def test_a_day_that_exists_is_not_said_not_to_exist(read, day):
    inventory = read("spending-csv", f"{SPENT}a;1;{day};\n", tax_basis="HT")
    assert told(inventory, "error") == [("date-form", 2, "date")]


def test_two_columns_of_one_meaning_are_named_as_the_file_names_them(read):
    inventory = read("hardware-csv", "id;equipement;quantite;quantité;date_entree\na;laptop;1;1;2024-03-01\n")
    assert [f.value for f in inventory.findings if f.code == "column-twice"] == ["quantite | quantité"]
