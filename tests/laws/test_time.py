"""Time is counted in whole days, so that years, months and lifetimes add up exactly.

- straight line over all years = flow; flow falls into exactly one year
- months add up to the year; a whole year in service is the annual figure, in leap years too
- moving everything by the same number of years changes nothing, given the same factors
"""

from datetime import date
from fractions import Fraction

import attrs
import ghg_numerique as ghg
import numpy as np
import pytest
from ghg_numerique.engine.allocate import lifetime_days, service_days
from hypothesis import given
from hypothesis import strategies as st
from village import assess, kind, village

pytestmark = pytest.mark.law

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
YEARS = range(2010, 2045)


def laptop(entered: date, left: date | None = None, quantity: int = 3) -> ghg.HardwareItem:
    return ghg.HardwareItem("p", "laptop", quantity, entered, left)


def day(when: date) -> np.ndarray:
    return np.array([when.toordinal()])


def over_years(row: ghg.HardwareItem, allocation: ghg.Allocation, of: ghg.Kind) -> list[Fraction]:
    return [kind(assess([row], village(allocation=allocation, year=year)), of) for year in YEARS]


@given(days, st.none() | st.integers(0, 4000), st.integers(1, 1000))
def test_straight_line_over_all_years_is_the_flow(entered: date, stays: int | None, quantity: int) -> None:
    left = None if stays is None else date.fromordinal(entered.toordinal() + stays)
    row = laptop(entered, left, quantity)
    flow = over_years(row, ghg.Allocation.FLOW, ghg.Kind.EMBODIED)
    straight = over_years(row, ghg.Allocation.STRAIGHT_LINE, ghg.Kind.EMBODIED)
    assert sum(straight) == sum(flow) == 193 * quantity
    assert [year for year, amount in zip(YEARS, flow, strict=True) if amount] == [entered.year]
    assert all(amount >= 0 for amount in straight)


@given(days, days, st.integers(2015, 2030))
def test_months_add_up_to_the_year(start: date, end: date, year: int) -> None:
    firsts = [date(year, month, 1).toordinal() for month in range(1, 13)] + [date(year + 1, 1, 1).toordinal()]
    entered, left = day(start), day(max(start, end))
    for count in (service_days, lambda s, e, a, b: lifetime_days(s, e - s, a, b)):
        months = sum(int(count(entered, left, a, b)[0]) for a, b in zip(firsts, firsts[1:], strict=False))
        assert months == int(count(entered, left, firsts[0], firsts[-1])[0])


@given(days, st.integers(0, 3000), st.integers(0, 3000))
def test_two_adjoining_services_are_one(start: date, first: int, second: int) -> None:
    a, b, c = (day(date.fromordinal(start.toordinal() + n)) for n in (0, first, first + second))
    window = (date(2020, 1, 1).toordinal(), date(2024, 1, 1).toordinal())
    assert service_days(a, b, *window) + service_days(b, c, *window) == service_days(a, c, *window)


@pytest.mark.parametrize("year", [2023, 2024, 2000, 2100])
def test_a_whole_year_in_service_is_the_annual_figure(year: int) -> None:
    footprint = assess([laptop(date(year - 1, 5, 1), quantity=1)], village(year=year))
    assert kind(footprint, ghg.Kind.USE) == Fraction(30) * Fraction("0.052")


@given(days, st.none() | st.integers(0, 2000), st.integers(1, 12))
def test_moving_everything_by_twenty_eight_years_changes_nothing(entered: date, stays: int | None, year: int) -> None:
    left = None if stays is None else date.fromordinal(entered.toordinal() + stays)
    row = laptop(entered, left)
    moved = laptop(later(entered), None if left is None else later(left))
    now = assess([row], village(year=2015 + year))
    then = assess([moved], village(year=2043 + year))
    assert now.exact_total() == then.exact_total()


def later(when: date) -> date:
    """Return the day 28 years later: leap years come back, until 2100."""
    return when.replace(year=when.year + 28)


@pytest.mark.parametrize(
    ("entered", "year", "counts"),
    [
        (date(2024, 12, 31), 2024, True),
        (date(2025, 1, 1), 2024, False),
        (date(2024, 1, 1), 2024, True),
        (date(2024, 2, 29), 2024, True),
        (date(2023, 12, 31), 2024, False),
    ],
)
def test_flow_falls_into_the_year_of_entry(entered: date, year: int, counts: bool) -> None:
    assert (kind(assess([laptop(entered)], village(year=year)), ghg.Kind.EMBODIED) == 3 * 193) is counts


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_time_zone_of_the_machine_plays_no_part(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    row = laptop(date(2024, 12, 31))
    expected = assess([row]).cells
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert assess([row]).cells == expected


def test_a_changed_lifetime_changes_only_the_years_and_not_the_sum() -> None:
    row = laptop(date(2024, 7, 1))
    shorter = attrs.evolve(village(), allocation=ghg.Allocation.STRAIGHT_LINE)
    assert kind(assess([row], shorter), ghg.Kind.EMBODIED) == Fraction(193 * 3 * 184, 1552)
