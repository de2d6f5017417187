"""The engine and a naive engine, which shares nothing with it but the values that people write, agree exactly."""

import ghg_numerique as ghg
import pytest
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.testing import Case, cases
from hypothesis import given
from oracle import Oracle

pytestmark = pytest.mark.law


def published(case: Case) -> dict[str, dict[str, dict[str, Coefficient]]]:
    """Return what the providers of a case say, by role and name."""
    said: dict[str, dict[str, dict[str, Coefficient]]] = {str(role): {} for role in ghg.Role}
    for provider in case.providers:
        said[str(provider.role)][provider.name] = dict(provider.coefficients)
    return said


def place(inventory: ghg.Inventory) -> list[str]:
    return [str(profile.activity) for profile in (inventory.profiles[code] for code in inventory.profile)]


@given(cases(most=8))
def test_the_engine_agrees_with_the_naive_engine_cell_by_cell(case: Case) -> None:
    answer = Oracle(case.methodology, published(case)).assess(case.rows)
    assert {cell: amount for cell, amount in case.footprint.cells.items() if amount} == answer.cells


@given(cases(most=8))
def test_the_engine_agrees_with_the_naive_engine_row_by_row(case: Case) -> None:
    answer = Oracle(case.methodology, published(case)).assess(case.rows)
    order = {ghg.HardwareItem: 0, ghg.SpendingLine: 1, ghg.DeclaredEmission: 2}
    expected = [fate for _, fate in sorted(zip(case.rows, answer.fates, strict=True), key=lambda pair: order[type(pair[0])])]
    found = [(str(row.fate), str(row.reason)) for row in ghg.fates(case.inventory, case.resolution)]
    assert found[: len(expected)] == expected
    assert all(fate == ("unresolved", "fault") for fate in found[len(expected) :])
