"""What varies and by how much, in `doubts.txt`: laws, sums, draws, intervals, and the whole hamlet under two causes.

Draws are the same bits on every machine, so they are written out. Moments and quantiles were compared with the closed
formulas and `statistics.NormalDist`: 10^-14 for the moments, 10^-7 for the quantiles. To change a line on purpose,
change it there.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs
import numpy as np
import pytest

import ghg_numerique as ghg
import told
from ghg_numerique import Role
from ghg_numerique.algebra import ieee
from ghg_numerique.algebra.exposure import coverage, exposures
from ghg_numerique.algebra.laws import Lognormal, Normal, Uniform, multiple_of
from ghg_numerique.algebra.precision import Precision, digits_for, digits_within
from ghg_numerique.algebra.sensitivity import swings
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together, middle, multiples
from ghg_numerique.model.quality import Cause, Spread
from hamlet import KNOWN, TOWN, item, spent
from town import Figures, assess, figure

LISTED = told.listed(Path(__file__).with_name("doubts.txt"))
ROOT_HALF = float.fromhex("0x1.6a09e667f3bcdp-1")
SHARES = np.array([0.001, 0.025, 0.3, 0.5, 0.8, 0.975])
DECLARED = (
    "50 %", "50 % mean", "395 % mean", "50 % gsd2", "50 % gsd2 mean", "60 % deviation", "60 % deviation mean", "30 % normal",
    "10 % normal deviation", "40 % uniform", "20 % uniform deviation", "40 % triangular", "15 % triangular deviation",
    "150..300 triangular", "100..210 uniform", "200..900", "100..200", "pedigree 2,1,3,1,2 ecoinvent-3", "0 %",
)  # fmt: skip
LAWS = {"a": Normal(0.3), "b": Uniform(0.5, 2.0), "c": Lognormal(0.5, 0.1), "d": Normal(0.1)}
CAUSES = (Cause("counting", "20 %", "the town", {"kind": "embodied"}), Cause("meters", "10 % normal", "the town"))


def numbers(found: Iterable[float]) -> str:
    """Return floats to the last bit."""
    return " ".join(repr(float(one)) for one in found)


def amount() -> Uncertain:
    """Return an amount of three coefficients and a product of two of them; a fourth falls away."""
    fixed, alone, product = ((), Fraction(100)), (("a",), Fraction(10)), (("a", "b"), Fraction(20))
    return Uncertain.of([alone, product, (("c",), Fraction(-4)), fixed, (("d",), Fraction(0))], LAWS)


def elementary() -> Iterator[str]:
    powers = np.array([-690.0, -3.7, -3.2, -2.17, -1.0, -0.005, 0.0, 0.6931, 1.0, 3.7, 690.0])
    yield f"exp | {numbers(ieee.exp(powers))}"
    yield f"log | {numbers(ieee.log(np.array([1e-300, 0.3, ROOT_HALF, 0.70710678, 0.7072, 1.0, 1.5, 2.0, 7.0, 1e300])))}"
    shares = np.array(
        [1e-16, 1e-12, 1e-9, 0.0038, 0.00391, 0.0749, 0.0751, 0.25, 0.5, 0.7, 0.9249, 0.9251, 0.9961, 1 - 1e-9]
    )
    yield f"as241 | {numbers(ieee.as241(shares))}"
    yield f"inverse_normal | {numbers(ieee.inverse_normal(shares))}"


def declared() -> Iterator[str]:
    """A value of 200: the mean, the variance, and what the law stays below."""
    for words in DECLARED:
        law = multiple_of(Spread.read(words), Fraction(200), "table#1")
        yield f"{words} | {numbers([law.mean, law.variance])} | {numbers(law.at(SHARES))}" if law else f"{words} | sure"
    half = multiple_of(Spread.read("0.25..1 triangular"), Fraction(1, 2), "table#half")
    yield f"of a half | {half}"
    yield f"of nothing declared | {multiple_of(None, Fraction(1), 'table#1')}"


def amounts() -> Iterator[str]:
    """An amount of three coefficients, and what is left of it without a part of it."""
    once = amount()
    twice = once + once
    for name, one in {
        "one": once,
        "twice": twice,
        "less": twice - once,
        "none": once - once,
        "opposite": -once,
    }.items():
        yield f"{name} | {one.published} | {numbers([one.mean, one.deviation])} | {' '.join(one.laws) or 'sure'}"
        yield from (f"{' x '.join(term) or 'fixed'} | {amount}" for term, amount in one.terms.items())
        yield from (f"{part.identity} | {numbers([part.alone, part.together])}" for part in one.contributions())
    yield from (f"{one.identity} | {one.through} | {one.low} {one.high} {one.width}" for one in swings(once))
    shared = Uncertain.of([(("a",), Fraction(1)), (("b",), Fraction(-1))], dict.fromkeys("ab", Normal(0.0)))
    yield from (f"{one.identity} | {numbers([one.alone, one.together])}" for one in shared.contributions())


def drawn() -> Iterator[str]:
    yield f"ten thousand | {numbers(amount().draws()[[0, 1, -1]])}"
    yield f"ten, of seed 7 | {numbers(amount().draws(10, seed=7))}"
    yield from (
        f"together | {numbers(row)}" for row in drawn_together([amount(), Uncertain.nothing(), -amount()], 2, seed=3)
    )
    yield from (f"in blocks | {numbers(block)}" for block in multiples("a", LAWS["a"], 5, 1, 2))
    for ends in (
        amount().interval(),
        amount().interval(0.5, draws=31, seed=1),
        amount().interval(0, draws=9),
        amount().interval(1, draws=9),
        middle(np.array([3.0, 1.0, 2.0, 5.0, 4.0]), 0.5),
    ):
        yield f"interval | {ends[0].value} {ends[0].unit} {ends[1].value} {ends[1].unit}"
    yield f"of seed none | {numbers(drawn_together([amount()], 2)[0])}"
    yield f"middle | {' '.join(str(end.value) for end in middle(np.arange(1000.0)))}"


def varying() -> Iterator[str]:
    """A hamlet where laptops, one mix and one ratio say how sure they are, under two causes of its own."""
    spreads = {
        Role.EMBODIED: ("laptop", "100", "50 %"),
        Role.ELECTRICITY: ("FR", "0.5", "30 % normal"),
        Role.MONETARY: ("telecom", "200", "80 %"),
    }
    said = [
        Figures(role, {name: figure(role, value, id=name, spread=Spread.read(spread))})
        for role, (name, value, spread) in spreads.items()
    ]
    others = [one for one in KNOWN if one.role not in spreads]
    domains = ("Office", "Rooms", "Cellar")
    footprint = assess(
        TOWN, [*said, *others], domains=domains, rollups={"tier": {"inside": ("Office",), "nothing": ()}}
    )
    for caused in (footprint, attrs.evolve(footprint, causes=CAUSES), attrs.evolve(footprint, causes=CAUSES[:1])):
        yield from uncertainties(caused)
    yield from (
        f"{one.coefficient.identity} | {one.amount} of {one.total}: {one.share} | {one.declared} | {one.change_for(Fraction(1, 20))}"
        for one in exposures(footprint)
    )
    yield str(coverage(footprint))


def uncertainties(footprint: ghg.Footprint) -> Iterator[str]:
    groups = {
        "whole": footprint.uncertain(),
        **footprint.uncertain_by("kind"),
        **footprint.uncertain_by("domain"),
        **footprint.uncertain_by("tier"),
    }
    for name, one in groups.items():
        yield f"{name} | {one.published} | {numbers([one.mean, one.deviation])}"
    for key, one in footprint.uncertain_cross("kind", "equipment").items():
        yield f"{'/'.join(key)} | {one.published} | {numbers([one.mean, one.deviation])}"
    precision = Precision.of(footprint)
    for ends in (footprint.interval(), footprint.interval(0.1), footprint.interval(0.9, draws=99, seed=2)):
        yield f"interval | {ends[0].value} {ends[1].value}"
    yield f"precision | {precision.digits} | {' '.join(map(str, precision.edges))} | {precision.total.published}"


def wide() -> Iterator[str]:
    """An interval that is wide is printed with fewer decimals than the amount has."""
    laptop = figure(Role.EMBODIED, "100", spread=Spread.read("900 %"))
    found = Precision.of(assess([item(2, number=8)], [Figures(Role.EMBODIED, {"laptop": laptop})]))
    yield f"{found.digits} | {' '.join(map(str, found.edges))} | {found.total.published}"


def sure() -> Iterator[str]:
    """Where nothing varies there is no interval, and the size alone says how finely to print."""
    balanced = [item(2), spent(2, -500, credit_note=True)]
    twelve = [item(2, number=60), item(3, number=60, domain="Rooms")]
    for rows in (TOWN, balanced, twelve, [], [spent(3, -60, credit_note=True)]):
        found = Precision.of(assess(rows, KNOWN))
        yield f"{found.digits} | {found.edges} | {found.total.published}"
    yield f"without a domain | {Precision.of(assess([], KNOWN, domains=())).digits}"
    yield str(coverage(assess(TOWN, KNOWN)))
    sizes = ("0", "0.0012", "0.01", "0.099", "0.1", "0.99", "1", "9.99", "10", "-0.5", "-12345")
    yield " ".join(f"{size}:{digits_for(Fraction(size))}" for size in sizes)
    for kg, *ends in ((500,), (500, 0, 900), (500, 0, 30000), (10000,), (10, 900, 1000), (10, 0, 2000)):
        yield f"{kg} {ends} | {digits_within(Fraction(kg), tuple(map(Fraction, ends)))}"
    free = [Figures(Role.EMBODIED, {"laptop": "100"}), Figures(Role.MONETARY, {"telecom": "0"})]
    for rows, known in ((balanced, KNOWN), (balanced, free), ([spent(2, 1)], free)):
        yield from (
            f"{one.amount} {one.share} {one.change_for(Fraction(1, 20))}" for one in exposures(assess(rows, known))
        )


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "exp, log and the inverse normal law": elementary,
    "laws as sources declare them": declared,
    "sums and products of coefficients": amounts,
    "draws and intervals": drawn,
    "a hamlet that varies": varying,
    "laptops of which little is known": wide,
    "a hamlet that is sure": sure,
}

REFUSED: Final[dict[str, Callable[[], object]]] = {
    "a mean that no law has": lambda: multiple_of(Spread.read("900 % lognormal mean"), Fraction(1), "t#1"),
    "ends that do not hold the value": lambda: multiple_of(Spread.read("10..20"), Fraction(21), "t#1"),
    "ends below the value": lambda: multiple_of(Spread.read("10..20"), Fraction(9), "t#1"),
    "a value of nothing": lambda: multiple_of(Spread.read("-1..20"), Fraction(0), "t#1"),
    "a level above one": lambda: amount().interval(1.5),
    "a level below nothing": lambda: amount().interval(-0.1),
    "no draw": lambda: middle(np.array([])),
    "one coefficient by two laws": lambda: amount() + Uncertain.of([(("a",), Fraction(1))], {"a": Normal(0.5)}),
    "a cause of a dimension that there is not": lambda: attrs.evolve(
        assess(TOWN, KNOWN), causes=(Cause("x", "5 %", "me", {"colour": "red"}),)
    ).uncertain(),
    "a cause that is named twice": lambda: attrs.evolve(assess(TOWN, KNOWN), causes=CAUSES * 2).uncertain(),
    "a group that there is not": lambda: assess(TOWN, KNOWN).uncertain_by("colour"),
}  # fmt: skip


@pytest.mark.parametrize("title", CASES)
def test_what_varies_is_what_is_written(title):
    assert list(CASES[title]()) == LISTED[title]


@pytest.mark.parametrize("title", REFUSED)
def test_what_cannot_vary_is_refused_word_by_word(title):
    with pytest.raises(ghg.GhgError) as refused:
        REFUSED[title]()
    assert list(told.faults([refused.value])) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES) | set(REFUSED)
