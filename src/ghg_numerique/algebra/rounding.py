"""Why printed parts and a printed total may differ, and how far they may."""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from ghg_numerique.decimals import rounded


@attrs.frozen
class RoundingGap:
    """Printed parts against a printed total: `gap` is their difference, `bound` the largest that rounding allows."""

    gap: Fraction
    bound: Fraction

    @property
    def explained(self) -> bool:
        """Tell whether rounding alone can be the reason."""
        return abs(self.gap) <= self.bound


def rounding_gap(parts: Sequence[Fraction], total: Fraction, *, step: Fraction = Fraction(1)) -> RoundingGap:
    """Return the gap between parts and a total that were each rounded to `step`.

    Every printed number is at most half a step from its true value, so n parts and a total that agree before rounding
    differ by at most (n + 1) / 2 steps afterwards.
    """
    return RoundingGap(sum(parts, start=Fraction(0)) - total, step * (len(parts) + 1) / 2)


def rounds_apart(parts: Sequence[Fraction], digits: int = 0) -> Fraction:
    """Return how far the rounded parts are from their rounded sum: what a report must say below its table."""
    whole = rounded(sum(parts, start=Fraction(0)), digits)
    return sum((rounded(part, digits) for part in parts), start=Fraction(0)) - whole
