"""The machine rooms of a NumEcoEval inventory: where each stands, and what it draws beside its equipment."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.hardware import pue_of
from ghg_numerique_files.places import place_of
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.spelling import folded

COLUMNS: Final[Columns] = (
    Column("id", ("nomCourtDatacenter",), required=True),
    Column("place", ("localisation",), required=True),
    Column("pue", ("pue",), number=True),
    Column("long_name", ("nomLongDatacenter",), unread=True),
    Column("entity", ("nomEntite",), unread=True),
    Column("inventory", ("idInventaire",), unread=True),
)


@attrs.frozen
class Datacentre:
    """A machine room: its place (ISO 3166) and its power usage effectiveness, where that is known."""

    name: str
    place: str
    pue: Decimal | None


def read_datacentres(document: Document) -> Mapping[str, Datacentre]:
    """Return the rooms of a document by the folded spelling of their short names. Raises Refusal with every fault."""
    rooms: dict[str, Datacentre] = {}

    def learn(record: Record) -> None:
        name = record.identity()
        record.needed("place")
        rooms[folded(name)] = Datacentre(name, place_of(record, "place"), pue_of(record, "pue"))

    read_list(document, COLUMNS, learn)
    return rooms
