"""How often rounding alone parts a printed total from the sum of its printed parts."""

from fractions import Fraction
from functools import cache
from math import comb, factorial


@cache
def chance_of_gap(parts: int, gap: int) -> Fraction:
    """Return the probability that rounded parts and their rounded total differ by `gap` steps, in this direction.

    Each part is off by less than half a step, evenly and by itself; then the gap is the nearest whole number to the sum of
    their errors, which follows the law of Irwin and Hall. It is exact where true values are spread over many steps.
    """
    half = Fraction(1, 2)
    return _below(parts, gap + half) - _below(parts, gap - half)


@cache
def _below(parts: int, value: Fraction) -> Fraction:
    """Return the probability that a sum of errors, each even on (-1/2, 1/2), stays below a value."""
    place = value + Fraction(parts, 2)
    if place <= 0:
        return Fraction(0)
    if place >= parts:
        return Fraction(1)
    terms = ((-1) ** k * comb(parts, k) * (place - k) ** parts for k in range(place.__floor__() + 1))
    return sum(terms, start=Fraction(0)) / factorial(parts)
