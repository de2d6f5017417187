"""No row, no item and no euro is lost, and every figure is the sum of what explains it.

- rows in = rows with a fate; amounts in = amounts with a fate, unit by unit
- spent = detailed + monetary + excluded + unresolved
- every roll-up and what it leaves out, and every dimension, make the total
- the explanations of a cell add up to the cell, and the fates of rows to the balances
"""

from collections import Counter
from fractions import Fraction

import attrs
import ghg_numerique as ghg
import pytest
from ghg_numerique.algebra.balances import Amounts
from ghg_numerique.testing import Case, cases
from hypothesis import given

pytestmark = pytest.mark.law


@given(cases())
def test_every_row_and_every_amount_has_one_fate(case: Case) -> None:
    came: dict[str, Fraction] = {}
    for code, amount in zip(case.inventory.profile.tolist(), case.inventory.amount.tolist(), strict=True):
        unit = case.inventory.profiles[code].unit
        came[unit] = came.get(unit, Fraction(0)) + Fraction(amount, 10**6)
    for row in case.aside:
        came[row.unit] = came.get(row.unit, Fraction(0)) + Fraction(row.amount, 10**6)
    total = case.footprint.balances.total()
    assert total.rows == len(case.rows) + len(case.aside)
    assert {unit: amount for unit, amount in total.amounts.by_unit.items()} == {u: a for u, a in came.items() if a}


@given(cases())
def test_no_euro_counts_twice_and_none_is_lost(case: Case) -> None:
    money = case.footprint.balances.money
    assert money.spent == sum((money.detailed, money.monetary, money.excluded, money.unresolved), start=Amounts())


@given(cases())
def test_every_grouping_and_what_it_leaves_out_make_the_total(case: Case) -> None:
    total = case.footprint.exact_total()
    for name in (*case.methodology.cells, *case.methodology.rollups):
        groups = case.footprint.by(name)
        assert groups.exact_total() + groups.left_out.exact_total() == total
    assert sum(case.footprint.cross("domain", "kind").values(), start=Fraction(0)) == total


@given(cases())
def test_explanations_add_up_to_the_cells_they_explain(case: Case) -> None:
    found: dict[tuple[str, ...], Fraction] = {}
    for row in ghg.explain(case.inventory, case.resolution):
        cell = tuple(row.cell[name] for name in case.methodology.cells)
        found[cell] = found.get(cell, Fraction(0)) + row.result.value
        product = row.amount.value
        for link in row.chain:
            product *= link.exact
        assert (product == 0) == (row.result.value == 0)
    assert {c: a for c, a in found.items() if a} == {c: a for c, a in case.footprint.cells.items() if a}


@given(cases())
def test_the_fates_of_rows_are_those_of_the_balances(case: Case) -> None:
    rows = Counter((str(row.fate), str(row.reason)) for row in ghg.fates(case.inventory, case.resolution))
    tallied: Counter[tuple[str, str]] = Counter()
    for (_, fate, reason), tally in case.footprint.balances.rows.items():
        tallied[str(fate), str(reason)] += tally.rows
    assert rows == +tallied


@given(cases())
def test_an_unresolved_row_is_named_by_a_finding_and_adds_nothing(case: Case) -> None:
    gaps = {finding.code for finding in case.footprint.findings if finding.code.startswith("gap-")}
    for (_, fate, reason), tally in case.footprint.balances.rows.items():
        if fate is ghg.Fate.UNRESOLVED and reason not in (ghg.Gap.FAULT, ghg.Gap.NO_ROUTE) and tally.rows:
            assert gaps, (fate, reason)


@given(cases())
def test_taking_a_stage_out_never_raises_the_total_of_what_is_not_negative(case: Case) -> None:
    kept = tuple(row for row in case.rows if not isinstance(row, ghg.SpendingLine) or row.amount >= 0)
    whole = ghg.assess(ghg.Inventory.of(kept), case.methodology, ghg.Catalogue.of(*case.providers)).exact_total()
    for stage in case.methodology.stages:
        if stage is ghg.Stage.USE:
            continue  # without use, a factor that holds use is no longer refused
        less = attrs.evolve(case.methodology, stages=tuple(s for s in case.methodology.stages if s is not stage))
        if not any(isinstance(row, ghg.SpendingLine) and row.order for row in kept):
            total = ghg.assess(ghg.Inventory.of(kept), less, ghg.Catalogue.of(*case.providers)).exact_total()
            assert total <= whole
