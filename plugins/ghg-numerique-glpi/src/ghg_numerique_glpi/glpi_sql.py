"""`glpi-sql`: the equipment of GLPI, from its database. The document is a page that says how to reach it."""

from collections.abc import Mapping

import attrs

from ghg_numerique.plugin import Document, Finding, Inventory, Origin, Severity
from ghg_numerique_files.reading import rows_read
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_glpi.database import Snapshot, read_snapshot
from ghg_numerique_glpi.days import ENTERED
from ghg_numerique_glpi.energy import HOURS
from ghg_numerique_glpi.fleet import Fleet
from ghg_numerique_glpi.prices import TAX_BASIS
from ghg_numerique_glpi.schema import ASSETS
from ghg_numerique_glpi.words import COMPANIONS, WITHOUT_STATE


@attrs.frozen
class GlpiSql:
    """Reads computers, monitors, telephones, printers, network devices and other devices; a record is one item.

    Records in the trash and templates are left out, and their number is said. A row is named by its table and its id:
    `glpi.toml/glpi_computers:12`.
    """

    name: str = attrs.field(default="glpi-sql", init=False)
    options: Mapping[str, str] = attrs.field(default=TAX_BASIS | ENTERED | HOURS | WITHOUT_STATE, init=False)
    companions: Mapping[str, str] = attrs.field(default=COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of the database that a page leads to."""
        noted: tuple[Finding, ...] = ()
        try:
            snapshot = read_snapshot(document)
            noted = _notes(document, snapshot)
            fleet = Fleet.of(document, priced=_has_prices(snapshot))
        except Refusal as refusal:
            return Inventory.of((), findings=(*noted, *refusal.findings))
        parts = [
            rows_read(sheet, attrs.evolve(fleet, kind=asset.kind).item)
            for asset, sheet in snapshot.sheets
            if sheet.rows
        ]
        whole = Inventory.concat(parts)
        return attrs.evolve(whole, findings=(*noted, *whole.findings))


def _notes(document: Document, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return what was read and what was not; no record at all is an error."""
    origin = Origin(document.name)
    read = Finding.of(
        "glpi-read", Severity.NOTE, origin, snapshot.sha256,
        rows=snapshot.rows, database=snapshot.database, server=snapshot.server,
    )  # fmt: skip
    left_out = Finding.of(
        "glpi-left-out", Severity.NOTE, origin, deleted=snapshot.deleted, templates=snapshot.templates
    )
    nothing = Finding.of("glpi-empty", Severity.ERROR, origin, ", ".join(asset.table for asset in ASSETS))
    return (read, left_out) if snapshot.rows else (read, left_out, nothing)


def _has_prices(snapshot: Snapshot) -> bool:
    """Tell whether any record has a value; GLPI writes 0.0000 where nobody filled one in."""
    return any(cells[sheet.places["value"]].strip("0.") for _, sheet in snapshot.sheets for _, cells in sheet.rows)
