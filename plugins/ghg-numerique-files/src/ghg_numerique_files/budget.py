"""Lines of a budget: the account, the amount that was realised, and what the line moves."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Movement, SpendingLine
from ghg_numerique_files.record import Record
from ghg_numerique_files.tax_bases import TaxBases

BUDGET_OPTIONS: Final = {
    "tax_basis": "The tax basis of the amounts: HT or TTC (required, unless the companion tax_bases names every account); "
    "a main budget is TTC.",
    "domain": "The domain of all lines, where they are of one domain.",
}
"""What no budget says of itself."""

_ACCOUNT = re.compile(r"[0-9]{2,10}", re.ASCII)


@attrs.frozen
class Budget:
    """What holds for all lines of a budget; each counts on the last day of its year, and is named by file and row."""

    bases: TaxBases
    domain: str

    @classmethod
    def of(cls, document: Document) -> "Budget":
        """Return what the options say. Raises Refusal where the tax basis is not given: nobody guesses it."""
        return cls(TaxBases.of(document), document.options.get("domain", "").strip())

    def line(self, record: Record, day: date, amount: Decimal, movement: Movement) -> SpendingLine | None:
        """Return the line of a row. A negative amount cancels an earlier one: in a budget that is a credit note."""
        account = record.needed("account")
        if account and not _ACCOUNT.fullmatch(account):
            record.fault("account", "account", account)
        unit = self.bases.unit_of(record, account)
        if record.faults:
            return None
        return SpendingLine(
            str(record.origin), amount, unit, day, self.domain, account,
            credit_note=amount < 0, origin=record.origin, movement=movement,
        )  # fmt: skip

    def realised(self, record: Record) -> Decimal:
        """Return the amount that was realised; an empty cell says that nothing was."""
        return self.amount(record) if record.text("amount") else Decimal(0)

    def amount(self, record: Record) -> Decimal:
        """Return an amount that must be there, counted in the tax basis of its account should the row be set aside."""
        return record.amount("amount", self.bases.known(record.text("account")))


def movement_of(record: Record, amount: Decimal, words: Mapping[str, Mapping[str, str]]) -> Movement:
    """Return what a line moves: money in, no money at all, nothing yet, else an expense.

    `words` are the closed lists of the columns `side` (revenue or expense) and `operation` (real or internal).
    """
    side = record.choice("side", words["side"]) if "side" in words else ""
    operation = record.choice("operation", words["operation"])
    if side == "revenue":
        return Movement.REVENUE
    if operation == "internal":
        return Movement.INTERNAL_TRANSFER
    return Movement.EXPENSE if amount else Movement.UNREALISED
