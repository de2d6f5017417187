"""The ratios that come with the library, reached through its mappings of natures and accounts."""

from collections.abc import Iterable

from ghg_numerique.plugin import (
    FactorProvider,
    hookimpl,
    providers_of,
    read_tables,
    shipped_tables,
    through_sectors,
)


@hookimpl
def ghg_factor_providers() -> Iterable[FactorProvider]:
    """Return the provider of every table of ratios that speaks under the name `monetary`."""
    return through_sectors(providers_of(read_tables(shipped_tables(), "monetary")))
