"""`ocs-csv`: the list of machines as OCS Inventory exports it. It knows machines; it knows no price and no purchase."""

from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Finding, Inventory, Origin, Severity
from ghg_numerique_files import mapping
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.reading import read_inventory
from ghg_numerique_files.settings import DIALECT_OPTIONS
from ghg_numerique_files.spelling import folded
from ghg_numerique_glpi.days import DAYS
from ghg_numerique_glpi.fleet import Fleet
from ghg_numerique_glpi.headers import columns
from ghg_numerique_glpi.words import COMPANIONS, vocabularies

COLUMNS: Final = columns("ocs_headers.csv", ("name",), (), ("id", "name", "type", "model", "location"))


@attrs.frozen
class OcsCsv:
    """Reads an export: a row is one machine in use, since an agent on it has just reported.

    OCS has no day of entry. The option `entered` names the column that holds it: one of the administrative data that
    the house keeps, or the date of the BIOS where the house takes that for it.
    """

    name: str = attrs.field(default="ocs-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | DAYS | {"entered": "The header of the column that holds the day of entry; needed."},
        init=False,
    )
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | {"names": COMPANIONS["names"]}, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        header = document.options.get("entered", "").strip()
        if not header:
            missing = Finding.of(
                "option-missing", Severity.ERROR, Origin(document.name), "entered", expected="Date BIOS / BIOS Date ..."
            )
            return Inventory.of((), findings=[missing])
        return read_inventory(
            document,
            with_entry(header),
            lambda _sheet: Fleet.of(document, priced=False, kind="Computer", entry=("entered",)).item,
        )

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML; the column of the day of entry counts as known."""
        header = document.options.get("entered", "").strip()
        return proposed(document, with_entry(header) if header else COLUMNS, vocabularies(), language=language)


def with_entry(header: str) -> Columns:
    """Return the columns of an export in which one header, known already or not, holds the day of entry."""
    others = []
    for column in COLUMNS:
        kept = tuple(known for known in column.headers if folded(known) != folded(header))
        if kept:
            others.append(attrs.evolve(column, headers=kept))
    return (*others, Column("entered", (header,), required=True))
