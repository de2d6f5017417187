"""The smallest plugin: one provider, one importer, one report. Copy it, rename it, keep its tests.

Nothing is inherited: each class keeps a contract of `ghg_numerique.plugin`, and each hook returns what the plugin has.
Its figures are invented, and stand for an `example-widget` that no fleet holds.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from importlib.resources import files

import attrs

from ghg_numerique.plugin import (
    Document,
    FactorKey,
    FactorTable,
    Finding,
    Footprint,
    HardwareItem,
    Inventory,
    Match,
    Offer,
    Origin,
    Precision,
    Role,
    SetAside,
    Severity,
    Source,
    hookimpl,
    written,
)

UNREAD = {
    "fr": "cette ligne ne se lit pas. Attendu : w-1;example-widget;3;2024-03-01.",
    "en": "this line cannot be read. Expected: w-1;example-widget;3;2024-03-01.",
}
"""What the plugin says itself: the house has no sentence for the code `example-line`."""


@attrs.frozen
class ExampleAbacus:
    """Yearly electricity, by model and else by type. An answer depends on the key alone."""

    table: FactorTable
    name: str = "example-abacus"
    role: Role = Role.ENERGY

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one table behind the figures."""
        return (self.table.source,)

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return the rows of each key; silence for a key that the table does not know."""
        for key in keys:
            for row in self.table.rows:
                if row.model and row.model == key.model:
                    yield Offer(key, row.coefficient, Match.EXACT)
                elif not row.model and key.equipment in row.equipment:
                    yield Offer(key, row.coefficient, Match.FAMILY)


@attrs.frozen
class ExampleLines:
    """Reads `id;equipment;number of items;day of entry`, a line each. A line that it cannot read is told, not lost."""

    name: str = "example-lines"
    options: Mapping[str, str] = {"domain": "the domain of all lines"}
    companions: Mapping[str, str] = {}

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document in UTF-8."""
        items: list[HardwareItem] = []
        faults: list[Finding] = []
        for row, line in enumerate(document.content.decode(errors="replace").splitlines(), start=1):
            origin = Origin(document.name, row)
            try:
                name, equipment, number, day = (cell.strip() for cell in line.split(";"))
                entered, domain = date.fromisoformat(day), document.options.get("domain", "")
                items.append(HardwareItem(name, equipment, number, entered, domain=domain, origin=origin))
            except ValueError:
                faults.append(Finding.of("example-line", Severity.ERROR, origin, line, **UNREAD))
        return Inventory.of(items, findings=faults, set_aside=[SetAside(fault.origin) for fault in faults])


@attrs.frozen
class ExampleTotal:
    """The total on one line. It rounds and writes, and computes nothing."""

    name: str = "example-total"
    media_type: str = "text/plain"

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the line, in UTF-8."""
        digits = Precision.of(footprint).digits
        return f"{written(footprint.total().to('tCO2eq').value, digits, language)} tCO2eq\n".encode()


@hookimpl
def ghg_factor_providers() -> Iterable[ExampleAbacus]:
    """Return the example's provider."""
    return [ExampleAbacus(FactorTable.read(files(__package__) / "example-abacus-1"))]


@hookimpl
def ghg_importers() -> Iterable[ExampleLines]:
    """Return the example's importer."""
    return [ExampleLines()]


@hookimpl
def ghg_reports() -> Iterable[ExampleTotal]:
    """Return the example's report."""
    return [ExampleTotal()]
