"""A table in memory and the CSV of the same rows give the same inventory, with the same faults at the same cells."""

import csv
import io
from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_files import HardwareCsv, SpendingCsv, house_words

pa = pytest.importorskip("pyarrow", reason="tables in memory need the extra arrow")

pytestmark = pytest.mark.law

NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "1",
        "12.5",
        "1 250.50",
        "-3",
        "1e5",
        "nan",
        "0.1234567",
        "1000000000001",
        "#N/A",
        "12 k€",
        "1_000",
        " 7 ",
        "VRAI",
        "'-3",
        "12\u0430",
    ]
)
DAYS = st.sampled_from(
    [
        "2024-03-01",
        "01/03/2024",
        "20240301",
        "",
        "2023-02-29",
        "1970-01-01",
        "03/31/2024",
        "45657",
        "2024-03-01 ",
        "01/03/24",
        "2024-03-01T10:00",
        "faux",
        "date",
    ]
)
IDS = st.sampled_from(
    ["a", "b", "c", " d", "d", "é", "e\u0301", "Total", "sous-total HT", "Tot.", "1,23E+11", "", "x\u200by", "#REF!", "'=a", "'a",
     "3E+5", "id"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["", "Mairie", " Mairie ", "É", "E\u0301", "a\u202eb", "#N/A", "n°1", "Mаirie", "'+33", "Total"]
)
SPENT = {
    "id": IDS, "montant": NUMBERS, "date": DAYS, "taxe": st.sampled_from(["HT", "ttc", "", "EUR_HT", "zz"]),
    "domaine": TEXTS, "compte": st.sampled_from(["", "2051", "611"]),
    "nature": st.sampled_from(["telecom", "Licences", "zz", "", "S/T"]),
    "type": st.sampled_from(["", "avoir", "Dépense", "zz"]), "commande": st.sampled_from(["", "BC1", "4,5E+09"]), "fournisseur": TEXTS,
    "devise": st.sampled_from(["EUR", "€", " euros", "", "dollars", "#N/A"]),
    "libellé": st.sampled_from(["", "Abonnement", "Sous-total", "Total Énergies", " total HT"]),
    "mouvement": st.sampled_from(["", "expense", "revenue", "Counterpart", "zz"]),
}  # fmt: skip
HELD = {
    "identifiant": IDS, "équipement": st.sampled_from(["laptop", "Écran", "Minitel", "", "Total général"]), "quantite": NUMBERS,
    "entered": DAYS,
    "left": DAYS, "domain": TEXTS, "Modèle": TEXTS, "etat": st.sampled_from(["en service", "perdu", "", "zz"]),
    "pays": st.sampled_from(["France", "fr", "DE", "", "Atlantide", "F\u200bR", "#N/A"]), "site": TEXTS, "prix_unitaire": NUMBERS,
    "kwh_an": NUMBERS, "pue": NUMBERS, "fournisseur": TEXTS, "numéro_série": st.sampled_from(["", "S1", "S2"]),
}  # fmt: skip


def errors(inventory: Inventory) -> list[tuple[str, int, str]]:
    """The errors in the order of their cells; what is said first of one cell is not a part of the law."""
    found = [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity == "error"]
    order = list(dict.fromkeys(cell[1:] for cell in found))
    return sorted(found, key=lambda fault: (order.index(fault[1:]), fault))


TOGETHER = {"rows-alike", "serial-twice", "sum-above", "zeros-lost"}
"""What only rows together show is looked for in files, and is no part of the law."""


def warnings(inventory: Inventory) -> list[tuple[str, str, str]]:
    found = [f for f in inventory.findings if f.severity == "warning" and f.code not in TOGETHER]
    return [(f.code, f.value, dict(f.facts)["count"]) for f in found]


def document(rows, options):
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, list(rows[0]), delimiter=",", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return Document("f", page.getvalue().encode(), options)


def in_memory(rows, form):
    columns = {name: [row[name] or (None if form == "null" else "") for row in rows] for name in rows[0]}
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    if form == "dictionary":
        arrays = {name: array.dictionary_encode() for name, array in arrays.items()}
    if form == "chunks":
        half = len(rows) // 2
        arrays = {
            n: pa.chunked_array([a[:half].dictionary_encode(), a[half:].dictionary_encode()]) for n, a in arrays.items()
        }
    return pa.table(arrays)


def assert_same(read, expected):
    assert (errors(read), warnings(read), read.set_aside) == (errors(expected), warnings(expected), expected.set_aside)
    assert attrs.evolve(read, findings=()) == attrs.evolve(expected, findings=())


FORMS = st.sampled_from(["null", "empty", "dictionary", "chunks"])


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries(SPENT), min_size=1, max_size=6), FORMS, st.sampled_from(["", "HT"]))
def test_spending_in_memory_is_spending_in_a_file(rows, form, basis):
    expected = SpendingCsv().read(document(rows, {"decimal": "point", "tax_basis": basis}))
    table = in_memory(rows, form)
    assert_same(Inventory.from_table(table, "spending", name="f", tax_basis=basis, meanings=house_words()), expected)


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries(HELD), min_size=1, max_size=6), FORMS)
def test_hardware_in_memory_is_hardware_in_a_file(rows, form):
    expected = HardwareCsv().read(document(rows, {"decimal": "point", "price_unit": "EUR_TTC"}))
    table = in_memory(rows, form)
    assert_same(Inventory.from_table(table, "hardware", name="f", tax_basis="TTC", meanings=house_words()), expected)


