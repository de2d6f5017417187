"""A hamlet, and every cell, balance, fate, explanation and pinned factor of it, in `results.txt`; figures are round.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

import ghg_numerique as ghg
import told
from ghg_numerique import Origin, Role
from ghg_numerique.engine.pin import altered, differences, pin
from ghg_numerique.engine.sharing import shared_out
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.details import DetailRule
from ghg_numerique.model.methodology import Deflator, OutOfBoundary, Prices
from ghg_numerique.model.shares import Share
from ghg_numerique.provenance import PluginRecord
from ghg_numerique.terms import Allocation, Expired, Movement, PriceYear
from hamlet import KNOWN, TOWN, item, spent
from town import Figures, assess, figure, methodology, resolved

LISTED = told.listed(Path(__file__).with_name("results.txt"))
OUTSIDE = {"boundary": (OutOfBoundary("elsewhere", domain="Rooms", nature="telecom"),)}
WORN = [
    item(2),
    item(3, "server", 2, date(2022, 1, 1)),
    item(4, "drone", entered=date(2022, 1, 1)),
    item(5, "server", 1, date(2019, 1, 1)),
]


def the_town(**chosen: Any) -> Iterator[str]:
    yield from told.footprint(assess(TOWN, KNOWN, **OUTSIDE, **chosen))
    yield from told.findings(assess(TOWN, KNOWN, **OUTSIDE, **chosen).findings)


def a_worn_fleet() -> Iterator[str]:
    straight = {"allocation": Allocation.STRAIGHT_LINE}
    yield from told.footprint(assess(WORN, KNOWN, **straight))
    yield from told.fates(*resolved(WORN, KNOWN, **straight))
    yield from told.explanations(*resolved(WORN, KNOWN, **straight), kind="embodied")


def orders() -> Iterator[str]:
    """Euros with tax and without meet through the rate, or do not."""
    rows = [
        item(2, number=4, order="A", unit_price=120, price_unit="EUR_TTC"), spent(2, 1000, order="A"), spent(3, 600, order="A"),
        item(3, number=9, order="B", unit_price=100, price_unit="EUR_HT"), spent(4, 600, order="B"),
        item(4, number=1, order="C"), spent(5, 50, order="C"), item(5, "drone", 2, order="D", unit_price=5, price_unit="EUR_HT"),
        spent(6, 70, order="D"), spent(7, 0, order="E"), item(6, order="E", unit_price=5, price_unit="EUR_HT"),
        spent(8, 30, order="A", day=date(2023, 1, 1)), spent(9, 600, "EUR_TTC", order="F"),
        item(7, order="F", unit_price=100, price_unit="EUR_HT"),
    ]  # fmt: skip
    for prices in (Prices(), Prices(vat="20", vat_source="bills")):
        footprint = assess(rows, KNOWN, prices=prices)
        yield from told.footprint(footprint)
        yield from told.findings(footprint.findings)
        yield from told.fates(*resolved(rows, KNOWN, prices=prices))


def years() -> Iterator[str]:
    """Figures of another year, or past their time, and those that stand in for others."""
    known = [
        Figures(Role.EMBODIED, {"laptop": figure(Role.EMBODIED, "100", valid_to="2020-12-31", label="old")}),
        Figures(Role.ENERGY, {"laptop": figure(Role.ENERGY, "36.6", valid_from="2030-01-01", label="new")}, match=ghg.Match.GENERIC),
        Figures(Role.ELECTRICITY, {"FR": figure(Role.ELECTRICITY, "0.5", year=2021, label="mix")}),
        Figures(Role.MONETARY, {"telecom": figure(Role.MONETARY, "200", year=2022, label="ratio")}),
    ]  # fmt: skip
    rows = [item(2), item(3, number=2), spent(2, 1000)]
    deflated = Prices(deflators=(Deflator(2024, 2022, "0.9", "INSEE"),))
    for prices, expired in (
        (Prices(year=PriceYear.NEAREST), Expired.WARN),
        (Prices(), Expired.ACCEPT),
        (deflated, Expired.REFUSE),
    ):
        footprint = assess(rows, known, prices=prices, expired=expired)
        yield from told.footprint(footprint)
        yield from told.findings(footprint.findings)
        yield from told.explanations(*resolved(rows, known, prices=prices, expired=expired), kind="services")


def explained() -> Iterator[str]:
    rival = Figures(Role.EMBODIED, {"laptop": "90"}, "rival")
    vague = Figures(Role.EMBODIED, {"laptop": "80"}, "vague", ghg.Match.GENERIC)
    ranked = {"priority": {Role.EMBODIED: ("invented", "rival")}}
    yield from told.explanations(*resolved(TOWN, [*KNOWN, rival, vague], **OUTSIDE, **ranked))
    yield from told.fates(*resolved(TOWN, KNOWN, **OUTSIDE))


def large() -> Iterator[str]:
    """Sums that a floating-point number would round: nothing of the smallest row is lost beside the largest."""
    rows = [item(2, number=10**10), item(3, number="0.000001"), spent(2, 10**10), spent(3, "0.000001")]
    for allocation in Allocation:
        yield from told.footprint(assess(rows, KNOWN, allocation=allocation))


def in_parts() -> Iterator[str]:
    """What two halves ask for unites, and what is posted of each adds up, though an order stands in both."""
    halves, chosen = [ghg.Inventory.of(rows) for rows in (TOWN[::2], TOWN[1::2])], methodology()
    odd, even = (ghg.keys_of(half, chosen) for half in halves)
    resolution = ghg.resolve(odd | even | ghg.Keys.none(), KNOWN, chosen)
    yield from (f"{order} | {share}" for order, share in resolution.coverage.items())
    yield from told.postings(sum(ghg.postings(half, resolution) for half in halves))


def by_a_rule() -> Iterator[str]:
    """Equipment details the spending that a rule names, where neither has an order."""
    rule = DetailRule("desks", nature="telecom", equipment=("laptop",))
    rows = [item(2, unit_price=300, price_unit="EUR_HT"), item(3, "server"), item(4, entered=date(2023, 1, 1)), spent(2, 1000),
            spent(3, 500, order="BC"), spent(4, 50, day=date(2023, 1, 1)), spent(5, 9, movement=Movement.REVENUE)]  # fmt: skip
    footprint = assess(rows, KNOWN, details=(rule,))
    yield from told.footprint(footprint)
    yield from told.explanations(*resolved(rows, KNOWN, details=(rule,)), kind="services")


def set_aside() -> Iterator[str]:
    """Rows that are set aside are in quarantine with what could be read of them."""
    rows = [
        SetAside(Origin("parc.csv", 8), "item", 2_500_000),
        SetAside(Origin("parc.csv", 9)),
        SetAside(Origin("x.csv", 2), "EUR_HT", 10),
    ]
    inventory, resolution = resolved([item(2)], KNOWN)
    whole = attrs.evolve(inventory, set_aside=tuple(rows))
    yield from told.fates(whole, resolution)
    yield from told.footprint(ghg.assess(whole, methodology(), ghg.Catalogue.of(*KNOWN)))


def sharing() -> Iterator[str]:
    inventory, resolution = resolved([item(2, "server", 3), item(3, "drone"), item(4, "server")], KNOWN)
    machine, lost = Origin("vm.csv", 2), Origin("vm.csv", 3)
    shares = (
        Share(machine, "vm", Origin("parc.csv", 2), Fraction(1, 3)), Share(lost, "lost", Origin("parc.csv", 3), Fraction(1)),
        Share(Origin("app.csv", 2), "app", machine, Fraction(1, 2)), Share(Origin("app.csv", 3), "none", lost, Fraction(1)),
    )  # fmt: skip
    for applications in (False, True):
        found = shared_out(attrs.evolve(inventory, shares=shares), resolution, applications=applications)
        yield from (f"{share.name} | {result}" for share, result in found.results)
        yield f"{found.borne} = {found.shared} + {found.rest}"


def a_lock() -> Iterator[str]:
    inventory, resolution = resolved(TOWN, KNOWN)
    plugin = PluginRecord("town", "a", "1.0", "1" * 64)
    lock = pin(resolution, (plugin,))
    yield from (
        f"{one.key} | {one.value} {one.unit} | {one.provider} {one.match} {one.source}#{one.id}" for one in lock.factors
    )
    yield from (f"{one.key} | {one.gap}" for one in lock.gaps)
    table = KNOWN[0].sources[0]
    others = (attrs.evolve(plugin, version="1.1"),), (attrs.evolve(table, title="Another"),)
    moved = attrs.evolve(lock, methodology="one methodology")
    yield from told.faults(differences(moved, "another methodology", *others))
    yield from told.faults(differences(lock, lock.methodology, (), (attrs.evolve(table, sha256="2" * 64),)))
    yield from told.faults(differences(lock, lock.methodology, (), ()))
    dearer = [Figures(one.role, dict.fromkeys(one.known, "7")) for one in KNOWN]
    yield from told.faults(altered(lock, dearer))
    keys, asked = ghg.keys_of(inventory, methodology()), methodology()
    locked = ghg.resolve(keys, (), asked, lock=lock)
    yield from (f"{link.identity} | {link.source.title or '-'}" for link in locked.sheet.coefficients.values())
    crossed = ghg.bridge(inventory, keys, asked, lock, pin(ghg.resolve(keys, dearer, asked), (plugin,)))
    yield from (f"{step.key} | {step.before.value} -> {step.after.value} | {step.effect}" for step in crossed.steps)
    yield f"{crossed.old} -> {crossed.new}"


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "a town with rows of every fate": the_town,
    "the same town, with the rate of its tax": lambda: the_town(prices=Prices(vat="20", vat_source="bills")),
    "every row of the town in every cell, and its fate": explained,
    "a fleet that wears off in a straight line": a_worn_fleet,
    "orders that items detail in two tax bases": orders,
    "figures of other years": years,
    "a grain beside a mountain": large,
    "the town in two halves": in_parts,
    "spending that a rule links to equipment": by_a_rule,
    "rows that are set aside": set_aside,
    "what servers cause, shared out": sharing,
    "a lock, what differs from it, and the bridge to another": a_lock,
}


@pytest.mark.parametrize("title", CASES)
def test_all_that_is_told_is_what_is_written(title):
    assert list(CASES[title]()) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES)
