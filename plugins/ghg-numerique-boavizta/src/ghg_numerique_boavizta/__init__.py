"""Manufacturers' sheets as Boavizta gathers them: the user's own file becomes a factor table of the user's own.

The data is share-alike (ODbL-1.0), so none of it comes with this distribution.
"""

from ghg_numerique.plugin import FactorImporter, hookimpl
from ghg_numerique_boavizta.importer import Boavizta

__all__ = ["Boavizta", "ghg_factor_importers"]


@hookimpl
def ghg_factor_importers() -> tuple[FactorImporter, ...]:
    """Return the importer of factors of this plugin."""
    return (Boavizta(),)
