"""The report says how sure its total is, by what the sources declare, and prints no decimal that the interval does not bear."""

import json
from fractions import Fraction

import attrs
import pytest
from footprints import SOURCE, published

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.decimals import millionths, written
from ghg_numerique.model.factors import Chain, ChainKey
from ghg_numerique.plugin import Coefficient, DataKind, Match, Role, Spread, coverage
from ghg_numerique_reports import bilan, ghg_reports

REPORTS = {report.name: report for report in ghg_reports()}
DECIMALS = {"no spread": 1, "1 %": 1, "900 %": 0}
"""Decimals of 5 tCO2eq: one for its size, and none where the interval reaches tens of tonnes."""


def drawn(kg: int, spread: str, *, bare: int = 0) -> Footprint:
    """Return a footprint of one coefficient with a declared uncertainty, and `bare` kgCO2eq that go through none."""
    declared = None if spread == "no spread" else Spread.read(spread)
    mix = Coefficient("mix", "1", "kgCO2eq/kWh", Role.ELECTRICITY, SOURCE, spread=declared)
    key, base = ChainKey("use", "kWh", ()), published()
    chain = Chain(key, (mix,), Match.EXACT, DataKind.GENERIC, frozenset())
    (other,) = base.sheet.chains
    cell = ("Impression", "use", "cradle_to_gate", "printer", "use", "generic")
    matrix = ActivityMatrix.of([((cell, key), millionths(kg)), ((cell, other), millionths(bare))])
    sheet = FactorSheet({**base.sheet.chains, key: chain})
    return attrs.evolve(base, matrix=matrix, sheet=sheet, reference=None)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_total_stands_with_its_interval_its_level_and_what_the_interval_speaks_of(form):
    footprint = drawn(75_000, "50 %", bare=25_000)
    low, high = (written(edge.value / 1000, 0, "fr") for edge in footprint.interval(0.95))
    page = " ".join(REPORTS[form].render(footprint).decode().split())
    assert f"Intervalle à 95 % : de {low} à {high} tCO2eq." in page
    assert "Du total, 75,0 % reposent sur des sources qui déclarent toutes la leur, 0,0 % sur" in page
    assert coverage(footprint).declared * 4 == footprint.exact_total() * 3


def test_a_program_reads_the_interval_beside_the_total():
    footprint = drawn(75_000, "50 %", bare=25_000)
    said = json.loads(REPORTS["json"].render(footprint))["interval"]
    edges = footprint.interval(float(said["level"]))
    for told, edge in zip((said["low"], said["high"]), edges, strict=True):
        assert told.keys() == {"kgCO2eq"}
        assert abs(Fraction(told["kgCO2eq"]) - edge.value) <= Fraction(1, 2 * 10**6)
    assert json.loads(REPORTS["json"].render(drawn(75_000, "no spread")))["interval"] is None


def test_where_nobody_declares_anything_no_interval_is_printed():
    view = bilan(drawn(75_000, "no spread"))
    assert view.interval == ()
    assert not any("Intervalle" in sentence for sentence in view.lead)


def test_of_nothing_no_part_is_said_to_be_declared():
    view = bilan(drawn(-75_000, "50 %"))
    assert len(view.interval) == 2
    assert not any("Du total" in sentence for sentence in view.lead)


@pytest.mark.parametrize("spread", DECIMALS)
def test_no_decimal_is_printed_that_the_interval_does_not_bear(spread):
    view = bilan(drawn(5_000, spread))
    assert view.total.digits == DECIMALS[spread]
    assert {cell.digits for cell in view.interval} <= {DECIMALS[spread]}


def test_of_a_rest_that_is_not_there_nothing_is_said():
    said = " ".join(bilan(drawn(75_000, "50 %")).lead)
    assert "Tout le total repose sur des sources qui déclarent la leur." in said
    assert "pour le reste" not in said
    assert "pour le reste" in " ".join(bilan(drawn(75_000, "50 %", bare=25_000)).lead)
