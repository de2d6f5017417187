"""A.f, the footprint: totals, groupings, comparisons and intervals, all from one exact product."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from math import lcm
from operator import itemgetter
from typing import Any

import attrs

from ghg_numerique.algebra import frames
from ghg_numerique.algebra.balances import Balances
from ghg_numerique.algebra.breakdown import Breakdown
from ghg_numerique.algebra.laws import Multiple, multiple_of
from ghg_numerique.algebra.levers import Cell, Reading
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.presentation import Presentation
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.algebra.uncertain import Term, Uncertain
from ghg_numerique.decimals import MILLIONTHS, exact, exact_text
from ghg_numerique.errors import ConfigurationError, Finding
from ghg_numerique.model.factors import ChainKey, Coefficient
from ghg_numerique.model.manifest import Manifest
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.model.quality import Cause
from ghg_numerique.terms import Display
from ghg_numerique.units import CO2EQ, Quantity


@attrs.frozen
class Shares:
    """The footprint against the whole inventory of emissions; without post 1.5 too, None where that is not given."""

    total: Fraction
    without_post_1_5: Fraction | None
    denominator: Fraction
    denominator_without_post_1_5: Fraction | None


@attrs.frozen
class Footprint:
    """The footprint of a year, exact in kgCO2eq, with what became of every row and what it was made with.

    Every grouping plus what it leaves out equals the total, with `==`. Rounding happens in reports.
    """

    matrix: ActivityMatrix[Cell, ChainKey]
    sheet: FactorSheet
    methodology: Methodology
    balances: Balances
    findings: tuple[Finding, ...] = ()
    manifest: Manifest = Manifest()
    organisation: str = ""
    reference: ReferenceInventory | None = None
    causes: tuple[Cause, ...] = ()
    presentation: Presentation = attrs.field(default=Presentation(), eq=False)

    @cached_property
    def cells(self) -> dict[Cell, Fraction]:
        """A.f: kgCO2eq by result cell, in the order of the cells. `dimensions` names the parts of a cell."""
        return dict(sorted((self.matrix @ self.sheet.values).items()))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the parts of a cell are: the `cells` of the methodology."""
        return self.methodology.cells

    @property
    def coefficients(self) -> tuple[Coefficient, ...]:
        """The coefficients that the footprint rests on, in the order of their identities."""
        used = {link for key in self.matrix.columns for link in self.sheet.chains[key].links}
        return tuple(sorted(used, key=lambda link: link.identity))

    def total(self) -> Quantity:
        """Return the footprint."""
        return Quantity(self.exact_total(), CO2EQ)

    def exact_total(self) -> Fraction:
        """Return the footprint in kgCO2eq."""
        whole, counts = self._counts
        return Fraction(sum(counts.values()), whole)

    @cached_property
    def _counts(self) -> tuple[int, dict[Cell, int]]:
        """The cells as whole numbers of one part of a kilogram: sums of them are sums of integers, 20 times faster."""
        whole = lcm(*{amount.denominator for amount in self.cells.values()})
        return whole, {cell: amount.numerator * (whole // amount.denominator) for cell, amount in self.cells.items()}

    def by(self, name: str) -> Breakdown:
        """Return the footprint by a dimension of the cells, or by a roll-up of the methodology.

        Domains come in the order of the methodology, other groups from the largest to the smallest.
        """
        if name in self.methodology.rollups:
            return self._rolled_up(self.methodology.rollups[name])
        whole, counts = self._counted_by(name)
        groups = {key[0]: count for key, count in counts.items()}
        if name == "domain":
            named = {domain: groups.pop(domain, 0) for domain in self.methodology.domains}
            ordered = {**named, **groups}
        else:
            ordered = dict(sorted(groups.items(), key=lambda group: (-group[1], group[0])))
        return Breakdown({group: Fraction(count, whole) for group, count in ordered.items()}, dimension=name)

    def cross(self, *names: str) -> dict[tuple[str, ...], Fraction]:
        """Return the footprint by several dimensions at once, in kgCO2eq. Raises ConfigurationError for others."""
        whole, groups = self._counted_by(*names)
        return {key: Fraction(count, whole) for key, count in groups.items()}

    def _counted_by(self, *names: str) -> tuple[int, dict[tuple[str, ...], int]]:
        """Return the part of a kilogram that the cells are whole numbers of, and their sums in it."""
        self._known(names)
        places = [self.dimensions.index(name) for name in names]
        whole, counts = self._counts
        keys = zip(*(map(itemgetter(place), counts) for place in places)) if places else repeat(())
        groups: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for count, key in zip(counts.values(), keys):
            groups[key] += count
        return whole, dict(groups)

    def columns(self) -> dict[str, list[str] | list[float]]:
        """Return the cells as columns: a text for each dimension, `kgCO2eq` in floats, and `exact` as text.

        Sums that must hold to the last digit are those of `exact`: a decimal, or `p/q`.
        """
        columns: dict[str, list[str] | list[float]] = {
            name: [cell[place] for cell in self.cells] for place, name in enumerate(self.dimensions)
        }
        columns["kgCO2eq"] = [float(amount) for amount in self.cells.values()]
        columns["exact"] = [exact_text(amount) for amount in self.cells.values()]
        return columns

    def to_arrow(self) -> Any:
        """Return `columns` as a `pyarrow.Table`. Raises ConfigurationError where the extra `arrow` is not installed."""
        return frames.arrow(self.columns())

    def to_pandas(self) -> Any:
        """Return `columns` as a `pandas.DataFrame`; the extra is `pandas`."""
        return frames.pandas(self.columns())

    def to_polars(self) -> Any:
        """Return `columns` as a `polars.DataFrame`; the extra is `polars`."""
        return frames.polars(self.columns())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return `columns` to whoever speaks Arrow (`pl.DataFrame(footprint)`); the extra is `arrow`."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """Return the total and its domains as a notebook shows them."""
        named = (self.organisation, str(self.methodology.year or ""), self.methodology.title)
        return frames.html(" – ".join(filter(None, named)), self.by("domain").groups, "domain")

    def under(self, scenario: Scenario) -> "Footprint":
        """Return the footprint under a scenario that was named when it was assessed. No row is read again."""
        foreseen = scenario in self.presentation.scenarios
        read = scenario.apply(Reading(self.matrix, self.sheet, self.dimensions, scenario.name, foreseen))
        return attrs.evolve(self, matrix=read.matrix, sheet=read.sheet)

    def with_factors(self, values: Mapping[str, str]) -> "Footprint":
        """Return the footprint with other values for some coefficients: identity to decimal text, in the same unit."""
        if unknown := sorted(set(values) - set(self.sheet.coefficients)):
            raise ConfigurationError("coefficient", name=", ".join(unknown))
        return attrs.evolve(self, sheet=self.sheet.with_values(values))

    def displayed(self, display: Display) -> "Footprint":
        """Return the footprint with another display of its parts in reports: nothing of it changes."""
        return attrs.evolve(self, presentation=attrs.evolve(self.presentation, display=display))

    def shares(self) -> Shares | None:
        """Return the share of the whole inventory of emissions, as fractions; None where no inventory was given."""
        if self.reference is None:
            return None
        tonnes, whole = self.exact_total() / 1000, exact(self.reference.total)
        without = None if self.reference.post_1_5 is None else whole - exact(self.reference.post_1_5)
        return Shares(
            total=tonnes / whole,
            without_post_1_5=tonnes / without if without is not None and without > 0 else None,
            denominator=whole,
            denominator_without_post_1_5=without,
        )

    def uncertain(self) -> Uncertain:
        """Return the total as an amount that varies, by the declared spreads of coefficients and the declared causes.

        What declares no uncertainty does not vary: `coverage` says how much of the total that is.
        """
        return Uncertain.of(((term, amount) for _, term, amount in self._products), self._laws)

    def uncertain_by(self, name: str) -> dict[str, Uncertain]:
        """Return the groups of a dimension or a roll-up as amounts that vary together, in the order of `by`."""
        if name in self.methodology.rollups:
            domains = self.uncertain_by("domain")
            groups = self.methodology.rollups[name].items()
            return {
                group: sum((domains[member] for member in members), start=Uncertain.nothing())
                for group, members in groups
            }
        found = self.uncertain_cross(name)
        return {group: found.get((group,), Uncertain.nothing()) for group in self.by(name).groups}

    def uncertain_cross(self, *names: str) -> dict[tuple[str, ...], Uncertain]:
        """Return the groups of several dimensions at once as amounts that vary together, as `cross` returns them."""
        products: dict[tuple[str, ...], list[tuple[Term, Fraction]]] = {group: [] for group in self.cross(*names)}
        places = [self.dimensions.index(name) for name in names]
        for cell, term, amount in self._products:
            products[tuple(cell[place] for place in places)].append((term, amount))
        return {group: Uncertain.of(found, self._laws) for group, found in products.items()}

    def interval(self, level: float = 0.95, *, draws: int = 10_000, seed: int = 0) -> tuple[Quantity, Quantity]:
        """Return the interval that holds the total in `level` of the draws; a seed gives the same draws everywhere."""
        return self.uncertain().interval(level, draws=draws, seed=seed)

    @cached_property
    def _laws(self) -> dict[str, Multiple]:
        if twice := sorted(
            {one.name for one in self.causes if [other.name for other in self.causes].count(one.name) > 1}
        ):
            raise ConfigurationError("causes-twice", names=", ".join(twice))
        causes = {one.identity: multiple_of(one.declared, Fraction(1), one.identity) for one in self.causes}
        return {**self.sheet.laws, **{identity: law for identity, law in causes.items() if law is not None}}

    @cached_property
    def _products(self) -> tuple[tuple[Cell, Term, Fraction], ...]:
        """The entries of A.f, each with what it varies by."""
        self._known(name for cause in self.causes for name in cause.where)
        causes = {cell: self._causes_of(cell) for cell, _ in self.matrix.entries}
        return tuple(
            (cell, tuple(sorted(self.sheet.varying[key] + causes[cell])), amount * self.sheet.values[key] / MILLIONTHS)
            for (cell, key), amount in self.matrix.entries.items()
        )

    def _known(self, names: Iterable[str]) -> None:
        """Raise ConfigurationError where a name is no dimension of the cells."""
        if unknown := [name for name in names if name not in self.dimensions]:
            known = ", ".join((*self.dimensions, *self.methodology.rollups))
            raise ConfigurationError("dimension", name=", ".join(unknown), known=known)

    def _causes_of(self, cell: Cell) -> Term:
        where = dict(zip(self.dimensions, cell, strict=True))
        return tuple(cause.identity for cause in self.causes if cause.touches(where))

    def _rolled_up(self, groups: Mapping[str, Sequence[str]]) -> Breakdown:
        domains = self.by("domain").groups
        placed = {member for members in groups.values() for member in members}
        return Breakdown(
            {name: sum((domains[member] for member in members), start=Fraction(0)) for name, members in groups.items()},
            {domain: amount for domain, amount in domains.items() if domain not in placed},
        )
