"""A is a commutative monoid, and `A @ f` is linear in A and in f.

- identity: A + 0 == A == 0 + A; inverse: A + (-1) A == 0
- commutativity, associativity: in whatever order amounts are entered and matrices are added
- (A + B) @ f == A @ f + B @ f;  A @ (f + g) == A @ f + A @ g;  (k A) @ f == k (A @ f) == A @ (k f)

Balances, amounts and keys add up by the same laws.
"""

import pickle
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.algebra.balances import Tally
from ghg_numerique.testing import inventories
from village import METHODOLOGY

pytestmark = pytest.mark.law

Matrix = ghg.ActivityMatrix[str, str]

CELLS, COLUMNS = "abc", "xyz"
millionths = st.integers(-(10**18), 10**18) | st.integers(-3, 3)
entries = st.lists(st.tuples(st.tuples(st.sampled_from(CELLS), st.sampled_from(COLUMNS)), millionths), max_size=8)
matrices = entries.map(Matrix.of)
factors = st.fixed_dictionaries(
    {column: st.fractions(-(10**6), 10**6, max_denominator=10**6) | st.just(Fraction(1, 366)) for column in COLUMNS}
)
ZERO: Matrix = ghg.ActivityMatrix.zero()


def added(left: Mapping[str, Fraction], right: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {cell: left.get(cell, Fraction(0)) + right.get(cell, Fraction(0)) for cell in CELLS}


def full(product: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return added(product, {})


@given(matrices)
def test_zero_is_the_identity(a: Matrix) -> None:
    assert a + ZERO == a == ZERO + a
    assert sum([a], start=ZERO) == a == sum([a])


@given(matrices, matrices)
def test_addition_commutes(a: Matrix, b: Matrix) -> None:
    assert a + b == b + a


@given(matrices, matrices, matrices)
def test_addition_associates(a: Matrix, b: Matrix, c: Matrix) -> None:
    assert (a + b) + c == a + (b + c)


@given(matrices)
def test_a_matrix_and_its_opposite_leave_nothing(a: Matrix) -> None:
    assert a + a * -1 == ZERO
    assert not (a + -1 * a).entries


@given(entries.flatmap(lambda listed: st.tuples(st.just(listed), st.permutations(listed))))
def test_the_order_of_entries_does_not_matter(
    listed: tuple[list[tuple[tuple[str, str], int]], list[tuple[tuple[str, str], int]]],
) -> None:
    one, other = listed
    assert Matrix.of(one) == Matrix.of(other)
    assert sum((Matrix.of([entry]) for entry in other), start=ZERO) == Matrix.of(one)


@given(entries)
def test_the_product_is_the_sum_of_the_products(listed: list[tuple[tuple[str, str], int]]) -> None:
    values = {"x": Fraction(193), "y": Fraction(1, 366), "z": Fraction("-0.052")}
    product = full(Matrix.of(listed) @ values)
    for cell in CELLS:
        by_hand = [Fraction(amount, 10**6) * values[column] for (row, column), amount in listed if row == cell]
        assert product[cell] == sum(by_hand)


@given(matrices, matrices, factors)
def test_the_product_is_linear_in_a(a: Matrix, b: Matrix, f: dict[str, Fraction]) -> None:
    assert full((a + b) @ f) == added(a @ f, b @ f)


@given(matrices, factors, factors)
def test_the_product_is_linear_in_f(a: Matrix, f: dict[str, Fraction], g: dict[str, Fraction]) -> None:
    assert a @ {column: f[column] + g[column] for column in COLUMNS} == {
        cell: (a @ f)[cell] + (a @ g)[cell] for cell in a @ f
    }


@given(matrices, factors, st.integers(-9, 9))
def test_a_multiple_comes_out_as_it_went_in(a: Matrix, f: dict[str, Fraction], k: int) -> None:
    multiple = {cell: k * amount for cell, amount in full(a @ f).items()}
    assert full((k * a) @ f) == multiple == full(a @ {column: k * value for column, value in f.items()})


@given(matrices)
def test_columns_are_those_that_carry_activity(a: Matrix) -> None:
    assert a.columns == {column for (_, column), amount in a.entries.items() if amount}


@given(matrices)
def test_a_matrix_pickles(a: Matrix) -> None:
    assert pickle.loads(pickle.dumps(a)) == a


amounts = st.dictionaries(
    st.sampled_from(("item", "EUR_HT", "EUR_TTC")), st.integers(-9, 9).map(Fraction), max_size=3
).map(ghg.Amounts)
tallies = st.builds(Tally, st.integers(0, 9), amounts)
lines = st.tuples(st.sampled_from(ghg.Activity), st.sampled_from(ghg.Fate), st.sampled_from(("", *ghg.Gap)))
listed_tallies = st.lists(st.tuples(lines, tallies), max_size=5)
balances = st.builds(ghg.Balances.of, listed_tallies, listed_tallies)


@given(balances, balances, balances)
def test_balances_are_a_commutative_monoid(a: ghg.Balances, b: ghg.Balances, c: ghg.Balances) -> None:
    assert a + ghg.Balances() == a == sum([a])
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a + b).total().rows == a.total().rows + b.total().rows


@pytest.mark.parametrize(
    "value", [ghg.Amounts(), Tally(), ghg.Balances(), ZERO], ids=lambda value: type(value).__name__
)
def test_a_sum_begins_at_zero_and_at_no_other_number(value: ghg.Amounts | Tally | ghg.Balances | Matrix) -> None:
    assert sum([value, value]) == value
    with pytest.raises(TypeError):
        sum([value], start=1)


@given(amounts, amounts)
def test_amounts_of_one_unit_add_up_and_no_others(a: ghg.Amounts, b: ghg.Amounts) -> None:
    for unit in ("item", "EUR_HT", "EUR_TTC"):
        assert (a + b).in_unit(unit) == a.in_unit(unit) + b.in_unit(unit)


@given(inventories(METHODOLOGY), inventories(METHODOLOGY))
def test_keys_unite_in_any_order(one: ghg.Inventory, other: ghg.Inventory) -> None:
    a, b = ghg.keys_of(one, METHODOLOGY), ghg.keys_of(other, METHODOLOGY)
    assert a | b == b | a
    assert a | ghg.Keys.none() == a
    assert (a | b).chains == a.chains | b.chains
