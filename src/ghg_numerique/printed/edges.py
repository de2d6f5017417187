"""Where the true value of a printed figure may lie: an interval whose ends belong to it or not."""

from collections.abc import Iterable
from fractions import Fraction

import attrs

from ghg_numerique.terms import Rounding

Exact = Fraction | int
Edge = tuple[Exact, Exact]
"""A number, and how many times a step that is smaller than any number is added: `(3, -1)` is just below three.

Pairs compare as they should; they add, and multiply by numbers, part by part.
"""


@attrs.frozen
class Bounds:
    """The ends between which a value lies, themselves included; None is no end."""

    low: Edge | None = None
    high: Edge | None = None

    @property
    def ends(self) -> tuple[Edge, Edge]:
        """Both ends of an interval that has them."""
        assert self.low is not None
        assert self.high is not None
        return self.low, self.high

    def within(self, other: "Bounds") -> "Bounds":
        """Return what lies in both."""
        low = other.low if self.low is None or (other.low is not None and other.low > self.low) else self.low
        high = other.high if self.high is None or (other.high is not None and other.high < self.high) else self.high
        return Bounds(low, high)

    def scaled(self, scale: int) -> "Bounds":
        """Return the ends times a number that makes them whole: sums of those are several times faster."""
        return Bounds(*(None if one is None else _whole(one, scale) for one in (self.low, self.high)))

    def times(self, unit: Exact) -> "Bounds":
        """Return ends that were counted in a unit above zero."""
        return Bounds(*(None if one is None else (one[0] * unit, one[1]) for one in (self.low, self.high)))

    @property
    def inside(self) -> "Bounds":
        """The same without the ends themselves, where anything is left."""
        low = None if self.low is None else (self.low[0], 1)
        high = None if self.high is None else (self.high[0], -1)
        open_ = Bounds(low, high)
        return open_ if open_.stands else self

    def hold(self, value: Edge) -> bool:
        """Tell whether a value lies between the ends."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def stands(self) -> bool:
        """Tell whether some value lies between the ends."""
        return self.low is None or self.high is None or self.low <= self.high


def edge(at: Exact, side: Exact = 0) -> Edge:
    """Return a number as an edge."""
    return Fraction(at), side


def moved(start: Edge, by: Edge, times: Exact = 1) -> Edge:
    """Return `start + times x by`."""
    return start[0] + times * by[0], start[1] + times * by[1]


def minus(one: Edge) -> Edge:
    """Return the opposite of an edge."""
    return -one[0], -one[1]


def added(edges: Iterable[Edge]) -> Edge:
    """Return the sum of edges."""
    at: Exact = 0
    side: Exact = 0
    for one in edges:
        at, side = at + one[0], side + one[1]
    return at, side


def _whole(one: Edge, scale: int) -> Edge:
    return one[0].numerator * (scale // one[0].denominator), plain(one[1] * scale)


def plain(value: Exact) -> Exact:
    """Return a whole number as one."""
    return value.numerator if value.denominator == 1 else value


def true_values(printed: Fraction, step: Fraction, rounding: Rounding) -> Bounds:
    """Return the values that are printed so: `109` to the nearest is from 108.5 to 109.5."""
    return around(printed, step / 2, rounding)


def around(printed: Exact, half: Exact, rounding: Rounding) -> Bounds:
    """Return the values that are printed so, by half a step; of whole numbers the ends are whole."""
    if printed < 0:
        low, high = around(-printed, half, rounding).ends
        return Bounds(minus(high), minus(low))
    below, above, low_open, high_open = half, half, False, False
    if rounding is Rounding.HALF_UP:
        low_open, high_open = printed == 0, True
    elif rounding is Rounding.HALF_EVEN:
        low_open = high_open = printed // half % 4 != 0
    elif rounding is Rounding.DOWN:
        below, above, high_open = 0 if printed else 2 * half, 2 * half, True
        low_open = printed == 0
    elif rounding is Rounding.UP:
        below, above, low_open = 2 * half if printed else 0, 0, printed != 0
    return Bounds((printed - below, int(low_open)), (printed + above, -int(high_open)))
