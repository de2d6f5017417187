"""What plugins promise: plain classes that keep one of four protocols. Nothing is inherited."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Protocol, runtime_checkable

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.model.draft import Draft
from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role

OTHER_TYPE: Final = "type"
"""The note of an offer that speaks of a narrower type than was asked, for want of one for the whole type: a stand-in."""


@attrs.frozen
class Offer:
    """A coefficient proposed for a key, and how well it fits; `note` says why it stands in, where it does."""

    key: FactorKey
    coefficient: Coefficient
    match: Match
    note: str = ""

    @property
    def stands_in(self) -> bool:
        """Tell whether it takes the place of what was asked, for want of better."""
        return self.match is Match.GENERIC or self.note == OTHER_TYPE


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


@runtime_checkable
class FactorProvider(Protocol):
    """Offers coefficients of one role for the keys that it knows.

    An answer depends on the key alone: neither on the order of the keys, nor on the batch they come in, nor on what
    was asked before. Offers are only for keys that were asked, in a unit of the role (`kgCO2eq/item`,
    `kWh/item/year`, `kgCO2eq/kWh`, `kgCO2eq/kEUR_HT`, `year`), and a monetary ratio says the year of its prices. A key
    that is not known is not answered.
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
class Mapper(Protocol):
    """An importer that proposes how the headers and words of a house may be said in its own; it applies nothing.

    The page is TOML in which every proposal is a comment: given back as the companion `mapping` as it is, it maps
    nothing. It lists what has no meaning, by rows, units and euros.
    """

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return the page. Raises InventoryError where the document cannot be split into columns."""
        ...


@runtime_checkable
class FactorImporter(Protocol):
    """Reads what a publisher of factors releases, in its own form, into the draft of a factor table.

    Every row that it reads is a row of the draft, or refused with a finding that says why: kept and refused are all that
    was read. A row is never mended, and what it answers is never guessed. A file that cannot be read as a whole raises
    InputError.
    """

    @property
    def name(self) -> str:
        """The name by which `factors import` asks for it; unique."""
        ...

    @property
    def options(self) -> Mapping[str, str]:
        """The options that it understands, each with one sentence; any other option is refused before it is called.

        One that understands `archived` keeps the rows that the publisher has archived when it is `yes`.
        """
        ...

    def draft(self, document: Document, /) -> Draft:
        """Return the draft of a table, and the account of every row that was read."""
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


@runtime_checkable
class Album(Report, Protocol):
    """A report that can be taken apart: documents of its media type, each complete in itself."""

    def leaves(self, footprint: Footprint, /, *, language: str = "fr") -> Mapping[str, bytes]:
        """Return the documents by their names: plain letters, digits and hyphens, the same in every language."""
        ...
