"""The engine and a naive engine that shares no code with it (`tests/oracle.py`) agree exactly, row by row.

Cells with `==`, the fate and the reason of every row, and the price of ignorance: what one calls unresolved, so does
the other.
"""

from collections import defaultdict
from collections.abc import Mapping

import attrs
import pytest
from hypothesis import given

import ghg_numerique as ghg
from ghg_numerique.testing import Case, cases, methodologies
from oracle import Answer, Oracle

pytestmark = pytest.mark.law


def naive(case: Case) -> Answer:
    factors: dict[str, dict[str, Mapping[str, ghg.Coefficient]]] = defaultdict(dict)
    for provider in case.providers:
        factors[provider.role][provider.name] = provider.coefficients
    return Oracle(case.methodology, factors).assess(case.rows)


def assert_agreement(case: Case) -> None:
    answer = naive(case)
    assert {cell: amount for cell, amount in case.footprint.cells.items() if amount} == answer.cells
    told = {
        fate.id: (str(fate.fate), str(fate.reason)) for fate in ghg.fates(case.inventory, case.resolution) if fate.id
    }
    assert told == {row.id: fate for row, fate in zip(case.rows, answer.fates, strict=True)}


@given(cases(methodologies(allocation=ghg.Allocation.FLOW)))
def test_the_engine_is_the_oracle_in_flow(case: Case) -> None:
    assert_agreement(case)


@given(cases(methodologies(allocation=ghg.Allocation.STRAIGHT_LINE)))
def test_the_engine_is_the_oracle_in_straight_line(case: Case) -> None:
    assert_agreement(case)


@given(cases())
def test_every_row_by_itself_is_the_oracle_too(case: Case) -> None:
    """Without orders the rows are strangers: a long inventory is as many short ones."""
    strangers = [row if isinstance(row, ghg.DeclaredEmission) else attrs.evolve(row, order="") for row in case.rows]
    total = sum(attrs.evolve(case, rows=(row,)).footprint.exact_total() for row in strangers)
    assert total == sum(naive(attrs.evolve(case, rows=tuple(strangers))).cells.values())
