"""Embodied is the total less its use share: exact, worked out again from its terms, never more than the total."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.model.table_rows import worked_out
from ghg_numerique_boavizta.reasons import Reason, Refused
from ghg_numerique_boavizta.share import check_sum, embodied, percent, plain

TOTALS = st.decimals("0.0001", "999999999999", allow_nan=False, places=4).map(plain)
SHARES = st.integers(0, 10**17 - 1).map(lambda whole: plain(Decimal(whole).scaleb(-17)))


@pytest.mark.law
@given(TOTALS, SHARES)
def test_embodied_and_use_make_the_total(total, use):
    found = embodied(total, use)
    assert Fraction(found.value) + Fraction(total) * Fraction(use) == Fraction(total)
    assert 0 < Fraction(found.value) <= Fraction(total)
    assert worked_out(found.derivation) == Fraction(found.value)


@pytest.mark.law
@given(TOTALS, SHARES, SHARES)
def test_a_larger_use_share_leaves_less(total, one, other):
    less, more = sorted((one, other), key=Fraction)
    assert Fraction(embodied(total, less).value) >= Fraction(embodied(total, more).value)


@pytest.mark.parametrize(
    ("total", "use", "value"),
    [
        ("300", "0.2", "240"),
        ("161", "0.1500", "136.85"),
        ("8000", "0.98", "160"),
        ("12", "0", "12"),
        ("0.5", "0.5", "0.25"),
    ],
)
def test_by_hand(total, use, value):
    assert embodied(total, use).value == value


@pytest.mark.parametrize(
    ("total", "use", "reason"),
    [
        ("", "0.2", Reason.TOTAL),
        ("0", "0.2", Reason.TOTAL),
        ("300", "", Reason.USE_SHARE),
        ("300", "1", Reason.SHARES),
        ("300", "7.76", Reason.SHARES),
    ],
)
def test_what_cannot_be_is_refused(total, use, reason):
    with pytest.raises(Refused) as refused:
        embodied(total, use)
    assert refused.value.reason is reason


def test_rounding_explains_two_hundredths_and_no_more():
    check_sum(["0.79", "0.20", "0.02", "0.01"])
    check_sum(["0.2", "", "", ""])
    with pytest.raises(Refused):
        check_sum(["0.79", "0.20", "0.02", "0.011"])


def test_a_ratio_is_a_percentage_digit_for_digit():
    assert [percent(text) for text in ("0.1693", "0.5", "3.2796", "0.50")] == ["16.93 %", "50 %", "327.96 %", "50 %"]
