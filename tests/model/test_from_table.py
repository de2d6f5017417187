"""Tables in memory: whoever makes them, they say what the same records say, exactly or not at all."""

import pickle
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique import HardwareItem, Inventory, Movement, Origin, SpendingLine, State
from ghg_numerique.errors import ConfigurationError, InputError
from ghg_numerique.model.activity import EURO_UNITS

pa = pytest.importorskip("pyarrow", reason="tables in memory need the extra arrow")

DAY = date(2024, 3, 1)
ITEMS = {
    "id": ["a", "b"], "equipment": ["laptop", "server"], "quantity": [3, 1], "entered": [DAY, DAY], "left": [None, date(2025, 1, 1)],
    "state": ["in_use", "retired"], "place": ["", "de"], "unit_price": [Decimal("899.90"), None], "kwh_per_year": [None, 2400],
    "pue": [None, Decimal("1.4")], "order": ["BC1", ""], "supplier": ["", "Dell"],
}  # fmt: skip
RECORDS = [
    HardwareItem("a", "laptop", 3, DAY, order="BC1", unit_price="899.90", price_unit="EUR_HT", origin=Origin("t", 2)),
    HardwareItem("b", "server", 1, DAY, date(2025, 1, 1), state=State.RETIRED, place="DE", energy=2400, pue="1.4",
                 origin=Origin("t", 3), supplier="Dell"),
]  # fmt: skip


def spending(amounts, **others):
    size = len(amounts)
    table = {"id": [f"L{row}" for row in range(size)], "amount": amounts, "date": pa.array([DAY] * size, pa.date32())}
    return Inventory.from_table(pa.table(table | others), "spending", name="t", tax_basis="HT")


def codes(inventory):
    assert all(f.text(language) for f in inventory.findings for language in ("fr", "en"))
    return [(f.code, f.origin.row, f.origin.column) for f in inventory.findings]


def as_pandas(table):
    return pytest.importorskip("pandas").DataFrame(table.to_pydict())


def as_polars(table):
    return pytest.importorskip("polars").from_arrow(table)


def as_polars_categories(table):
    polars = pytest.importorskip("polars")
    frame = as_polars(table)
    return frame.with_columns(polars.col(polars.String).cast(polars.Categorical))


def as_duckdb(table):
    return pytest.importorskip("duckdb").from_arrow(table)


@pytest.mark.parametrize(
    "made",
    [lambda table: table, as_pandas, as_polars, as_polars_categories, as_duckdb, lambda table: table.to_reader()],
)
def test_whoever_makes_the_table_it_says_what_the_records_say(made):
    inventory = Inventory.from_table(made(pa.table(ITEMS)), "hardware", name="t", tax_basis="HT")
    assert inventory == Inventory.of(RECORDS)
    assert (inventory.origin(1), inventory.ids[1]) == (Origin("t", 3), "b")


