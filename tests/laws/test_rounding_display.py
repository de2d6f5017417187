"""The largest-remainder display: parts sum to the rounded total, and none is a whole step from its exact value."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.algebra.rounding import largest_remainder
from ghg_numerique.decimals import rounded

pytestmark = pytest.mark.law

PARTS = st.lists(st.fractions(-(10**4), 10**4, max_denominator=1000), max_size=12)


@given(PARTS, st.integers(0, 3))
def test_parts_by_largest_remainder_sum_to_the_rounded_total(parts, digits):
    shown = largest_remainder(parts, digits)
    assert sum(shown) == rounded(sum(parts, start=Fraction(0)), digits)
    assert all(abs(one - part) < Fraction(1, 10**digits) for one, part in zip(shown, parts, strict=True))


@given(PARTS, st.integers(0, 3))
def test_a_smaller_remainder_never_takes_the_step_of_a_larger_one(parts, digits):
    steps = [part * 10**digits for part in parts]
    up = [shown * 10**digits > step.__floor__() for shown, step in zip(largest_remainder(parts, digits), steps)]
    left = [step - step.__floor__() for step in steps]
    assert max((one for one, went in zip(left, up) if not went), default=0) <= min(
        (one for one, went in zip(left, up) if went), default=1
    )
