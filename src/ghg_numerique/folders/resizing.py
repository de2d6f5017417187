"""The right size of a fleet: the fleet there is against the fleet that is wanted, by site and type of equipment."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.post import postings
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.columns import OPEN
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Allocation, Kind

_CELLS: Final = ("domain", "kind", "data_kind", "site", "equipment")

Place = tuple[str, str]
"""A site and a type of equipment."""


@attrs.frozen
class Resized:
    """One type of equipment on one site: items, and kgCO2eq, exact; None where a factor is missing.

    `embodied` is the manufacture of what is added; `use_before` and `use_after` are the electricity of a whole year.
    """

    site: str
    equipment: str
    current: Fraction
    target: Fraction
    embodied: Fraction | None
    use_before: Fraction | None
    use_after: Fraction | None

    @property
    def kept(self) -> Fraction:
        """The items that stay."""
        return min(self.current, self.target)

    @property
    def added(self) -> Fraction:
        """The items that are missing from the fleet that is wanted."""
        return self.target - self.kept

    @property
    def removed(self) -> Fraction:
        """The items that leave."""
        return self.current - self.kept


@attrs.frozen
class Resizing:
    """The lines of all sites, the types of equipment that the fleet that is wanted does not name, the coefficients that
    stand in for what was asked (the mix of a year to come), and the sites that the fleet in service does not have.
    """

    lines: tuple[Resized, ...]
    untouched: tuple[str, ...]
    stand_ins: tuple[Coefficient, ...] = ()
    new_sites: tuple[str, ...] = ()

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites, in the order of their names."""
        return tuple(sorted({line.site for line in self.lines}))

    def on(self, site: str) -> tuple[Resized, ...]:
        """Return the lines of a site."""
        return tuple(line for line in self.lines if line.site == site)

    def changed(self, site: str) -> Fraction:
        """Return how many items of a site are changed for items of another type: as many leave there as come."""
        there = self.on(site)
        return min(sum((line.added for line in there), Fraction(0)), sum((line.removed for line in there), Fraction(0)))


def resized(opened: Folder) -> Resizing:
    """Return the difference between the fleet in service on the last day of the year and the one that the page names.

    Only types that the latter names are compared: one that is to go altogether is named with a quantity of 0. Both
    fleets are counted in service for the whole year, by the factors of the folder. What is added is manufactured at
    the mean of its type on its site in the fleet that is wanted. Raises ConfigurationError where the page names none, and
    where a row of it is not in service on that day.
    """
    if opened.project.target_fleet is None:
        raise ConfigurationError("resize-none", path=opened.path)
    current = _standing(opened.inventory, opened)
    wanted = opened.read(opened.project.target_fleet)
    target = _standing(wanted, opened)
    if len(target) < len(wanted):
        year, names = opened.methodology.reporting_year, ", ".join(sorted(set(wanted.ids) - set(target.ids))) or "?"
        raise ConfigurationError("resize-absent", file=opened.project.target_fleet.file, names=names, year=year)
    before, after = _items(current), _items(target)
    resolutions = [_resolved(fleet, opened) for fleet in (current, target)]
    was, will = (_emitted(fleet, found) for fleet, found in zip((current, target), resolutions, strict=True))
    named = {equipment for _, equipment in after}
    places = sorted(place for place in {*before, *after} if place[1] in named)
    untouched = tuple(sorted({equipment for _, equipment in before} - named))
    lines = tuple(_line(place, before, after, was, will) for place in places)
    new_sites = tuple(sorted({site for site, _ in after} - {site for site, _ in before}))
    return Resizing(lines, untouched, _stand_ins(resolutions), new_sites)


Emitted = Mapping[tuple[str, str, str], Fraction | None]
"""kgCO2eq by site, equipment and kind; None where a factor is missing."""


def _line(
    place: Place, before: Mapping[Place, Fraction], after: Mapping[Place, Fraction], was: Emitted, will: Emitted
) -> Resized:
    current, target = before.get(place, Fraction(0)), after.get(place, Fraction(0))
    whole = will.get((*place, Kind.EMBODIED), Fraction(0))
    added = target - min(current, target)
    if not added:
        embodied: Fraction | None = Fraction(0)
    else:
        embodied = None if whole is None else whole * added / target
    use = (Kind.USE,)
    return Resized(
        *place, current, target, embodied, was.get(place + use, Fraction(0)), will.get(place + use, Fraction(0))
    )


def _standing(inventory: Inventory, opened: Folder) -> Inventory:
    """Return the equipment in service on the last day of the year, as if it had been there from its first day on."""
    first, after = year_days(opened.methodology.reporting_year)
    rows = inventory.in_service(after - 1, opened.methodology.fleet.powered)
    return attrs.evolve(rows, start=rows.start * 0 + first, end=rows.end * 0 + OPEN, order=rows.order * 0 - 1)


def _items(fleet: Inventory) -> dict[Place, Fraction]:
    items: dict[Place, Fraction] = {}
    for code, amount in zip(fleet.profile.tolist(), fleet.amount.tolist(), strict=True):
        profile = fleet.profiles[code]
        place = (profile.site, profile.equipment)
        items[place] = items.get(place, Fraction(0)) + Fraction(amount, MILLIONTHS)
    return items


def _resolved(fleet: Inventory, opened: Folder) -> Resolution:
    methodology = attrs.evolve(opened.methodology, cells=_CELLS, allocation=Allocation.FLOW, boundary=())
    return opened.resolved(keys_of(fleet, methodology), methodology)


def _stand_ins(resolutions: Iterable[Resolution]) -> tuple[Coefficient, ...]:
    chains = [chain for resolution in resolutions for chain in resolution.chains.values()]
    found = {link.identity: link for chain in chains for link in chain.links if link.identity in chain.stand_ins}
    return tuple(link for _, link in sorted(found.items()))


def _emitted(fleet: Inventory, resolution: Resolution) -> Emitted:
    """Return what a fleet emits when all of it is bought and used in the year, by place and kind."""
    posted = postings(fleet, resolution)
    places = [_CELLS.index(name) for name in ("site", "equipment", "kind")]
    emitted: dict[tuple[str, str, str], Fraction | None] = {}
    for cell, amount in (posted.matrix @ resolution.sheet.values).items():
        site, equipment, kind = (cell[place] for place in places)
        emitted[site, equipment, kind] = (emitted.get((site, equipment, kind)) or Fraction(0)) + amount
    missing = {(what, str(kind)) for what, kind, _ in posted.gaps}
    sites = {(fleet.profiles[code].site, fleet.profiles[code].equipment) for code in set(fleet.profile.tolist())}
    for site, equipment in sites:
        for kind in (Kind.EMBODIED, Kind.USE):
            if (equipment, kind) in missing:
                emitted[site, equipment, kind] = None
    return emitted
