"""A, the matrix of activity: what was done, by result cell and by chain, in whole millionths."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Generic, Self, TypeVar

import attrs

from ghg_numerique.decimals import MILLIONTHS

Cell = TypeVar("Cell", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


@attrs.frozen
class ActivityMatrix(Generic[Cell, Column]):
    """Whole millionths of activity by (cell, chain); absent means zero, and zero is absent.

    Matrices form a commutative monoid under `+`, with `zero()`: any order and any partition of the rows behind them
    gives an equal matrix. `A @ f` is linear in A and in f, and exact.
    """

    entries: Mapping[tuple[Cell, Column], int]

    @classmethod
    def zero(cls) -> Self:
        """Return the matrix of no activity."""
        return cls(MappingProxyType({}))

    @classmethod
    def of(cls, amounts: Iterable[tuple[tuple[Cell, Column], int]]) -> Self:
        """Return the matrix of amounts in millionths; amounts of one place add up."""
        summed: dict[tuple[Cell, Column], int] = defaultdict(int)
        for place, amount in amounts:
            summed[place] += amount
        return cls(MappingProxyType({place: amount for place, amount in summed.items() if amount}))

    def __add__(self, other: "ActivityMatrix[Cell, Column]") -> "ActivityMatrix[Cell, Column]":
        if not isinstance(other, ActivityMatrix):
            return NotImplemented
        return ActivityMatrix.of([*self.entries.items(), *other.entries.items()])

    def __radd__(self, other: object) -> "ActivityMatrix[Cell, Column]":
        return self if other == 0 else NotImplemented

    def __mul__(self, times: int) -> "ActivityMatrix[Cell, Column]":
        return ActivityMatrix.of((place, amount * times) for place, amount in self.entries.items())

    __rmul__ = __mul__

    def __matmul__(self, values: Mapping[Column, Fraction]) -> dict[Cell, Fraction]:
        """Return kgCO2eq by cell, given kgCO2eq per unit of activity for every chain; exact.

        Numerators are summed as integers per denominator, so that a fraction is reduced once and not once per entry.
        """
        sums: dict[Cell, dict[int, int]] = {}
        for (cell, column), amount in self.entries.items():
            value = values[column]
            by_denominator = sums.setdefault(cell, defaultdict(int))
            by_denominator[value.denominator] += amount * value.numerator
        return {
            cell: sum((Fraction(top, bottom) for bottom, top in parts.items()), start=Fraction(0)) / MILLIONTHS
            for cell, parts in sums.items()
        }

    @property
    def columns(self) -> frozenset[Column]:
        """The chains that carry activity."""
        return frozenset(column for _, column in self.entries)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (dict(self.entries),))


def _rebuilt(entries: dict[tuple[Cell, Column], int]) -> ActivityMatrix[Cell, Column]:
    return ActivityMatrix(MappingProxyType(entries))
