"""Closed lists of names: what people write, and the word of the house behind it. They are files, not code."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.spelling import folded, nearest, unaccented


@attrs.frozen
class Names:
    """What each name means, by its folded spelling, with its accents and without."""

    meanings: Mapping[str, str]

    def meaning(self, text: str) -> str | None:
        """Return the word of the house for a name, None where the list does not have it."""
        return self.meanings.get(folded(text))

    def nearest(self, text: str) -> str:
        """Return the word of the house whose name looks most like a text."""
        near = nearest(text, tuple(self.meanings))
        return self.meanings.get(near, near)

    def settle(self, record: Record, column: str, code: str) -> str:
        """Return what a cell means; a name that no list has is kept as it is written, with a warning."""
        text = record.text(column)
        meaning = self.meaning(text)
        if text and meaning is None:
            record.warn(code, column, text, near=self.nearest(text))
        return meaning or text


def read_names(document: Document, meaning: str) -> Names:
    """Return a list with the columns `name` and `meaning`, in which each meaning is also a name of itself.

    Raises Refusal with every fault of the document, such as one name with two meanings.
    """
    columns = (
        Column("name", ("name",), required=True),
        Column("meaning", (meaning,), required=True),
        Column("comment", ("comment",), unread=True),
    )
    meanings: dict[str, str] = {}

    def learn(record: Record) -> None:
        name, word = record.needed("name"), record.needed("meaning")
        first = meanings.setdefault(folded(name), word)
        if name and word and first != word:
            record.fault("list-twice", "name", name, first=first)

    read_list(document, columns, learn)
    others = {folded(word): word for word in meanings.values()} | {
        unaccented(name): word for name, word in meanings.items()
    }
    return Names(meanings | {name: word for name, word in others.items() if name not in meanings})


def shipped(name: str) -> Document:
    """Return a list of this package as a document."""
    return Document(name, (files(__package__) / "names" / name).read_bytes())


@cache
def equipment_names() -> Names:
    """Return the equipment that the house knows, by its French and English names."""
    return read_names(shipped("equipment_names.csv"), "equipment")


@cache
def nature_names() -> Names:
    """Return what money is spent on, by its French and English names."""
    return read_names(shipped("nature_names.csv"), "nature")


@cache
def state_names() -> Names:
    """Return the states of equipment, by the words of French and English inventories."""
    return read_names(shipped("state_names.csv"), "state")


@cache
def country_names() -> Names:
    """Return ISO 3166 codes by the French and English names of countries."""
    return read_names(shipped("country_names.csv"), "place")


def equipment_of(document: Document) -> Names:
    """Return the names of equipment for a document: its own list where it brings one, and the words of the house."""
    own = document.companions.get("names")
    if own is None:
        return equipment_names()
    words = {folded(word): word for word in equipment_names().meanings.values()}
    return Names(words | dict(read_names(own, "equipment").meanings))


def house_words() -> dict[str, Mapping[str, str]]:
    """Return what the words of files mean, by the name of their column: the `meanings` of `Inventory.from_table`."""
    names = {"equipment": equipment_names(), "nature": nature_names(), "state": state_names(), "place": country_names()}
    return {column: known.meanings for column, known in names.items()}
