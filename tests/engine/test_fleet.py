"""Stock at the start + entries - exits = stock at the end, type by type, where somebody counted."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique import ConfigurationError, HardwareItem, Inventory, InventoryError
from ghg_numerique.engine.fleet import Stock, fleet_balance, stock_of
from ghg_numerique.folders.starter import start
from ghg_numerique.model.project import StockTake

JANUARY, DECEMBER = date(2024, 1, 1), date(2024, 12, 31)
ROWS = [
    HardwareItem("a", "laptop", 10, date(2020, 5, 1)),
    HardwareItem("b", "laptop", 4, date(2024, 1, 1), date(2024, 12, 31)),
    HardwareItem("c", "laptop", 3, date(2024, 1, 2)),
    HardwareItem("d", "laptop", "0.5", date(2024, 12, 31)),
    HardwareItem("e", "server", 2, date(2019, 1, 1), date(2024, 6, 1)),
    HardwareItem("f", "server", 1, date(2025, 1, 1)),
]


def counted(day, whole=False, **counts):
    return Stock(day, {name: Fraction(str(count)) for name, count in counts.items()}, whole)


def told(*stocks, rows=ROWS):
    return [
        (one.code, one.value, {name: fact for name, fact in one.facts if name not in ("first", "last")})
        for one in fleet_balance(Inventory.of(rows), stocks)
    ]


def test_stocks_that_agree_with_entries_and_exits_say_nothing():
    assert stock_of(Inventory.of(ROWS), JANUARY) == {"laptop": 14, "server": 2}
    assert told(counted(JANUARY, laptop=14, server=2), counted(DECEMBER, laptop="13.5", server=0)) == []


def test_a_type_that_does_not_balance_is_told_with_all_figures():
    (found,) = told(counted(DECEMBER, laptop=20), counted(JANUARY, laptop=14))
    assert found == (
        "fleet-balance", "laptop",
        {"start": "14", "entered": "3.5", "left": "4", "expected": "13.5", "counted": "20", "gap": "+6.5"},
    )  # fmt: skip


def test_a_type_that_one_count_leaves_out_is_compared_only_where_the_count_is_whole():
    stocks = [counted(JANUARY, laptop=14), counted(DECEMBER, laptop="13.5", server=1)]
    assert told(*stocks) == []
    whole = [counted(JANUARY, True, laptop=14), counted(DECEMBER, True, laptop="13.5", server=1)]
    ((_, name, figures),) = told(*whole)
    assert (name, figures["start"], figures["left"], figures["expected"]) == ("server", "0", "2", "-2")


def test_one_stock_alone_is_held_against_the_inventory():
    assert told(counted(JANUARY, laptop=14)) == []
    ((code, _, figures),) = told(counted(JANUARY, laptop=15, server=2))
    assert (code, figures) == ("fleet-stock", {"expected": "14", "counted": "15", "gap": "+1"})
    ((_, name, figures),) = told(counted(JANUARY, laptop=14, tablet=1))
    assert (name, figures) == ("tablet", {"expected": "0", "counted": "1", "gap": "+1"})


days = st.integers(0, 900).map(lambda count: date(2023, 6, 1) + timedelta(count))
stays = st.tuples(st.sampled_from(["laptop", "server"]), st.integers(0, 9), days, st.none() | st.integers(0, 400))


@given(st.lists(stays), st.lists(days, min_size=2, max_size=4))
def test_the_stocks_of_an_inventory_always_balance_with_itself(stays, days):
    rows = [
        HardwareItem(str(place), name, count, entered, None if stay is None else entered + timedelta(stay))
        for place, (name, count, entered, stay) in enumerate(stays)
    ]
    inventory = Inventory.of(rows)
    stocks = [Stock(day, stock_of(inventory, day), True) for day in days]
    assert list(fleet_balance(inventory, stocks)) == []


@pytest.fixture
def town(tmp_path):
    """Return what writes a town with these stocks on its page, and opens it."""

    def opened(stocks: str, snapshot: str = "") -> ghg.Folder:
        folder = tmp_path / "ville"
        start(folder)
        (folder / "parc.csv").write_text(
            "identifiant;equipement;quantite;date_entree;date_sortie\nA;laptop;10;2020-05-01;\nB;laptop;3;2024-02-01;\n",
            encoding="utf-8",
        )
        (folder / "parc-janvier.csv").write_text(snapshot, encoding="utf-8")
        with (folder / "ghg.toml").open("a", encoding="utf-8") as page:
            page.write(stocks)
        return ghg.Folder.open(folder)

    return opened


SNAPSHOT = "identifiant;equipement;quantite;date_entree;date_sortie\nX;laptop;9;2020-05-01;\nY;laptop;5;2020-05-01;2023-12-31\n"
STOCKS = """
[[stocks]]
day = "2024-01-01"
file = "parc-janvier.csv"
importer = "hardware-csv"

[[stocks]]
day = "2024-12-31"
counts = { laptop = "13" }
"""


def test_a_snapshot_and_a_count_balance_the_fleet_of_a_folder(town):
    footprint = town(STOCKS, SNAPSHOT).footprint
    (said,) = [one for one in footprint.findings if one.code == "fleet-balance"]
    assert "9 au 01/01/2024 + 3 entrés - 0 sortis = 12, mais 13 comptés au 31/12/2024 (écart +1)" in said.text("fr")
    assert footprint.balances.total("hardware").rows == 2, "the rows of a stock do not count"
    assert {"parc.csv", "parc-janvier.csv"} <= {read.name for read in footprint.manifest.inputs}


def test_a_balance_that_must_close_stops_the_run(town):
    with pytest.raises(InventoryError) as refused:
        town(STOCKS + 'mismatch = "refuse"\n', SNAPSHOT)
    assert [one.code for one in refused.value.findings] == ["fleet-balance"]


def test_a_faulty_row_of_a_snapshot_stops_the_run(town):
    with pytest.raises(InventoryError) as refused:
        town(STOCKS, SNAPSHOT.replace("9", "-9", 1))
    assert [(one.code, one.origin.file) for one in refused.value.findings] == [
        ("quantity-negative", "parc-janvier.csv")
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": "2024-02-30", "counts": {"laptop": "1"}}, "stock-day"),
        ({"day": "2024-02-29"}, "stock-source"),
        ({"day": "2024-02-29", "file": "a.csv"}, "stock-source"),
        ({"day": "2024-02-29", "counts": {"laptop": "1"}, "file": "a.csv", "importer": "x"}, "stock-source"),
        ({"day": "2024-02-29", "counts": {"laptop": "many"}}, "fault"),
    ],
)
def test_a_stock_says_a_day_and_one_source(given, code):
    with pytest.raises(ConfigurationError) as refused:
        StockTake(**given)
    assert refused.value.code == code
