"""How finely a footprint may be printed: as its size asks, and never finer than its interval bears."""

from fractions import Fraction
from typing import ClassVar, Self

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.uncertain import Uncertain


@attrs.frozen(eq=False)
class Precision:
    """The total as it varies, the two ends of its interval in kgCO2eq (none where nothing varies), and the decimals of
    a tonne with which everything about the footprint is printed.
    """

    LEVEL: ClassVar = 0.95
    """The level of the intervals that reports and comparisons print."""

    total: Uncertain
    edges: tuple[Fraction, ...]
    digits: int

    @classmethod
    def of(cls, footprint: Footprint) -> Self:
        """Return the precision of a footprint: the decimals of its total, or of its largest domain where it is zero."""
        declared = footprint.causes or any(coefficient.spread for coefficient in footprint.coefficients)
        total = footprint.uncertain() if declared else Uncertain.nothing()
        edges = ends(total)
        largest = max(map(abs, footprint.by("domain").groups.values()), default=Fraction(0))
        return cls(total, edges, digits_within((footprint.exact_total() or largest), edges))


def ends(amount: Uncertain) -> tuple[Fraction, ...]:
    """Return the two ends of the interval of an amount, in kgCO2eq; none where it does not vary."""
    if not amount.laws:
        return ()
    low, high = (edge.value for edge in amount.interval(Precision.LEVEL))
    return (low, high) if low < high else ()


def digits_within(kg: Fraction, edges: tuple[Fraction, ...]) -> int:
    """Return with how many decimals of a tonne to print an amount whose interval has these ends."""
    digits = digits_for(kg / 1000)
    return min(digits, digits_for((edges[1] - edges[0]) / 2000)) if edges else digits


def digits_for(tonnes: Fraction) -> int:
    """Return with how many decimals to print tonnes: none from ten, one from one, two significant digits below."""
    size = abs(tonnes)
    if size >= 10 or not size:
        return 0
    digits = 1
    while size * 10**digits < 10:
        digits += 1
    return digits
