"""Random activity data, methodologies and coefficients, leaning to where programs break.

The first and last day of the year, 29 February, a row that leaves on the day it entered; zero, a millionth, a billion
less a millionth; credit notes; equal rows under other ids; purchase orders that items detail wholly, partly or not at
all; equipment, places and accounts that no table knows; every state of the fleet; several files.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Final

import attrs
from hypothesis import strategies as st

from ghg_numerique.errors import Finding
from ghg_numerique.model.activity import EURO_UNITS, ActivityData, DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.quality import Spread
from ghg_numerique.provenance import Origin, Source
from ghg_numerique.terms import Kind, Movement, Role, Severity, Stage, State

LARGEST: Final = 10**9
"""The largest amount of a row; eight such rows, each in service for a year, still fit into 64 bits of millionths."""

EQUIPMENT: Final = ("laptop", "monitor", "server", "zorglub")
MODELS: Final = ("", "model-7440")
PLACES: Final = ("", "FR", "DE", "ZZ")
SITES: Final = ("", "mairie")
NATURES: Final = ("", "telecom", "training")
ACCOUNTS: Final = ("", "2051", "6262", "999")
SECTORS: Final = ("", "J61", "J58")
ORDERS: Final = ("", "BC1", "BC2")
SUPPLIERS: Final = ("", "ACME")
FILES: Final = ("parc.csv", "dépenses.csv", "autre.csv")
"""The last equipment, place and account are in no shipped table."""

UNITS: Final = {
    Role.EMBODIED: ("kgCO2eq/item", "gCO2eq/item", "tCO2eq/item"),
    Role.ENERGY: ("kWh/item/year", "Wh/item/year", "MWh/item/year"),
    Role.ELECTRICITY: ("kgCO2eq/kWh", "gCO2eq/kWh", "tCO2eq/MWh"),
    Role.MONETARY: ("kgCO2eq/kEUR_HT", "kgCO2eq/EUR_HT", "gCO2eq/EUR_HT", "tCO2eq/kEUR_HT"),
    Role.LIFETIME: ("year", "day"),
}
"""In which units the coefficients of each role are drawn."""

_MOVEMENTS: Final = (*(Movement.EXPENSE,) * 10, *Movement)
_COVERED: Final = {
    Role.EMBODIED: (
        frozenset({Stage.MANUFACTURING}),
        frozenset({Stage.MANUFACTURING}),
        frozenset({Stage.MANUFACTURING, Stage.DISTRIBUTION, Stage.END_OF_LIFE}),
        frozenset({Stage.MANUFACTURING, Stage.USE}),
    ),
    Role.ENERGY: (frozenset({Stage.USE}),),
    Role.ELECTRICITY: (frozenset({Stage.USE}),),
    Role.MONETARY: (frozenset({Stage.CRADLE_TO_GATE}),),
    Role.LIFETIME: (frozenset[Stage](),),
}
_ANY_VALUE: Final = ("1", "193", "0.052", "0.333333", "0.000001", "29017.5", "999999.999999", "1000000000")
_VALUES: Final = {Role.LIFETIME: ("1", "0.5", "4.25", "7", "1000")}
_DECLARED = ("0 %", "10 %", "80 %", "30 % mean", "20 % normal", "40 % triangular", "pedigree 2,1,3,1,2 ecoinvent-3")
_SPREADS: Final = (None, *map(Spread.read, _DECLARED))


def _year(methodology: Methodology) -> int:
    return methodology.year if methodology.year is not None else 2024


@cache
def days(year: int) -> st.SearchStrategy[date]:
    """Return days around a year, its edges and leap days first of all."""
    before_march = timedelta(days=1)
    edges = (
        date(year, 1, 1),
        date(year, 12, 31),
        date(year - 1, 12, 31),
        date(year + 1, 1, 1),
        date(year, 3, 1) - before_march,
        date(year - year % 4, 3, 1) - before_march,
    )
    within = st.dates(date(year, 1, 1), date(year, 12, 31))
    return st.sampled_from(edges) | within | st.dates(date(year - 8, 1, 1), date(year + 1, 12, 31))


@cache
def amounts(largest: int = LARGEST) -> st.SearchStrategy[int | Decimal]:
    """Return amounts from zero to `largest`, whole or with up to six decimals."""
    millionth = Decimal("0.000001")
    edges: tuple[int | Decimal, ...] = (0, 1, millionth, largest - millionth, largest)
    return (
        st.integers(0, 12)
        | st.sampled_from(edges)
        | st.integers(0, largest * 10**6).map(lambda n: Decimal(n) * millionth)
    )


def _domains(methodology: Methodology) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *methodology.domains))


@st.composite
def hardware_items(draw: st.DrawFn, methodology: Methodology) -> HardwareItem:
    """Return equipment of any state, that entered and perhaps left around the year of a methodology."""
    around = days(_year(methodology))
    entered = draw(around)
    left = draw(st.none() | st.just(entered) | around)
    measured = st.none() | amounts(10**4)
    price = draw(st.none() | amounts(10**4))
    return HardwareItem(
        id="",
        equipment=draw(st.sampled_from(EQUIPMENT)),
        quantity=draw(amounts()),
        entered=entered,
        left=None if left is None else max(entered, left),
        domain=draw(_domains(methodology)),
        model=draw(st.sampled_from(MODELS)),
        state=draw(st.just(State.IN_USE) | st.sampled_from(State)),
        place=draw(st.sampled_from(PLACES)),
        site=draw(st.sampled_from(SITES)),
        order=draw(st.sampled_from(ORDERS)),
        unit_price=price,
        price_unit="" if price is None else draw(st.sampled_from(EURO_UNITS)),
        energy=draw(measured),
        pue=draw(st.sampled_from((None, Decimal("1.53"), Decimal(1), Decimal("2.000001")))),
        supplier=draw(st.sampled_from(SUPPLIERS)),
    )


@st.composite
def spending_lines(draw: st.DrawFn, methodology: Methodology) -> SpendingLine:
    """Return lines of accounts around the year of a methodology: mostly money spent, some of it given back."""
    amount = draw(amounts())
    returned = draw(st.sampled_from((False, False, True)))
    return SpendingLine(
        id="",
        amount=-amount if returned else amount,
        unit=draw(st.sampled_from(EURO_UNITS)),
        spent=draw(days(_year(methodology))),
        domain=draw(_domains(methodology)),
        account=draw(st.sampled_from(ACCOUNTS)),
        nature=draw(st.sampled_from(NATURES)),
        sector=draw(st.sampled_from(SECTORS)),
        order=draw(st.sampled_from(ORDERS)),
        site=draw(st.sampled_from(SITES)),
        credit_note=returned,
        movement=draw(st.sampled_from(_MOVEMENTS)),
        supplier=draw(st.sampled_from(SUPPLIERS)),
    )


@st.composite
def declared_emissions(draw: st.DrawFn, methodology: Methodology) -> DeclaredEmission:
    """Return emissions that somebody declares, in grams, kilograms or tonnes, whole millionths of a kilogram each."""
    unit, largest, places = draw(st.sampled_from((("gCO2eq", 10**9, 3), ("kgCO2eq", 10**9, 6), ("tCO2eq", 10**6, 6))))
    return DeclaredEmission(
        id="",
        amount=Decimal(draw(st.integers(-1, largest * 10**places))).scaleb(-places),
        unit=unit,
        day=draw(days(_year(methodology))),
        kind=draw(st.sampled_from(Kind)),
        domain=draw(_domains(methodology)),
        equipment=draw(st.sampled_from(EQUIPMENT)),
        site=draw(st.sampled_from(SITES)),
    )


@st.composite
def purchases(draw: st.DrawFn, methodology: Methodology) -> tuple[ActivityData, ...]:
    """Return spending and the equipment that it bought, under one order: part of the money, all of it, or more."""
    order, in_year = ORDERS[-1], date(_year(methodology), 6, 30)
    line = attrs.evolve(draw(spending_lines(methodology)), order=order)
    item = attrs.evolve(draw(hardware_items(methodology)), order=order)
    spent = draw(st.sampled_from((100, 3000, 0)))
    price = draw(st.sampled_from(("33.333333", "1000", "0", None)))
    priced = attrs.evolve(
        item,
        equipment=EQUIPMENT[0],
        state=State.IN_USE,
        quantity=draw(st.sampled_from((1, 3, 0))),
        unit_price=price,
        price_unit="" if price is None else draw(st.sampled_from(EURO_UNITS)),
    )
    other: ActivityData = line if draw(st.booleans()) else item
    paid = attrs.evolve(line, amount=spent, credit_note=False, spent=in_year, movement=Movement.EXPENSE)
    return (paid, priced, other)


@st.composite
def rows(draw: st.DrawFn, methodology: Methodology, *, most: int = 5) -> tuple[ActivityData, ...]:
    """Return rows of all activities, each with an id and a place of its own; some say the same as another."""
    kinds = (hardware_items(methodology), spending_lines(methodology), declared_emissions(methodology))
    alone: st.SearchStrategy[ActivityData] = st.one_of(*kinds)
    drawn: list[ActivityData] = []
    drawn += draw(st.lists(alone, max_size=most))
    if draw(st.booleans()):
        drawn.extend(draw(purchases(methodology)))
    if draw(st.booleans()) and drawn:
        drawn.append(draw(st.sampled_from(drawn)))
    files = draw(st.permutations(FILES))
    return tuple(
        attrs.evolve(row, id=f"r{number}", origin=Origin(files[number % len(files)], number))
        for number, row in enumerate(drawn, start=2)
    )


def rows_set_aside() -> st.SearchStrategy[tuple[SetAside, ...]]:
    """Return rows that could not be used, with as much of their amounts as could be read."""
    aside = st.builds(
        SetAside,
        st.just(Origin("fautes.csv", 7)),
        st.sampled_from(("", "item", "EUR_HT", "EUR_TTC")),
        st.integers(0, 10**12),
    )
    return st.lists(aside, max_size=2).map(tuple)


@st.composite
def inventories(draw: st.DrawFn, methodology: Methodology) -> Inventory:
    """Return inventories that a methodology can assess, rows set aside and all."""
    aside = draw(rows_set_aside())
    findings = [Finding.of("no-header", Severity.WARNING, row.origin, "?", expected="id") for row in aside]
    return Inventory.of(draw(rows(methodology)), findings=findings, set_aside=aside)


@cache
def coefficients(role: Role, *, year: int = 2024) -> st.SearchStrategy[Coefficient]:
    """Return coefficients of a role, in any unit that the role allows; money of this year or of the last."""
    years = (year, year - 1) if role is Role.MONETARY else (0,)
    ends = ("", "", f"{year}-01-01", f"{year - 1}-12-31")
    choices = product(_VALUES.get(role, _ANY_VALUE), UNITS[role], _COVERED[role], _SPREADS, years, ends)
    return st.sampled_from(
        [
            Coefficient("", value, unit, role, Source(""), "", stages, spread, money_of, valid_to=end)
            for value, unit, stages, spread, money_of, end in choices
        ]
    )


def factor_keys(role: Role) -> st.SearchStrategy[FactorKey]:
    """Return keys of a role, most of them made of words that the house uses."""
    words = {
        Role.ELECTRICITY: {"place": st.sampled_from(PLACES), "year": st.integers(2000, 2050)},
        Role.MONETARY: {
            "account": st.sampled_from(ACCOUNTS),
            "nature": st.sampled_from(NATURES),
            "sector": st.sampled_from(SECTORS),
            "year": st.integers(2000, 2050),
        },
    }
    hardware = {"equipment": st.sampled_from(EQUIPMENT) | st.text(max_size=5), "model": st.sampled_from(MODELS)}
    return st.builds(FactorKey, st.just(role), **words.get(role, hardware))


@st.composite
def parts_of(draw: st.DrawFn, inventory: Inventory, *, cut_links: bool = False) -> list[Inventory]:
    """Return lists of parts that make up an inventory: every row in one of them, in any order, some of them empty.

    The rows of one purchase order stay together unless `cut_links`. What belongs to no row (findings, rows set aside,
    files read) goes with one of the parts.
    """
    bound = [-1 - index if cut_links or order < 0 else int(order) for index, order in enumerate(inventory.order)]
    size = draw(st.integers(1, 4))
    part_of = {link: draw(st.integers(0, size - 1)) for link in sorted(set(bound))}
    shuffled = draw(st.permutations(range(len(inventory))))
    parts = [inventory.take([index for index in shuffled if part_of[bound[index]] == part]) for part in range(size)]
    keeper = draw(st.integers(0, size - 1))
    parts[keeper] = attrs.evolve(
        parts[keeper],
        findings=inventory.findings,
        set_aside=inventory.set_aside,
        inputs=inventory.inputs,
        serials=inventory.serials,
        shares=inventory.shares,
    )
    return parts
