"""Linear forms between bounds: a point that satisfies them all, or a sum of them that nothing can satisfy; exact."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from ghg_numerique.printed.edges import Bounds, Edge, Exact, added, edge, minus
from ghg_numerique.printed.tableau import Combination, Tableau


@attrs.frozen
class Term:
    """One bound in a proof: `times` is positive for an upper bound, negative for a lower one."""

    times: Fraction
    name: str
    bound: Edge


@attrs.frozen
class Proof:
    """Bounds that contradict each other: what they bound adds up to nothing, and their sum is below zero (Farkas)."""

    terms: tuple[Term, ...]

    @property
    def sum(self) -> Edge:
        """The sum of the bounds: `0 <= sum` would have to hold."""
        return added((term.times * term.bound[0], term.times * term.bound[1]) for term in self.terms)

    def holds(self, system: "System") -> bool:
        """Check the proof against the system, with additions only."""
        left: dict[str, Fraction] = {}
        for term in self.terms:
            bounds = system.bounds[term.name]
            if term.bound != (bounds.high if term.times > 0 else bounds.low):
                return False
            for name, times in system.forms.get(term.name, {term.name: 1}).items():
                left[name] = left.get(name, Fraction(0)) + term.times * times
        return not any(left.values()) and self.sum < edge(0)


@attrs.frozen
class System:
    """Variables and linear forms of them, by name, each between bounds."""

    bounds: Mapping[str, Bounds]
    forms: Mapping[str, Mapping[str, Exact]]

    def solve(self) -> "dict[str, Fraction] | Proof":
        """Return values of all variables and forms that lie between their bounds, or the proof that there are none."""
        tableau = self._tableau()
        combination = tableau.crossed() or tableau.repair()
        return dict(zip(self.names, tableau.point(), strict=True)) if combination is None else self._proof(combination)

    @property
    def inside(self) -> "System":
        """The same between open ends."""
        return attrs.evolve(self, bounds={name: bounds.inside for name, bounds in self.bounds.items()})

    def reach(self, name: str) -> Bounds:
        """Return how far a variable or form can go with its own bounds set aside. The others must be satisfiable."""
        free = attrs.evolve(self, bounds={**self.bounds, name: Bounds()})
        up, down = (free._highest(name, sign) for sign in (1, -1))
        return Bounds(None if down is None else minus(down), up)

    def _highest(self, name: str, sign: int) -> Edge | None:
        form = {part: sign * times for part, times in self.forms.get(name, {name: 1}).items()}
        aim = f"{name}, {sign}"
        wider = System({**self.bounds, aim: Bounds()}, {**self.forms, aim: form})
        tableau = wider._tableau()
        tableau.repair()
        return tableau.raise_to_the_end(wider.names.index(aim))

    def _tableau(self) -> Tableau:
        place = {name: number for number, name in enumerate(self.names)}
        rows = {
            place[name]: {place[part]: times for part, times in form.items() if times}
            for name, form in self.forms.items()
        }
        return Tableau.of([self.bounds[name] for name in self.names], rows)

    def _proof(self, combination: Combination) -> Proof:
        """Return a combination with the names and bounds of the system."""
        terms = []
        for number, times in combination:
            name = self.names[number]
            bound = self.bounds[name].high if times > 0 else self.bounds[name].low
            assert bound is not None
            terms.append(Term(Fraction(times), name, bound))
        return Proof(tuple(terms))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables, then the forms."""
        return (*(name for name in self.bounds if name not in self.forms), *self.forms)
