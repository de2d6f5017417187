"""Workbooks come in by the door of texts: one content gives one inventory, whatever the kind of file it stands in."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest
from bad_texts import HEADER
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SAMPLES, in_a_workbook
from workbooks import Error, day, from_1904, ods_sheet, xls_sheet, xlsx

from ghg_numerique.plugin import Document, Inventory, Origin
from ghg_numerique_files import HardwareCsv, ghg_importers
from ghg_numerique_files.cells import MOST_DIGITS, fault_of, text_of

IMPORTERS = {importer.name: importer for importer in ghg_importers()}
TEXTS = st.text("abcÉéè €;,", min_size=1, max_size=8).filter(str.strip)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["laptop", "Écran", "Minitel"]),
        st.decimals(0, 10**6, places=2),
        st.dates(date(1990, 1, 1), date(2100, 12, 31)),
        TEXTS,
    ),
    min_size=1,
    max_size=5,
)
HEADERS = [*HEADER.split(";"), "modèle"]
NOTED = {"dialect", "dialect-sheet", "numbers-as-text"}


def values(inventory: Inventory) -> Inventory:
    """Return what was read, without what says how."""
    told = [attrs.evolve(f, origin=attrs.evolve(f.origin, sheet="")) for f in inventory.findings if f.code not in NOTED]
    return attrs.evolve(inventory, sheets=(), findings=tuple(told))


def serial(when: date) -> int:
    return (when - date(1899, 12, 30)).days


@pytest.mark.law
@settings(max_examples=8, deadline=None)
@given(ROWS)
def test_one_content_gives_one_inventory_in_every_kind_of_file(rows):
    typed = [
        [f"r{n}", equipment, float(quantity), day(f"D{n}", serial(when)), model]
        for n, (equipment, quantity, when, model) in enumerate(rows, start=2)
    ]
    plain = [[name, equipment, quantity, when.isoformat(), model]
             for (name, equipment, quantity, _, model), (_, _, when, _) in zip(typed, rows, strict=True)]  # fmt: skip
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=";").writerows([HEADERS, *([*map(comma, row)] for row in plain)])
    wanted = values(HardwareCsv().read(Document("f", page.getvalue().encode())))
    assert len(wanted) == len(rows)
    for content in (xlsx(Parc=[HEADERS, *typed]), xls_sheet(HEADERS, *plain), ods_sheet(HEADERS, *plain)):
        assert values(HardwareCsv().read(Document("f", content))) == wanted


def comma(cell: object) -> str:
    return f"{Decimal(repr(cell)):f}".replace(".", ",") if isinstance(cell, float) else str(cell)


@pytest.mark.law
@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(TEXTS | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.just(""),
                         min_size=4, max_size=5), max_size=5))  # fmt: skip
def test_every_row_of_a_workbook_that_holds_something_is_kept_or_set_aside(rows):
    inventory = HardwareCsv().read(Document("f.xlsx", xlsx(Parc=[HEADERS, *rows]), {"decimal": "comma"}))
    said = [row for row in rows if any(cell != "" for cell in row)]
    assert len(inventory) + len(inventory.set_aside) == len(said)
    faulty = {f.origin.row for f in inventory.findings if f.severity == "error"} - {0}
    assert {row.origin.row for row in inventory.set_aside} == faulty
    assert {row.origin.sheet for row in inventory.set_aside} <= {"Parc"}


@pytest.mark.law
@given(st.integers(1 - 10**MOST_DIGITS, 10**MOST_DIGITS - 1), st.integers(0, 12), st.sampled_from(",."))
def test_what_was_typed_in_fifteen_digits_is_read_as_it_was_typed(digits, places, mark):
    typed = Decimal(digits).scaleb(-places)
    assert Decimal(text_of(float(typed), mark).replace(mark, ".")) == typed
    assert fault_of(float(typed), number=True) == ""


def test_a_moment_at_midnight_is_a_day_and_any_other_keeps_its_hour():
    assert text_of(datetime(2024, 3, 1), ",") == text_of(date(2024, 3, 1), ",") == "2024-03-01"
    assert text_of(datetime(2024, 3, 1, 14, 30), ",") == "2024-03-01 14:30:00"


@pytest.mark.parametrize("value", [0.1 + 0.2, 1.1 * 3, 100 * 1.1, 1e9 / 3])
def test_what_arithmetic_left_is_told_from_what_was_typed(value):
    assert fault_of(value, number=True) == "binary-noise"
    assert fault_of(value, number=False) == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_importer_of_tables_reads_a_workbook(name):
    text, options = SAMPLES[name]
    read = IMPORTERS[name].read
    wanted = read(Document("f", text.encode(), options))
    found = read(Document("f", in_a_workbook(text), options))
    assert len(found) == len(wanted) == 1
    assert found.origin(0) == Origin("f", 2, "Feuille1")
    assert [f for f in found.findings if f.severity == "error"] == []
    assert (found.amount.tolist(), found.start.tolist()) == (wanted.amount.tolist(), wanted.start.tolist())
    assert found.profiles == wanted.profiles


def test_every_importer_of_tables_is_tried():
    assert set(SAMPLES) | {"docbudgetaire"} == set(IMPORTERS)


def test_a_sheet_is_named_by_an_option_and_two_sheets_keep_their_places():
    book = xlsx(A=[HEADERS, ["a", "laptop", 3, "2024-03-01"]], B=[HEADERS, ["b", "laptop", 4, "2024-03-01"]])
    both = [HardwareCsv().read(Document("f.xlsx", book, {"sheet": name})) for name in "AB"]
    whole = Inventory.concat(both)
    assert [str(whole.origin(index)) for index in range(2)] == ["f.xlsx [A]:2", "f.xlsx [B]:2"]
    assert whole != Inventory.concat([both[0], both[0]])


def test_a_companion_may_be_a_workbook_too():
    names = Document("names", xlsx(Noms=[["name", "equipment"], ["bécane", "desktop"]]))
    text = f"{HEADER}\na;bécane;1;2024-03-01\n".encode()
    inventory = HardwareCsv().read(Document("f.csv", text, companions={"names": names}))
    assert [profile.equipment for profile in inventory.profiles] == ["desktop"]


def test_a_fault_that_a_row_does_not_read_does_not_count():
    rows = [[*HEADERS, "serial"], ["a", "laptop", 1, "2024-03-01", "X", b'<c r="F2" t="e"><v>#N/A</v></c>']]
    inventory = HardwareCsv().read(Document("f.xlsx", xlsx(Parc=rows)))
    assert (len(inventory), inventory.set_aside) == (1, ())


def test_errors_stand_in_their_places_whatever_is_empty_above_them():
    fault = ["a", "laptop", b'<c r="C5" t="e"><v>#REF!</v></c>', "2024-03-01", "X"]
    inventory = HardwareCsv().read(Document("f.xlsx", xlsx(Parc=[[], [], [], HEADERS, fault])))
    found = [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity == "error"]
    assert found == [("spreadsheet-error", 5, "quantité")]


def test_days_of_1904_are_those_of_the_workbook():
    inventory = HardwareCsv().read(Document("f.xlsx", from_1904(P=[HEADERS, ["a", "laptop", 1, day("D2", 43_890)]])))
    assert date.fromordinal(int(inventory.start[0])) == date(2024, 3, 1)
    assert inventory.findings[0].value == "xlsx [P] 1904 ,"


@pytest.mark.parametrize("error", [0x2A, 0x07])
def test_the_older_formats_say_their_errors_too(error):
    for content in (xls_sheet(HEADERS, ["a", "laptop", Error(error), "2024-03-01", "X"]),
                    ods_sheet(HEADERS, ["a", "laptop", Error(error), "2024-03-01", "X"])):  # fmt: skip
        inventory = HardwareCsv().read(Document("f", content))
        found = [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity == "error"]
        assert found == [("spreadsheet-error", 2, "quantité")]
