"""What a line of a ledger moves, by the beginning of its account: classes 2 and 6 spend, the others do not."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Movement
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.vocabularies import shipped

LIST: Final[Columns] = (
    Column("account", ("account",), required=True),
    Column("movement", ("movement",), required=True),
    Column("comment", ("comment",), unread=True),
)

_BEGINNING = re.compile(r"[0-9]{1,10}", re.ASCII)


@attrs.frozen
class AccountMovements:
    """Movements by the beginning of accounts; of two beginnings, the longer one counts."""

    known: Mapping[str, Movement]

    def movement(self, account: str) -> Movement | None:
        """Return what an account moves, None where the list does not have it."""
        beginnings = (account[:length] for length in range(len(account), 0, -1))
        return next((self.known[beginning] for beginning in beginnings if beginning in self.known), None)


def read_movements(document: Document) -> AccountMovements:
    """Return the movements of a list. Raises Refusal with every fault, such as one account with two movements."""
    known: dict[str, Movement] = {}

    def learn(record: Record) -> None:
        account, word = record.needed("account"), record.choice("movement", {word: word for word in Movement})
        if account and not _BEGINNING.fullmatch(account):
            record.fault("account", "account", account)
        if record.faults:
            return
        first = known.setdefault(account, Movement(word))
        if first != word:
            record.fault("list-twice", "account", account, first=first)

    read_list(document, LIST, learn)
    return AccountMovements(known)


@cache
def shipped_movements() -> AccountMovements:
    """Return the movements of the chart of accounts, public (M57) and private alike."""
    return read_movements(shipped("account_movements.csv"))
