"""What a list says of accounts by their beginnings: of two beginnings, the longer one counts."""

import re
from collections.abc import Mapping

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record

_BEGINNING = re.compile(r"[0-9]{1,10}", re.ASCII)


@attrs.frozen
class ByBeginning:
    """Meanings by the beginning of accounts."""

    known: Mapping[str, str]

    def of(self, account: str) -> str:
        """Return the meaning of the longest beginning of an account that is known, nothing where none is."""
        beginnings = (account[:length] for length in range(len(account), 0, -1))
        return next((self.known[beginning] for beginning in beginnings if beginning in self.known), "")


def read_beginnings(document: Document, word: str, meanings: Mapping[str, str]) -> ByBeginning:
    """Return what a list (account, `word`) says; the words of its second column are those of `meanings`.

    Raises Refusal with every fault, such as one account with two meanings.
    """
    known: dict[str, str] = {}
    columns = (
        Column("account", ("account",), required=True),
        Column(word, (word,), required=True),
        Column("comment", ("comment",), unread=True),
    )

    def learn(record: Record) -> None:
        account, said = record.needed("account"), record.choice(word, meanings)
        if account and not _BEGINNING.fullmatch(account):
            record.fault("account", "account", account)
        if not record.faults and known.setdefault(account, said) != said:
            record.fault("list-twice", "account", account, first=known[account])

    read_list(document, columns, learn)
    return ByBeginning(known)
