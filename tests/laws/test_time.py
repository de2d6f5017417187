"""A year is 365 or 366 whole days, every day is counted once, and no clock is looked at.

- flow: what enters counts in exactly one year; straight line: the shares of all years add up to the whole
- months make the year; whoever serves a whole year takes the annual value, leap year or not
- moved by years that keep the calendar, everything stays; the time zone of the machine plays no part
"""

import itertools
import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from canonical import canonical
from ghg_numerique.engine.allocate import enters, lifetime_days, service_days
from ghg_numerique.model.methodology import Prices
from ghg_numerique.terms import PriceYear
from ghg_numerique.testing import Case, cases, days, hardware_items
from village import METHODOLOGY, SAID, assess, kind, village, with_supplied

pytestmark = pytest.mark.law

FLOW, STRAIGHT = ghg.Allocation.FLOW, ghg.Allocation.STRAIGHT_LINE
EMBODIED = {word: Fraction(value) for word, value in SAID[ghg.Role.EMBODIED].items()}
known_items = st.builds(
    attrs.evolve,
    hardware_items(METHODOLOGY),
    equipment=st.sampled_from(sorted(EMBODIED)),
    state=st.sampled_from([state for state in ghg.State if state is not ghg.State.CONSUMED]),
)
ordinals = st.lists(st.integers(date(2019, 1, 1).toordinal(), date(2027, 1, 1).toordinal()), min_size=1, max_size=9)


