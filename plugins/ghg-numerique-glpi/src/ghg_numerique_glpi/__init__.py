"""Importers of the inventories that cities keep: GLPI (CSV export, database) and OCS Inventory (CSV export)."""

from ghg_numerique.plugin import Importer, hookimpl
from ghg_numerique_glpi.glpi_csv import GlpiCsv
from ghg_numerique_glpi.glpi_sql import GlpiSql
from ghg_numerique_glpi.ocs_csv import OcsCsv

__all__ = ["GlpiCsv", "GlpiSql", "OcsCsv", "ghg_importers"]


@hookimpl
def ghg_importers() -> tuple[Importer, ...]:
    """Return the importers of this plugin."""
    return (GlpiCsv(), OcsCsv(), GlpiSql())
