"""A scenario: edits of A and f, stated before the factors are chosen, so that f has a column for each of them."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Self

import attrs

from ghg_numerique.algebra.levers import Lever, LongerUse, OtherElectricity, OtherValue, Reading, Reduction, Replacement
from ghg_numerique.decimals import exact
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.terms import Kind

Number = str | int | float | Fraction


@attrs.frozen
class Scenario:
    """Named levers, applied in order. `Scenario("...").replace(equipment="desktop", by="laptop", share="0.5")`."""

    name: str
    levers: tuple[Lever, ...] = ()

    def replace(self, *, equipment: str, by: str, share: Number = 1, kinds: tuple[Kind | str, ...] = ()) -> Self:
        """Return the scenario with one more replacement of equipment; `share` is between 0 and 1.

        `kinds` limits it: `("embodied",)` for refurbished equipment, which consumes like new.
        """
        return self.with_lever(Replacement(equipment, by, _share(share), frozenset(map(Kind, kinds))))

    def reduce(self, *, share: Number = 1, items: Number | None = None, **where: str) -> Self:
        """Return the scenario with less of what agrees with `where` (dimensions of cells): a share, or a count of items."""
        counted = None if items is None else _number(items)
        return self.with_lever(Reduction(tuple(sorted(where.items())), _share(share), counted))

    def keep_longer(self, *, equipment: str, years: Number) -> Self:
        """Return the scenario in which equipment is kept so many years longer than its lifetime; once for each type."""
        if any(isinstance(lever, LongerUse) and lever.equipment == equipment for lever in self.levers):
            raise ConfigurationError("scenario-longer-twice", equipment=equipment)
        return self.with_lever(LongerUse(equipment, _number(years)))

    def virtualise(self, *, equipment: str, physical: int, logical: int) -> Self:
        """Return the scenario in which `logical` machines of today run on `physical` ones."""
        if not 0 < physical <= logical:
            raise ConfigurationError("scenario-virtualise", physical=physical, logical=logical)
        return self.reduce(share=1 - Fraction(physical, logical), equipment=equipment)

    def electricity(self, *, year: int = 0, place: str = "") -> Self:
        """Return the scenario under the electricity of another year or place, of which one must be named."""
        if not (year or place):
            raise ConfigurationError("scenario-electricity")
        return self.with_lever(OtherElectricity(year, place))

    def factor(self, identity: str, value: str, *, source: str) -> Self:
        """Return the scenario in which a coefficient has another value, in the same unit, from a named source."""
        _number(value)
        if not source.strip():
            raise ConfigurationError("scenario-source", identity=identity)
        return self.with_lever(OtherValue(identity, value, source))

    def with_lever(self, lever: Lever) -> Self:
        """Return the scenario with one more lever, of the house or of its user."""
        return attrs.evolve(self, levers=(*self.levers, lever))

    def keys(self, key: ChainKey) -> Iterator[ChainKey]:
        """Return the chains that the scenario needs beside a chain of today's inventory."""
        needed = [key]
        for lever in self.levers:
            needed.extend([other for known in needed for other in lever.keys(known)])
        yield from needed[1:]

    def apply(self, reading: Reading) -> Reading:
        """Return A and f under the levers, in order. Raises ConfigurationError where one cannot be computed."""
        for lever in self.levers:
            reading = lever.apply(reading)
        return reading


def _number(value: Number) -> Fraction:
    number = exact(str(value))
    if number < 0:
        raise ConfigurationError("scenario-negative", value=value)
    return number


def _share(value: Number) -> Fraction:
    share = exact(str(value))
    if not 0 <= share <= 1:
        raise ConfigurationError("share", value=value)
    return share
