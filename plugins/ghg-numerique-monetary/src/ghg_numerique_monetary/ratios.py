"""From a spending line to the ratio of a sector: the sector it names, else its nature, else its account."""

from collections.abc import Collection, Iterable, Iterator

import attrs

from ghg_numerique.plugin import (
    FactorKey,
    MappingTable,
    Match,
    Offer,
    Role,
    Source,
    TableProvider,
    hookimpl,
    providers_of,
    read_tables,
    shipped_tables,
    table_folders,
)


@attrs.frozen
class MonetaryRatios:
    """Ratios by sector, reached through mappings that are data.

    A sector that the line names is EXACT, the sector of its nature FAMILY, the sector of its account GENERIC: an
    account holds many things. A ratio of another year is offered too; the methodology says whether it may be used.
    """

    ratios: TableProvider
    by_nature: MappingTable
    by_account: MappingTable
    role: Role = Role.MONETARY

    @property
    def name(self) -> str:
        """The name that a methodology ranks."""
        return self.ratios.name

    @property
    def sources(self) -> tuple[Source, ...]:
        """The ratios, and the mappings that lead to them."""
        return (*self.ratios.sources, self.by_nature.source, self.by_account.source)

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return the ratio of each way by which a key leads to a sector."""
        for key in keys:
            for sector, match in self._sectors(key):
                for offer in self.ratios.offers([attrs.evolve(key, sector=sector)]):
                    yield attrs.evolve(offer, key=key, match=max(match, offer.match))

    def _sectors(self, key: FactorKey) -> Iterator[tuple[str, Match]]:
        if key.sector:
            yield key.sector, Match.EXACT
        if sector := self.by_nature.targets.get(key.nature):
            yield sector, Match.FAMILY
        if sector := self.by_account.targets.get(key.account):
            yield sector, Match.GENERIC


@hookimpl
def ghg_factor_providers() -> Iterable[MonetaryRatios]:
    """Return the ratios that come with the library, with their mappings."""
    root = shipped_tables()
    mappings = {mapping.maps: mapping for mapping in map(MappingTable.read, table_folders(root, "mapping"))}
    tables = read_tables(root)
    return [
        MonetaryRatios(ratios, mappings["nature", "sector"], mappings["account", "sector"])
        for ratios in providers_of(table for table in tables if table.provider == "monetary")
    ]
