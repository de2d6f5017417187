"""The footprint is linear in quantities and in factors, and does not depend on how a quantity is written.

- quantities x k give results x k; a factor that moves by d moves its cells by d x exposure, and no other cell
- grams or tonnes, Wh or MWh, euros or thousands of euros: the same bytes
- a zero line, or a line and its credit note, change no result; a line may be split; a domain may be renamed
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.testing import Case, FixedProvider, cases, hardware_items, spending_lines
from ghg_numerique.testing.strategies import UNITS
from village import assess

pytestmark = pytest.mark.law

NEW_YEAR = date(2024, 1, 1)
POWERS = {"g": -3, "k": 0, "t": 3, "W": -3, "M": 3, "E": 0}
"""The power of ten behind the first letter of a unit; euros are counted apart, below the line."""
LINEAR = (ghg.Role.EMBODIED, ghg.Role.ENERGY, ghg.Role.ELECTRICITY, ghg.Role.MONETARY)


def amount_of(row: ghg.ActivityData) -> int | Decimal:
    return row.quantity if isinstance(row, ghg.HardwareItem) else row.amount


def with_amount(row: ghg.ActivityData, amount: int | Decimal, **others: str) -> ghg.ActivityData:
    """Return the same row of another amount."""
    name = "quantity" if isinstance(row, ghg.HardwareItem) else "amount"
    changed: ghg.ActivityData = attrs.evolve(row, **{name: amount}, **others)  # type: ignore[arg-type]
    return changed


def cells(case: Case, rows: Iterable[ghg.ActivityData], **others: object) -> dict[tuple[str, ...], Fraction]:
    """Return what a case gives with other rows, without the cells that hold nothing."""
    return full(attrs.evolve(case, rows=tuple(rows), **others))  # type: ignore[arg-type]


def full(case: Case) -> dict[tuple[str, ...], Fraction]:
    return {cell: amount for cell, amount in case.footprint.cells.items() if amount}


def power(unit: str) -> int:
    """Return the power of ten by which a unit is larger than the plain one of its role."""
    over, under, *_ = unit.split("/")
    return POWERS[over[0]] - (3 if under[0] in "kM" and under != "kWh" else 0)


def in_unit(coefficient: ghg.Coefficient, unit: str) -> ghg.Coefficient:
    value = Decimal(coefficient.value).scaleb(power(coefficient.unit) - power(unit))
    return attrs.evolve(coefficient, value=format(value, "f"), unit=unit)


@given(cases(), st.sampled_from((0, 2)))
def test_multiplied_quantities_give_multiplied_results(case: Case, k: int) -> None:
    multiplied = cells(case, [with_amount(row, k * amount_of(row)) for row in case.rows])
    assert multiplied == {cell: k * amount for cell, amount in full(case).items() if k}


@given(cases(), st.data())
def test_a_factor_moves_the_cells_that_cite_it_by_its_exposure(case: Case, data: st.DataObject) -> None:
    cited = [
        one for one in case.footprint.sheet.coefficients.values() if one.role in LINEAR and one.source.id != "inventory"
    ]
    assume(cited)
    moved = data.draw(st.sampled_from(cited))
    step = data.draw(st.sampled_from((Fraction(1, 8), Fraction(100))))
    exposure: dict[tuple[str, ...], Fraction] = {}
    for line in ghg.explain(case.inventory, case.resolution):
        if moved.identity in [link.identity for link in line.chain]:
            cell = tuple(line.cell[name] for name in case.methodology.cells)
            exposure[cell] = exposure.get(cell, Fraction(0)) + line.result.value / moved.exact
    expected = {cell: amount + step * exposure.get(cell, 0) for cell, amount in case.footprint.cells.items()}
    value = format(Decimal(moved.value) + Decimal(step.numerator) / step.denominator, "f")
    assert case.footprint.with_factors({moved.identity: value}).cells == expected
    told = tuple(_telling(provider, moved, value, case) for provider in case.providers)
    assert cells(case, case.rows, providers=told) == {cell: amount for cell, amount in expected.items() if amount}


def _telling(provider: FixedProvider, moved: ghg.Coefficient, value: str, case: Case) -> FixedProvider:
    """Return a provider with the new value; where nobody is ranked first, all of them have to agree on it."""
    if provider.role is not moved.role or (case.methodology.priority and provider.name != moved.source.id):
        return provider
    said = {
        word: attrs.evolve(one, value=value) if one.id == moved.id else one
        for word, one in provider.coefficients.items()
    }
    return attrs.evolve(provider, coefficients=said)


@given(cases(), st.data())
def test_factors_may_be_written_in_any_unit(case: Case, data: st.DataObject) -> None:
    units = {role: data.draw(st.sampled_from(UNITS[role])) for role in LINEAR}
    told = []
    for provider in case.providers:
        said = {
            word: in_unit(one, units[provider.role]) if provider.role in LINEAR else one
            for word, one in provider.coefficients.items()
        }
        told.append(attrs.evolve(provider, coefficients=said))
    rewritten = attrs.evolve(case, providers=tuple(told))
    assert full(rewritten) == full(case)
    assert rewritten.footprint.balances == case.footprint.balances
    assert rewritten.footprint.interval(draws=20, seed=1) == case.footprint.interval(draws=20, seed=1)


@given(cases(), st.data())
def test_two_sources_that_say_the_same_in_two_units_do_not_tie(case: Case, data: st.DataObject) -> None:
    assume(not case.methodology.priority)
    told = []
    for provider in case.providers:
        said = dict(provider.coefficients)
        if provider.name == "second" and provider.role in LINEAR:
            unit = data.draw(st.sampled_from(UNITS[provider.role]))
            said = {word: in_unit(one, unit) for word, one in said.items()}
        told.append(attrs.evolve(provider, coefficients=said))
    assert full(attrs.evolve(case, providers=tuple(told))) == full(case)


@given(st.integers(0, 10**12), st.sampled_from(ghg.Kind))
def test_declared_emissions_may_be_written_in_any_unit(grams: int, kind: ghg.Kind) -> None:
    written = (("gCO2eq", 0), ("kgCO2eq", -3), ("tCO2eq", -6))
    totals = [
        assess([ghg.DeclaredEmission("d", Decimal(grams).scaleb(places), unit, NEW_YEAR, kind)]).exact_total()
        for unit, places in written
    ]
    assert totals == [Fraction(grams, 1000)] * 3


@given(cases(), st.data())
def test_a_zero_line_changes_no_result(case: Case, data: st.DataObject) -> None:
    strangers = hardware_items(case.methodology) | spending_lines(case.methodology)
    drawn = data.draw(strangers | st.sampled_from(case.rows) if case.rows else strangers)
    nothing = with_amount(drawn, 0, id="zero")
    assert cells(case, [*case.rows, nothing]) == full(case)
    added = attrs.evolve(case, rows=(*case.rows, nothing)).footprint.balances.total()
    assert added.rows == case.footprint.balances.total().rows + 1
    assert added.amounts == case.footprint.balances.total().amounts


@given(cases(), st.data())
def test_a_line_and_its_credit_note_change_no_result(case: Case, data: st.DataObject) -> None:
    line = attrs.evolve(data.draw(spending_lines(case.methodology)), id="line")
    back = attrs.evolve(line, id="back", amount=-line.amount, credit_note=True)
    assert cells(case, [*case.rows, attrs.evolve(line, credit_note=True), back]) == full(case)


@given(cases(), st.data())
def test_a_line_may_be_split(case: Case, data: st.DataObject) -> None:
    assume(case.rows)
    place = data.draw(st.integers(0, len(case.rows) - 1))
    row = case.rows[place]
    whole = Decimal(amount_of(row))
    part = (whole * data.draw(st.sampled_from((0, 1, 3))) / 7).quantize(Decimal("0.001"))
    assume(abs(part) <= abs(whole))
    halves = [with_amount(row, half, id=f"half {number}") for number, half in enumerate((part, whole - part))]
    split = attrs.evolve(case, rows=(*case.rows[:place], *halves, *case.rows[place + 1 :]))
    assert split.footprint.matrix == case.footprint.matrix
    assert split.footprint.balances.total().amounts == case.footprint.balances.total().amounts
    assert split.footprint.interval(draws=20, seed=1) == case.footprint.interval(draws=20, seed=1)


@given(cases())
def test_renaming_a_domain_renames_the_result_and_no_more(case: Case) -> None:
    name_of = {domain: f"domain {number}" for number, domain in enumerate(case.methodology.domains)} | {"": ""}
    methodology = case.methodology
    renamed = attrs.evolve(
        methodology,
        domains=tuple(name_of[domain] for domain in methodology.domains),
        rollups={
            name: {group: tuple(name_of[member] for member in members) for group, members in groups.items()}
            for name, groups in methodology.rollups.items()
        },
        assign=attrs.evolve(
            methodology.assign,
            equipment={word: name_of[domain] for word, domain in methodology.assign.equipment.items()},
            account={word: name_of[domain] for word, domain in methodology.assign.account.items()},
        ),
        boundary=tuple(attrs.evolve(line, domain=name_of[line.domain]) for line in methodology.boundary),
    )
    place = methodology.cells.index("domain")
    expected = {
        (*cell[:place], name_of[cell[place]], *cell[place + 1 :]): amount for cell, amount in full(case).items()
    }
    rows = [attrs.evolve(row, domain=name_of[row.domain]) for row in case.rows]
    assert cells(case, rows, methodology=renamed) == expected
