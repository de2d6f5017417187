"""Numbers are read exactly or refused, and written for people once, at the end."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ghg_numerique import NumberError
from ghg_numerique.decimals import (
    LARGEST,
    MILLIONTHS,
    bounded,
    exact,
    exact_text,
    millionths,
    plain,
    read_decimal,
    rounded,
    written,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.5", Fraction(25, 2)), ("-0.0519", Fraction(-519, 10**4)), ("1/366", Fraction(1, 366)), ("0", 0)],
)
def test_a_published_number_has_one_exact_value(text, value):
    assert exact(text) == value


@pytest.mark.parametrize(
    "text", ["", "12,5", "1e5", "nan", "inf", "1_000", "1/0", "1.5/2", "+1", " 1", "٣", "1\n", "--1", ".5", "5."]
)
def test_a_published_number_that_could_be_read_in_two_ways_is_refused(text):
    with pytest.raises(NumberError) as refused:
        exact(text)
    assert (refused.value.code, refused.value.facts["text"]) == ("number", text)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1 234,5", ",", "1234.5"),
        ("1\u202f234\u202f567,89", ",", "1234567.89"),
        ("1'234.50", ".", "1234.50"),
        ("\u2212 12".replace(" ", ""), ",", "-12"),
        ("+7", ".", "7"),
        ("  42  ", ",", "42"),
        ("0,000001", ",", "0.000001"),
    ],
)
def test_people_write_numbers_in_groups_with_their_own_mark(text, mark, value):
    assert read_decimal(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("1.234,5", ","), ("1,234", "."), ("12,5", "."), ("12.5", ","), ("1 23,4", ","), ("1e5", "."), ("1_000", "."), ("nan", "."),
     ("", "."), ("12 €", ","), ("１２", ","), ("1 234 5", ",")],
)  # fmt: skip
def test_what_is_not_written_with_the_mark_is_refused(text, mark):
    with pytest.raises(NumberError) as refused:
        read_decimal(text, mark)
    assert refused.value.code == "number"


@pytest.mark.parametrize("text", [str(LARGEST + 1), "0." + "1" * 30])
def test_a_number_too_large_or_too_long_is_refused(text):
    with pytest.raises(NumberError) as refused:
        read_decimal(text, ".")
    assert refused.value.code == "number-too-large"


@pytest.mark.parametrize(
    ("value", "count"), [("0.000001", 1), (3, 3_000_000), (Decimal("-1.5"), -1_500_000), (Fraction(1, 8), 125_000)]
)
def test_amounts_are_whole_millionths(value, count):
    assert millionths(value) == count


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0.0000001", "too-many-decimals"),
        (Fraction(1, 3), "too-many-decimals"),
        (LARGEST + 1, "number-too-large"),
        (-LARGEST - 1, "number-too-large"),
        (Decimal("NaN"), "number"),
        (Decimal("Infinity"), "number"),
    ],
)
def test_what_is_no_whole_count_of_millionths_is_refused_and_never_rounded(value, code):
    with pytest.raises(NumberError) as refused:
        millionths(value)
    assert refused.value.code == code


def test_the_largest_amount_fits_a_column_of_64_bits():
    assert millionths(LARGEST) < 2**63 <= 10 * millionths(LARGEST)


@pytest.mark.parametrize(
    ("value", "digits", "result"),
    [
        ("0.5", 0, 1),
        ("-0.5", 0, -1),
        ("1.5", 0, 2),
        ("2.5", 0, 3),
        ("2.4999", 0, 2),
        ("0.125", 2, Fraction(13, 100)),
        ("155", -1, 160),
        ("12550", -2, 12600),
    ],
)
def test_halves_are_rounded_away_from_zero(value, digits, result):
    assert rounded(Fraction(value), digits) == result


@pytest.mark.parametrize(
    ("value", "digits", "language", "text"),
    [
        ("1234567.891", 1, "fr", "1\u202f234\u202f567,9"),
        ("1234567.891", 1, "en", "1,234,567.9"),
        ("-0.4", 0, "fr", "0"),
        ("-1234", 0, "fr", "-1\u202f234"),
        ("0.05", 2, "en", "0.05"),
        ("999.96", 1, "en", "1,000.0"),
    ],
)
def test_numbers_are_written_as_each_language_does(value, digits, language, text):
    assert written(Fraction(value), digits, language) == text


@pytest.mark.parametrize(
    ("value", "text"), [("12.50", "12.5"), ("1000", "1000"), ("-0.000001", "-0.000001"), ("0", "0")]
)
def test_machines_get_a_point_and_no_groups(value, text):
    assert plain(Fraction(value)) == text
    assert exact(plain(Fraction(value))) == Fraction(value)


@pytest.mark.parametrize(
    ("does", "code", "facts"),
    [
        (lambda: exact("12,5"), "number", {"text": "12,5", "expected": "12.5"}),
        (lambda: read_decimal(" 1e5 "), "number", {"text": " 1e5 ", "expected": "1 234,5"}),
        (lambda: read_decimal("1,5", "."), "number", {"text": "1,5", "expected": "1234.5"}),
        (lambda: read_decimal("1000000000000,1"), "number-too-large", {"text": "1000000000000,1"}),
        (lambda: millionths(Decimal("NaN")), "number", {"text": "NaN", "expected": "12.5"}),
        (lambda: millionths(LARGEST + 1), "number-too-large", {"text": "1000000000001"}),
        (lambda: millionths("0.0000001"), "too-many-decimals", {"text": "0.0000001"}),
    ],
)
def test_a_refusal_says_what_stood_there_and_what_was_expected(does, code, facts):
    with pytest.raises(NumberError) as refused:
        does()
    assert (refused.value.code, dict(refused.value.facts)) == (code, facts)


@pytest.mark.parametrize("text", [str(LARGEST), f"-{LARGEST}", "0," + "1" * 29])
def test_the_largest_and_the_longest_number_are_read_in_french_by_default(text):
    assert read_decimal(text) == Decimal(text.replace(",", "."))
    assert abs(millionths(LARGEST)) == millionths(-LARGEST) * -1 == LARGEST * MILLIONTHS


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 3), "1/3"), (Fraction(-4, 6), "-2/3"), (Fraction(1, 8), "0.125"), (Fraction(1, 10**12), "0.000000000001"),
     (Fraction(1, 10**13), "1/10000000000000"), (Fraction(5), "5")],
)  # fmt: skip
def test_an_exact_text_is_a_decimal_where_twelve_digits_hold_it(value, text):
    assert exact_text(value) == text
    assert exact(text) == value


@pytest.mark.parametrize(
    ("value", "digits", "language", "text"),
    [
        ("0", 0, "fr", "0"), ("0", 2, "en", "0.00"), ("0.5", 0, "fr", "1"), ("-0.5", 0, "fr", "-1"),
        ("0.499", 0, "fr", "< 0,5"), ("-0.499", 0, "fr", "> -0,5"), ("0.0049", 2, "en", "< 0.005"),
        ("-1/10000", 1, "en", "> -0.05"), ("1234.56", 1, "fr", "1\u202f234,6"),
    ],
)  # fmt: skip
def test_what_is_not_zero_is_never_written_as_zero(value, digits, language, text):
    assert bounded(Fraction(value), digits, language) == text


def test_numbers_are_rounded_to_whole_ones_and_written_in_french_unless_asked_otherwise():
    assert bounded(Fraction("0.4")) == "< 0,5"
    assert rounded(Fraction("1234.5")) == 1235
    assert written(Fraction("1234.5")) == "1\u202f235"
    assert (plain(Fraction("0.0000004")), plain(Fraction("0.0000005"))) == ("0", "0.000001")
    assert (plain(Fraction("1.005"), 2), plain(Fraction(100), 0)) == ("1.01", "100")
