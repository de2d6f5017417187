"""Draws belong to coefficients: what shares a coefficient shares its draw, whatever stands beside it.

- no spread: every draw is the value itself
- a seed gives the same draws in any order, any partition, and whatever other coefficients there are
- a line may be split, and moved to another domain: the interval stays, to the last bit
- a line and its credit note leave no uncertainty behind
- the exact mean and deviation are those of the draws
- what two footprints share does not vary in their difference
- a common cause of error is drawn once, whatever rows it touches
"""

import math
from datetime import date
from fractions import Fraction
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.algebra.exposure import coverage, exposures
from ghg_numerique.algebra.laws import Lognormal
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together, multiples
from ghg_numerique.decimals import rounded
from ghg_numerique.testing import Case, FixedProvider, cases, parts_of
from village import METHODOLOGY, PROVIDERS, SAID, SPREAD_PROVIDERS, assess, kind, provider

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
    whole = case.footprint.uncertain()
    alone = [Uncertain.of([(term, amount)], whole.laws) for term, amount in whole.terms.items()]
    together = drawn_together([*alone, whole], 7, seed=seed)
    for row, term in enumerate(alone):
        assert np.array_equal(term.draws(7, seed=seed), together[row])
    assert np.array_equal(whole.draws(7, seed=seed), together[-1])


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
    ((identity, law),) = footprint.sheet.laws.items()
    draws = np.concatenate(list(multiples(identity, law, 31, seed, 31)))
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


@pytest.fixture(scope="module")
def ville() -> ghg.Footprint:
    return ghg.Folder.open(Path(__file__).parents[2] / "examples" / "ville").footprint


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_moments_are_those_of_the_draws(ville: ghg.Footprint, seed: int) -> None:
    """|z| <= 4.5 for the mean and for the variance, of the total and of each domain."""
    amounts = [ville.uncertain(), *ville.uncertain_by("domain").values()]
    for amount, draws in zip(amounts, drawn_together(amounts, 20_000, seed=seed), strict=True):
        centred, variance = draws - amount.mean, amount.deviation**2
        spare = 1e-9 * abs(amount.mean)
        fourth = float((centred**4).mean())
        assert abs(centred.mean()) <= 4.5 * math.sqrt(variance / len(draws)) + spare
        error = math.sqrt(max(fourth - variance**2, 0) / len(draws))
        assert abs(float((centred**2).mean()) - variance) <= 4.5 * error + spare


@given(cases())
def test_contributions_make_the_whole_variance(case: Case) -> None:
    amount = case.footprint.uncertain()
    parts = amount.contributions()
    assert all(-1e-12 <= one.alone <= one.together + 1e-12 for one in parts)
    assert sum(one.alone for one in parts) <= 1 + 1e-9
    assert not parts or amount.deviation == 0 or sum(one.together for one in parts) >= 1 - 1e-9


@given(cases())
def test_a_wider_spread_never_makes_the_total_surer(case: Case) -> None:
    """For amounts of one sign."""
    amount = case.footprint.uncertain()
    positive = attrs.evolve(amount, terms={term: abs(part) for term, part in amount.terms.items()})
    for identity in positive.laws:
        wider = attrs.evolve(positive, laws={**positive.laws, identity: Lognormal(1.0)})
        assert wider.deviation >= positive.deviation * (1 - 1e-12)


@given(quantities, quantities, seeds)
def test_the_difference_of_two_years_varies_by_what_they_do_not_share(one: int, other: int, seed: int) -> None:
    before = assess([ghg.HardwareItem("1", "laptop", one, DAY)], providers=SPREAD_PROVIDERS).uncertain()
    after = assess([ghg.HardwareItem("1", "laptop", one + other, DAY)], providers=SPREAD_PROVIDERS).uncertain()
    more = assess([ghg.HardwareItem("1", "laptop", other, DAY)], providers=SPREAD_PROVIDERS).uncertain()
    change = after - before
    assert change.terms == more.terms
    assert np.array_equal(change.draws(31, seed=seed), more.draws(31, seed=seed))
    assert (after - after).deviation == 0.0
    assert change.deviation < (after + before).deviation


