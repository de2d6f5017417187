"""Numbers as people write them, read exactly or refused; and exact numbers, written for people."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ghg_numerique.errors import NumberError

MILLIONTHS: Final = 10**6
"""Amounts are whole numbers of millionths."""

LARGEST: Final = 10**12
"""The largest amount: a number above it does not fit a column of millionths in 64 bits."""

_GROUPS = " \u00a0\u202f\u2009'\u2019"
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_RATIO = re.compile(r"-?[0-9]+(/[0-9]+)?", re.ASCII)


def exact(text: str) -> Fraction:
    """Return the value of a published number: digits with a decimal point, or a ratio of whole numbers (`1/366`)."""
    if _PLAIN.fullmatch(text):
        whole, _, decimals = text.partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    if _RATIO.fullmatch(text) and not text.endswith("/0"):
        return Fraction(text)
    raise NumberError("number", text=text, expected="12.5")


def read_decimal(text: str, mark: str = ",") -> Decimal:
    """Read a number written with the given decimal mark; groups of three may be set apart by spaces or apostrophes.

    Everything that could be read in two ways is refused: `1_000`, `1e5`, `nan`, digits of other scripts, `1,234`
    where the mark is the point. At most thirty digits, and at most 10^12.
    """
    shown = text.strip()
    if not _written_with(mark).fullmatch(shown):
        raise NumberError("number", text=text, expected="1 234,5" if mark == "," else "1234.5")
    plain = shown.replace("\u2212", "-").translate({ord(space): None for space in _GROUPS})
    value = Decimal(plain.replace(mark, "."))
    if abs(value) > LARGEST or sum(character.isdigit() for character in plain) > 30:
        raise NumberError("number-too-large", text=text)
    return value


def millionths(value: Decimal | int | Fraction | str) -> int:
    """Return a number as a whole count of millionths; more than six decimals are refused, never rounded.

    Numbers above 10^12 are refused too: no column of 64 bits holds their millionths.
    """
    if isinstance(value, Decimal) and not value.is_finite():
        raise NumberError("number", text=str(value), expected="12.5")
    counted = Fraction(value) * MILLIONTHS
    if abs(counted) > LARGEST * MILLIONTHS:
        raise NumberError("number-too-large", text=str(value))
    if counted.denominator != 1:
        raise NumberError("too-many-decimals", text=str(value))
    return counted.numerator


def rounded(value: Fraction, digits: int = 0) -> Fraction:
    """Round half away from zero, as spreadsheets and people do."""
    return Fraction(_steps(value, digits), 10**digits) if digits >= 0 else Fraction(_steps(value, digits) * 10**-digits)


def _steps(value: Fraction, digits: int) -> int:
    """Return how many units of the last digit a number rounds to, in whole numbers alone."""
    above: int = value.numerator * 10 ** max(digits, 0)
    below: int = value.denominator * 10 ** max(-digits, 0)
    half_up = (2 * abs(above) + below) // (2 * below)
    return half_up if above >= 0 else -half_up


def written(value: Fraction, digits: int = 0, language: str = "fr") -> str:
    """Write a number rounded once: `1 234,5` in French (U+202F between groups), `1,234.5` in English."""
    scaled = abs(_steps(value, digits))
    whole, decimals = divmod(scaled, 10**digits)
    group, mark = ("\u202f", ",") if language == "fr" else (",", ".")
    sign = "-" if value < 0 and scaled else ""
    shown = f"{whole:,}".replace(",", group)
    return f"{sign}{shown}{mark}{decimals:0{digits}}" if digits else f"{sign}{shown}"


def bounded(value: Fraction, digits: int = 0, language: str = "fr") -> str:
    """Write a number rounded once; what rounds to nothing is a bound, for zero means none: `< 0,5`, below it `> -0,5`."""
    if not value or _steps(value, digits):
        return written(value, digits, language)
    half_step = written(Fraction(1, 2 * 10**digits), digits + 1, language)
    return f"< {half_step}" if value > 0 else f"> -{half_step}"


def plain(value: Fraction, digits: int = 6) -> str:
    """Write a number for a machine: a decimal point, no groups, no trailing zeros."""
    text = written(value, digits, "en").replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_text(value: Fraction) -> str:
    """Return an exact number as text: a decimal where twelve decimals hold it, else `p/q` in lowest terms."""
    return f"{value.numerator}/{value.denominator}" if 10**12 % value.denominator else plain(value, 12)


def _written_with(mark: str) -> re.Pattern[str]:
    group = f"[{_GROUPS}]"
    return re.compile(
        rf"[+\-\u2212]?(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{re.escape(mark)}[0-9]+)?", re.ASCII
    )
