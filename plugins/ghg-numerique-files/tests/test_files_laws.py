"""What holds of any file: numbers and dates read back, and one content in every dialect gives one inventory."""

import csv
import io
from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghg_numerique.plugin import Document, Importer, Inventory
from ghg_numerique_files import HardwareCsv, ghg_importers
from ghg_numerique_files.dates import FIRST_YEAR, LAST_YEAR, read_day, read_year

pytestmark = pytest.mark.law

HEADER = ("identifiant", "équipement", "quantité", "date_entrée", "domaine", "modèle")
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
QUANTITIES = st.decimals(0, 10**6, places=2)
TEXTS = st.text("abcÉéèàœ €;,|\t\"'\n-", max_size=12)
ROWS = st.lists(
    st.tuples(st.sampled_from(["laptop", "Écran", "Téléviseur", "Minitel"]), QUANTITIES, DAYS, TEXTS, TEXTS), max_size=8
)
DIALECTS = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


def written(rows, encoding, delimiter, ending, quoting, mark):
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    writer.writerow(HEADER)
    for number, (equipment, quantity, day, domain, model) in enumerate(rows):
        writer.writerow([f"r{number}", equipment, f"{quantity:f}".replace(".", mark), day, domain, model])
    return Document("f.csv", page.getvalue().encode(encoding))


def without_dialect(inventory: Inventory) -> Inventory:
    return attrs.evolve(inventory, findings=[f for f in inventory.findings if f.code != "dialect"])


@settings(deadline=None)
@given(ROWS, DIALECTS, st.booleans())
def test_one_content_in_every_dialect_gives_one_inventory(rows, dialect, point):
    mark = "." if point or dialect[1] == "," else ","
    plain = HardwareCsv().read(written(rows, "utf-8", ";", "\n", csv.QUOTE_MINIMAL, ","))
    other = HardwareCsv().read(written(rows, *dialect, mark))
    assert without_dialect(other) == without_dialect(plain)
    assert other.set_aside == plain.set_aside
    assert len(other) == len(rows)


@settings(deadline=None)
@given(ROWS)
def test_no_unit_is_lost(rows):
    inventory = HardwareCsv().read(written(rows, "utf-8", ";", "\n", csv.QUOTE_MINIMAL, ","))
    assert int(inventory.amount.sum()) == sum(quantity for _, quantity, *_ in rows) * 10**6


@given(DAYS)
def test_a_day_reads_back_from_each_of_its_spellings(day):
    for spelling in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"):
        assert read_day(day.strftime(spelling)) == day
    assert read_year(str(day.year)) == date(day.year, 12, 31)
    assert [read_year(str(year)) for year in (FIRST_YEAR - 1, FIRST_YEAR, LAST_YEAR, LAST_YEAR + 1)] == [
        "date-range", date(FIRST_YEAR, 12, 31), date(LAST_YEAR, 12, 31), "date-range"
    ]  # fmt: skip


@given(st.text("0123456789/-. ", max_size=10))
def test_a_text_names_one_day_or_none(text):
    day = read_day(text)
    if isinstance(day, date):
        assert text in (day.strftime("%Y-%m-%d"), day.strftime("%d/%m/%Y"), day.strftime("%Y%m%d"))


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from([" ", "\u00a0", "\u202f", "'", ""]))
def test_an_amount_reads_back_with_any_grouping(value, space):
    page = f"{value:,.6f}".replace(",", "_").replace(".", ",").replace("_", space)
    text = f"id;amount;date;type\na;{page};2024-01-01;{'avoir' if value < 0 else ''}\n"
    inventory = next(i for i in ghg_importers() if i.name == "spending-csv").read(
        Document("f.csv", text.encode(), {"tax_basis": "HT"})
    )
    assert [Decimal(int(amount)) for amount in inventory.amount] == [value * 10**6]


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(ghg_importers()))
def test_any_bytes_give_an_inventory_and_a_reason(content, importer):
    known = {"tax_basis": "HT", "year": "2024", "opening": "none"}
    options = {name: value for name, value in known.items() if name in importer.options}
    inventory = importer.read(Document("f.csv", content, options))
    assert inventory.findings
    assert all(finding.text("fr") and finding.text("en") for finding in inventory.findings)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(';é1,.-/ "#', max_size=6), max_size=7), max_size=6))
def test_every_row_that_holds_something_is_kept_or_set_aside(cells):
    lines = [line for line in cells if any(cell.strip() for cell in line)]
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=";").writerows([HEADER, *cells])
    inventory = HardwareCsv().read(Document("f.csv", page.getvalue().encode(), {"decimal": "comma"}))
    assert len(inventory) + len(inventory.set_aside) == len(lines)
    assert {a.origin.row for a in inventory.set_aside} == {
        f.origin.row for f in inventory.findings if f.severity == "error"
    } - {0}


def test_importers_keep_the_contract():
    importers = ghg_importers()
    assert all(isinstance(importer, Importer) for importer in importers)
    assert [importer.name for importer in importers] == [
        "hardware-csv", "spending-csv", "emissions-csv", "numecoeval", "m57-csv", "docbudgetaire", "scdl-budget",
        "ledger-csv",
    ]  # fmt: skip
    assert all(sentence.endswith(".") for importer in importers for sentence in importer.options.values())
