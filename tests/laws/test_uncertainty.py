"""Draws belong to coefficients: what shares a coefficient shares its draw, whatever stands beside it.

- no spread: every draw is the value itself
- a seed gives the same draws in any order, any partition, and whatever other coefficients there are
- a line may be split, and moved to another domain: the interval stays, to the last bit
- a line and its credit note leave no uncertainty behind
"""

from datetime import date
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.decimals import rounded
from ghg_numerique.testing import Case, FixedProvider, cases, parts_of
from village import METHODOLOGY, PROVIDERS, SAID, SPREAD_PROVIDERS, assess, provider

pytestmark = pytest.mark.law

LEVELS = (0.0, 0.5, 1.0)
DAY = date(2024, 5, 1)
quantities = st.integers(1, 10**6)
seeds = st.integers(0, 10**6)


def intervals(footprint: ghg.Footprint, seed: int) -> list[tuple[ghg.Quantity, ghg.Quantity]]:
    return [footprint.interval(level, draws=31, seed=seed) for level in LEVELS]


def uncertain(role: ghg.Role) -> list[FixedProvider]:
    """Return the village's providers, with a spread on the coefficients of one role only."""
    return [provider(role, SAID[role], "50") if one.role is role else one for one in PROVIDERS]


def without_spread(case: Case) -> Case:
    told = tuple(
        attrs.evolve(
            one, coefficients={word: attrs.evolve(said, spread=None) for word, said in one.coefficients.items()}
        )
        for one in case.providers
    )
    return attrs.evolve(case, providers=told)


@given(cases(), seeds)
def test_without_spread_every_draw_is_the_value(case: Case, seed: int) -> None:
    footprint = without_spread(case).footprint
    point = ghg.Quantity(rounded(Fraction(float(footprint.exact_total())), 6), "kgCO2eq")
    assert footprint.exact_total() == case.footprint.exact_total()
    assert intervals(footprint, seed) == [(point, point)] * len(LEVELS)


@given(cases(), seeds, st.data())
def test_a_seed_gives_the_same_interval_in_any_partition(case: Case, seed: int, data: st.DataObject) -> None:
    parts = data.draw(parts_of(case.inventory))
    matrices = [ghg.post(part, case.resolution) for part in parts]
    summed = attrs.evolve(case.footprint, matrix=sum(matrices, start=ghg.ActivityMatrix.zero()))
    assert intervals(summed, seed) == intervals(case.footprint, seed)
    shuffled = ghg.Inventory.concat(parts)
    again = ghg.assess(shuffled, case.methodology, ghg.Catalogue.of(*case.providers[::-1]))
    assert intervals(again, seed) == intervals(case.footprint, seed)


@given(cases(), seeds)
def test_the_draws_of_a_coefficient_do_not_depend_on_the_others(case: Case, seed: int) -> None:
    sheet = case.footprint.sheet
    together = sheet.multipliers(7, seed)
    for key, chain in sheet.chains.items():
        for identity, draws in ghg.FactorSheet({key: chain}).multipliers(7, seed).items():
            assert np.array_equal(draws, together[identity])


@given(quantities, quantities, seeds)
def test_two_lines_that_share_a_coefficient_are_as_uncertain_as_one(one: int, other: int, seed: int) -> None:
    here, there = METHODOLOGY.domains[:2]
    parts = [
        ghg.HardwareItem("1", "laptop", one, DAY, domain=here),
        ghg.HardwareItem("2", "laptop", other, DAY, domain=there),
    ]
    whole = [ghg.HardwareItem("3", "laptop", one + other, DAY, domain=here)]
    split, single = assess(parts, providers=SPREAD_PROVIDERS), assess(whole, providers=SPREAD_PROVIDERS)
    assert len(split.cells) == 2 * len(single.cells)
    assert intervals(split, seed) == intervals(single, seed)


@given(quantities, quantities, seeds)
def test_a_mix_is_drawn_once_for_all_equipment(laptops: int, servers: int, seed: int) -> None:
    """Nothing but the mix is uncertain, so each draw of the total is the fixed part plus a multiple of all electricity."""
    rows = [ghg.HardwareItem("1", "laptop", laptops, DAY), ghg.HardwareItem("2", "server", servers, DAY)]
    footprint = assess(rows, providers=uncertain(ghg.Role.ELECTRICITY))
    (draws,) = footprint.sheet.multipliers(31, seed).values()
    use = footprint.by("kind").groups[ghg.Kind.USE]
    totals = np.sort(float(footprint.exact_total() - use) + float(use) * draws)
    low, high = footprint.interval(1.0, draws=31, seed=seed)
    assert (low.value, high.value) == (rounded(Fraction(totals[0]), 6), rounded(Fraction(totals[-1]), 6))


@given(quantities, seeds)
def test_a_credit_note_takes_the_uncertainty_back(amount: int, seed: int) -> None:
    line = ghg.SpendingLine("1", amount, "EUR_HT", DAY, nature="telecom")
    back = ghg.SpendingLine("2", -amount, "EUR_HT", DAY, nature="telecom", credit_note=True)
    footprint = assess([line, back], providers=SPREAD_PROVIDERS)
    nothing = ghg.Quantity(Fraction(0), "kgCO2eq")
    assert intervals(footprint, seed) == [(nothing, nothing)] * len(LEVELS)


@given(seeds)
def test_another_seed_gives_other_draws(seed: int) -> None:
    footprint = assess([ghg.HardwareItem("1", "laptop", 1, DAY)], providers=uncertain(ghg.Role.EMBODIED))
    assert intervals(footprint, seed) != intervals(footprint, seed + 1)


def test_the_published_percentage_is_the_upper_end_of_95_percent() -> None:
    """193 at 50 %: from 193 / 1.5 to 193 x 1.5, and the middle draw is the published value."""
    providers = [provider(ghg.Role.EMBODIED, SAID[ghg.Role.EMBODIED], "50")]
    footprint = assess([ghg.HardwareItem("1", "laptop", 1, DAY, state=ghg.State.IN_STOCK)], providers=providers)
    low, high = footprint.interval(0.95, draws=40_001, seed=2024)
    middle, _ = footprint.interval(0.0, draws=40_001, seed=2024)
    assert float(low) == pytest.approx(193 / 1.5, rel=0.02)
    assert float(high) == pytest.approx(193 * 1.5, rel=0.02)
    assert float(middle) == pytest.approx(193, rel=0.01)
