"""Budget documents in XML: every LigneBudget becomes a line, an expense or set apart with its reason."""

import time
from collections import Counter
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.plugin import Document
from ghg_numerique.testing import check_importer
from ghg_numerique_files import DocBudgetaire

SPACE = "http://www.minefi.gouv.fr/cp/demat/docbudgetaire"
MONTPELLIER = "data/m57_compte_administratif_montpellier_2018/CA_2018.xml"
TTC = {"tax_basis": "TTC"}


def line(attributes="", **values):
    said = {"Nature": "6262", "Fonction": "020", "CodRD": "D", "MtReal": "10.50", "OpBudg": "0"} | values
    elements = "".join(f'<{name} V="{value}"/>' for name, value in said.items() if value is not None)
    return f"<LigneBudget{attributes}>{elements}</LigneBudget>"


def page(*lines, year="2024", nature="09", encoding="ISO-8859-1"):
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><DocumentBudgetaire xmlns="{SPACE}"><Budget><EnTeteBudget>'
        f'<LibelleEtab V="Hôtel de Ville"/></EnTeteBudget><BlocBudget><NatDec V="{nature}"/><Exer V="{year}"/>'
        f"</BlocBudget>{''.join(lines)}</Budget></DocumentBudgetaire>"
    ).encode(encoding)


def test_it_keeps_the_promises_of_importers():
    check_importer(DocBudgetaire(), [Document("f.xml", page(line(), line(CodRD="R"), line(MtReal="x")), TTC)])


def test_every_line_says_what_it_moves(read, movements):
    lines = [
        line(),
        line(CodRD="R"),
        line(OpBudg="1"),
        line(CodRD="R", OpBudg="1"),
        line(MtReal="0.00"),
        line(MtReal=None),
        line(MtReal="-3.00"),
        line(' calculated="true"'),
        line(' calculated="false"'),
    ]
    inventory = read("docbudgetaire", page(*lines), domain="Postes", **TTC)
    assert inventory.set_aside == ()
    assert inventory.ids == tuple(f"f.csv:{number}" for number in range(1, 10))
    assert movements(inventory) == [
        "", "revenue", "internal_transfer", "revenue", "unrealised", "unrealised", "", "subtotal", ""
    ]  # fmt: skip
    assert inventory.amount.tolist() == [
        n * 10**4 for n in (1050, 1050, 1050, 1050, 0, 0, -300, 1050, 1050)
    ]  # fmt: skip
    assert set(inventory.start.tolist()) == {date(2024, 12, 31).toordinal()}
    assert ghg.Profile(ghg.Activity.SPENDING, "EUR_TTC", "Postes", account="6262") in inventory.profiles
    assert [(found.code, found.value) for found in inventory.findings] == [("dialect-xml", "xml iso-8859-1")]


def test_all_faults_of_all_lines_at_once(read, codes):
    faulty = [
        line(),
        line(Nature="TOTAL", CodRD="X"),
        line(Nature=None, OpBudg="2", MtReal="1,5"),
        line(MtReal="1e3"),
        line(' calculated="perhaps"'),
        line().replace("<OpBudg", '<OpBudg V="1"/><OpBudg'),
    ]
    inventory = read("docbudgetaire", page(*faulty), **TTC)
    assert codes(inventory) == [
        ("account", 2, "Nature"),
        ("choice", 2, "CodRD"),
        ("cell-empty", 3, "Nature"),
        ("choice", 3, "OpBudg"),
        ("number", 3, "MtReal"),
        ("number", 4, "MtReal"),
        ("choice", 5, "@calculated"),
        ("element-twice", 6, "OpBudg"),
    ]
    assert (len(inventory), len(inventory.set_aside)) == (1, 5)
    assert (inventory.set_aside[0].unit, inventory.set_aside[0].amount) == ("EUR_TTC", 10_500_000)
    assert inventory.findings[1].text("fr") == (
        "f.csv, ligne 2, colonne Nature : « TOTAL » n'est pas un compte M57. Écrivez ses chiffres seuls, comme 21838."
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" ", "file-empty"),
        (b"nature;montant\n1;2\n", "xml-malformed"),
        (page(line())[:-30], "xml-malformed"),
        (b"<html/>", "xml-not-budget"),
        (page(line()).replace(SPACE.encode(), b"urn:other"), "xml-not-budget"),
        (page(line(), nature="01"), "budget-planned"),
        (page(line(), nature="07"), "budget-unknown"),
        (page(line(), year="24"), "budget-year"),
        (page(line(), year="1066"), "budget-year"),
        (page(), "no-rows"),
        (page(line().replace("<Nature", f"{line()}<Nature")), "xml-astray"),
        (page(line(), encoding="utf-8").replace(b"utf-8", b"zorglub"), "xml-encoding"),
        (page(line()).replace(b"ISO-8859-1", b"utf-8"), "xml-malformed"),
    ],
)
def test_what_is_no_account_of_a_year_is_refused_as_a_whole(read, codes, content, code):
    inventory = read("docbudgetaire", content, **TTC)
    assert [found for found, *_ in codes(inventory)] == [code]
    assert len(inventory) + len(inventory.set_aside) == 0


