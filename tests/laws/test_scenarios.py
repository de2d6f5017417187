"""Scenarios: each lever by hand on a village of round coefficients, what is conserved, and what is refused."""

from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.algebra.levers import Reading
from ghg_numerique.algebra.outcome import outcomes
from ghg_numerique.algebra.presentation import Presentation
from village import METHODOLOGY, PROVIDERS, village

START = date(2024, 1, 1)
ROWS = (
    ghg.HardwareItem("L", "laptop", 10, START, domain=METHODOLOGY.domains[0]),
    ghg.HardwareItem("S", "server", 6, START, domain=METHODOLOGY.domains[0]),
    ghg.SpendingLine("T", 1000, "EUR_HT", START, METHODOLOGY.domains[0], nature="telecom"),
)
YEAR = 366
"""A row in service from 1 January 2024 is there on all of its days, and counts its whole annual energy."""


def footprint(*scenarios: ghg.Scenario, methodology: ghg.Methodology = METHODOLOGY) -> ghg.Footprint:
    """Return the footprint of the rows, with what the scenarios need."""
    inventory = ghg.Inventory.of(ROWS)
    resolution = ghg.resolve(ghg.keys_of(inventory, methodology, scenarios), PROVIDERS, methodology)
    posted = ghg.postings(inventory, resolution)
    return ghg.Footprint(
        posted.matrix, resolution.sheet, methodology, posted.balances, presentation=Presentation(scenarios)
    )


def change(scenario: ghg.Scenario, **chosen: ghg.Methodology) -> dict[str, Fraction]:
    """Return what a scenario changes, by kind, in kgCO2eq; kinds that do not change are left out."""
    (outcome,) = outcomes(footprint(scenario, **chosen), [scenario])
    assert outcome.difference == sum(outcome.kinds.values())
    return {kind: amount for kind, amount in outcome.kinds.items() if amount}


def test_today_by_hand():
    """10 x 193 + 6 x 600 bought; (10 x 30 + 6 x 1900.5) kWh x 0.052; 1 kEUR x 170."""
    today = footprint().by("kind").groups
    assert today == {"embodied": 5530, "use": Fraction("608.556"), "services": 170}


def test_a_replacement_moves_items_from_one_factor_to_the_other():
    """Half of 6 servers: 3 x (193 - 600) embodied, 3 x (30 - 1900.5) x 0.052 in use."""
    assert change(ghg.Scenario("half").replace(equipment="server", by="laptop", share="0.5")) == {
        "embodied": -1221,
        "use": Fraction("-291.798"),
    }


def test_a_replacement_may_be_of_one_kind_only():
    scenario = ghg.Scenario("second hand").replace(equipment="server", by="laptop", share="0.5", kinds=("embodied",))
    assert change(scenario) == {"embodied": -1221}


def test_what_is_not_bought_has_no_manufacture_and_what_is_there_still_consumes():
    assert change(ghg.Scenario("buy nothing").reduce(kind="embodied")) == {"embodied": -5530}


def test_items_that_are_reused_are_not_bought():
    """3 of 10 laptops: 3 x 193."""
    scenario = ghg.Scenario("schools").reduce(items=3, equipment="laptop", kind="embodied")
    assert change(scenario) == {"embodied": -579}


def test_machines_that_share_a_machine():
    """3 logical on 1 physical: two thirds of 6 servers go, 4 x 600 and 4 x 1900.5 x 0.052."""
    scenario = ghg.Scenario("virtual").virtualise(equipment="server", physical=1, logical=3)
    assert change(scenario) == {"embodied": -2400, "use": Fraction("-395.304")}


def test_equipment_kept_longer_is_bought_less_often():
    """A server lasts 7 years, 7 x 365.25 = 2556.75 days, 2557 whole ones; kept 7 years more: 2557 / 5113.75 of 3600.

    Of 6 items, whole millionths remain: floor(6000000 x 2557 / 5113.75) = 3000146.
    """
    scenario = ghg.Scenario("longer").keep_longer(equipment="server", years=7)
    assert change(scenario) == {"embodied": (Fraction(3000146, 10**6) - 6) * 600}


def test_the_electricity_of_another_place():
    """11703 kWh at 0.4 instead of 0.052."""
    assert change(ghg.Scenario("elsewhere").electricity(place="DE")) == {"use": 11703 * Fraction("0.348")}


def test_another_value_for_a_coefficient_concerns_all_that_it_answers():
    (ratio,) = [link.identity for link in footprint().coefficients if link.role is ghg.Role.MONETARY]
    assert change(ghg.Scenario("greener").factor(ratio, "70", source="the supplier")) == {"services": -100}


def test_levers_act_in_order():
    """First half of the servers go, then half of the rest become laptops: 1.5 of 6 are replaced."""
    scenario = ghg.Scenario("both").reduce(share="0.5", equipment="server")
    scenario = scenario.replace(equipment="server", by="laptop", share="0.5")
    assert change(scenario)["embodied"] == -3 * 600 + Fraction("1.5") * (193 - 600)


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_activity_is_conserved_by_a_replacement_and_never_grows_by_a_reduction(part: Fraction, rest: Fraction) -> None:
    replace = ghg.Scenario("replace").replace(equipment="server", by="laptop", share=part)
    reduce = ghg.Scenario("reduce").reduce(share=rest, equipment="server")
    today = footprint(replace, reduce)
    held = {unit: _amount(today, unit) for unit in ("item", "item.day", "EUR_HT")}
    assert {unit: _amount(today.under(replace), unit) for unit in held} == held
    assert all(_amount(today.under(reduce), unit) <= amount for unit, amount in held.items())
    assert today.under(reduce).exact_total() <= today.exact_total()


