"""Several years of one house: each change of the total, explained exactly, from one year's folder to the next."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.algebra.chronicle import STEPS, Cells, Change, Chronicle, YearBridge
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.levers import Cell
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.trend import Target
from ghg_numerique.assessment import refuse
from ghg_numerique.documents import read_toml
from ghg_numerique.engine.checks import faults
from ghg_numerique.engine.keys import Keys, keys_of
from ghg_numerique.engine.post import post
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import PAGE
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.terms import Role

YEARS_PAGE: Final = "years.toml"


@attrs.frozen
class YearsPage:
    """What `years.toml` says beside the folders of the years: the target, if one was decided."""

    target: Target | None = None


@attrs.frozen
class Years:
    """The folders of several years of one organisation, in their order, and the target."""

    folders: tuple[Folder, ...]
    target: Target | None = None

    @classmethod
    def there(cls, path: str | Path) -> bool:
        """Tell whether a folder holds the folders of years, and is none itself."""
        root = Path(path)
        return not (root / PAGE).is_file() and any(root.glob(f"*/{PAGE}"))

    @classmethod
    def open(cls, path: str | Path, *, factors: Iterable[str | Path] = ()) -> Self:
        """Open every folder below `path` that holds a `ghg.toml`; `factors` are folders of tables to add to each.

        Raises ConfigurationError where there are fewer than two, where two are of one year or of two organisations,
        and where the base year of the target is none of them.
        """
        root = Path(path)
        if not root.is_dir():
            raise ConfigurationError("folder-missing", path=root)
        tables = tuple(factors)
        folders = [Folder.open(page.parent, factors=tables) for page in sorted(root.glob(f"*/{PAGE}"))]
        folders.sort(key=lambda folder: folder.project.year)
        page = read_toml(root / YEARS_PAGE, YearsPage) if (root / YEARS_PAGE).is_file() else YearsPage()
        _check(root, folders, page.target)
        return cls(tuple(folders), page.target)

    @cached_property
    def totals(self) -> dict[int, Fraction]:
        """The footprint of every year, in kgCO2eq."""
        return {folder.project.year: folder.footprint.exact_total() for folder in self.folders}

    @cached_property
    def bridges(self) -> tuple[YearBridge, ...]:
        """The bridge from each year to the next."""
        return tuple(crossed(before, after) for before, after in pairwise(self.folders))

    @cached_property
    def chronicle(self) -> Chronicle:
        """The years against one another."""
        return Chronicle(self.totals, self.bridges, self.target)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the last year."""
        return self.folders[-1].catalogue

    @cached_property
    def footprint(self) -> Footprint:
        """The footprint of the last year, which its reports show beside the years before it."""
        last = self.folders[-1].footprint
        return attrs.evolve(last, presentation=attrs.evolve(last.presentation, chronicle=self.chronicle))

    def check_output(self, path: str | Path) -> None:
        """Raise ConfigurationError where a report would be written over something that a year is read from."""
        for folder in self.folders:
            folder.check_output(path)
        page = self.folders[0].path.parent / YEARS_PAGE
        if Path(path).resolve() == page.resolve():
            raise ConfigurationError("output-is-input", path=path, read=page)


def _check(root: Path, folders: list[Folder], target: Target | None) -> None:
    if len(folders) < 2:
        raise ConfigurationError("years-few", path=root, count=len(folders))
    for before, after in pairwise(folders):
        if before.project.year == after.project.year:
            raise ConfigurationError("years-twice", first=before.path, second=after.path, year=after.project.year)
        if before.project.organisation != after.project.organisation:
            raise ConfigurationError("years-organisation", first=before.path, second=after.path)
    if target is not None and target.base_year not in {folder.project.year for folder in folders}:
        raise ConfigurationError("target-base", path=root / YEARS_PAGE, year=target.base_year)


def crossed(before: Folder, after: Folder) -> YearBridge:
    """Return the exact bridge from one year to another.

    Raises InventoryError where the rows of the earlier year cannot be read by the later method (a domain that it does
    not know), and AmbiguousFactor where that method leaves two of their factors tied.
    """
    method = after.methodology.for_year(before.methodology.reporting_year)
    named = attrs.evolve(before.methodology, cells=method.cells)
    perimeter = attrs.evolve(named, boundary=method.boundary, stages=method.stages, fleet=method.fleet)
    readings = [_read(before, chosen) for chosen in (named, perimeter, method)]
    states: list[Cells] = [reading.cells(reading.resolution.sheet.values) for reading in readings]
    states.extend([readings[-1].cells(_later_values(readings[-1], after)), after.footprint.cells])
    changes = tuple(
        Change(cause, _difference(left, right)) for cause, (left, right) in zip(STEPS, pairwise(states), strict=True)
    )
    return YearBridge(
        (before.methodology.reporting_year, after.methodology.reporting_year),
        method.cells,
        sum(states[0].values(), start=Fraction(0)),
        changes,
        sum(states[-1].values(), start=Fraction(0)),
    )


@attrs.frozen
class _Reading:
    """The rows of a year by one method: A, and the factors that were chosen for it."""

    matrix: ActivityMatrix[Cell, ChainKey]
    resolution: Resolution

    def cells(self, values: Mapping[ChainKey, Fraction]) -> Cells:
        return self.matrix @ values


def _read(folder: Folder, methodology: Methodology) -> _Reading:
    refuse(folder.inventory.with_findings(faults(folder.inventory, methodology)))
    resolution = folder.resolved(keys_of(folder.inventory, methodology), methodology)
    return _Reading(post(folder.inventory, resolution), resolution)


def _later_values(reading: _Reading, after: Folder) -> dict[ChainKey, Fraction]:
    """Return f for the chains of the earlier year, by the factors of the later one.

    The days of the earlier year stay its own: that a leap year has one more is activity. What a purchase order details
    stays as it was, too.
    """
    earlier = reading.resolution.methodology.reporting_year
    later = after.methodology.reporting_year
    wanted = {key: _in_year(key, earlier, later) for key in reading.matrix.columns}
    resolution = after.resolved(Keys(frozenset(wanted.values())), after.methodology)
    values = dict(reading.resolution.sheet.values)
    for key, bare in wanted.items():
        if (chain := resolution.chains.get(bare)) is not None:
            shares = [link.exact for link in reading.resolution.chains[key].links if link.role is Role.SHARE]
            values[key] = prod(shares, start=chain.value())
    return values


def _in_year(key: ChainKey, earlier: int, later: int) -> ChainKey:
    """Return the chain that the same activity asks for in a later year, whatever a purchase order details of it."""
    return attrs.evolve(
        key,
        order="",
        factors=tuple(
            attrs.evolve(factor, year=later) if factor.year == earlier and factor.role is not Role.CALENDAR else factor
            for factor in key.factors
        ),
    )


def _difference(left: Cells, right: Cells) -> Cells:
    nothing = Fraction(0)
    changes = {cell: right.get(cell, nothing) - left.get(cell, nothing) for cell in sorted({*left, *right})}
    return {cell: change for cell, change in changes.items() if change}
