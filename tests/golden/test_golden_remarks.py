"""What the engine remarks beside the figures, in `remarks.txt`: stocks, controls, names, copies, orders, purchases, faults.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs
import pytest

import told
from ghg_numerique import Inventory, Origin, Role, SpendingLine
from ghg_numerique.engine.alike import told_alike
from ghg_numerique.engine.checks import faults
from ghg_numerique.engine.control import controlled
from ghg_numerique.engine.fleet import Stock, fleet_balance
from ghg_numerique.engine.names import idle_blocks, idle_priorities, idle_words
from ghg_numerique.engine.one_sided import one_sided, told_one_sided
from ghg_numerique.engine.pairs import pairs
from ghg_numerique.model.beside import InputFile, Serials, SetAside
from ghg_numerique.model.methodology import Assignment, OutOfBoundary, Prices
from ghg_numerique.model.project import Control
from ghg_numerique.terms import Mismatch, Movement
from hamlet import KNOWN, MAY, TOWN, item, spent
from town import methodology

LISTED = told.listed(Path(__file__).with_name("remarks.txt"))


def stocks() -> Iterator[str]:
    rows = [item(2, number=10, entered=date(2020, 1, 1)), item(3, number=4, left=date(2024, 12, 31), entered=date(2024, 1, 1)),
            item(4, "server", 2, date(2019, 1, 1), MAY), item(5, number="0.5", entered=date(2024, 12, 31))]  # fmt: skip
    first = Stock(date(2024, 1, 1), {"laptop": Fraction(13), "tablet": Fraction(1)}, origin=Origin("janvier.csv"))
    last = Stock(date(2024, 12, 31), {"laptop": Fraction(12), "server": Fraction(0)}, True, Mismatch.REFUSE)
    for counted in ([last, first], [attrs.evolve(first, whole=True), last], [first], [last]):
        yield from told.findings(fleet_balance(Inventory.of(rows), counted))


def controls() -> Iterator[str]:
    aside = [
        SetAside(Origin("parc.csv", 9), "item", 2_000_000),
        SetAside(Origin("dc.csv", 2)),
        SetAside(Origin("parc.csv", 8), "EUR_HT", 5),
    ]
    inventory = attrs.evolve(Inventory.of(TOWN), set_aside=tuple(aside))
    for control in (
        Control(99, "9", "0", "1"),
        Control(22, "21.5", "4280.000005", "120"),
        Control(items="17"),
        Control(rows=22),
    ):
        yield from told.findings(controlled(inventory, control, "parc.csv"))


def names() -> Iterator[str]:
    asked = methodology(
        priority={Role.EMBODIED: ("invented", "invented-table", "inventd"), Role.LIFETIME: ("x",)},
        boundary=(OutOfBoundary("a", nature="telecoms"), OutOfBoundary("b", nature="telecom"), OutOfBoundary("c", equipment="servr")),
        assign=Assignment(
            equipment=dict.fromkeys(("ordinateur portable", "Ream of paper", "drone", "xyzzy", "laptop"), "Office")
        ),
    )  # fmt: skip
    yield from told.findings(idle_priorities(asked, KNOWN[:2]))
    yield from told.findings(idle_words(asked, Inventory.of(TOWN)))
    yield from told.findings(idle_blocks(("monetery", "ademe", "zz", "monexxxx"), ("ademe", "monetary")))


def copies() -> Iterator[str]:
    def read(file: str, *amounts: int, **serials: int) -> Inventory:
        rows = [
            SpendingLine(f"{file}{n}", amount, "EUR_HT", MAY, origin=Origin(file, n))
            for n, amount in enumerate(amounts, 2)
        ]
        return attrs.evolve(Inventory.of(rows), serials=(Serials(Origin(file, column="série"), serials),))

    parts = [
        read("a.csv", *range(1, 11), X=2, Y=3), read("b.csv", *range(2, 11), 99, Y=4, X=5), read("c.csv", 1, 2, 3, 3, Z=2),
        read("d.csv", 3, 2, 1, Z=9), read("e.csv", 7, 7, 7), read("f.csv", 7, 7, 7), read("g.csv", 1, 2, 3, 50, 51, 52),
    ]  # fmt: skip
    yield from told.findings(told_alike(Inventory.concat(parts)))
    rows = [spent(row, row, origin=Origin(file, row)) for file in ("h.csv", "i.csv") for row in (2, 3, 4)]
    yield from told.findings(told_alike(Inventory.of(rows)))


def one_side() -> Iterator[str]:
    rows = [
        item(2, order="Z"), item(3, "server", 2, order="A"), item(4, order="A"), spent(2, "7.5", order="C"),
        spent(3, 3, "EUR_TTC", order="C"), item(5, order="B"), spent(4, 2, order="B"), item(6, order="Y", entered=date(2023, 1, 1)),
        *(spent(row, row, order=f"O{row}") for row in range(5, 11)), spent(11, 9, order="R", movement=Movement.REVENUE),
        item(7, number=0, order="N"), spent(12, 4, day=date(2025, 1, 1), order="L"), item(8),
    ]  # fmt: skip
    inventory = Inventory.of(rows)
    yield from told.findings(told_one_sided(inventory, methodology()))
    alone = one_sided(inventory, methodology())
    for side, orders in (("items", alone.items), ("spending", alone.spending)):
        yield from (f"{side} | {order} | {told.amounts(tally)}" for order, tally in orders.items())


def purchases() -> Iterator[str]:
    priced = {"unit_price": "33.33", "price_unit": "EUR_HT"}
    rows = [
        item(2, number=3, supplier="ACME  SA", **priced), item(3, number=2, **priced), item(4, number=1, **priced),
        item(5, number=7, entered=date(2024, 1, 5), **priced), item(6, number=5, order="B", **priced),
        spent(2, "99.99", supplier="Acme SA"), spent(3, "119.99", "EUR_TTC", supplier="other"), spent(4, "99.994"),
        spent(5, "233.31", day=date(2024, 3, 5)), spent(6, "233.31", day=date(2024, 3, 6)), spent(7, "166.65"),
        spent(8, "33.33", order="C"), spent(9, "-33.33", credit_note=True), spent(10, "66.66", day=date(2023, 12, 31)),
        spent(11, "33.33", movement=Movement.REVENUE), spent(12, "79.99", "EUR_TTC"), item(7, number=2),
        item(8, number=1, unit_price="10", price_unit="EUR_TTC"), spent(13, "8.33"),
    ]  # fmt: skip
    inventory = Inventory.of(rows)
    for prices in (Prices(), Prices(vat="20")):
        for pair in pairs(inventory, methodology(prices=prices), 60):
            yield f"{inventory.ids[pair.spending]} = {' + '.join(inventory.ids[row] for row in pair.items)} {pair.only}"


def faulty_rows() -> Iterator[str]:
    rows = [
        item(2),
        item(2),
        attrs.evolve(item(3), domain="Cellar"),
        attrs.evolve(spent(4, 1), id="p2"),
        attrs.evolve(spent(5, 1), id="p2"),
    ]
    read = [InputFile(name, "0" * 64, 3, dialect) for name, dialect in (("a.csv", "x"), ("b.csv", "x"), ("c.csv", "y"))]
    return told.findings(faults(attrs.evolve(Inventory.of(rows), inputs=tuple(read)), methodology()))


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "stocks that do not balance": stocks,
    "control totals": controls,
    "names that mean nothing": names,
    "copies of files and of serials": copies,
    "orders on one side alone": one_side,
    "purchases that look like one": purchases,
    "faulty rows": faulty_rows,
}


@pytest.mark.parametrize("title", CASES)
def test_all_that_is_told_is_what_is_written(title):
    assert list(CASES[title]()) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES)
