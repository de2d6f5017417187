"""What plugins promise: plain classes that keep one of four protocols. Nothing is inherited."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol, runtime_checkable

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import Finding, PluginError
from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role


@attrs.frozen
class Offer:
    """A coefficient proposed for a key, and how well it fits; `note` says why it stands in, where it does."""

    key: FactorKey
    coefficient: Coefficient
    match: Match
    note: str = ""


@attrs.frozen
class Document:
    """A file as an importer receives it: bytes that are already in memory, and what the file does not say itself.

    `options` are texts (`tax_basis = "TTC"`); `companions` are other files that the reading needs, by the name of the
    option that asks for them (`datacentres`). An importer opens nothing itself.
    """

    name: str
    content: bytes
    options: Mapping[str, str] = attrs.Factory(dict)
    companions: Mapping[str, "Document"] = attrs.Factory(dict)


@attrs.frozen
class TableOptions:
    """What is asked of an import of factors, and what the export may not say itself.

    `release` and `retrieved` are those of the export, where the user knows them; `today` is the day to write where
    neither the user nor the export says when it was fetched.
    """

    archived: bool = False
    release: str = ""
    retrieved: date | None = None
    today: date | None = None


@attrs.frozen
class TableReport:
    """What became of the rows of an export: `kept + len(refused) == read`, where a blank row is no row.

    A refused row is a finding: its code is the reason, its value what was refused, its fact `id` what names the row.
    `remarks` are what was kept, or not looked at, and should be known.
    """

    dialect: str
    read: int
    kept: int
    refused: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.kept + len(self.refused) != self.read:
            raise PluginError("rows-lost", read=self.read, kept=self.kept, refused=len(self.refused))

    @property
    def by_reason(self) -> Mapping[str, tuple[Finding, ...]]:
        """The refused rows under each reason, the reason of most rows first."""
        found: dict[str, list[Finding]] = {}
        for row in self.refused:
            found.setdefault(row.code, []).append(row)
        return {reason: tuple(rows) for reason, rows in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))}


@attrs.frozen
class ImportedTable:
    """A factor table made of an export: its head without `id` and `sha256`, and its records, the header first.

    The folder that it is written to gives the `id`, and the records give the hash.
    """

    head: Mapping[str, str]
    records: tuple[tuple[str, ...], ...]
    report: TableReport


@runtime_checkable
class FactorProvider(Protocol):
    """Offers coefficients of one role for the keys that it knows.

    An answer depends on the key alone: neither on the order of the keys, nor on the batch they come in, nor on what
    was asked before. Offers are only for keys that were asked, in a unit of the role (`kgCO2eq/item`,
    `kWh/item/year`, `kgCO2eq/kWh`, `kgCO2eq/kEUR_HT`, `year`). A key that is not known is not answered.
    """

    @property
    def name(self) -> str:
        """The name that a methodology ranks; unique among the providers of a role."""
        ...

    @property
    def role(self) -> Role:
        """What its coefficients do."""
        ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """The publications behind its coefficients; never empty."""
        ...

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return what it has for these keys."""
        ...


@runtime_checkable
class Importer(Protocol):
    """Reads a document into an inventory; what it cannot read becomes a finding with its row and column.

    It never drops a row in silence: a row is in the inventory, or in `set_aside` with an error finding.
    """

    @property
    def name(self) -> str:
        """The name by which `ghg.toml` asks for it; unique."""
        ...

    @property
    def options(self) -> Mapping[str, str]:
        """The options that it understands, each with one sentence; any other option is refused before it is called."""
        ...

    @property
    def companions(self) -> Mapping[str, str]:
        """The companion files that it understands, each with one sentence."""
        ...

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        ...


@runtime_checkable
class TableImporter(Protocol):
    """Makes a factor table of the export of a publisher; values stay the texts that were published.

    It never drops a row in silence: a row is a record of the table, or refused in the report with its reason. The same
    document and options give the same table. An export that cannot be read as a whole raises InputError.
    """

    @property
    def name(self) -> str:
        """The name by which `factors import` asks for it; unique."""
        ...

    def read_table(self, document: Document, /, *, options: TableOptions) -> ImportedTable:
        """Return the table of an export."""
        ...


@runtime_checkable
class Report(Protocol):
    """Renders a footprint; it rounds, translates and draws, and never computes."""

    @property
    def name(self) -> str:
        """The name by which it is asked for; unique."""
        ...

    @property
    def media_type(self) -> str:
        """The media type of what it returns."""
        ...

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the document."""
        ...
