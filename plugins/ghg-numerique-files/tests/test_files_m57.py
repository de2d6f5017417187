"""Budget lines under the M57 accounts."""

from datetime import date
from decimal import Decimal

import attrs

from ghg_numerique_files import M57Csv

HEADER = "nature,fonction,op_budg,mt_real,mt_prev,cred_ouv,prog_lib"


def test_a_line_counts_what_was_realised_on_the_last_day_of_the_year(read):
    text = f"{HEADER}\n21838,93212,0,1956.50,0.00,2000.00,PC\n2051,9313,1,10.00,0,0,\n6156,9313,0,-7.25,0,0,\n617,9313,0,0.00,9,9,\n"
    inventory = read("m57-csv", text, year="2024", tax_basis="TTC", domain="Postes")
    assert inventory.ids == ("f.csv:2", "f.csv:3", "f.csv:4", "f.csv:5")
    assert inventory.amount.tolist() == [1_956_500_000, 10_000_000, -7_250_000, 0]
    assert set(inventory.start.tolist()) == {date(2024, 12, 31).toordinal()}
    kept = [(p.account, p.movement, p.unit, p.domain) for p in inventory.profiles]
    assert kept == [
        ("21838", "", "EUR_TTC", "Postes"),
        ("", "internal_transfer", "EUR_TTC", ""),
        ("6156", "", "EUR_TTC", "Postes"),
        ("", "unrealised", "EUR_TTC", ""),
    ]


def test_year_and_tax_basis_must_be_given(read, codes):
    text = f"{HEADER}\n21838,1,0,1,0,0,\n"
    assert codes(read("m57-csv", text, tax_basis="TTC")) == [("option-missing", 0, "")]
    assert codes(read("m57-csv", text, year="24", tax_basis="TTC")) == [("option-value", 0, "")]
    assert codes(read("m57-csv", text, year="2024")) == [("option-missing", 0, "")]


def test_faults_of_a_row(read, codes):
    text = f"{HEADER}\nTOTAL,1,0,1,0,0,\n21838,1,2,,0,0,\n"
    inventory = read("m57-csv", text, year="2024", tax_basis="TTC")
    assert codes(inventory) == [("account", 2, "nature"), ("choice", 3, "op_budg"), ("cell-empty", 3, "mt_real")]
    assert [(aside.unit, aside.amount) for aside in inventory.set_aside] == [("EUR_TTC", 1_000_000), ("", 0)]


def test_the_extract_of_a_real_budget_keeps_every_line_and_every_cent(shared):
    document = shared("data/m57_compte_administratif_montpellier_2018/ca2018_lignes_depense_candidates_it.csv")
    inventory = M57Csv().read(attrs.evolve(document, options={"year": "2018", "tax_basis": "TTC"}))
    assert (len(inventory), inventory.set_aside) == (320, ())
    assert int(inventory.amount.sum()) == Decimal("18145186.60") * 10**6
