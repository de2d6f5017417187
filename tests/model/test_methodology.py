"""A methodology says everything that a person chose, and is refused where it contradicts itself."""

import pytest

from ghg_numerique import Activity, ConfigurationError, Methodology, Role, Stage
from ghg_numerique.terms import Allocation
from town import METHODOLOGY, methodology

HEAD = 'title = "Town"\ndomains = ["Office", "Rooms"]\n'
ROUTE = '[[routes]]\nname = "embodied"\nactivity = "hardware"\nstage = "manufacturing"\nlinks = ["embodied"]\n'


def refusal(text: str) -> ConfigurationError:
    """Return the only fault of a page."""
    with pytest.raises(ConfigurationError) as refused:
        Methodology.parse(text, name="methodology.toml")
    (fault,) = refused.value.facts["faults"]
    return fault


def test_a_short_page_is_enough():
    read = Methodology.parse(HEAD + "year = 2024\n" + ROUTE)
    assert (read.year, read.allocation, read.stages) == (2024, Allocation.FLOW, tuple(Stage))
    assert [route.name for route in read.routes_for(Activity.HARDWARE)] == ["embodied"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('cells = ["domain", "kind", "data_kind", "colour"]', "cells"),
        ('cells = ["domain", "stage"]', "cells-missing"),
        ('rollups = { tier = { one = ["Cellar"] } }', "rollup-domain"),
        ('rollups = { tier = { one = ["Office"], two = ["Office", "Rooms"] } }', "rollup-twice"),
        ('rollups = { domain = { one = ["Office"] } }', "rollup-name"),
        ('assign = { equipment = { laptop = "Cellar" } }', "assign-domain"),
        ('prices = { vat = "-1" }', "vat"),
        ('prices = { deflators = [{ year = 2024, into = 2023, value = "-0.9", source = "x" }] }', "deflator"),
        ('boundary = [{ reason = "no idea" }]', "boundary-nothing"),
        ('boundary = [{ reason = "no pattern", account = "61", keep = ["6156"] }]', "boundary-keep"),
        ("year = 0", "year-range"),
        ("year = 99999", "year-range"),
        (ROUTE, "routes-twice"),
    ],
)
def test_a_page_that_contradicts_itself_is_refused(lines, code):
    fault = refusal(HEAD + lines + "\n" + ROUTE)
    assert fault.code == code
    assert not fault.text("en").startswith(":")


def route(name, stage, activity="hardware", links=("embodied",)):
    named = ", ".join(f'"{role}"' for role in links)
    return f'[[routes]]\nname = "{name}"\nactivity = "{activity}"\nstage = "{stage}"\nlinks = [{named}]\n'


def test_one_figure_under_two_kinds_is_refused_with_both_routes_named():
    fault = refusal(HEAD + ROUTE + route("supplied", "cradle_to_gate"))
    assert fault.code == "routes-same"
    for language in ("fr", "en"):
        assert all(word in fault.text(language) for word in ("embodied", "supplied", "stages"))


def test_two_kinds_that_multiply_the_same_in_another_order_are_one_figure():
    links = ("energy", "electricity")
    fault = refusal(HEAD + route("power", "use", links=links) + route("grid", "cradle_to_gate", links=links[::-1]))
    assert (fault.code, fault.facts["roles"]) == ("routes-same", "electricity, energy")


@pytest.mark.parametrize(
    "page",
    [
        HEAD + ROUTE + route("end", "end_of_life"),  # one kind: the second is tried where the first finds nothing
        HEAD + ROUTE + route("ratio", "cradle_to_gate", "spending", ("monetary",)),
        HEAD + 'stages = ["manufacturing", "use"]\n' + ROUTE + route("supplied", "cradle_to_gate"),
        HEAD + route("power", "use", links=("energy", "electricity")) + ROUTE,
    ],
)
def test_routes_that_add_nothing_twice_are_read(page):
    assert Methodology.parse(page).routes


@pytest.mark.parametrize(
    ("domains", "code"), [('["Office", ""]', "domains-empty"), ('["A", "B", "A"]', "domains-twice")]
)
def test_a_domain_has_a_name_of_its_own(domains, code):
    assert refusal(f'title = "Town"\ndomains = {domains}\n' + ROUTE).code == code


def test_a_page_without_a_year_waits_for_one():
    read = Methodology.parse(HEAD + ROUTE)
    assert read.for_year(2023).reporting_year == 2023
    with pytest.raises(ConfigurationError, match="year = 2024"):
        _ = read.reporting_year


def test_a_stage_outside_the_boundary_takes_its_routes_with_it():
    without = methodology(stages=(Stage.MANUFACTURING,))
    assert [route.name for route in without.routes_for(Activity.HARDWARE)] == ["embodied"]
    assert without.routes_for(Activity.SPENDING) == ()


def test_providers_that_are_not_named_come_last_and_tie():
    ranked = methodology(priority={Role.EMBODIED: ("first", "second")})
    assert [ranked.rank(Role.EMBODIED, name) for name in ("first", "second", "other", "another")] == [0, 1, 2, 2]
    assert ranked.rank(Role.ENERGY, "first") == 0


def test_the_fingerprint_follows_what_was_chosen_and_not_the_layout():
    one = Methodology.parse(HEAD + "year = 2024\n" + ROUTE)
    other = Methodology.parse("year = 2024   # the same\n" + HEAD.replace("\n", "\n\n") + ROUTE)
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != one.for_year(2023).fingerprint
    assert METHODOLOGY.fingerprint != methodology(allocation=Allocation.STRAIGHT_LINE).fingerprint
