"""The machine rooms of a NumEcoEval inventory: where each stands, and what it draws beside its equipment."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.hardware import pue_of
from ghg_numerique_files.places import place_of
from ghg_numerique_files.reading import read_references
from ghg_numerique_files.record import Record
from ghg_numerique_files.spelling import folded, nearest

COLUMNS: Final[Columns] = (
    Column("id", ("nomCourtDatacenter",), required=True),
    Column("place", ("localisation",), required=True),
    Column("pue", ("pue",), number=True),
    Column("long_name", ("nomLongDatacenter",), unread=True),
    Column("entity", ("nomEntite",), unread=True),
    Column("data_source", ("nomSourceDonnee",), unread=True),
    Column("inventory", ("idInventaire",), unread=True),
)


@attrs.frozen
class Datacentre:
    """A machine room: its place (ISO 3166) and its power usage effectiveness, where that is known."""

    name: str
    place: str
    pue: Decimal | None


@attrs.frozen
class Datacentres:
    """The rooms of an inventory by the folded spelling of their short names.

    The names of rows that are at fault are `refused`: such a room, or one that is described twice, says nothing. `aside`
    are those rows.
    """

    rooms: Mapping[str, Datacentre] = MappingProxyType({})
    refused: frozenset[str] = frozenset()
    aside: Inventory = attrs.field(factory=Inventory.empty)

    def room(self, record: Record, column: str) -> Datacentre | None:
        """Return the room that a row stands in. One that nobody describes, or whose row is refused, is a fault."""
        name = record.text(column)
        room = self.rooms.get(folded(name))
        if folded(name) in self.refused:
            record.fault("datacentre-refused", column, name)
        elif room is None:
            near = nearest(name, tuple(known.name for known in self.rooms.values()))
            record.fault("datacentre-unknown", column, name, near=near)
        return room


def read_datacentres(document: Document) -> Datacentres:
    """Return the rooms of a document, and the rows that are refused. Raises Refusal where no row can be read."""
    rooms: dict[str, Datacentre] = {}
    refused: set[str] = set()

    def learn(record: Record) -> None:
        name = record.identity()
        record.needed("place")
        rooms[folded(name)] = Datacentre(name, place_of(record, "place"), pue_of(record, "pue"))
        if record.faults:
            refused.add(folded(name))

    aside = read_references(document, COLUMNS, learn)
    return Datacentres(rooms, frozenset(refused), aside)
