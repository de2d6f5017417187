"""How wide: intervals, deviations and what is declared say the same, whichever way they are worked out."""

from collections.abc import Iterator
from fractions import Fraction
from math import fsum, sqrt
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.laws import Normal
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together
from ghg_numerique.audit.declared import claims
from ghg_numerique.audit.floats import at_most, by_chance, near
from ghg_numerique.audit.property import Property, Trial, Violation, equal
from ghg_numerique.audit.subject import Subject
from ghg_numerique.model.quality import Spread

LEVELS: Final = (0.0, 0.5, 0.95, 1.0)
DRAWS: Final = 64
ROUNDED: Final = 1e-3
"""Ends are rounded to 10^-6 kgCO2eq: only what deviates by more than this, in kgCO2eq, must have a width."""
INTERPOLATED: Final = 1e3
"""Quantiles are drawn to 10^-6, a thousand times what floats are otherwise held to."""
WIDEST: Final = 0.75
"""Variances are held against draws where no coefficient deviates by more of its mean: beyond, too few draws make them."""


def intervals_hold_each_other(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F1."""
    for name, amount in amounts_of(subject.footprint).items():
        ends = [amount.interval(level, draws=DRAWS) for level in LEVELS]
        nested = [low.value for low, _ in reversed(ends)] + [high.value for _, high in ends]
        yield None if nested == sorted(nested) else Violation(name, "nested", ", ".join(map(str, nested)))
        width = nested[-1] - nested[0]
        if not amount.laws:
            yield equal(f"{name} width", Fraction(0), width)
        elif amount.deviation > ROUNDED:
            yield Violation(f"{name} width", "> 0", str(width)) if width <= 0 else None


def less_sure_factors_make_no_surer_total(subject: Subject, effort: int) -> Iterator[Trial]:
    """F2: the deviation of a coefficient doubled, its mean kept."""
    amount = subject.footprint.uncertain()
    for identity in sorted(amount.laws)[:effort]:
        law = amount.laws[identity]
        wider = Normal(2 * sqrt(law.variance), law.mean)
        found = attrs.evolve(amount, laws={**amount.laws, identity: wider})
        yield at_most(identity, amount.deviation, found.deviation)


def parts_bound_the_whole(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F3."""
    whole = subject.footprint.uncertain()
    if not whole.laws:
        return
    parts = list(subject.footprint.uncertain_cross(*subject.footprint.dimensions).values())
    deviations = [part.deviation for part in parts]
    yield at_most("sum", whole.deviation, fsum(deviations))
    if one_sign(whole, *parts):
        yield at_most("root of squares", sqrt(fsum(one * one for one in deviations)), whole.deviation)
    brought = whole.contributions()
    yield at_most("alone", fsum(one.alone for one in brought), 1.0)
    yield at_most("together", 1.0, fsum(one.together for one in brought))


def draws_agree_with_exact_moments(subject: Subject, effort: int) -> Iterator[Trial]:
    """F8."""
    amounts, count = amounts_of(subject.footprint), 2_000 * (1 + effort)
    drawn = drawn_together(list(amounts.values()), count)
    for (name, amount), draws in zip(amounts.items(), drawn, strict=True):
        if not amount.laws:
            continue
        centred = draws - amount.mean
        yield by_chance(f"{name} mean", centred, 0.0, amount.deviation, abs(amount.mean))
        if all(sqrt(law.variance) <= WIDEST * abs(law.mean) for law in amount.laws.values()):
            squares, size = centred * centred, amount.mean**2
            yield by_chance(f"{name} variance", squares, amount.deviation**2, float(squares.std()), size)


def laws_are_those_declared(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F11."""
    sheet = subject.footprint.sheet
    for identity, coefficient in sheet.coefficients.items():
        spread, law = coefficient.spread, sheet.laws.get(identity)
        if spread is None:
            continue
        yield equal(f"{identity} read back", spread, Spread.read(str(spread)))
        yield equal(f"{identity} varies", not spread.certain, law is not None)
        for claim in claims(spread, coefficient.exact, law) if law is not None else ():
            size = INTERPOLATED * (1 + abs(claim.declared))
            yield near(f"{identity} {claim.what}", np.array([claim.declared]), np.array([claim.found]), size)


def amounts_of(footprint: Footprint) -> dict[str, Uncertain]:
    """Return the total and its domains, as amounts that vary."""
    domains = footprint.uncertain_by("domain").items()
    return {"total": footprint.uncertain(), **{f"domain {name}": amount for name, amount in domains}}


def one_sign(*amounts: Uncertain) -> bool:
    """Tell whether nothing is taken away in some amounts, so that what they share moves them the same way."""
    return all(
        all(part >= 0 for part in amount.terms.values()) and all(law.mean > 0 for law in amount.laws.values())
        for amount in amounts
    )


MOMENTS: Final = (
    Property("F1", intervals_hold_each_other),
    Property("F2", less_sure_factors_make_no_surer_total),
    Property("F3", parts_bound_the_whole),
    Property("F8", draws_agree_with_exact_moments),
    Property("F11", laws_are_those_declared),
)
