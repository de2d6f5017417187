"""What moves a total most: each uncertain coefficient at the two ends of its own interval, all others as published."""

from fractions import Fraction
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.uncertain import Uncertain
from ghg_numerique.decimals import rounded

ENDS: Final = (0.025, 0.975)
"""Between them a coefficient lies 95 times in 100, by the law that its source declares."""


@attrs.frozen
class Swing:
    """One coefficient, or one declared cause of error: what goes through it, and the total with it at either end.

    All in kgCO2eq. The total is affine in each coefficient alone, `total + through x (multiple - 1)`, so the two ends
    hold every value between them; `low` and `high` are those at the low and at the high end of the coefficient.
    """

    identity: str
    through: Fraction
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How far the total moves from one end to the other."""
        return abs(self.high - self.low)


def swings(total: Uncertain) -> tuple[Swing, ...]:
    """Return the swing of every coefficient that varies, the widest first, its ends to 10^-6 kgCO2eq.

    The quantiles of order 0.025 and 0.975 of each law, one at a time: a sensitivity, not an interval of the total.
    """
    found = [_swing(total, identity) for identity in total.laws]
    return tuple(sorted(found, key=lambda one: (-one.width, one.identity)))


def _swing(total: Uncertain, identity: str) -> Swing:
    through = sum((amount for term, amount in total.terms.items() if identity in term), start=Fraction(0))
    multiples = total.laws[identity].at(np.array(ENDS))
    low, high = (rounded(total.published.value + through * (Fraction(float(one)) - 1), 6) for one in multiples)
    return Swing(identity, through, low, high)
