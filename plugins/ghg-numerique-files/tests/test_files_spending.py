"""Money spent."""

from datetime import date

import pytest

from ghg_numerique.plugin import Inventory, Origin, SpendingLine

HEADER = "identifiant;montant;date"


def test_a_full_row_becomes_a_line(read):
    header = f"{HEADER};domaine;compte;nature;secteur;libelle;fournisseur;commande;site;type"
    row = "m1;1 234,56;31/12/2024;Applications;2051;Licences logicielles;J58;Suite;ACME;BC-7;Mairie;dépense"
    inventory = read("spending-csv", f"{header}\n{row}\n", tax_basis="TTC")
    expected = SpendingLine(
        "m1", "1234.56", "EUR_TTC", date(2024, 12, 31), "Applications", "2051", "software-licence", "J58", "BC-7",
        "Mairie", False, Origin("f.csv", 2), supplier="ACME",
    )  # fmt: skip
    assert inventory == Inventory.of([expected], findings=inventory.findings)


def test_nobody_guesses_the_tax_basis(read, codes):
    assert codes(read("spending-csv", f"{HEADER}\na;1;2024-01-01\n")) == [("option-missing", 0, "")]
    assert codes(read("spending-csv", f"{HEADER}\na;1;2024-01-01\n", tax_basis="net")) == [("option-value", 0, "")]


def test_a_column_says_the_tax_basis_per_row_and_the_option_the_rest(read, codes):
    text = f"{HEADER};taxe\na;1;2024-01-01;TTC\nb;1;2024-01-01;\nc;1;2024-01-01;net\n"
    inventory = read("spending-csv", text, tax_basis="HT")
    assert [profile.unit for profile in inventory.profiles] == ["EUR_TTC", "EUR_HT"]
    assert codes(inventory) == [("choice", 4, "taxe")]
    assert codes(read("spending-csv", text)) == [("cell-empty", 3, "taxe"), ("choice", 4, "taxe")]


@pytest.mark.parametrize(
    ("amount", "word", "faults"),
    [
        ("-5", "avoir", []),
        ("-5", "credit note", []),
        ("5", "dépense", []),
        ("0", "avoir", []),
        ("-5", "", [("amount-negative", 2, "montant")]),
        ("-5", "dépense", [("amount-negative", 2, "montant")]),
        ("5", "avoir", [("credit-note-positive", 2, "montant")]),
        ("5", "don", [("choice", 2, "type")]),
    ],
)
def test_the_sign_and_the_type_of_a_line_agree(read, codes, amount, word, faults):
    inventory = read("spending-csv", f"{HEADER};type\na;{amount};2024-01-01;{word}\n", tax_basis="HT")
    assert codes(inventory) == faults
    assert len(inventory) + len(inventory.set_aside) == 1


def test_what_is_set_aside_keeps_its_amount_and_unit(read):
    inventory = read("spending-csv", f"{HEADER}\na;12,5;2024-02-30\nb;x;2024-02-01\n", tax_basis="HT")
    assert [(aside.unit, aside.amount) for aside in inventory.set_aside] == [("EUR_HT", 12_500_000), ("", 0)]


def test_a_nature_in_no_list_is_kept_with_a_warning(read):
    inventory = read(
        "spending-csv", f"{HEADER};nature\na;1;2024-01-01;Hebergement\nb;1;2024-01-01;Divers\n", tax_basis="HT"
    )
    assert [profile.nature for profile in inventory.profiles] == ["hosting", "Divers"]
    assert [(f.code, f.value) for f in inventory.findings[1:]] == [("nature-unknown", "Divers")]


@pytest.mark.parametrize(
    ("label", "sums"),
    [("Sous-total Application", True), ("Total général", True), ("S/T", True), ("Total HT", True), ("Total de l'année", True),
     ("Total Énergies, abonnement", False), ("Totalgaz", False), ("Solde", False)],
)  # fmt: skip
def test_a_row_whose_label_says_that_it_sums_others_is_not_counted(read, label, sums):
    page = f"identifiant;montant;date;libellé\na;10,00;2024-03-01;Abonnement\nX1;10,00;2024-03-01;{label}\n"
    inventory = read("spending-csv", page, tax_basis="HT")
    assert [finding.code for finding in inventory.findings if finding.severity == "error"] == ["total-row"] * sums
    assert len(inventory) == 2 - sums


def test_numbers_that_a_comma_may_set_apart_by_thousands_are_refused_unless_one_is_sure(read):
    head = "identifiant;montant;date\n"
    doubtful = read("spending-csv", head + "a;1,234;2024-03-01\nb;2,345;2024-03-01\n", tax_basis="HT")
    assert "decimal-ambiguous" in [finding.code for finding in doubtful.findings]
    sure = read("spending-csv", head + "a;1,234;2024-03-01\nb;2,34;2024-03-01\n", tax_basis="HT")
    assert sure.amount.tolist() == [1_234_000, 2_340_000]
