"""Floats held against each other: to the last bit, to what rounding may part, or to what chance may."""

from fractions import Fraction
from math import sqrt
from typing import Final

import numpy as np

from ghg_numerique.algebra.ieee import Floats
from ghg_numerique.audit.property import Trial, Violation

CLOSE: Final = 1e-9
"""What floats may differ by, as a part of what they measure."""
FARTHEST: Final = 4.5
"""The largest |z| between a moment and that of the draws: beyond it lie 7 of a million."""


def same_bits(case: str, expected: Floats, found: Floats) -> Trial:
    """Compare draws to the last bit; the first that differs is shown."""
    places = np.flatnonzero(expected != found)
    if not len(places):
        return None
    one, other = float(expected[places[0]]), float(found[places[0]])
    return Violation(f"{case}, draw {places[0]}", repr(one), repr(other), Fraction(other) - Fraction(one))


def near(case: str, expected: Floats, found: Floats, size: float) -> Trial:
    """Compare draws to what rounding may part, as a part of `size`."""
    far = np.abs(found - expected)
    place = int(far.argmax())
    if float(far[place]) <= CLOSE * size:
        return None
    return Violation(case, repr(float(expected[place])), repr(float(found[place])))


def at_most(case: str, low: float, high: float) -> Trial:
    """Tell whether one number is at most another, but for rounding."""
    return None if low <= high * (1 + CLOSE) + CLOSE else Violation(case, f">= {low!r}", repr(high))


def by_chance(case: str, draws: Floats, expected: float, deviation: float, size: float) -> Trial:
    """Tell whether the mean of draws, of a known deviation each, is no farther from a number than chance takes it."""
    far, error = abs(float(draws.mean()) - expected), deviation / sqrt(len(draws))
    if far <= FARTHEST * error + CLOSE * size:
        return None
    return Violation(case, f"|z| <= {FARTHEST}", f"|z| = {far / error if error else far:.3g}")