def test_rows_that_are_none_of_data_are_told_and_set_aside_as_in_a_file():
    header = {"id": "id", "montant": "montant", "date": "date", "fournisseur": "fournisseur"}
    line = {"id": "a", "montant": "1", "date": "2024-03-01", "fournisseur": "Orange"}
    rows = [line, header, line | {"id": "Total général"}, dict.fromkeys(line, "") | {"id": "Lot 2"},
            dict.fromkeys(line, "") | {"montant": "1", "fournisseur": "Sous-total"}, line | {"id": "b"}]  # fmt: skip
    read = Inventory.from_table(in_memory(rows, "null"), "spending", name="f", tax_basis="HT")
    assert_same(read, SpendingCsv().read(document(rows, {"tax_basis": "HT"})))
    assert [f.code for f in read.findings] == ["header-again", "total-row", "row-alone", "total-row"]
    assert (list(read.ids), read.row.tolist()) == (["a", "b"], [2, 7])
    assert read.set_aside[2].cells == ("Lot 2", "", "", "")


AMOUNTS = st.decimals(0, 10**9, places=2)
LINES = st.lists(
    st.tuples(AMOUNTS, st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(10, 99_999)), max_size=8
)


@settings(deadline=None)
@given(LINES, st.sampled_from(["decimal", "wide", "deep", "float", "text"]), st.sampled_from(["date", "stamp", "text"]))
def test_typed_columns_say_what_their_texts_say(lines, number, day):
    rows = [
        {"id": f"L{place}", "amount": f"{amount:.2f}", "date": str(spent), "account": str(account)}
        for place, (amount, spent, account) in enumerate(lines)
    ] or [{"id": "", "amount": "", "date": "", "account": ""}]
    expected = SpendingCsv().read(document(rows, {"tax_basis": "HT"}))
    amounts = [amount for amount, *_ in lines]
    kinds = {"decimal": pa.decimal128(12, 2), "wide": pa.decimal128(38, 8), "deep": pa.decimal256(60, 9)}
    typed = {
        "id": pa.array([f"L{place}" for place in range(len(lines))], pa.large_string()),
        "amount": pa.array([float(a) for a in amounts], pa.float64()) if number == "float"
        else pa.array([f"{a:.2f}" for a in amounts], pa.string()) if number == "text"
        else pa.array(amounts, kinds[number]),
        "date": pa.array([spent for _, spent, _ in lines], pa.date32()),
        "account": pa.array([account for *_, account in lines], pa.int32()),
    }  # fmt: skip
    if day != "date":
        typed["date"] = typed["date"].cast(pa.timestamp("us") if day == "stamp" else pa.string())
    read = Inventory.from_table(pa.table(typed), "spending", name="f", tax_basis="HT")
    assert (errors(read), read.set_aside) == (errors(expected), expected.set_aside)
    assert attrs.evolve(read, findings=()) == attrs.evolve(expected, findings=())
    assert int(read.amount.sum()) == sum(amounts, Decimal(0)) * 10**6
