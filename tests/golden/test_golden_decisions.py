"""What decisions and years make of a hamlet, in `decisions.txt`: each lever, what is refused, and the line to a target.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest

import ghg_numerique as ghg
import told
from ghg_numerique import Role, Scenario, Stage
from ghg_numerique.algebra.chronicle import Change, Chronicle, YearBridge
from ghg_numerique.algebra.outcome import Declined, Outcome, outcomes, weighed
from ghg_numerique.algebra.trend import Target, trends
from ghg_numerique.model.quality import Spread
from ghg_numerique.terms import Allocation
from hamlet import KNOWN, item, spent
from town import Figures, figure, methodology

LISTED = told.listed(Path(__file__).with_name("decisions.txt"))
MIXES = {
    "FR": figure(Role.ELECTRICITY, "0.5", id="mix", spread=Spread.read("30 %")),
    "DE": figure(Role.ELECTRICITY, "0.8", id="mix-de"),
}
BOTH_WAYS = figure(Role.EMBODIED, "700", id="one-server", stages=frozenset({Stage.MANUFACTURING, Stage.DISTRIBUTION}))
PROVIDERS = [
    *(one for one in KNOWN if one.role is not Role.ELECTRICITY), Figures(Role.ELECTRICITY, MIXES),
    Figures(Role.EMBODIED, {"One": BOTH_WAYS}, "maker", match=ghg.Match.EXACT),
]  # fmt: skip
CELLS = ("domain", "kind", "stage", "equipment", "route", "data_kind", "place")
ROWS = [
    item(2, number=10), item(3, "server", 6), item(4, "laptop", 4, domain="Rooms"), item(5, "server", 1, energy="100"),
    item(6, "server", 2, model="One"), spent(2, 1000), spent(3, 500, domain="Rooms"),
]  # fmt: skip


def decisions() -> dict[str, Scenario]:
    """Return each lever; made anew for each case, for they are what is tried."""
    return {
        "nothing": Scenario("nothing"),
        "half the servers become laptops": Scenario("a").replace(equipment="server", by="laptop", share="0.5"),
        "a third, second hand": Scenario("b").replace(equipment="server", by="laptop", share=Fraction(1, 3), kinds=("embodied",)),
        "all of them": Scenario("c").replace(equipment="server", by="laptop"),
        "one room does without": Scenario("d").reduce(domain="Rooms"),
        "a tenth less of one type": Scenario("e").reduce(share=0.1, equipment="laptop", kind="use"),
        "three laptops fewer": Scenario("f").reduce(items=3, equipment="laptop", kind="embodied"),
        "all laptops fewer": Scenario("g").reduce(items=14, equipment="laptop", kind="embodied"),
        "no laptop fewer": Scenario("h").reduce(items=0, equipment="laptop", kind="embodied"),
        "kept three tenths of a year longer": Scenario("i").keep_longer(equipment="laptop", years=0.3),
        "kept a third of a year longer": Scenario("q").keep_longer(equipment="laptop", years=Fraction(1, 3)),
        "bought from a maker": Scenario("t").replace(equipment="laptop", by="One", kinds=("embodied",)),
        "none less": Scenario("r").reduce(share=0, kind="use"),
        "one cell alone": Scenario("s").reduce(
            domain="Rooms", kind="use", stage="use", equipment="laptop", route="use", data_kind="item_type", place="FR"
        ),
        "three machines in one": Scenario("j").virtualise(equipment="server", physical=1, logical=3),
        "as many machines as before": Scenario("k").virtualise(equipment="server", physical=2, logical=2),
        "the electricity of another place": Scenario("l").electricity(place="DE"),
        "the electricity of another year": Scenario("m").electricity(year=2020),
        "a ratio of a supplier": Scenario("n").factor("invented-table#monetary-telecom", "100", source="the supplier"),
        "two levers in order": Scenario("o").reduce(share="0.5", equipment="server").replace(
            equipment="server", by="laptop", share="0.5"
        ),
        "a type in another place": Scenario("p").replace(equipment="server", by="laptop").electricity(place="DE"),
    }  # fmt: skip


def impossible() -> tuple[Scenario, ...]:
    """Return levers that the data cannot say."""
    return (
        Scenario("no cell").reduce(kind="embodied", equipment="tablet"),
        Scenario("no dimension").reduce(taste="bitter", colour="red", kind="use"),
        Scenario("too many").reduce(items="14.5", equipment="laptop", kind="embodied"),
        Scenario("items of euros").reduce(items=1, kind="services"),
        Scenario("no factor").replace(equipment="laptop", by="slate"),
        Scenario("no place").electricity(place="XX"),
        Scenario("no type").keep_longer(equipment="tablet", years=1),
        Scenario("no coefficient").factor("nobody#1", "3", source="me"),
    )


def today(*scenarios: Scenario, known: Iterable[Any] = PROVIDERS, **chosen: Any) -> ghg.Footprint:
    """Return the footprint of the rows, with what the scenarios need."""
    return ghg.assess(
        ghg.Inventory.of(ROWS), methodology(cells=CELLS, **chosen), ghg.Catalogue.of(*known), scenarios=scenarios
    )


def levers() -> Iterator[str]:
    named = decisions()
    base = today(*named.values())
    for name, outcome in zip(named, outcomes(base, named.values()), strict=True):
        kinds = " ".join(f"{kind}:{kg}" for kind, kg in outcome.kinds.items())
        yield f"{outcome.scenario.name}: {name} | {outcome.difference} | {kinds}"
        yield f"between | {' '.join(map(str, outcome.edges)) or 'sure'}"
        yield from _changed(base.cells, outcome.footprint.cells)


def _changed(before: dict[Any, Fraction], after: dict[Any, Fraction]) -> Iterator[str]:
    for cell in sorted({*before, *after}):
        if before.get(cell) != after.get(cell):
            yield f"{'/'.join(cell)} | {before.get(cell, 'nothing')} -> {after.get(cell, 'nothing')}"


def asked() -> Iterator[str]:
    """The chains that a scenario asks for beside those of today."""
    columns = [key for _, key in today().matrix.entries]
    for name, scenario in decisions().items():
        yield f"{name} | {' then '.join(map(str, scenario.levers)) or 'no lever'}"
        asked = dict.fromkeys(other for key in columns for other in scenario.keys(key))
        yield from (f"{name} | {key.route} {key.unit} {' '.join(map(str, key.factors))}" for key in asked)


def declined() -> Iterator[str]:
    yield from _said(today(*impossible()), impossible())
    late = Scenario("late").electricity(place="DE"), Scenario("new").replace(equipment="laptop", by="server")
    yield from _said(today(), late)
    longer = Scenario("longer").keep_longer(equipment="laptop", years=1)
    yield from _said(today(longer, allocation=Allocation.STRAIGHT_LINE), [longer])
    yield from _said(today(longer, known=[one for one in PROVIDERS if one.role is not Role.LIFETIME]), [longer])


def _said(base: ghg.Footprint, scenarios: Iterable[Scenario]) -> Iterator[str]:
    for one in weighed(base, scenarios):
        if isinstance(one, Declined):
            yield f"{one.scenario.name} | {one.reason.code} | {one.reason.text('fr')}"
        elif isinstance(one, Outcome):
            yield f"{one.scenario.name} | {one.difference}"


TOTALS = {year: Fraction(kg) for year, kg in {2024: 90, 2019: 50, 2020: 60, 2021: 68, 2022: 68, 2023: 80}.items()}
TARGET = Target(2020, 2030, "-40", "the council")


def series() -> Iterator[str]:
    yield " ".join(f"{year}:{trend}" for year, trend in trends(TOTALS).items())
    gaps = {2018: 10, 2020: 30, 2021: 40, 2024: 55, 2025: 60, 2026: 20, 2027: 21, 2028: 22, 2029: "22.5"}
    yield " ".join(
        f"{year}:{trend}" for year, trend in trends({year: Fraction(kg) for year, kg in gaps.items()}).items()
    )
    yield f"{trends({})} {trends({2024: Fraction(1)})}"
    chronicle = Chronicle(TOTALS, (), TARGET)
    yield " ".join(f"{year}:{chronicle.allowed(year)}" for year in (2019, 2020, 2021, 2025, 2030, 2031))
    yield f"{chronicle.trends == trends(TOTALS)} {Chronicle(TOTALS, ()).allowed(2025)}"
    yield f"{Target(2020, 2021, '-100', 'all').allowed(Fraction(7), 2021)}"
    yield f"{Target(2020, 2022, '10', 'more').allowed(Fraction(8), 2021)}"


def a_bridge() -> Iterator[str]:
    """From 100 by way of four causes to 96, over cells of two dimensions."""
    cells = {
        "perimeter": {("a", "x"): 5, ("b", "x"): -2}, "method": {("b", "y"): 3, ("a", "y"): 3},
        "factors": {("a", "x"): -9, ("b", "y"): 9, ("b", "x"): 1},
        "activity": {("a", "x"): -10, ("a", "y"): 4, ("b", "y"): -8},
    }  # fmt: skip
    changes = tuple(Change(cause, {cell: Fraction(kg) for cell, kg in found.items()}) for cause, found in cells.items())
    bridge = YearBridge((2023, 2024), ("domain", "kind"), Fraction(100), changes, Fraction(96))
    yield f"{' '.join(f'{change.cause}:{change.total}' for change in changes)} | {bridge.replayed}"
    for cause in cells:
        for names in ((), ("domain",), ("kind",), ("kind", "domain")):
            groups = " ".join(f"{'/'.join(key)}:{kg}" for key, kg in bridge.by(cause, *names).items())
            yield f"{cause} by {' '.join(names) or 'nothing'} | {groups}"


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "each lever": levers,
    "what is asked beforehand": asked,
    "what is declined": declined,
    "years in a row": series,
    "a bridge": a_bridge,
}
REFUSED: Final[dict[str, Callable[[], object]]] = {
    "more than all": lambda: Scenario("x").replace(equipment="a", by="b", share="1.5"),
    "less than nothing": lambda: Scenario("x").reduce(share=-0.5),
    "fewer years": lambda: Scenario("x").keep_longer(equipment="a", years=-1),
    "fewer than no items": lambda: Scenario("x").reduce(items="-1"),
    "more machines than before": lambda: Scenario("x").virtualise(equipment="a", physical=3, logical=2),
    "on no machine": lambda: Scenario("x").virtualise(equipment="a", physical=0, logical=2),
    "a value without a source": lambda: Scenario("x").factor("a#1", "3", source=" "),
    "a value that is no number": lambda: Scenario("x").factor("a#1", "three", source="me"),
    "a target in its own base year": lambda: Target(2020, 2020, "-40", "x"),
    "a target below nothing": lambda: Target(2020, 2030, "-100.1", "x"),
    "a target that nobody decided": lambda: Target(2020, 2030, "-40", " "),
}


@pytest.mark.parametrize("title", CASES)
def test_what_is_decided_comes_out_as_written(title):
    assert list(CASES[title]()) == LISTED[title]


@pytest.mark.parametrize("title", REFUSED)
def test_what_cannot_be_decided_is_refused_word_by_word(title):
    with pytest.raises(ghg.GhgError) as refused:
        REFUSED[title]()
    assert list(told.faults([refused.value])) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES) | set(REFUSED)
