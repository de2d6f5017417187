"""In which tax basis the amounts of accounts are: one for the whole file, or one by the beginning of accounts."""

from typing import Final

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.account_beginnings import ByBeginning, read_beginnings
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import TAX_BASES, needed_option, option

COMPANION: Final = "tax_bases"
COMPANIONS: Final = {
    COMPANION: "A CSV list (account, tax_basis) of the accounts, by their beginning, that are HT where others are TTC."
}


@attrs.frozen
class TaxBases:
    """Tax bases by the beginning of accounts: of two beginnings the longer one counts, else `unit`, which may be none."""

    unit: str
    by_account: ByBeginning = attrs.field(factory=lambda: ByBeginning({}))

    @classmethod
    def of(cls, document: Document) -> "TaxBases":
        """Return what a document declares. Raises Refusal where it declares nothing, or one account twice."""
        own = document.companions.get(COMPANION)
        if own is None:
            return cls(needed_option(document, "tax_basis", TAX_BASES))
        return cls(option(document, "tax_basis", TAX_BASES), read_beginnings(own, "tax_basis", TAX_BASES))

    def unit_of(self, record: Record, account: str) -> str:
        """Return the unit of an account; one that nobody declared is a fault."""
        unit = self.known(account)
        if account and not unit:
            record.fault("account-basis", "account", account)
        return unit

    def known(self, account: str) -> str:
        """Return the unit of an account, nothing where nobody declared it."""
        return self.by_account.of(account) or self.unit
