"""The years of one house against one another: each change of the total by its cause, and the line to a target."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

import attrs

from ghg_numerique.algebra.levers import Cell
from ghg_numerique.algebra.trend import Target, Trend, trends

STEPS: Final = ("perimeter", "method", "factors", "activity")

Cells = Mapping[Cell, Fraction]


@attrs.frozen
class Change:
    """What one cause does to every result cell between two years, in kgCO2eq."""

    cause: str
    cells: Cells

    @property
    def total(self) -> Fraction:
        """The sum over all cells."""
        return sum(self.cells.values(), start=Fraction(0))


@attrs.frozen
class YearBridge:
    """From one year to the next: `before + sum(change.total for change in changes) == after`, exactly, in kgCO2eq.

    The causes act in one order, each with the earlier ones already changed: the perimeter (boundary, stages and
    states that count), the rest of the method, the factors of the later year, then what was done. A chain that the
    later year cannot form keeps its earlier value, so that what is lost with it shows as activity. `replayed` is the
    earlier year by the later perimeter and method: the base year as it must be compared.
    """

    years: tuple[int, int]
    dimensions: tuple[str, ...]
    before: Fraction
    changes: tuple[Change, ...]
    after: Fraction

    @property
    def replayed(self) -> Fraction:
        """The earlier year, computed again by the later perimeter and method."""
        return self.before + sum((change.total for change in self.changes[:2]), start=Fraction(0))

    def by(self, cause: str, *names: str) -> dict[tuple[str, ...], Fraction]:
        """Return the effect of one cause by dimensions of the cells, the largest first."""
        cells = next(change.cells for change in self.changes if change.cause == cause)
        places = [self.dimensions.index(name) for name in names]
        groups: dict[tuple[str, ...], Fraction] = {}
        for cell, amount in cells.items():
            key = tuple(cell[place] for place in places)
            groups[key] = groups.get(key, Fraction(0)) + amount
        return dict(sorted(groups.items(), key=lambda group: (-abs(group[1]), group[0])))


@attrs.frozen
class Chronicle:
    """The total of every year in kgCO2eq, the bridge from each to the next, and the target, if one was decided."""

    totals: Mapping[int, Fraction]
    bridges: tuple[YearBridge, ...]
    target: Target | None = None

    @cached_property
    def trends(self) -> dict[int, Trend]:
        """The trend of every year but the first, each against the year before by its own perimeter and method."""
        return trends(self.totals, {bridge.years[1]: bridge.replayed for bridge in self.bridges})

    def moved(self, year: int) -> bool:
        """Tell whether the perimeter or the method changed between the base year of the target and a year.

        The line to the target stands on the base year as it was published: it compares what is not alike then.
        """
        base = year if self.target is None else self.target.base_year
        return any(bridge.replayed != bridge.before for bridge in self.bridges if base < bridge.years[1] <= year)

    def allowed(self, year: int) -> Fraction | None:
        """Return what the line to the target allows in a year, in kgCO2eq; None where no target was decided."""
        return None if self.target is None else self.target.allowed(self.totals[self.target.base_year], year)
