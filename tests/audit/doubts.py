"""A deliberate fault for every property of uncertainty: amounts that vary otherwise than their factors do."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from breaking import Fault, amounts, as_a, patched, told

import ghg_numerique as ghg
from ghg_numerique.algebra.laws import Multiple, Normal, multiple_of
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together, multiples


def as_varying(change: Callable[[Uncertain], Uncertain]) -> Fault:
    """Return a fault of how a footprint says that its total and its groups vary."""

    class Varying(ghg.Footprint):
        def uncertain(self) -> Uncertain:
            return change(super().uncertain())

        def uncertain_by(self, name: str) -> dict[str, Uncertain]:
            return {group: change(amount) for group, amount in super().uncertain_by(name).items()}

    return as_a(Varying)


class Inverted(Uncertain):
    """An amount whose intervals are the wrong way round."""

    def interval(self, level: float = 0.95, *, draws: int = 10_000, seed: int = 0) -> tuple[ghg.Quantity, ghg.Quantity]:
        return super().interval(level, draws=draws, seed=seed)[::-1]


class Surer(Uncertain):
    """An amount that is the surer, the less sure its coefficients are."""

    @property
    def deviation(self) -> float:
        return 1 / Uncertain(self.terms, self.laws).deviation


class Independent(Uncertain):
    """An amount of which every term is drawn by itself: the square root of a sum of squares."""

    @property
    def deviation(self) -> float:
        return 1e-3 * Uncertain(self.terms, self.laws).deviation


class Published(Uncertain):
    """An amount whose mean is taken to be the published one."""

    @property
    def mean(self) -> float:
        return float(self.published)


class Strange(Uncertain):
    """An amount that shares nothing with what it is subtracted from."""

    def __sub__(self, other: Uncertain) -> Uncertain:
        return Uncertain(self.terms, self.laws) - apart(other, "other")


def apart(amount: Uncertain, mark: str) -> Uncertain:
    """Return an amount whose coefficients are drawn for it alone."""
    terms = {tuple(f"{one} {mark}" for one in term): part for term, part in amount.terms.items()}
    return Uncertain(terms, {f"{one} {mark}": law for one, law in amount.laws.items()})


def group_by_group(amount: Uncertain) -> Uncertain:
    return apart(amount, str(amount.published))


def kind_of(kind: type[Uncertain]) -> Fault:
    return as_varying(lambda amount: kind(amount.terms, amount.laws))


class Spawning:
    """Draws that are numbered in the order in which they are asked for."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, identity: str, law: Multiple, count: int, seed: int, size: int) -> Any:
        self.calls += 1
        return multiples(str(self.calls), law, count, seed, size)


def by_term(amounts: Any, count: int, *, seed: int = 0) -> Any:
    """Draw every term of every amount by itself: a Monte-Carlo that forgets what is shared."""
    return drawn_together([apart(amount, str(place)) for place, amount in enumerate(amounts)], count, seed=seed)


def unsure(coefficient: ghg.Coefficient) -> ghg.Coefficient:
    return attrs.evolve(coefficient, spread=coefficient.spread or ghg.Spread("10"))


def twice_as_wide(spread: ghg.Spread | None, value: Fraction, identity: str) -> Multiple | None:
    law = multiple_of(spread, value, identity)
    return None if law is None else Normal(2 * law.variance**0.5, law.mean)


DOUBTS: dict[str, Fault] = {
    "F1": kind_of(Inverted),
    "F2": kind_of(Surer),
    "F3": kind_of(Independent),
    "F4": patched("ghg_numerique.algebra.uncertain.drawn_together", by_term),
    "F5": amounts(np.abs),
    "F6": lambda subject: patched("ghg_numerique.algebra.uncertain.multiples", Spawning())(subject),
    "F7": told(unsure, by_engine=True),
    "F8": kind_of(Published),
    "F9": lambda subject: amounts(lambda all_: np.minimum(all_, subject.inventory.amount.max()))(subject),
    "F10": kind_of(Strange),
    "F11": patched("ghg_numerique.algebra.sheet.multiple_of", twice_as_wide),
    "F12": as_varying(group_by_group),
}