_TEXTS = st.sampled_from(["", "a", "É"])
_LINES = st.lists(
    st.builds(
        SpendingLine,
        st.just("x"),
        st.decimals(-(10**12), 10**12, places=6),
        st.sampled_from(EURO_UNITS),
        st.dates(date(1990, 1, 1), date(2100, 12, 31)),
        *[_TEXTS] * 6,
        credit_note=st.just(True),
        movement=st.sampled_from(Movement),
        supplier=_TEXTS,
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.law
@settings(deadline=None)
@given(_LINES)
def test_a_table_of_lines_is_the_inventory_of_their_records(lines):
    columns = {
        "id": [f"L{row}" for row in range(len(lines))],
        "amount": pa.array([line.amount for line in lines], pa.decimal128(38, 6)),
        "date": [line.spent for line in lines],
        "tax_basis": pa.array([line.unit for line in lines]).dictionary_encode(),
        "type": ["avoir" if line.amount < 0 else "" for line in lines],
    }
    columns |= {
        name: [getattr(line, name) for line in lines]
        for name in ("domain", "account", "nature", "sector", "order", "site", "movement", "supplier")
    }
    read = Inventory.from_table(pa.table(columns), "spending", name="t")
    records = [
        SpendingLine(f"L{row}", line.amount, line.unit, line.spent, line.domain, line.account, line.nature, line.sector,
                     line.order, line.site, True, Origin("t", row + 2), line.movement, supplier=line.supplier)
        for row, line in enumerate(lines)
    ]  # fmt: skip
    assert read == Inventory.of(records)


@pytest.mark.law
@given(st.integers(-(10**15), 10**15))
def test_a_float_is_the_one_decimal_that_reads_back_as_it(millionths):
    written = Decimal(millionths).scaleb(-6)
    read = spending(pa.array([float(written)], pa.float64()), type=["avoir" if millionths < 0 else ""])
    assert [int(amount) for amount in read.amount] == [millionths]


@pytest.mark.parametrize(
    ("value", "kind", "fault"),
    [
        (0.1 + 0.2, pa.float64(), "too-many-decimals"),
        (float("nan"), pa.float64(), "number"),
        (float("inf"), pa.float64(), "number"),
        (1e9 + 1, pa.float64(), "number-too-large"),
        (None, pa.float64(), "cell-empty"),
        (10**12 + 1, pa.int64(), "number-too-large"),
        (2**64 - 1, pa.uint64(), "number-too-large"),
        (Decimal("0.1234567"), pa.decimal128(38, 7), "too-many-decimals"),
        (Decimal(10) ** 30, pa.decimal128(38, 2), "number-too-large"),
        (-1, pa.int8(), "amount-negative"),
    ],
)
def test_what_is_no_exact_amount_is_a_fault_of_its_row(value, kind, fault):
    read = spending(
        pa.array([1, value], kind) if value is None or kind != pa.float64() else pa.array([1.0, value], kind)
    )
    assert codes(read) == [(fault, 3, "amount")]
    assert [aside.origin for aside in read.set_aside] == [Origin("t", 3)]
    assert read.ids == ("L0",)


@pytest.mark.parametrize("array", [pa.array([1.5], pa.float32()), pa.array([True]), pa.array([[1]])])
def test_a_column_without_exact_numbers_refuses_the_table(array):
    assert codes(spending(array)) == [("column-type", 0, "amount")]


def test_an_amount_in_another_currency_is_a_fault_of_its_row_and_counts_for_nothing():
    read = spending([1, 2, 3], currency=["EUR", "USD", "dollars"], supplier=["Orange", "Orange", "Dell"])
    assert codes(read) == [("currency-foreign", 3, "currency"), ("currency-code", 4, "currency")]
    assert [(row.unit, row.amount) for row in read.set_aside] == [("", 0), ("", 0)]
    assert [read.suppliers[code] for code in read.supplier] == ["Orange"]


def test_a_number_by_which_spreadsheets_count_days_is_said_with_its_day():
    read = spending([1], date=[45352])
    assert [(f.code, dict(f.facts)["day"]) for f in read.findings] == [("date-serial", "2024-03-01")]


def test_a_day_is_midnight_and_no_other_time():
    stamps = pa.array([datetime(2024, 3, 1), datetime(2024, 3, 1, 12)], pa.timestamp("ns"))
    assert codes(spending([1, 1], date=stamps)) == [("date-time", 3, "date")]
    zoned = pa.array([datetime(2024, 3, 1)], pa.timestamp("s", "Europe/Paris"))
    assert codes(spending([1], date=zoned)) == [("column-type", 0, "date")]


def test_what_is_wrong_with_the_whole_table_is_said_at_once():
    table = pa.table({"id": ["a"], "compte": [1], "account": [2], "zz": [3]})
    read = Inventory.from_table(table, "spending", name="t", tax_basis="HT")
    assert [(f.code, f.value) for f in read.findings] == [
        ("column-twice", "compte | account"), ("column-unknown", "zz"), ("column-missing", "montant | amount"),
        ("column-missing", "date"),
    ]  # fmt: skip
    assert codes(spending([1], zz=[1]))[0][0] == "column-unknown"
    ignoring = Inventory.from_table(
        pa.table({"id": ["a"], "amount": [1], "date": ["2024-03-01"], "zz": [1]}),
        "spending",
        name="t",
        tax_basis="HT",
        ignore=["ZZ"],
    )
    assert (len(ignoring), ignoring.findings) == (1, ())


def test_options_are_needed_where_the_table_does_not_say():
    lines = pa.table({"id": ["a"], "amount": [1], "date": [DAY]})
    assert codes(Inventory.from_table(lines, "spending", name="t")) == [("option-missing", 0, "")]
    assert codes(Inventory.from_table(pa.table(ITEMS), "hardware", name="t")) == [("option-missing", 0, "")]
    assert codes(Inventory.from_table(lines.slice(0, 0), "spending", name="t", tax_basis="HT")) == [("no-rows", 0, "")]


def test_rows_that_hold_nothing_are_none_and_the_others_keep_their_numbers():
    table = {
        "id": ["a", None, " ", "b"],
        "amount": [1, None, None, 2],
        "date": [DAY, None, None, DAY],
        "site": ["", "", None, "x"],
    }
    read = Inventory.from_table(pa.table(table), "spending", name="t", tax_basis="HT", first_row=1)
    assert (read.row.tolist(), read.findings) == ([1, 4], ())


def test_equipment_that_left_before_it_came_is_told_with_both_days():
    table = pa.table(ITEMS | {"left": [None, date(2023, 1, 1)]})
    read = Inventory.from_table(table, "hardware", name="t", tax_basis="HT")
    assert codes(read) == [("left-before-entered", 3, "left")]
    assert (
        read.findings[0]
        .text("en")
        .startswith('t, row 3, column left: leaving on "2023-01-01" comes before entering on ')
    )


def test_words_mean_what_the_meanings_say():
    table = pa.table(ITEMS | {"equipment": ["Bécane", "Minitel"], "place": ["Gaule", "FR"], "state": ["là", "in_use"]})
    meanings = {"equipment": {"bécane": "desktop"}, "place": {"Gaule": "FR"}, "state": {"là": "in_stock"}}
    read = Inventory.from_table(table, "hardware", name="t", tax_basis="HT", meanings=meanings)
    assert [(p.equipment, p.place, p.state) for p in read.profiles] == [
        ("desktop", "FR", "in_stock"),
        ("Minitel", "FR", "in_use"),
    ]
    assert codes(read) == [("equipment-unknown", 3, "equipment")]


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        (([[1]], "spending", {}), InputError, "not-a-table"),
        ((None, "emissions", {}), ConfigurationError, "option-value"),
        ((None, "spending", {"tax_basis": "TVA"}), ConfigurationError, "option-value"),
        ((None, "spending", {"decimal": ";"}), ConfigurationError, "option-value"),
        ((None, "spending", {"first_row": "x"}), ConfigurationError, "option-value"),
    ],
)
def test_what_the_caller_says_wrong_is_raised(given, error, code):
    table, activity, options = given
    with pytest.raises(error) as raised:
        Inventory.from_table(pa.table(ITEMS) if table is None else table, activity, name="t", **options)
    assert raised.value.code == code
    assert raised.value.text("en")


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    for name in [
        name
        for name in sys.modules
        if name.startswith("ghg_numerique.model.")
        and name.endswith((".arrow", ".arrow_numbers", ".combinations", ".strays", ".frame_rows", ".frame"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigurationError, match=r"ghg-numerique\[arrow\]"):
        Inventory.from_table(None, "spending", name="t")


def test_ids_are_decoded_when_they_are_asked_for_and_travel_by_value():
    read = spending(pa.array([1, 2, 3]), id=["é", "b", "c"])
    assert (read.ids[0], list(read.ids), len(read.ids)) == ("é", ["é", "b", "c"], 3)
    assert read.ids[1:] == ("b", "c")
    assert read.take([2, 0]).ids == ("c", "é")
    assert pickle.loads(pickle.dumps(read)) == read
    assert (read + read.take([0])).ids == ("é", "b", "c", "é")
    assert np.array_equal(read.amount, [10**6, 2 * 10**6, 3 * 10**6])


def test_a_table_is_assessed_like_any_inventory():
    city = ghg.Folder.open(Path(__file__).parents[2] / "examples" / "ville")
    lines = pa.table({"id": ["a"], "amount": [1000], "date": [DAY], "account": ["6156"], "nature": ["maintenance"]})
    inventory = Inventory.from_table(lines, ghg.Activity.SPENDING, name="t", tax_basis="TTC")
    footprint = ghg.assess(inventory, city.methodology, city.catalogue)
    assert footprint.balances.money.spent.in_unit("EUR_TTC") == 1000