@given(quantities, quantities, seeds)
def test_a_cause_is_one_draw_for_all_rows_that_it_touches(laptops: int, servers: int, seed: int) -> None:
    rows = [ghg.HardwareItem("1", "laptop", laptops, DAY), ghg.HardwareItem("2", "server", servers, DAY)]
    cause = ghg.Cause("abacus", "20 %", "said by the town", {"kind": "use"})
    plain = assess(rows)
    footprint = attrs.evolve(plain, causes=(cause,))
    by_kind = footprint.uncertain_by("kind")
    assert by_kind[ghg.Kind.EMBODIED].deviation == 0
    assert by_kind[ghg.Kind.USE].terms == {(cause.identity,): kind(plain, ghg.Kind.USE)}
    assert footprint.exact_total() == plain.exact_total() == footprint.uncertain().published.value
    (low, high), total = footprint.interval(seed=seed), float(plain.exact_total())
    assert float(low) < total < float(high)


@given(cases(), seeds)
def test_groups_add_up_draw_by_draw(case: Case, seed: int) -> None:
    footprint = case.footprint
    for name in ("domain", "kind"):
        parts = list(footprint.uncertain_by(name).values())
        draws = drawn_together([*parts, footprint.uncertain()], 31, seed=seed)
        assert np.allclose(draws[:-1].sum(axis=0), draws[-1], rtol=1e-9, atol=1e-6)


@given(cases())
def test_every_cell_varies_by_its_own_part(case: Case) -> None:
    footprint = case.footprint
    cells = footprint.uncertain_cross(*footprint.dimensions)
    assert {cell: amount.published.value for cell, amount in cells.items()} == footprint.cells
    whole = sum(cells.values(), start=Uncertain.nothing())
    assert whole.terms == footprint.uncertain().terms


@given(cases())
def test_coverage_makes_the_whole_total(case: Case) -> None:
    found = coverage(case.footprint)
    assert found.declared + found.partly + found.undeclared + found.bare == case.footprint.exact_total()


@given(cases(), st.data())
def test_the_change_that_moves_the_total_by_five_percent_does(case: Case, data: st.DataObject) -> None:
    footprint, part = case.footprint, Fraction(5, 100)
    found = [one for one in exposures(footprint) if one.amount and one.total]
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    change = one.change_for(part)
    assert change is not None
    sign = 1 if one.amount * one.total > 0 else -1
    other = one.coefficient.exact * (1 + sign * change)
    moved = footprint.with_factors({one.coefficient.identity: str(other)}) if other >= 0 else None
    assert moved is None or moved.exact_total() == footprint.exact_total() * (1 + part)


def test_one_coefficient_by_two_laws_is_refused() -> None:
    one, other = (Uncertain.of([(("table#1",), Fraction(1))], {"table#1": Lognormal(sigma)}) for sigma in (0.1, 0.2))
    with pytest.raises(ghg.ConfigurationError) as caught:
        one + other
    assert caught.value.code == "two-laws"


@given(cases(), seeds, st.integers(-3, 6))
def test_twice_the_amount_is_twice_every_draw_to_the_last_bit(case: Case, seed: int, power: int) -> None:
    amount, times = case.footprint.uncertain(), Fraction(2) ** power
    scaled = attrs.evolve(amount, terms={term: part * times for term, part in amount.terms.items()})
    assert np.array_equal(scaled.draws(7, seed=seed), amount.draws(7, seed=seed) * float(times))


@given(cases())
def test_a_total_is_no_surer_than_independent_parts_and_no_less_sure_than_all_in_step(case: Case) -> None:
    """sqrt(sum of squares) <= deviation <= sum, over the parts that share what they share, all of one sign."""
    amount = case.footprint.uncertain()
    positive = {term: abs(part) for term, part in amount.terms.items()}
    parts = [Uncertain.of([(term, part)], amount.laws).deviation for term, part in positive.items()]
    whole = attrs.evolve(amount, terms=positive).deviation
    assert math.sqrt(math.fsum(part * part for part in parts)) <= whole * (1 + 1e-9) + 1e-9
    assert whole <= math.fsum(parts) * (1 + 1e-9) + 1e-9
