"""Levers: what a decision changes in A or in f. One that the data cannot say is refused with what is missing."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Protocol

import attrs

from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import ChainKey, FactorKey
from ghg_numerique.terms import Kind, Role

Cell = tuple[str, ...]
Entry = tuple[tuple[Cell, ChainKey], int]


@attrs.frozen
class Reading:
    """A and f as a scenario reads them; `dimensions` names the parts of a cell, `scenario` is named in messages.

    `foreseen` tells that f was resolved for the scenario: what it lacks then is a factor.
    """

    matrix: ActivityMatrix[Cell, ChainKey]
    sheet: FactorSheet
    dimensions: tuple[str, ...]
    scenario: str
    foreseen: bool = False

    def with_entries(self, entries: Iterable[Entry]) -> "Reading":
        """Return the reading with another A."""
        return attrs.evolve(self, matrix=ActivityMatrix.of(entries))

    def named(self, cell: Cell) -> dict[str, str]:
        """Return the parts of a cell by their names."""
        return dict(zip(self.dimensions, cell, strict=True))

    def moved(self, cell: Cell, key: ChainKey, changes: dict[str, str]) -> tuple[Cell, ChainKey]:
        """Return the place of what goes through another chain. Raises ConfigurationError where it has no factor."""
        if key not in self.sheet.chains:
            known = {factor for chain in self.sheet.chains for factor in chain.factors}
            wanted = ", ".join(str(factor) for factor in key.factors if factor not in known) or str(key.factors[-1])
            code = "scenario-key" if self.foreseen else "scenario-unforeseen"
            raise ConfigurationError(code, scenario=self.scenario, wanted=wanted, route=key.route)
        chain = self.sheet.chains[key]
        said = {**changes, "data_kind": str(chain.data_kind), "stage": "+".join(sorted(chain.stages))}
        return tuple(said.get(name, value) for name, value in self.named(cell).items()), key

    def refused(self, what: str) -> ConfigurationError:
        """Return the error of a lever that meets nothing in the footprint."""
        return ConfigurationError("scenario-nothing", scenario=self.scenario, what=what)


class Lever(Protocol):
    """One change of a scenario: the chains that it needs to be resolved beforehand, and what it makes of a reading."""

    def keys(self, key: ChainKey, /) -> Iterator[ChainKey]:
        """Return the chains needed beside one of today's inventory."""
        ...

    def apply(self, reading: Reading, /) -> Reading:
        """Return what A and f become. Raises ConfigurationError where the data do not say what the lever needs."""
        ...


@attrs.frozen
class Replacement:
    """A share of the items of one type is replaced by items of another type, for some kinds of emissions or for all."""

    equipment: str
    by: str
    share: Fraction
    kinds: frozenset[Kind] = frozenset()

    @property
    def moves_use(self) -> bool:
        """Tell whether the use of what is there moves too."""
        return not self.kinds or Kind.USE in self.kinds

    def keys(self, key: ChainKey, /) -> Iterator[ChainKey]:
        """Return the chain of the replacing type."""
        if any(factor.equipment == self.equipment for factor in key.factors):
            yield attrs.evolve(key, factors=tuple(map(self._factor, key.factors)))

    def apply(self, reading: Reading, /) -> Reading:
        """Return A with shares of its columns moved; whole millionths move, so the activity is conserved exactly."""
        return reading.with_entries(_moved(reading, self, self.share, {"equipment": self.by}, self.kinds))

    @property
    def what(self) -> str:
        """What the lever looks for."""
        return ", ".join(filter(None, (self.equipment, *sorted(self.kinds))))

    def _factor(self, factor: FactorKey) -> FactorKey:
        if factor.equipment != self.equipment:
            return factor
        return attrs.evolve(factor, equipment=self.by, model="", declared="")


@attrs.frozen
class OtherElectricity:
    """The electricity of another year or of another place, as the tables give it; 0 and an empty text change nothing."""

    year: int = 0
    place: str = ""

    def keys(self, key: ChainKey, /) -> Iterator[ChainKey]:
        """Return the chain with the other mix."""
        if any(factor.role is Role.ELECTRICITY for factor in key.factors):
            yield attrs.evolve(key, factors=tuple(map(self._factor, key.factors)))

    def apply(self, reading: Reading, /) -> Reading:
        """Return A with all use of electricity under the other mix."""
        changes = {"place": self.place} if self.place else {}
        return reading.with_entries(_moved(reading, self, Fraction(1), changes, frozenset()))

    @property
    def what(self) -> str:
        """What the lever looks for."""
        return Role.ELECTRICITY

    def _factor(self, factor: FactorKey) -> FactorKey:
        if factor.role is not Role.ELECTRICITY:
            return factor
        return attrs.evolve(factor, year=self.year or factor.year, place=self.place or factor.place)


