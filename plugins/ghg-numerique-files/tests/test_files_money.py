"""Euros with or without tax, account by account; and other currencies, by rates that somebody gives."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.plugin import Document
from ghg_numerique_files import ghg_importers
from ghg_numerique_files.rates import COMPANION

IMPORTERS = {importer.name: importer for importer in ghg_importers()}
BASES = "account;tax_basis\n2;HT\n21838;TTC\n6;ttc\n"
RATES = (
    "devise;du;au;pour_un_euro;source\n"
    "USD;2024-01-01;2024-06-30;1,0813;moyenne du 1er semestre (invented)\n"
    "USD;2024-07-01;2024-12-31;1,0837;moyenne du 2e semestre (invented)\n"
    "CHF;2024-01-01;2024-12-31;0,9526;moyenne annuelle (invented)\n"
)
LEDGER = "identifiant;compte;date;montant;devise\n"
SPENDING = "identifiant;montant;date;devise\n"


def amounts(inventory):
    """Return amounts with their units, row by row."""
    profiles = [inventory.profiles[code] for code in inventory.profile]
    return [(str(inventory.quantity(index)), profile.unit) for index, profile in enumerate(profiles)]


def test_each_account_has_its_tax_basis_and_the_longest_beginning_counts(read):
    text = "compte;date;montant\n2051;2024-01-05;10\n21838;2024-01-05;20\n6262;2024-01-05;30\n"
    inventory = read("ledger-csv", text, {"tax_bases": BASES})
    assert amounts(inventory) == [("10", "EUR_HT"), ("20", "EUR_TTC"), ("30", "EUR_TTC")]


def test_an_account_that_no_list_names_takes_the_option_or_is_a_fault(read, codes):
    text = "compte;date;montant\n706;2024-01-05;10\n"
    assert codes(read("ledger-csv", text, {"tax_bases": BASES})) == [("account-basis", 2, "compte")]
    assert amounts(read("ledger-csv", text, {"tax_bases": BASES}, tax_basis="HT")) == [("-10", "EUR_HT")]


@pytest.mark.parametrize("importer", ["m57-csv", "scdl-budget"])
def test_budgets_have_tax_bases_by_account_too(read, importer):
    texts = {
        "m57-csv": "nature;mt_real;op_budg\n2051;10;0\n6262;30;0\n",
        "scdl-budget": "BGT_NATDEC,BGT_ANNEE,BGT_NATURE,BGT_OPBUDG,BGT_CODRD,BGT_MTREAL\n"
        "compte administratif,2024,2051,réel,dépense,10.00\ncompte administratif,2024,6262,réel,dépense,30.00\n",
    }
    options = {"year": "2024"} if importer == "m57-csv" else {}
    inventory = read(importer, texts[importer], {"tax_bases": BASES}, **options)
    assert amounts(inventory) == [("10", "EUR_HT"), ("30", "EUR_TTC")]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("account;tax_basis\n2;HT\n2;TTC\n", [("list-twice", 3, "account")]),
        ("account;tax_basis\n2;brut\n", [("choice", 2, "tax_basis")]),
        ("account;tax_basis\n2*;HT\n", [("account", 2, "account")]),
    ],
)
def test_a_list_of_tax_bases_that_says_two_things_is_refused(read, codes, text, faults):
    assert codes(read("ledger-csv", "compte;date;montant\n2051;2024-01-05;10\n", {"tax_bases": text})) == faults


def test_a_currency_comes_into_euros_by_the_rate_of_its_day_and_the_source_is_told(read):
    text = SPENDING + "a;100;2024-06-30;USD\nb;100;2024-07-01;USD\nc;50;2024-05-05;CHF\nd;7,5;2024-05-05;€\n"
    inventory = read("spending-csv", text, {"rates": RATES}, tax_basis="HT")
    assert amounts(inventory) == [
        ("2312/25", "EUR_HT"),
        ("2307/25", "EUR_HT"),
        ("5249/100", "EUR_HT"),
        ("15/2", "EUR_HT"),
    ]
    said = [one for one in inventory.findings if one.code == "currency-converted"]
    assert [one.value for one in said] == ["USD 1.0813", "USD 1.0837", "CHF 0.9526"]
    assert all(one.severity == "note" for one in said)
    assert "moyenne du 1er semestre (invented)" in said[0].text("fr")


def test_a_credit_note_in_a_currency_gives_back_what_it_cost(read):
    text = LEDGER + "a;6156;2024-03-01;100;USD\nb;6156;2024-03-02;-100;USD\n"
    inventory = read("ledger-csv", text, {"rates": RATES}, tax_basis="TTC")
    assert amounts(inventory) == [("2312/25", "EUR_TTC"), ("-2312/25", "EUR_TTC")]


@pytest.mark.parametrize("importer", ["ledger-csv", "spending-csv"])
def test_a_currency_without_a_rate_is_a_fault_that_says_what_to_write(read, codes, importer):
    text = {"ledger-csv": LEDGER + "a;6156;2023-12-31;100;USD\n", "spending-csv": SPENDING + "a;100;2023-12-31;USD\n"}
    for companions in ({}, {"rates": RATES}):
        inventory = read(importer, text[importer], companions, tax_basis="TTC")
        assert codes(inventory) == [("currency-rate", 2, "devise")]
        assert "USD;31/12/2023;31/12/2023;" in inventory.findings[-1].text("fr")
        assert [(row.unit, row.amount) for row in inventory.set_aside] == [("", 0)], "dollars are not counted as euros"


def test_a_row_with_another_fault_never_counts_dollars_as_euros(read, codes):
    inventory = read("spending-csv", SPENDING + "a;100;31/02/2024;USD\n", {"rates": RATES}, tax_basis="TTC")
    assert codes(inventory) == [("date", 2, "date")]
    assert [(row.unit, row.amount) for row in inventory.set_aside] == [("", 0)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("USD;2024-06-30;2024-07-02;1,1;x", ("rate-twice", 5, "devise")),
        ("GBP;2024-06-30;2024-06-29;0,8;x", ("rate-wrong", 5, "au")),
        ("GBP;2024-06-30;2024-06-30;0;x", ("rate-wrong", 5, "pour_un_euro")),
        ("EUR;2024-06-30;2024-06-30;1;x", ("rate-wrong", 5, "devise")),
        ("GBP;2024-06-30;2024-06-30;0,8;", ("cell-empty", 5, "source")),
        ("livre;2024-06-30;2024-06-30;0,8;x", ("currency-code", 5, "devise")),
    ],
)
def test_a_list_of_rates_says_each_day_once_and_by_a_source(read, codes, line, fault):
    inventory = read(
        "spending-csv", SPENDING + "a;100;2024-03-01;USD\n", {"rates": RATES + line + "\n"}, tax_basis="HT"
    )
    refused = line.startswith("USD")
    assert codes(inventory) == [("currency-refused", 2, "devise"), fault] if refused else [fault]
    assert [(row.origin.file, row.origin.row) for row in inventory.set_aside] == [
        *[("f.csv", 2)] * refused, ("rates.csv", 5),
    ], "the row of the list is set aside, and rows of its currency with it"  # fmt: skip


def test_a_list_of_rates_that_cannot_be_read_hides_no_fault_of_the_rows(read, codes):
    inventory = read("spending-csv", SPENDING + "a;cent;2024-03-01;USD\n", {"rates": "devise;du\n"}, tax_basis="HT")
    assert {("number", 2, "montant"), ("column-missing", 1, "")} <= set(codes(inventory))
    assert [row.origin.file for row in inventory.set_aside] == ["f.csv"]


@given(st.decimals(1, 10**6, places=2), st.decimals("0.01", 100, places=4))
def test_a_conversion_is_right_to_half_a_cent(amount, rate):

    listed = f"devise;du;au;pour_un_euro;source\nUSD;2024-01-01;2024-12-31;{rate};x\n"
    content = f"identifiant;montant;date;devise\na;{amount};2024-03-01;USD\n".encode()
    document = Document("f.csv", content, {"tax_basis": "HT"}, {COMPANION: Document("rates.csv", listed.encode())})
    inventory = IMPORTERS["spending-csv"].read(document)
    if len(inventory):
        exact = Fraction(amount) / Fraction(rate)
        assert abs(inventory.quantity(0) - exact) <= Fraction(1, 200)
        assert (inventory.quantity(0) * 100).denominator == 1


def test_what_is_too_large_is_what_the_rate_makes_of_an_amount(read):
    rates = "devise;du;au;pour_un_euro;source\nUSD;2024-01-01;2024-12-31;0,000001;a rate (invented)\n"
    inventory = read(
        "spending-csv", f"{SPENDING}a;999999999999,00;2024-03-01;USD\n", {COMPANION: rates}, tax_basis="HT"
    )
    (fault,) = [f for f in inventory.findings if f.severity == "error"]
    assert (fault.code, fault.origin.column, dict(fault.facts)["rate"]) == (
        "converted-too-large",
        "montant",
        "0.000001",
    )
    assert "donne plus d'euros" in fault.text()
