"""What the types, models and states of a house are in our words: lists that the house can replace, never guesses."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import attrs

from ghg_numerique.plugin import Document, State
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.equipment_types import EquipmentTypes, read_types
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import option
from ghg_numerique_files.spelling import folded
from ghg_numerique_files.vocabularies import Names, equipment_names, state_names

COMPANIONS: Final = {
    "names": "A CSV list (type, model, equipment, comment) that replaces the shipped one.",
    "states": "A CSV list (name, state, comment) that replaces the shipped one.",
}
"""The lists that a house can replace, each with one sentence."""

WITHOUT_STATE: Final = {"without_state": "The state of rows that name none, such as in_use; else they are at fault."}
WORDS_OF_STATE: Final = {state.value: state.value for state in State}
STATE_COLUMNS: Final[Columns] = (
    Column("name", ("name",), required=True),
    Column("state", ("state",), required=True),
    Column("comment", ("comment",), unread=True),
)


@attrs.frozen
class Words:
    """The equipment behind types and models, and the states behind the names of a house."""

    types: EquipmentTypes
    names: Names
    states: Mapping[str, str]
    without_state: str

    @classmethod
    def of(cls, document: Document) -> "Words":
        """Return the words for a document. Raises Refusal where a list or an option of it is at fault."""
        own, states = document.companions.get("names"), document.companions.get("states")
        without = option(document, "without_state", WORDS_OF_STATE)
        known = state_names().meanings if states is None else read_states(states)
        if own is None:
            return cls(shipped_types(), equipment_names(), known, without)
        return cls(read_types(own), Names(_words_of_the_house()), known, without)

    def equipment(self, record: Record, kind: str) -> str:
        """Return what a row is; a type that no list leads further is kept as it is written, and said."""
        model = record.text("model")
        listed = any(key in self.types.known for key in ((folded(kind), folded(model)), (folded(kind), "")))
        equipment = self.types.equipment(kind, model) if listed else self.names.meaning(kind)
        if kind and not equipment:
            record.warn("type-unmapped", "type", kind, model=model)
        return equipment or kind

    def state(self, record: Record) -> State:
        """Return the state of a row. A file without the column says nothing else than in use."""
        if "state" not in record.sheet.places:
            return State.IN_USE
        if self.without_state and not record.text("state"):
            return State(self.without_state)
        return State(record.choice("state", self.states) or State.IN_USE)


def read_states(document: Document) -> Mapping[str, str]:
    """Return the states of a list by their folded names. Raises Refusal with every fault of it."""
    known: dict[str, str] = {}

    def learn(record: Record) -> None:
        name, state = record.needed("name"), record.choice("state", WORDS_OF_STATE)
        first = known.setdefault(folded(name), state)
        if name and first != state:
            record.fault("list-twice", "name", name, first=first)

    read_list(document, STATE_COLUMNS, learn)
    return known


def vocabularies() -> Mapping[str, Names]:
    """Return what types and states mean, by the column that holds them: what a mapping is proposed from."""
    types = {kind: equipment for (kind, model), equipment in shipped_types().known.items() if equipment and not model}
    return {"type": Names(types | dict(equipment_names().meanings)), "state": state_names()}


@cache
def shipped_types() -> EquipmentTypes:
    """Return the types of the shipped list."""
    name = "glpi_names.csv"
    return read_types(Document(name, (files(__package__) / "names" / name).read_bytes()))


@cache
def _words_of_the_house() -> Mapping[str, str]:
    return {folded(word): word for word in equipment_names().meanings.values()}