def _amount(read: ghg.Footprint, unit: str) -> int:
    return sum(amount for (_, key), amount in read.matrix.entries.items() if key.unit == unit)


STRAIGHT = village(allocation=ghg.Allocation.STRAIGHT_LINE)


@pytest.mark.parametrize(
    ("scenario", "methodology", "code", "facts"),
    [
        (ghg.Scenario("x").reduce(kind="embodied", equipment="tablet"), METHODOLOGY, "scenario-nothing",
         {"what": "equipment=tablet, kind=embodied"}),
        (ghg.Scenario("x").reduce(nature="paper", colour="red"), METHODOLOGY, "scenario-dimension",
         {"names": "colour, nature", "known": ", ".join(footprint().dimensions)}),
        (ghg.Scenario("x").reduce(items=11, equipment="laptop", kind="embodied"), METHODOLOGY, "scenario-items", {}),
        (ghg.Scenario("x").reduce(items=1, equipment="laptop"), METHODOLOGY, "scenario-no-items", {}),
        (ghg.Scenario("x").replace(equipment="laptop", by="laptop", kinds=("services",)), METHODOLOGY, "scenario-nothing",
         {"what": "laptop, services"}),
        (ghg.Scenario("x").replace(equipment="laptop", by="slate"), METHODOLOGY, "scenario-key", {}),
        (ghg.Scenario("x").keep_longer(equipment="tablet", years=1), METHODOLOGY, "scenario-nothing", {"what": "tablet"}),
        (ghg.Scenario("x").keep_longer(equipment="laptop", years=1), STRAIGHT, "scenario-straight", {"equipment": "laptop"}),
        (ghg.Scenario("x").electricity(place="XX"), METHODOLOGY, "scenario-key", {}),
        (ghg.Scenario("x").factor("nobody#1", "3", source="me"), METHODOLOGY, "scenario-nothing", {"what": "nobody#1"}),
    ],
)  # fmt: skip
def test_a_lever_that_the_data_cannot_say_is_refused_with_what_is_missing(
    scenario: ghg.Scenario, methodology: ghg.Methodology, code: str, facts: dict[str, str]
) -> None:
    today = footprint(scenario, methodology=methodology)
    with pytest.raises(ghg.ConfigurationError) as refused:
        today.under(scenario)
    assert (refused.value.code, refused.value.facts["scenario"]) == (code, "x")
    assert {name: refused.value.facts[name] for name in facts} == facts
    assert all(refused.value.text(language) for language in ("fr", "en"))


def test_a_scenario_that_the_footprint_was_computed_without_is_told_to_be_named_before() -> None:
    late = ghg.Scenario("late").electricity(place="ES")
    with pytest.raises(ghg.ConfigurationError, match="assess") as refused:
        footprint().under(late)
    assert refused.value.code == "scenario-unforeseen"
    assert footprint(late).presentation.scenarios == (late,)


def test_a_cell_has_as_many_parts_as_there_are_dimensions() -> None:
    today = footprint()
    with pytest.raises(ValueError, match="shorter"):
        Reading(today.matrix, today.sheet, ("domain", "kind"), "x").named(("Office",))
    narrow = attrs.evolve(METHODOLOGY, cells=("domain", "kind", "data_kind"))
    with pytest.raises(ValueError, match="longer"):
        attrs.evolve(today, methodology=narrow).uncertain()


def test_equipment_without_a_known_lifetime_cannot_be_kept_longer():
    scenario = ghg.Scenario("x").keep_longer(equipment="laptop", years=1)
    inventory = ghg.Inventory.of(ROWS)
    known = [provider for provider in PROVIDERS if provider.role is not ghg.Role.LIFETIME]
    resolution = ghg.resolve(ghg.keys_of(inventory, METHODOLOGY, [scenario]), known, METHODOLOGY)
    posted = ghg.postings(inventory, resolution)
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Footprint(posted.matrix, resolution.sheet, METHODOLOGY, posted.balances).under(scenario)
    assert refused.value.code == "scenario-lifetime"


def test_a_float_is_the_decimal_that_it_prints() -> None:
    assert ghg.Scenario("x").reduce(share=0.1, items=0.3) == ghg.Scenario("x").reduce(share="0.1", items="0.3")
    assert ghg.Scenario("x").reduce(share=0.1) == ghg.Scenario("x").reduce(share=Fraction(1, 10))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda: ghg.Scenario("x").replace(equipment="laptop", by="server", share="1.5"), "share"),
        (lambda: ghg.Scenario("x").keep_longer(equipment="laptop", years=-1), "scenario-negative"),
        (lambda: ghg.Scenario("x").virtualise(equipment="server", physical=3, logical=2), "scenario-virtualise"),
        (lambda: ghg.Scenario("x").factor("id", "3", source=" "), "scenario-source"),
        (lambda: ghg.Scenario("x").factor("id", "-3", source="me"), "scenario-negative"),
        (lambda: ghg.Scenario("x").electricity(), "scenario-electricity"),
        (
            lambda: ghg.Scenario("x").keep_longer(equipment="a", years=1).keep_longer(equipment="a", years=1),
            "scenario-longer-twice",
        ),
    ],
)
def test_a_scenario_that_says_nonsense_is_not_made(wrong, code):
    with pytest.raises(ghg.ConfigurationError) as refused:
        wrong()
    assert refused.value.code == code