def shifted(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


@given(known_items)
def test_flow_counts_in_exactly_one_year(item: ghg.HardwareItem) -> None:
    embodied = {year: kind(assess([item], village(year=year)), ghg.Kind.EMBODIED) for year in range(2014, 2028)}
    assert sum(embodied.values()) == Fraction(item.quantity) * EMBODIED[item.equipment]
    assert {year for year, amount in embodied.items() if amount} == ({item.entered.year} if item.quantity else set())


@given(known_items)
def test_straight_line_over_all_years_is_flow(item: ghg.HardwareItem) -> None:
    """Also for what leaves early: retiring equipment does not unmake its manufacture."""
    years = range(item.entered.year - 1, item.entered.year + 9)
    spread = [kind(assess([item], village(year=year, allocation=STRAIGHT)), ghg.Kind.EMBODIED) for year in years]
    assert sum(spread) == Fraction(item.quantity) * EMBODIED[item.equipment]
    assert all(amount >= 0 for amount in spread)


@given(known_items, st.sampled_from(ghg.Allocation))
def test_services_of_equipment_count_at_entry_in_either_allocation(
    item: ghg.HardwareItem, allocation: ghg.Allocation
) -> None:
    services = {
        year: kind(assess([item], with_supplied(year=year, allocation=allocation)), ghg.Kind.SERVICES)
        for year in range(item.entered.year - 1, item.entered.year + 9)
    }
    assert sum(services.values()) == services[item.entered.year] == Fraction(item.quantity) * EMBODIED[item.equipment]


@given(known_items)
def test_electricity_does_not_depend_on_the_allocation(item: ghg.HardwareItem) -> None:
    in_flow, straight = (assess([item], village(allocation=allocation)) for allocation in (FLOW, STRAIGHT))
    assert kind(in_flow, ghg.Kind.USE) == kind(straight, ghg.Kind.USE)


@given(ordinals, ordinals, st.integers(1, 3000))
def test_months_make_the_year_and_years_the_life(starts: list[int], lengths: list[int], lifetime: int) -> None:
    start = np.array(starts[: len(lengths)])
    end = start + np.array(lengths[: len(start)]) - date(2019, 1, 1).toordinal()
    for year in (2023, 2024):
        edges = [date(year, month, 1).toordinal() for month in range(1, 13)] + [date(year + 1, 1, 1).toordinal()]
        months = list(itertools.pairwise(edges))
        served = [service_days(start, end, *month) for month in months]
        worn = [lifetime_days(start, np.full(len(start), lifetime), *month) for month in months]
        entered = [enters(start, *month) for month in months]
        assert np.array_equal(sum(served), service_days(start, end, edges[0], edges[-1]))
        assert np.array_equal(sum(worn), lifetime_days(start, np.full(len(start), lifetime), edges[0], edges[-1]))
        assert np.array_equal(np.sum(entered, axis=0), enters(start, edges[0], edges[-1]).astype(int))
    always = date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()
    assert np.array_equal(service_days(start, end, *always), end - start)
    assert set(lifetime_days(start, np.full(len(start), lifetime), *always)) == {lifetime}


@given(st.integers(1970, 2100), st.integers(0, 9), st.integers(0, 1000))
def test_a_whole_year_in_service_takes_the_annual_value(year: int, quantity: int, more: int) -> None:
    item = ghg.HardwareItem(
        "a", "server", quantity, date(year, 1, 1) - timedelta(days=more), date(year + 1, 1, 1) + timedelta(days=more)
    )
    assert kind(assess([item], village(year=year)), ghg.Kind.USE) == quantity * Fraction("1900.5") * Fraction("0.052")


@given(days(2024), days(2024))
def test_a_change_of_state_loses_no_day(one: date, other: date) -> None:
    """[a, b) and [b, c) serve as [a, c) does."""
    a, b, c = sorted((one, other, date(2024, 7, 1)))
    parts = [ghg.HardwareItem("1", "laptop", 1, a, b), ghg.HardwareItem("2", "laptop", 1, b, c)]
    whole = [ghg.HardwareItem("3", "laptop", 1, a, c)]
    assert kind(assess(parts), ghg.Kind.USE) == kind(assess(whole), ghg.Kind.USE)


@given(days(2024), st.sampled_from(ghg.Kind))
def test_money_and_declarations_count_in_the_year_of_their_day(day: date, said: ghg.Kind) -> None:
    rows: list[ghg.ActivityData] = [
        ghg.SpendingLine("s", 1000, "EUR_HT", day, nature="telecom"),
        ghg.DeclaredEmission("d", 1, "tCO2eq", day, said),
    ]
    nearest = Prices(year=PriceYear.NEAREST)  # the ratio of the village is of 2024
    totals = {
        year: assess(rows, village(year=year, prices=nearest)).exact_total()
        for year in range(day.year - 1, day.year + 2)
    }
    assert totals == {day.year - 1: 0, day.year: 1170, day.year + 1: 0}


@given(st.lists(known_items, max_size=3), st.sampled_from((4, -4, 28)), st.sampled_from(ghg.Allocation))
def test_moved_by_years_that_keep_the_calendar_nothing_changes(
    items: list[ghg.HardwareItem], years: int, allocation: ghg.Allocation
) -> None:
    rows = [attrs.evolve(item, id=str(number)) for number, item in enumerate(items)]
    moved = [
        attrs.evolve(
            row, entered=shifted(row.entered, years), left=None if row.left is None else shifted(row.left, years)
        )
        for row in rows
    ]
    then = assess(moved, village(year=2024 + years, allocation=allocation))
    now = assess(rows, village(allocation=allocation))
    assert then.cells == now.cells
    assert then.balances == now.balances


@pytest.fixture(params=["Pacific/Kiritimati", "America/Adak", "Europe/Paris"])
def time_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """A machine elsewhere: fourteen hours ahead, ten behind, or at home."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_the_time_zone_plays_no_part(time_zone: str) -> None:
    edges = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1))
    rows = [ghg.HardwareItem(str(day), "laptop", 1, day, domain=METHODOLOGY.domains[0]) for day in edges]
    assert kind(assess(rows), ghg.Kind.EMBODIED) == 3 * 193
    assert kind(assess(rows), ghg.Kind.USE) == (366 + 366 + 307 + 1) * Fraction(30) / 366 * Fraction("0.052"), time_zone


@given(cases())
def test_a_footprint_is_the_same_tomorrow(case: Case) -> None:
    """Assessed twice, in one process, with every cache warm or new: the same bytes."""
    again = attrs.evolve(case)
    assert again.footprint is not case.footprint
    assert canonical(again.footprint) == canonical(case.footprint)
