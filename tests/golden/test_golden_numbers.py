"""Numbers and units: what is read, converted, rounded and written, in `numbers.txt`, and what is refused, word by word.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

import ghg_numerique as ghg
import told
from ghg_numerique import Quantity
from ghg_numerique.decimals import bounded, exact, exact_text, millionths, plain, read_decimal, rounded, written
from ghg_numerique.units import close, factor, names, parse_unit, same_dimension

LISTED = told.listed(Path(__file__).with_name("numbers.txt"))
UNITS = (
    "kWh/item/year", "kgCO2e / kEUR_HT", "item·jour", "kWh/appareil/an", "1/day", "1", "kWh.item/item", "item/kWh.item",
    "tonne", "day.day/hour/hour", " kW . h ", "1/1/item",
)  # fmt: skip
PAIRS = (
    ("tCO2eq", "kgCO2eq"), ("gCO2eq", "kgCO2eq"), ("MWh", "kWh"), ("kgCO2eq/EUR_HT", "kgCO2eq/kEUR_HT"), ("kW.hour", "kWh"),
    ("day", "hour"), ("To", "Go"), ("Wh/item/year", "kWh/item/year"), ("day.day", "hour.hour"),
)  # fmt: skip
APART = (("kgCO2eq", "kg"), ("EUR_HT", "EUR_TTC"), ("item", "1"), ("year", "day"), ("kWh", "kW"), ("day", "hour"))
CHAINS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("item", ("kgCO2eq/item",), "kgCO2eq"), ("item.day", ("year/day", "Wh/item/year", "gCO2eq/kWh"), "kgCO2eq"),
    ("EUR_TTC", ("EUR_HT/EUR_TTC", "kgCO2eq/kEUR_HT"), "kgCO2eq"), ("tCO2eq", (), "gCO2eq"),
)  # fmt: skip
VALUES = (
    "0",
    "0.5",
    "-0.5",
    "1.5",
    "2.4999",
    "-0.4",
    "0.049",
    "999.96",
    "1234567.891",
    "-12550",
    "1/3",
    "-2/7",
    "1/1024",
    "155",
)


def units() -> Iterator[str]:
    yield from (f"{text} | {parse_unit(text)}" for text in UNITS)
    yield " ".join(names())
    yield from (f"{unit} | {factor(unit, into)} {into}" for unit, into in PAIRS)
    yield from (f"{one} {other} | {same_dimension(one, other)}" for one, other in APART)
    yield from (f"{' x '.join((unit, *links))} | {close(unit, links, into)} {into}" for unit, links, into in CHAINS)
    yield f"{close('item', ('kgCO2eq/item',))}"


def quantities() -> Iterator[str]:
    one, other = Quantity.of("1.5", "MWh"), Quantity.of(Decimal("250"), "kWh")
    ratio = Quantity.of(Fraction(1, 3), "kgCO2eq/kWh.item")
    found = (one + other, other + one, one - other, -one, one * 2, Fraction(1, 3) * other, one * ratio, one / other, ratio / one,
             one / 4, other.to("Wh"), Quantity.of("-12.25", "item"))  # fmt: skip
    yield from (
        f"{quantity.value} {quantity.unit} | {quantity} | {quantity:.2f} | {float(quantity)}" for quantity in found
    )
    yield f"{one:}"
    same = Quantity.of(1500, "kWh")
    yield f"{one == same} {hash(one) == hash(same)} {one == other} {one != 1.5} {one == Quantity.of('1.5', 'tCO2eq')}"
    yield f"{hash(one) == hash(other)} {hash(Quantity.of(2, 'Wh')) == hash(Quantity.of(2, 'kgCO2eq'))}"
    yield f"{one < same} {one <= same} {other < one} {other <= one} {one < other} {one <= other}"
    yield f"{one.as_pint()} {other.as_pint().to('Wh').magnitude}"


def read() -> Iterator[str]:
    yield " ".join(f"{text}={exact(text)}" for text in ("12.5", "-0.0519", "1/366", "-7", "007.50"))
    french = (
        "1 234,5",
        "1\u202f234\u202f567,89",
        "\u221212",
        "+7",
        "  42  ",
        "0,000001",
        "1\u00a0000",
        "-1\u2019000,5",
        "1000000000000",
    )
    yield " ".join(f"{text.strip()}={read_decimal(text)}" for text in french)
    yield " ".join(
        f"{text}={read_decimal(text, '.')}" for text in ("1'234.50", "12.5", "-1000000000000", "0." + "1" * 29)
    )
    yield " ".join(
        str(millionths(value)) for value in ("0.000001", 3, Decimal("-1.5"), Fraction(1, 8), 10**12, -(10**12))
    )


def shown() -> Iterator[str]:
    for text in VALUES:
        value = Fraction(text)
        steps = " ".join(str(rounded(value, digits)) for digits in (-2, -1, 0, 1, 3))
        both = " ".join(f"{written(value, digits)} {written(value, digits, 'en')}" for digits in (0, 2))
        limits = " ".join((bounded(value), bounded(value, 1), bounded(value, 1, "en")))
        yield f"{text} | {steps} | {both} | {limits} | {plain(value)} {plain(value, 2)} {exact_text(value)}"
    yield f"{plain(Fraction(10), 0)} {exact_text(Fraction(1, 10**13))} {bounded(Fraction(1, 1000), 2)}"
    yield f"{rounded(Fraction(5, 2))} {written(Fraction(-1234567))} {plain(Fraction(10))}"


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "units": units,
    "quantities": quantities,
    "numbers as they are read": read,
    "numbers as they are written": shown,
}
REFUSED: Final[dict[str, Callable[[], object]]] = {
    "an unknown unit": lambda: parse_unit("kWh/itemss"),
    "a unit that was begun": lambda: parse_unit("EUR"),
    "a unit in capitals": lambda: parse_unit("KWH"),
    "a unit hardly like another": lambda: parse_unit("jrs"),
    "a unit like no other": lambda: parse_unit("zz"),
    "no unit": lambda: parse_unit(""),
    "a power": lambda: parse_unit("kWh^2"),
    "a unit that is no text": lambda: parse_unit(3),  # type: ignore[arg-type]
    "what measures something else": lambda: factor("EUR_HT", "EUR_TTC"),
    "a sum of what measures something else": lambda: Quantity.of(1, "day") + Quantity.of(1, "year"),
    "a chain that does not close": lambda: close("item.day", ("kWh/item/year", "kgCO2eq/kWh")),
    "a float": lambda: Quantity.of(1.5, "kWh"),  # type: ignore[arg-type]
    "a truth": lambda: Quantity.of(True, "kWh"),
    "a number in words": lambda: Quantity.of("12,5" * 20, "kWh"),
    "a published number with a comma": lambda: exact("12,5"),
    "a division by zero": lambda: exact("1/0"),
    "a number with another mark": lambda: read_decimal("1,234", "."),
    "a group of two": lambda: read_decimal("1 23,4"),
    "a number that is too large": lambda: read_decimal("1000000000001"),
    "a number that is too long": lambda: read_decimal("0." + "1" * 30, "."),
    "too large an amount": lambda: millionths(-(10**12) - 1),
    "too fine an amount": lambda: millionths("0.0000001"),
    "an amount without an end": lambda: millionths(Decimal("Infinity")),
}


@pytest.mark.parametrize("title", CASES)
def test_numbers_are_told_as_written(title):
    assert list(CASES[title]()) == LISTED[title]


@pytest.mark.parametrize("title", REFUSED)
def test_what_is_no_number_is_refused_word_by_word(title):
    with pytest.raises(ghg.GhgError) as refused:
        REFUSED[title]()
    assert list(told.faults([refused.value])) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES) | set(REFUSED)