def test_nobody_guesses_the_tax_basis(read, codes):
    assert codes(read("docbudgetaire", page(line()))) == [("option-missing", 0, "")]
    assert codes(read("docbudgetaire", page(line()), tax_basis="net")) == [("option-value", 0, "")]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "utf-8", "utf-16", "windows-1252"])
def test_one_document_in_every_encoding_gives_one_inventory(read, encoding):
    inventory = read("docbudgetaire", page(line(), line(CodRD="R"), encoding=encoding), **TTC)
    plain = read("docbudgetaire", page(line(), line(CodRD="R")), **TTC)
    assert inventory == attrs.evolve(plain, findings=inventory.findings)


def test_budgets_of_one_file_have_years_of_their_own(read):
    one, two = page(line()).decode("latin-1"), page(line(), year="2023").decode("latin-1")
    both = one.replace("</Budget>", f"</Budget>{two[two.index('<Budget>') : two.index('</Budget>')]}</Budget>")
    inventory = read("docbudgetaire", both.encode("latin-1"), **TTC)
    assert [date.fromordinal(day).year for day in inventory.start.tolist()] == [2024, 2023]


def test_the_whole_budget_of_a_real_city_is_read_to_the_line_and_to_the_cent(shared, movements, accounts_of):
    """1,697 LigneBudget (3,394 tags that open or close one)."""
    document = shared(MONTPELLIER)
    inventory = DocBudgetaire().read(attrs.evolve(document, options=TTC))
    expected = list(accounts_of(document))
    assert (len(inventory), inventory.set_aside) == (1697, ())
    assert document.content.count(b"LigneBudget>") == 2 * 1697 == 3394
    assert movements(inventory) == [movement for movement, *_ in expected]
    assert inventory.amount.tolist() == [cents * 10**4 for _, cents, _ in expected]
    accounts = [inventory.profiles[code].account for code in inventory.profile]
    assert accounts == ["" if movement else account for movement, _, account in expected]


def test_the_whole_budget_closes_and_takes_two_seconds_at_most(shared, accounts_of):
    document = shared(MONTPELLIER)
    methodology = ghg.Methodology.parse(PAGE).for_year(2018)
    catalogue = ghg.Catalogue.discover()
    began = time.perf_counter()
    inventory = DocBudgetaire().read(attrs.evolve(document, options=TTC))
    footprint = ghg.assess(inventory, methodology, catalogue)
    took = time.perf_counter() - began
    digital = {"2051", "21831", "21838", "2185", "6262"}
    rows, cents = Counter(), Counter()
    for movement, amount, account in accounts_of(document):
        fate = movement or ("counted" if account in digital else "boundary")
        rows[fate], cents[fate] = rows[fate] + 1, cents[fate] + amount
    found = {reason or str(fate): tally for (_, fate, reason), tally in footprint.balances.rows.items()}
    assert {name: tally.rows for name, tally in found.items()} == rows
    assert {name: tally.amounts.in_unit("EUR_TTC") * 100 for name, tally in found.items()} == cents
    assert footprint.balances.money.spent.in_unit("EUR_TTC") * 100 == sum(
        cents[fate] for fate in ("counted", "boundary")
    )
    assert sum(rows.values()) == 1697
    assert took <= 2, f"{took:.2f} s"


def test_how_a_document_was_read_is_kept(tmp_path):
    (tmp_path / "ca.xml").write_bytes(page(line()))
    inventory = ghg.Catalogue.of(DocBudgetaire()).read(tmp_path / "ca.xml", importer="docbudgetaire", options=TTC)
    assert [(read.rows, read.dialect) for read in inventory.inputs] == [(1, "xml iso-8859-1")]


@pytest.mark.law
@settings(deadline=None)
@given(st.data())
def test_a_damaged_document_gives_lines_or_a_reason(data):
    """Bytes are lost, added or replaced: nothing is raised, and what is not read has its reason."""
    content = bytearray(page(line(), line(CodRD="R"), line(MtReal=None)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    inventory = DocBudgetaire().read(Document("f.xml", bytes(content), TTC))
    assert inventory.findings
    assert all(found.text("fr") and found.text("en") for found in inventory.findings)
    kept, aside = len(inventory), len(inventory.set_aside)
    refused = {found.origin.row for found in inventory.findings if found.severity == "error"}
    assert kept + aside in (0, 1, 2, 3)
    assert refused if not kept + aside else {each.origin.row for each in inventory.set_aside} == refused


PAGE = """
title = "Town"
place = "FR"
domains = ["Office"]
prices = { vat = "20", vat_source = "law", year = "nearest" }
boundary = [{ account = "*", keep = ["2051", "2183*", "2185", "6262"], reason = "no digital spending" }]

[[routes]]
name = "monetary"
activity = "spending"
stage = "cradle_to_gate"
links = ["monetary"]
"""
