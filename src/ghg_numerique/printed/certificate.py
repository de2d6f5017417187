"""What a printed table proves: that its figures can stand together or cannot, and what the check would have noticed."""

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, cached_property
from typing import Final

import attrs

from ghg_numerique.printed.chance import chance_of_gap
from ghg_numerique.printed.edges import Bounds, Edge, Exact, added, around, minus
from ghg_numerique.printed.system import Proof
from ghg_numerique.printed.table import PrintedTable
from ghg_numerique.terms import Rounding

SMALL: Final = 80
"""Up to so many figures, what an alteration needs to be noticed is worked out from all sums and shares together."""


@attrs.frozen
class Gap:
    """The printed parts of a sum against its printed total, in steps, and how often rounding alone does that.

    `name` is the total, with its parts where there is another sum of the same total.
    """

    total: str
    steps: int
    parts: int
    name: str

    @property
    def chance(self) -> Fraction:
        """The probability of a gap of this size, in either direction."""
        one = chance_of_gap(self.parts, self.steps)
        return one if self.steps == 0 else one + chance_of_gap(self.parts, -self.steps)

    @property
    def at_least(self) -> Fraction:
        """The probability of a gap of this size or a larger one."""
        return 1 - sum(
            (chance_of_gap(self.parts, gap) for gap in range(1 - abs(self.steps), abs(self.steps))), Fraction(0)
        )


@attrs.frozen
class Power:
    """What a single alteration of a figure must be to be noticed: at most `down`, or at least `up`; None: never is."""

    down: Fraction | None
    up: Fraction | None
    digits: int
    noticed: int
    """Of so many `digits` replaced by another one, so many are noticed."""


@attrs.frozen
class Certificate:
    """The verdict on a table, with what anybody needs to check it by hand."""

    table: PrintedTable

    @cached_property
    def outcome(self) -> dict[str, Fraction] | Proof:
        """True values that are printed as published, or the proof that there are none.

        Values that lie on no half are looked for first: they are printed so by every way of rounding to the nearest.
        """
        system = self.table.system
        found = system.inside.solve()
        return system.solve() if isinstance(found, Proof) else found

    @property
    def consistent(self) -> bool:
        """Tell whether rounding alone can explain all figures together."""
        return not isinstance(self.outcome, Proof)

    @cached_property
    def other_roundings(self) -> dict[Rounding, bool]:
        """Which ways of rounding could have made the table."""
        return {rounding: self._may_be(rounding) for rounding in Rounding}

    def _may_be(self, rounding: Rounding) -> bool:
        """Tell whether a way of rounding could have made the table; the values that were found may do for it too."""
        if rounding is self.table.rounding:
            return self.consistent
        found = not isinstance(self.outcome, Proof) and self.table.prints(self.outcome, rounding)
        return found or not isinstance(self.table.stated(rounding).solve(), Proof)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The sums whose figures are all printed; none where the table was not rounded to the nearest."""
        nearest = self.table.rounding not in (Rounding.DOWN, Rounding.UP)
        return tuple(self._gaps()) if nearest else ()

    @cached_property
    def reaches(self) -> dict[str, Bounds]:
        """How far each quantity could go if it had not been printed itself; nothing for a table that cannot be."""
        return {name: reach.times(self._half) for name, reach in self._reaches.items()}

    @cached_property
    def _reaches(self) -> dict[str, Bounds]:
        """The same, counted in half steps."""
        if not self.consistent:
            return {}
        if len(self.table.cells) + len(self.table.unknown) <= SMALL:
            system = self.table.system
            return {name: system.reach(name).times(1 / self._half) for name in (*self.table.cells, *self.table.unknown)}
        return self._by_single_sums

    @cached_property
    def _half(self) -> Fraction:
        return self.table.unit_step / 2

    @cached_property
    def power(self) -> dict[str, Power]:
        """What the check would have noticed, figure by figure."""
        return {name: self._power(name, reach) for name, reach in self._reaches.items() if name in self.table.cells}

    def _gaps(self) -> Iterator[Gap]:
        values, step = self.table.values, self.table.unit_step
        sums = Counter(one.total for one in self.table.sums)
        for one in self.table.sums:
            if all(name in values for name in (one.total, *one.parts)):
                gap = (sum((values[part] for part in one.parts), start=Fraction(0)) - values[one.total]) / step
                name = one.total if sums[one.total] == 1 else f"{one.total} = {one.parts_added}"
                yield Gap(one.total, int(gap), len(one.parts), name)

    def _power(self, name: str, reach: Bounds) -> Power:
        """Return what would be noticed of a figure whose reach is counted in half steps."""
        printed = (self.table.values[name] / self._half).numerator

        def stands(value: Exact) -> bool:
            return around(value, 1, self.table.rounding).within(reach).stands

        down = None if reach.low is None else self._half * _first_noticed(reach.low, printed, -2, stands)
        up = None if reach.high is None else self._half * _first_noticed(reach.high, printed, 2, stands)
        off, last = _one_digit_off(self.table.cells[name])
        least = None if up is None else (up / last).__ceil__()
        most = None if down is None else (down / last).__floor__()
        noticed = sum((least is not None and by >= least) or (most is not None and by <= most) for by in off)
        return Power(down, up, len(off), noticed)

    @cached_property
    def _by_single_sums(self) -> dict[str, Bounds]:
        """What each sum alone leaves to its figures: wider than all sums together, and one pass for large tables."""
        bounds = self.table.counted
        reaches = {name: Bounds() for name in self.table.cells}
        for one in self.table.sums:
            if all(name in reaches for name in (one.total, *one.parts)):
                whole, parts = bounds[one.total].ends, {part: bounds[part].ends for part in one.parts}
                low, high = added(end[0] for end in parts.values()), added(end[1] for end in parts.values())
                reaches[one.total] = reaches[one.total].within(Bounds(low, high))
                for part, (least, most) in parts.items():
                    left = Bounds(added((whole[0], minus(high), most)), added((whole[1], minus(low), least)))
                    reaches[part] = reaches[part].within(left)
        return reaches


def _first_noticed(end: Edge, printed: int, step: int, stands: Callable[[Exact], bool]) -> int:
    """Return the smallest alteration, in whole steps in the direction of `step`, that leaves what can stand."""
    count = max((end[0] - printed) // step, 0) + 1
    while stands(printed + count * step):
        count += 1
    return count * step


@cache
def _one_digit_off(text: str) -> tuple[tuple[int, ...], Fraction]:
    """Return by how many units of its last digit a figure is off where one digit is another one, and that unit."""
    sign, digits = (-1 if text.startswith("-") else 1), text.lstrip("-").replace(".", "")
    off = (
        sign * (other - int(digit)) * 10**place
        for place, digit in enumerate(reversed(digits))
        for other in range(10)
        if other != int(digit)
    )
    return tuple(off), Fraction(1, 10 ** len(text.partition(".")[2]))
