"""What the types of a NumEcoEval inventory are in the words of the house; a model may differ from its type."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.spelling import folded
from ghg_numerique_files.vocabularies import Names, shipped

COLUMNS: Final[Columns] = (
    Column("type", ("type",), required=True),
    Column("model", ("model",), required=True, blank=True),
    Column("equipment", ("equipment",), required=True, blank=True),
    Column("comment", ("comment",), unread=True),
)


@attrs.frozen
class EquipmentTypes:
    """Equipment by type and model, both folded. A row without equipment says that no single thing is meant."""

    known: Mapping[tuple[str, str], str]

    def equipment(self, kind: str, model: str) -> str:
        """Return the equipment of a model of a type, else of the type; nothing where no list says what it is."""
        key = folded(kind), folded(model)
        return self.known[key] if key in self.known else self.known.get((key[0], ""), "")


def read_types(document: Document) -> EquipmentTypes:
    """Return the types of a document. Raises Refusal with every fault, such as one model with two meanings."""
    known: dict[tuple[str, str], str] = {}

    def learn(record: Record) -> None:
        key = folded(record.needed("type")), folded(record.text("model"))
        equipment = record.text("equipment")
        first = known.setdefault(key, equipment)
        if first != equipment:
            record.fault("list-twice", "type", " / ".join(filter(None, key)), first=first)

    read_list(document, COLUMNS, learn)
    return EquipmentTypes(known)


@cache
def shipped_types() -> EquipmentTypes:
    """Return the types of the shipped list."""
    return read_types(shipped("numecoeval_names.csv"))


@cache
def type_names() -> Names:
    """Return the types that the shipped list knows, each as a name of itself."""
    return Names({kind: kind for kind, _ in shipped_types().known})
