"""Draws belong to coefficients: shared ones move together, and nothing else moves them.

- no spread: no width; a seed gives the same draws for any order and partition of the rows
- splitting a line changes no draw; a line and its credit note leave no width
- the published value lies inside the interval, and a wider level gives a wider interval
"""

from datetime import date

import attrs
import ghg_numerique as ghg
import pytest
from ghg_numerique.testing import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from village import PROVIDERS, SPREAD_PROVIDERS, assess

pytestmark = pytest.mark.law

LAPTOP = ghg.HardwareItem("p", "laptop", 10, date(2024, 1, 1))
SERVER = ghg.HardwareItem("q", "server", 2, date(2022, 1, 1))
DRAWS = 400


def spread(rows: list[ghg.ActivityData]) -> ghg.Footprint:
    return assess(rows, providers=SPREAD_PROVIDERS)


def test_without_spread_the_interval_is_the_value() -> None:
    footprint = assess([LAPTOP], providers=PROVIDERS)
    low, high = footprint.interval(draws=50, seed=1)
    assert low == high
    assert float(low.value) == pytest.approx(float(footprint.exact_total()), rel=1e-12)


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.permutations([LAPTOP, SERVER]))
def test_a_seed_gives_the_same_draws_in_any_order(seed: int, rows: list[ghg.ActivityData]) -> None:
    assert spread(rows).interval(draws=DRAWS, seed=seed) == spread([LAPTOP, SERVER]).interval(draws=DRAWS, seed=seed)


def test_another_seed_gives_other_draws() -> None:
    assert spread([LAPTOP]).interval(draws=DRAWS, seed=1) != spread([LAPTOP]).interval(draws=DRAWS, seed=2)


def test_splitting_a_line_changes_no_draw() -> None:
    halves: list[ghg.ActivityData] = [attrs.evolve(LAPTOP, quantity=5), attrs.evolve(LAPTOP, quantity=5, id="r")]
    assert spread(halves).interval(draws=DRAWS) == spread([LAPTOP]).interval(draws=DRAWS)


def test_the_draws_of_a_factor_do_not_move_with_other_factors() -> None:
    alone = spread([LAPTOP]).sheet.multipliers(DRAWS, 7)
    beside = spread([LAPTOP, SERVER]).sheet.multipliers(DRAWS, 7)
    assert set(alone) < set(beside)
    assert all((alone[name] == beside[name]).all() for name in alone)


def test_a_shared_factor_is_drawn_once_so_that_a_thousand_lines_are_as_unsure_as_one() -> None:
    many: list[ghg.ActivityData] = [attrs.evolve(LAPTOP, quantity=1, id=f"{n}") for n in range(1000)]
    one: list[ghg.ActivityData] = [attrs.evolve(LAPTOP, quantity=1000)]
    assert spread(many).interval(draws=DRAWS) == spread(one).interval(draws=DRAWS)


def test_a_line_and_its_credit_note_leave_no_width() -> None:
    line = ghg.SpendingLine("s", 1000, "EUR_HT", date(2024, 1, 1), nature="telecom")
    note = ghg.SpendingLine("t", -1000, "EUR_HT", date(2024, 1, 1), nature="telecom", credit_note=True)
    low, high = spread([line, note]).interval(draws=DRAWS)
    assert low.value == high.value == 0


@settings(max_examples=25)
@given(cases(), st.integers(0, 100))
def test_a_wider_level_is_never_narrower(case: Case, seed: int) -> None:
    narrow, wide = (case.footprint.interval(level, draws=200, seed=seed) for level in (0.5, 0.9))
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


def test_the_spread_of_a_source_is_the_upper_end_of_its_interval() -> None:
    low, high = spread([attrs.evolve(LAPTOP, state=ghg.State.IN_STOCK)]).interval(0.95, draws=40_000, seed=3)
    assert float(high.value) / 1930 == pytest.approx(1.5, rel=0.02)
    assert float(low.value) / 1930 == pytest.approx(1 / 1.5, rel=0.02)
