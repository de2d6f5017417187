"""The simplex on numbered quantities: rows between bounds, brought there by exact steps; a row that cannot be is the proof.

The general simplex of Dutertre and de Moura, "A fast linear-arithmetic solver for DPLL(T)" (CAV 2006): variables stay
between their bounds while forms are brought between theirs one by one, by Bland's rule, so that it ends.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import fsum, lcm
from operator import mul
from typing import Final, TypeAlias

import attrs

from ghg_numerique.printed.edges import Bounds, Edge, Exact, added, edge, moved, plain

Row: TypeAlias = dict[int, Exact]
Combination: TypeAlias = tuple[tuple[int, Exact], ...]
"""Quantities, and how often the upper bound of each is taken, or its lower one where that is below zero."""

_GRAIN: Final = 1000
"""Into how many grains a unit is cut where values are guessed."""


@attrs.define(eq=False)
class Tableau:
    """Rows write some quantities (the basis) as sums of the others, which stand between their bounds.

    Quantities are told by their numbers. Bounds and values are those that were given times `scale`, which makes nearly all of
    them whole numbers.
    """

    scale: int
    bounds: list[Bounds]
    rows: dict[int, Row]
    values: list[Edge] = attrs.field(init=False)

    @classmethod
    def of(cls, bounds: list[Bounds], rows: dict[int, Row]) -> "Tableau":
        """Return the tableau of quantities between bounds, of which some, the last ones, are sums of the others."""
        ends = (end for one in bounds for end in (one.low, one.high) if end is not None)
        scale = lcm(_GRAIN, *(end[0].denominator for end in ends))
        return cls(scale, [one.scaled(scale) for one in bounds], rows)

    def crossed(self) -> Combination | None:
        """Return the proof from one form alone, where the bounds of its parts cannot reach its own.

        It spares the work of `repair`, which finds all there is; forms that floats see far from crossing are passed over.
        """
        for basic, row in self.rows.items():
            for sign in (1, -1):
                ends = [self._end(basic, -sign), *(self._end(part, sign * times) for part, times in row.items())]
                known = [float(end[0]) for end in ends if end is not None]
                if len(known) < len(ends):
                    continue
                terms = [-sign * known[0], *map(mul, (sign * float(times) for times in row.values()), known[1:])]
                if fsum(terms) <= 1e-6 * fsum(map(abs, terms)):
                    combination = _against(basic, row, sign)
                    if self._sum(combination) < edge(0):
                        return combination
        return None

    def repair(self) -> Combination | None:
        """Bring every form between its bounds, from guessed values; return the proof where one cannot be brought."""
        self.values = [(at, 0) for at in _first(self.bounds, self.rows, self.scale // _GRAIN)]
        for number in range(len(self.bounds) - len(self.rows)):
            self.values[number] = self._inside(number)
        for basic, row in self.rows.items():
            self.values[basic] = self._summed(row)
        while (found := next(self._astray(), None)) is not None:
            basic, sign, bound = found
            row = self.rows[basic]
            movable = (part for part in sorted(row) if self._can_move(part, sign * row[part]))
            entering = next(movable, None)
            if entering is None:
                return _against(basic, row, sign)
            self._move(entering, _over(moved(bound, self.values[basic], -1), row[entering]))
            self._swap(basic, entering)
        return None

    def raise_to_the_end(self, aim: int) -> Edge | None:
        """Return the highest value of a form without bounds, None where there is none."""
        while True:
            row = self.rows[aim]
            entering = next((part for part in sorted(row) if self._can_move(part, row[part])), None)
            if entering is None:
                return _over(self.values[aim], self.scale)
            sign = 1 if row[entering] > 0 else -1
            limits = sorted(self._limits(entering, sign, aim))
            if not limits:
                return None
            room, basic = limits[0]
            self._move(entering, (sign * room[0], sign * room[1]))
            if basic != entering:
                self._swap(basic, entering)

    def point(self) -> list[Fraction]:
        """Return the values as numbers: the smallest step is made small enough for every open end."""
        room: Exact = 1
        steps: Exact = 1
        for bounds, value in zip(self.bounds, self.values, strict=True):
            for bound, sign in ((bounds.low, 1), (bounds.high, -1)):
                if bound is not None and sign * (bound[1] - value[1]) > 0:
                    near, needed = sign * (value[0] - bound[0]), sign * (bound[1] - value[1])
                    if near * steps < room * needed:
                        room, steps = near, needed
        small = Fraction(room) / steps
        return [Fraction(plain(at + side * small if side else at), self.scale) for at, side in self.values]

    def _limits(self, entering: int, sign: int, aim: int) -> Iterator[tuple[Edge, int]]:
        """How far a quantity can move before it or a form meets its bound, and which one."""
        own = self._end(entering, sign)
        if own is not None:
            yield _over(moved(own, self.values[entering], -1), sign), entering
        for basic, row in self.rows.items():
            times = sign * row.get(entering, 0)
            end = self._end(basic, times) if times and basic != aim else None
            if end is not None:
                yield _over(moved(end, self.values[basic], -1), times), basic

    def _astray(self) -> Iterator[tuple[int, int, Edge]]:
        for basic in sorted(self.rows):
            bounds, value = self.bounds[basic], self.values[basic]
            if bounds.low is not None and value < bounds.low:
                yield basic, 1, bounds.low
            elif bounds.high is not None and value > bounds.high:
                yield basic, -1, bounds.high

    def _end(self, number: int, direction: Exact) -> Edge | None:
        return self.bounds[number].high if direction > 0 else self.bounds[number].low

    def _can_move(self, number: int, direction: Exact) -> bool:
        end = self._end(number, direction)
        return end is None or (self.values[number] < end if direction > 0 else self.values[number] > end)

    def _inside(self, number: int) -> Edge:
        low, high, value = self.bounds[number].low, self.bounds[number].high, self.values[number]
        value = value if low is None or value > low else low
        return value if high is None or value < high else high

    def _summed(self, row: Row) -> Edge:
        return added(
            self.values[part] if times == 1 else moved((0, 0), self.values[part], times) for part, times in row.items()
        )

    def _move(self, entering: int, by: Edge) -> None:
        self.values[entering] = moved(self.values[entering], by)
        for basic, row in self.rows.items():
            if entering in row:
                self.values[basic] = moved(self.values[basic], by, row[entering])

    def _swap(self, leaving: int, entering: int) -> None:
        row = self.rows.pop(leaving)
        times = row.pop(entering)
        turned: Row = {part: _ratio(-other, times) for part, other in row.items()}
        turned[leaving] = _ratio(1, times)
        for other in self.rows.values():
            factor = other.pop(entering, 0)
            for part, value in turned.items() if factor else ():
                changed = other.get(part, 0) + factor * value
                if changed:
                    other[part] = changed
                else:
                    other.pop(part, None)
        self.rows[entering] = turned

    def _sum(self, combination: Combination) -> Edge:
        """Return the sum of the bounds of a combination, each as often as it is taken."""
        ends = ((times, self._end(number, times)) for number, times in combination)
        return added((times * end[0], times * end[1]) for times, end in ends if end is not None)


def _against(basic: int, row: Row, sign: int) -> Combination:
    """Return why a form cannot rise to its lower bound (sign 1), or sink to its upper one (-1)."""
    return ((basic, -sign), *((part, sign * times) for part, times in sorted(row.items())))


def _first(bounds: list[Bounds], rows: Mapping[int, Row], grain: int, sweeps: int = 12) -> list[int]:
    """Guess values near the middle of all bounds, in whole grains, so that little is left to repair.

    Forms shift their parts in turns.
    """
    guess = [_middle(one) for one in bounds]
    closed = [basic for basic, row in rows.items() if row and None not in (bounds[basic].low, bounds[basic].high)]
    ends = {basic: tuple(float(end[0]) for end in bounds[basic].ends) for basic in closed}
    times = {basic: [float(one) for one in rows[basic].values()] for basic in closed}
    for _ in range(sweeps):
        for basic in closed:
            gap = sum(ends[basic]) / 2 - fsum(map(mul, times[basic], [guess[part] for part in rows[basic]]))
            room = (ends[basic][1] - ends[basic][0]) / 4
            if abs(gap) > room:
                shift = (gap - (room if gap > 0 else -room)) / fsum(map(mul, times[basic], times[basic]))
                for part, one in zip(rows[basic], times[basic], strict=True):
                    guess[part] += shift * one
    return [round(value / grain) * grain for value in guess]


def _middle(bounds: Bounds) -> float:
    """Return the middle of an interval, or the end that it has."""
    known = [float(one[0]) for one in (bounds.low, bounds.high) if one is not None]
    return sum(known) / max(len(known), 1)


def _over(by: Edge, times: Exact) -> Edge:
    """Return an edge over a number."""
    return _ratio(by[0], times), _ratio(by[1], times)


def _ratio(value: Exact, times: Exact) -> Exact:
    """Return a quotient; nearly all are by one, and stay the whole numbers that they are."""
    return value * times if times in (1, -1) else plain(Fraction(value) / times)
