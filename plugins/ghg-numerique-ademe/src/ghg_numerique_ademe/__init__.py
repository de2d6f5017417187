"""ADEME's figures as factor providers: the Base Carbone, the life-cycle values of its calculators, and lifetimes.

Everything is read from the tables that come with the library. What a methodology ranks are the names `ademe` (Base
Carbone: embodied emissions and electricity), `publicodes` (embodied, by stage) and `lifetime`. A release of the Base
Carbone that does not come with the library is read by `base-carbone`, an importer of factors.
"""

from collections.abc import Iterable

from ghg_numerique.plugin import (
    FactorImporter,
    TableProvider,
    hookimpl,
    providers_of,
    read_tables,
    shipped_tables,
)
from ghg_numerique_ademe.base_carbone import BaseCarbone

NAMES = ("ademe", "publicodes", "publicodes-other", "impact-co2", "lifetime", "lifetime-publicodes")


@hookimpl
def ghg_factor_providers() -> Iterable[TableProvider]:
    """Return ADEME's providers, one for each name and role."""
    return providers_of(read_tables(shipped_tables(), *NAMES))


@hookimpl
def ghg_factor_importers() -> Iterable[FactorImporter]:
    """Return the importer of the Base Carbone."""
    return (BaseCarbone(),)
