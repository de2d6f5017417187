"""The columns of a ledger: a list says which header means what, and a house may bring its own list."""

from typing import Final

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.spelling import folded
from ghg_numerique_files.vocabularies import shipped

MEANINGS: Final = (
    "account", "date", "amount", "debit", "credit", "side", "journal", "id", "order", "supplier", "currency", "domain",
    "nature", "site", "label", "ignored",
)  # fmt: skip
"""What a column of a ledger may be; a header that is `ignored` is allowed, and not used; a `label` may say that its row is a total."""

LIST: Final[Columns] = (
    Column("header", ("header",), required=True),
    Column("column", ("column",), required=True),
    Column("comment", ("comment",), unread=True),
)


def ledger_columns(document: Document) -> Columns:
    """Return the columns of a ledger: by its own list (companion `columns`) where it brings one, else by the house's.

    Raises Refusal with every fault of the list, such as one header with two meanings.
    """
    headers: dict[str, dict[str, str]] = {meaning: {} for meaning in MEANINGS}
    known: dict[str, str] = {}

    def learn(record: Record) -> None:
        header, meaning = record.needed("header"), record.choice("column", {word: word for word in MEANINGS})
        first = known.setdefault(folded(header), meaning)
        if header and meaning and first != meaning:
            record.fault("list-twice", "header", header, first=first)
        if meaning:
            headers[meaning].setdefault(folded(header), header)

    read_list(document.companions.get("columns") or shipped("ledger_columns.csv"), LIST, learn)
    used = (
        Column(
            meaning,
            tuple(spelled.values()),
            required=meaning in ("account", "date"),
            number=meaning in ("amount", "debit", "credit"),
        )
        for meaning, spelled in headers.items()
        if spelled and meaning not in ("label", "ignored")
    )
    labels = (Column("label", (header,), unread=True) for header in headers["label"].values())
    return (*used, *labels, *(Column(header, (header,), unread=True) for header in headers["ignored"].values()))
