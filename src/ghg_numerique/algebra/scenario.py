"""A scenario: an edit of A, stated before the factors are chosen, so that f has a column for it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Self

import attrs

from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.decimals import exact
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import ChainKey, FactorKey

Cell = tuple[str, ...]


@attrs.frozen
class Replacement:
    """A share of the items of one type is replaced by items of another type."""

    equipment: str
    by: str
    share: Fraction

    def key(self, key: ChainKey) -> ChainKey | None:
        """Return the chain of the replacing type, or None where the chain is not one of the replaced type."""
        if not any(factor.equipment == self.equipment for factor in key.factors):
            return None
        return attrs.evolve(key, factors=tuple(map(self._factor, key.factors)))

    def _factor(self, factor: FactorKey) -> FactorKey:
        if factor.equipment != self.equipment:
            return factor
        return attrs.evolve(factor, equipment=self.by, model="", declared="")


@attrs.frozen
class Scenario:
    """Named replacements, applied in order. `Scenario("...").replace(equipment="desktop", by="laptop", share="0.5")`."""

    name: str
    replacements: tuple[Replacement, ...] = ()

    def replace(self, *, equipment: str, by: str, share: "str | int | float | Fraction" = 1) -> Self:
        """Return the scenario with one more replacement; `share` is between 0 and 1."""
        part = exact(str(share)) if isinstance(share, str | float) else Fraction(share)
        if not 0 <= part <= 1:
            raise ConfigurationError("share", value=share)
        return attrs.evolve(self, replacements=(*self.replacements, Replacement(equipment, by, part)))

    def keys(self, key: ChainKey) -> Iterator[ChainKey]:
        """Return the chains that the scenario needs beside a chain of today's inventory."""
        needed = [key]
        for replacement in self.replacements:
            needed.extend(other for known in tuple(needed) if (other := replacement.key(known)) is not None)
        yield from needed[1:]

    def apply(
        self, matrix: ActivityMatrix[Cell, ChainKey], sheet: FactorSheet, dimensions: tuple[str, ...]
    ) -> ActivityMatrix[Cell, ChainKey]:
        """Return A with shares of its columns moved; whole millionths move, so the activity is conserved exactly."""
        for replacement in self.replacements:
            matrix = ActivityMatrix.of(_moved(matrix, sheet, dimensions, replacement, self.name))
        return matrix


def _moved(
    matrix: ActivityMatrix[Cell, ChainKey],
    sheet: FactorSheet,
    dimensions: tuple[str, ...],
    replacement: Replacement,
    scenario: str,
) -> Iterator[tuple[tuple[Cell, ChainKey], int]]:
    for (cell, key), amount in matrix.entries.items():
        other = replacement.key(key)
        if other is None:
            yield (cell, key), amount
            continue
        if other not in sheet.chains:
            raise ConfigurationError("scenario-key", scenario=scenario, equipment=replacement.by, route=other.route)
        chain = sheet.chains[other]
        changes = {
            "equipment": replacement.by,
            "data_kind": str(chain.data_kind),
            "stage": "+".join(sorted(chain.stages)),
        }
        moved = (amount * replacement.share).__floor__()
        yield (cell, key), amount - moved
        yield (tuple(changes.get(name, value) for name, value in zip(dimensions, cell, strict=True)), other), moved
