"""Nothing is lost and nothing counts twice: of rows, units, euros and kilograms.

- every row has one fate; rows, units and euros that come in are those that have a fate
- money spent == detailed + monetary + excluded + unresolved + quarantined, in every tax basis
- what every file holds has a fate, and the files together are the whole
- groups + what a roll-up leaves out == total; tables agree with each other; explanations add up to the cells
"""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given

import ghg_numerique as ghg
from ghg_numerique.algebra.balances import Amounts, Tally
from ghg_numerique.testing import Case, cases
from oracle import SIZES

pytestmark = pytest.mark.law


def came_in(case: Case, *, spent_only: bool = False) -> dict[str, Fraction]:
    """Return what the rows say, unit by unit, without the units of which there is nothing."""
    came: dict[str, Fraction] = {}
    for row in case.rows:
        if spent_only and isinstance(row, ghg.SpendingLine) and row.movement is not ghg.Movement.EXPENSE:
            continue
        if isinstance(row, ghg.HardwareItem):
            unit, amount = "item", Fraction(row.quantity)
        elif isinstance(row, ghg.SpendingLine):
            unit, amount = row.unit, Fraction(row.amount)
        else:
            unit, amount = "kgCO2eq", Fraction(row.amount) * SIZES[row.unit]
        came[unit] = came.get(unit, Fraction(0)) + amount
    for aside in case.aside:
        came[aside.unit] = came.get(aside.unit, Fraction(0)) + Fraction(aside.amount, 10**6)
    return {unit: amount for unit, amount in came.items() if amount}


@given(cases())
def test_every_row_has_one_fate(case: Case) -> None:
    told = list(ghg.fates(case.inventory, case.resolution))
    assert Counter(fate.id for fate in told if fate.id) == Counter(row.id for row in case.rows)
    assert len(told) == len(case.rows) + len(case.aside) == case.footprint.balances.total().rows


@given(cases())
def test_what_came_in_has_a_fate_to_the_millionth(case: Case) -> None:
    assert dict(case.footprint.balances.total().amounts.by_unit) == came_in(case)


@given(cases())
def test_every_euro_is_detailed_monetary_excluded_unresolved_or_quarantined(case: Case) -> None:
    money = case.footprint.balances.money
    fates = (money.detailed, money.monetary, money.excluded, money.unresolved, money.quarantined)
    assert money.spent == sum(fates, start=Amounts())
    euros = {unit: amount for unit, amount in came_in(case, spent_only=True).items() if unit.startswith("EUR")}
    assert dict(money.spent.by_unit) == euros


@given(cases())
def test_every_file_closes_and_the_files_are_the_whole(case: Case) -> None:
    balances = case.footprint.balances
    told = list(ghg.fates(case.inventory, case.resolution))
    assert {file: tally.rows for file, tally in balances.by_file().items()} == Counter(
        fate.origin.file for fate in told
    )
    assert sum(balances.by_file().values(), start=Tally()) == balances.total()
    assert ghg.Balances.of(((line[1:], tally) for line, tally in balances.files.items()), ()).rows == balances.rows


@given(cases())
def test_fates_are_those_of_the_balances(case: Case) -> None:
    told = list(ghg.fates(case.inventory, case.resolution))
    rows = Counter((fate.fate, str(fate.reason)) for fate in told)
    balanced: Counter[tuple[ghg.Fate, str]] = Counter()
    for (_, fate, reason), tally in case.footprint.balances.rows.items():
        balanced[fate, str(reason)] += tally.rows
    assert +balanced == rows
    if not any(share is not None and 0 < share < 1 for share in case.resolution.coverage.values()):
        for fate in ghg.Fate:
            each = [Amounts({one.amount.unit.replace("1", ""): one.amount.value}) for one in told if one.fate is fate]
            assert sum(each, start=Amounts()) == case.footprint.balances.total(fate=fate).amounts


@given(cases())
def test_kinds_hold_no_row_that_rows_do_not(case: Case) -> None:
    """A row has at most one line per kind of emissions, and a row that counts has one that counts."""
    balances = case.footprint.balances
    in_kinds: Counter[tuple[str, ghg.Fate]] = Counter()
    for (kind, fate, _), tally in balances.kinds.items():
        in_kinds[kind, fate] += tally.rows
    for kind in ghg.Kind:
        assert sum(in_kinds[kind, fate] for fate in ghg.Fate) <= balances.total().rows
    counted = sum(in_kinds[kind, ghg.Fate.COUNTED] for kind in ghg.Kind)
    assert counted >= balances.total(fate=ghg.Fate.COUNTED).rows


@given(cases())
def test_groups_and_what_they_leave_out_make_the_whole(case: Case) -> None:
    footprint = case.footprint
    for name in footprint.methodology.rollups:
        groups = footprint.by(name)
        assert groups.exact_total() + groups.left_out.exact_total() == footprint.exact_total()
        placed = {domain for members in footprint.methodology.rollups[name].values() for domain in members}
        assert not placed & set(groups.left_out.groups)


@given(cases())
def test_every_table_agrees_with_every_other(case: Case) -> None:
    footprint = case.footprint
    total = footprint.exact_total()
    assert total == sum(footprint.cells.values()) == footprint.total().to("tCO2eq").value * 1000
    for name in footprint.dimensions:
        assert footprint.by(name).exact_total() == total
    crossed = footprint.cross("domain", "kind")
    for domain, amount in footprint.by("domain").groups.items():
        assert sum(part for (row, _), part in crossed.items() if row == domain) == amount
    for kind, amount in footprint.by("kind").groups.items():
        assert sum(part for (_, column), part in crossed.items() if column == kind) == amount


@given(cases())
def test_explanations_add_up_to_the_cells(case: Case) -> None:
    lines = list(ghg.explain(case.inventory, case.resolution))
    explained: dict[tuple[str, ...], Fraction] = {}
    for line in lines:
        by_hand = line.amount
        for link in line.chain:
            by_hand = by_hand * ghg.Quantity(link.exact, link.unit)
        assert by_hand == line.result
        cell = tuple(line.cell[name] for name in case.methodology.cells)
        explained[cell] = explained.get(cell, Fraction(0)) + line.result.value
    assert {cell: amount for cell, amount in explained.items() if amount} == {
        cell: amount for cell, amount in case.footprint.cells.items() if amount
    }


@given(cases())
def test_an_explanation_of_some_cells_is_that_part_of_all(case: Case) -> None:
    lines = [(line.id, line.cell, line.result) for line in ghg.explain(case.inventory, case.resolution)]
    for kind in ghg.Kind:
        some = [(line.id, line.cell, line.result) for line in ghg.explain(case.inventory, case.resolution, kind=kind)]
        assert some == [line for line in lines if line[1]["kind"] == kind]


@given(cases())
def test_a_gap_is_told(case: Case) -> None:
    """A row that misses a factor is unresolved, and a finding says how many there are."""
    gaps = {finding.code for finding in case.footprint.findings if finding.code.startswith("gap-")}
    missing = {f"gap-{reason}" for (_, fate, reason) in case.footprint.balances.kinds if fate is ghg.Fate.UNRESOLVED}
    assert gaps == missing
