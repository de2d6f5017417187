"""`glpi-csv`: the list of a kind of equipment as GLPI exports it, in French or in English."""

from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document, HardwareItem, Inventory
from ghg_numerique_files import mapping
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.reading import Builder, read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import DIALECT_OPTIONS, option
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_glpi.days import DAYS, ENTERED
from ghg_numerique_glpi.fleet import Fleet
from ghg_numerique_glpi.headers import columns
from ghg_numerique_glpi.prices import TAX_BASIS
from ghg_numerique_glpi.words import COMPANIONS, WITHOUT_STATE, vocabularies

READ: Final = (
    "id", "name", "type", "model", "state", "location", "buy_date", "delivery_date", "use_date", "left", "value", "order",
)  # fmt: skip
COLUMNS: Final = columns("glpi_headers.csv", ("name", "type"), ("value",), READ)
KINDS: Final = {name: name for name in ("Computer", "Monitor", "Phone", "Printer", "NetworkEquipment", "Peripheral")}
"""The lists of GLPI that hold equipment, by the names that its database gives them."""


@attrs.frozen
class GlpiCsv:
    """Reads an export: a row is one item; `''`, which GLPI writes for a quote, is read as a quote."""

    name: str = attrs.field(default="glpi-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS
        | TAX_BASIS
        | ENTERED
        | DAYS
        | WITHOUT_STATE
        | {"kind": f"What rows are that name no type: {', '.join(KINDS)}."},
        init=False,
    )
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda sheet: _builder(document, sheet))

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML."""
        return proposed(document, COLUMNS, vocabularies(), language=language)


def _builder(document: Document, sheet: Sheet) -> Builder:
    kind = option(document, "kind", KINDS)
    fleet = Fleet.of(document, priced=bool(sheet.first_filled("value")), kind=kind)

    def item(record: Record) -> HardwareItem | None:
        record.cells = [cell.replace("''", '"') for cell in record.cells]
        return fleet.item(record)

    return item
