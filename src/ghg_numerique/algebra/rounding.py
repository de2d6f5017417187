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


def largest_remainder(parts: Sequence[Fraction], digits: int = 0) -> list[Fraction]:
    """Return parts rounded so that they sum to their rounded sum, each less than one step from its exact value.

    Every part is rounded down; the steps that are then missing go to the largest remainders, the earlier first where two
    are equal (Hamilton's method of apportionment).
    """
    steps = [part * 10**digits for part in parts]
    shown = [step.__floor__() for step in steps]
    missing = int(rounded(sum(parts, start=Fraction(0)), digits) * 10**digits) - sum(shown)
    by_remainder = sorted(range(len(parts)), key=lambda place: (shown[place] - steps[place], place))
    for place in by_remainder[:missing]:
        shown[place] += 1
    return [Fraction(step, 10**digits) for step in shown]
