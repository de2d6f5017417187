"""The ratios that come with the library, reached through its mappings of natures and accounts."""

from collections.abc import Iterable

from ghg_numerique.plugin import (
    FactorProvider,
    FactorTable,
    hookimpl,
    providers_of,
    shipped_tables,
    table_folders,
    through_sectors,
)


@hookimpl
def ghg_factor_providers() -> Iterable[FactorProvider]:
    """Return the provider of every table of ratios that speaks under the name `monetary`."""
    tables = (FactorTable.read(folder) for folder in table_folders(shipped_tables(), "factors"))
    return through_sectors(providers_of(table for table in tables if table.provider == "monetary"))
