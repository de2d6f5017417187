"""From a spending line to the ratio of a sector: the sector it names, else its nature, else its account."""

from collections.abc import Collection, Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.tables import MappingTable, read_tables, shipped_tables, table_folders
from ghg_numerique.plugin.contracts import Offer
from ghg_numerique.plugin.table_provider import TableProvider, providers_of
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role


@attrs.frozen
class SectorRatios:
    """Ratios by sector, reached through mappings that are data; the first mapping that knows a word is the one that says.

    A sector that the line names is EXACT, the sector of its nature FAMILY, the sector of its account GENERIC: an
    account holds many things. A ratio of another year is offered too; the methodology says whether it may be used.
    """

    ratios: TableProvider
    mappings: tuple[MappingTable, ...]
    role: Role = Role.MONETARY

    @property
    def name(self) -> str:
        """The name that a methodology ranks."""
        return self.ratios.name

    @property
    def sources(self) -> tuple[Source, ...]:
        """The ratios, and the mappings that lead to them."""
        return (*self.ratios.sources, *(mapping.source for mapping in self.mappings))

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return the ratio of each way by which a key leads to a sector."""
        for key in keys:
            for sector, match in self._sectors(key):
                for offer in self.ratios.offers([attrs.evolve(key, sector=sector)]):
                    yield attrs.evolve(offer, key=key, match=max(match, offer.match))

    def _sectors(self, key: FactorKey) -> Iterator[tuple[str, Match]]:
        if key.sector:
            yield key.sector, Match.EXACT
        if sector := self._sector_of("nature", key.nature):
            yield sector, Match.FAMILY
        if sector := self._sector_of("account", key.account):
            yield sector, Match.GENERIC

    def _sector_of(self, what: str, word: str) -> str:
        targets = (mapping.targets.get(word, "") for mapping in self.mappings if mapping.maps == (what, "sector"))
        return next(filter(None, targets), "")


def folder_providers(root: Traversable | Path) -> tuple[TableProvider | SectorRatios, ...]:
    """Return the providers of every factor table below a folder; a user's own tables need no code.

    Ratios are reached through the mappings of the folder, where it has some, and then through those of the library.
    """
    return tuple(through_sectors(providers_of(read_tables(root)), root))


def through_sectors(
    providers: Iterable[TableProvider], *folders: Traversable | Path
) -> Iterator[TableProvider | SectorRatios]:
    """Return providers, those of money behind the mappings of `folders`, and then behind those of the library."""
    known = list(providers)
    mappings: tuple[MappingTable, ...] = ()
    if any(provider.role is Role.MONETARY for provider in known):
        places = (*folders, shipped_tables())
        mappings = tuple(MappingTable.read(table) for place in places for table in table_folders(place, "mapping"))
    for provider in known:
        yield SectorRatios(provider, mappings) if provider.role is Role.MONETARY else provider
