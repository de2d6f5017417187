"""In which tax basis the amounts of accounts are: one for the whole file, or one by the beginning of accounts."""

import re
from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import read_list
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import TAX_BASES, needed_option, option

COMPANION: Final = "tax_bases"
COMPANIONS: Final = {
    COMPANION: "A CSV list (account, tax_basis) of the accounts, by their beginning, that are HT where others are TTC."
}
LIST: Final[Columns] = (
    Column("account", ("account",), required=True),
    Column("tax_basis", ("tax_basis",), required=True),
    Column("comment", ("comment",), unread=True),
)

_BEGINNING = re.compile(r"[0-9]{1,10}", re.ASCII)


@attrs.frozen
class TaxBases:
    """Tax bases by the beginning of accounts: of two beginnings the longer one counts, else `unit`, which may be none."""

    unit: str
    by_account: Mapping[str, str] = attrs.Factory(dict)

    @classmethod
    def of(cls, document: Document) -> "TaxBases":
        """Return what a document declares. Raises Refusal where it declares nothing, or one account twice."""
        own = document.companions.get(COMPANION)
        if own is None:
            return cls(needed_option(document, "tax_basis", TAX_BASES))
        return cls(option(document, "tax_basis", TAX_BASES), _listed(own))

    def unit_of(self, record: Record, account: str) -> str:
        """Return the unit of an account; one that nobody declared is a fault."""
        unit = self.known(account)
        if account and not unit:
            record.fault("account-basis", "account", account)
        return unit

    def known(self, account: str) -> str:
        """Return the unit of an account, nothing where nobody declared it."""
        if not self.by_account:
            return self.unit
        beginnings = (account[:length] for length in range(len(account), 0, -1))
        return next((self.by_account[one] for one in beginnings if one in self.by_account), self.unit)


def _listed(document: Document) -> Mapping[str, str]:
    known: dict[str, str] = {}

    def learn(record: Record) -> None:
        account, unit = record.needed("account"), record.choice("tax_basis", TAX_BASES)
        if account and not _BEGINNING.fullmatch(account):
            record.fault("account", "account", account)
        if not record.faults and known.setdefault(account, unit) != unit:
            record.fault("list-twice", "account", account, first=known[account])

    read_list(document, LIST, learn)
    return known