@attrs.frozen
class Reduction:
    """A share of what some cells hold is no longer done; or so many `items` of it, where the cells count items."""

    where: tuple[tuple[str, str], ...]
    share: Fraction = Fraction(1)
    items: Fraction | None = None

    def keys(self, _key: ChainKey, /) -> Iterator[ChainKey]:
        """Return nothing: less of the same needs no other factor."""
        yield from ()

    def apply(self, reading: Reading, /) -> Reading:
        """Return A with less in the cells that agree with `where`. Raises ConfigurationError where none does."""
        if unknown := [name for name, _ in self.where if name not in reading.dimensions]:
            facts = {"names": ", ".join(unknown), "known": ", ".join(reading.dimensions)}
            raise ConfigurationError("scenario-dimension", scenario=reading.scenario, **facts)
        met = {place for place in reading.matrix.entries if set(self.where) <= set(reading.named(place[0]).items())}
        if not met:
            raise reading.refused(", ".join(f"{name}={value}" for name, value in self.where))
        share = self.share if self.items is None else self._part(reading, met)
        return reading.with_entries(_scaled(reading, lambda place: 1 - share if place in met else Fraction(1)))

    def _part(self, reading: Reading, met: Iterable[tuple[Cell, ChainKey]]) -> Fraction:
        """Return the share that so many items are of all items of the cells, none of which may count anything else."""
        if others := sorted({place[1].unit for place in met if not _counts(place[1])}):
            raise ConfigurationError("scenario-no-items", scenario=reading.scenario, units=", ".join(others))
        counted = [amount for place, amount in reading.matrix.entries.items() if place in met]
        there, wanted = Fraction(sum(counted), MILLIONTHS), self.items or Fraction(0)
        if wanted > there:
            raise ConfigurationError(
                "scenario-items", scenario=reading.scenario, wanted=wanted, there=f"{float(there):g}"
            )
        return wanted / there if there else Fraction(0)


@attrs.frozen
class LongerUse:
    """Equipment of one type is kept so many years longer, in a fleet that stays as large as it is.

    Of a fleet of N items with a lifetime of L years, N / L are bought each year; with L + n, N / (L + n). So the
    embodied emissions of the year are multiplied by L / (L + n). L is the lifetime that the tables give.
    """

    equipment: str
    years: Fraction

    def keys(self, key: ChainKey, /) -> Iterator[ChainKey]:
        """Return the chain that carries the lifetime of the type."""
        if self._concerns(key) and key.unit == "item":
            yield self._worn(key)

    def apply(self, reading: Reading, /) -> Reading:
        """Return A with fewer items bought. Raises ConfigurationError without a lifetime, and in straight line."""
        met = {place for place in reading.matrix.entries if self._concerns(place[1])}
        if not met:
            raise reading.refused(self.equipment)
        kept = {place: self._kept(place[1], reading) for place in met}
        return reading.with_entries(_scaled(reading, lambda place: kept.get(place, Fraction(1))))

    def _kept(self, key: ChainKey, reading: Reading) -> Fraction:
        if key.unit != "item":
            raise ConfigurationError("scenario-straight", scenario=reading.scenario, equipment=self.equipment)
        chain = reading.sheet.chains.get(self._worn(key))
        if chain is None:
            raise ConfigurationError("scenario-lifetime", scenario=reading.scenario, equipment=self.equipment)
        days = next(1 / link.exact for link in chain.links if link.role is Role.LIFETIME)
        return days / (days + self.years * Fraction("365.25"))

    def _concerns(self, key: ChainKey) -> bool:
        return any(factor.role is Role.EMBODIED and factor.equipment == self.equipment for factor in key.factors)

    def _worn(self, key: ChainKey) -> ChainKey:
        lifetime = FactorKey(Role.LIFETIME, self.equipment)
        return attrs.evolve(key, unit="item.day", factors=(lifetime, *key.factors))


@attrs.frozen
class OtherValue:
    """A coefficient of f has another value, in the same unit: a supplier's ratio, a factor to come; with its source."""

    identity: str
    value: str
    source: str

    def keys(self, _key: ChainKey, /) -> Iterator[ChainKey]:
        """Return nothing: the chains stay as they are."""
        yield from ()

    def apply(self, reading: Reading, /) -> Reading:
        """Return f with the other value. Raises ConfigurationError where the footprint does not use the coefficient."""
        if self.identity not in reading.sheet.coefficients:
            raise reading.refused(self.identity)
        return attrs.evolve(reading, sheet=reading.sheet.with_values({self.identity: self.value}))


def _moved(
    reading: Reading,
    lever: Replacement | OtherElectricity,
    share: Fraction,
    changes: dict[str, str],
    kinds: frozenset[Kind],
) -> Iterator[Entry]:
    """Return the entries of A, with a share of those that the lever concerns moved to the chain that it names.

    Raises ConfigurationError where it concerns none: a decision that meets nothing is not one without effect.
    """
    met = False
    for (cell, key), amount in reading.matrix.entries.items():
        other = next(lever.keys(key), None)
        if other is None or (kinds and reading.named(cell)["kind"] not in kinds):
            yield (cell, key), amount
            continue
        met = True
        moved = (amount * share).__floor__()
        yield (cell, key), amount - moved
        yield reading.moved(cell, other, changes), moved
    if not met:
        raise reading.refused(lever.what)


def _scaled(reading: Reading, kept: Callable[[tuple[Cell, ChainKey]], Fraction]) -> Iterator[Entry]:
    """Return the entries of A with the share of each that is kept, in whole millionths."""
    for place, amount in reading.matrix.entries.items():
        yield place, (amount * kept(place)).__floor__()


def _counts(key: ChainKey) -> bool:
    return key.unit == "item"
