"""`ledger-csv`: the entries of a ledger, one a row: an export in the columns of a house, or a FEC."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import (
    Document,
    Finding,
    Inventory,
    Movement,
    NumberError,
    Origin,
    Severity,
    SpendingLine,
    millionths,
)
from ghg_numerique_files import mapping, rates, tax_bases
from ghg_numerique_files.account_beginnings import ByBeginning
from ghg_numerique_files.account_movements import read_movements, shipped_movements
from ghg_numerique_files.ledger_columns import ledger_columns
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.rates import Rates
from ghg_numerique_files.reading import beside, read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.settings import DIALECT_OPTIONS
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import composed, folded
from ghg_numerique_files.tax_bases import TaxBases
from ghg_numerique_files.vocabularies import nature_names

SIDES: Final = {
    "D": "debit", "C": "credit", "d": "debit", "c": "credit", "débit": "debit", "debit": "debit", "crédit": "credit",
    "credit": "credit",
}  # fmt: skip
ASSETS: Final = "2"
"""The class of what is bought to last: a credit there is a credit note, or a thing that leaves at its old price."""
NONE: Final = "none"
"""What the option `opening` says where no journal brings balances forward."""

_ACCOUNT = re.compile(r"[0-9]{2}[0-9A-Za-z]{0,18}", re.ASCII)


@attrs.frozen
class LedgerCsv:
    """Reads a ledger: debits of classes 2 and 6 spend, credits give back, other accounts are set apart."""

    name: str = attrs.field(default="ledger-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | {
            "tax_basis": "The tax basis of the amounts: HT or TTC (required, unless tax_bases names every account).",
            "opening": "The journals that bring balances forward, separated by commas, or none; required once there is "
            "a column of journals.",
            "domain": "The domain of all lines that have none of their own.",
        },
        init=False,
    )  # fmt: skip
    companions: Mapping[str, str] = attrs.field(
        default=mapping.COMPANIONS
        | {
            "columns": "A CSV list (header, column) that replaces the headers of the house.",
            "accounts": "A CSV list (account, movement) that replaces what accounts move, by their beginning.",
        }
        | tax_bases.COMPANIONS
        | rates.COMPANIONS,
        init=False,
    )

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        try:
            columns = ledger_columns(document)
        except Refusal as refusal:
            return Inventory.of((), findings=refusal.findings)
        given = Rates.of(document)
        read = read_inventory(document, columns, lambda sheet: _Ledger.of(document, sheet, given).line)
        return beside(read, given.aside)

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML."""
        return proposed(document, ledger_columns(document), {"nature": nature_names()}, language=language)


@attrs.frozen
class _Ledger:
    """What holds for all entries of a ledger."""

    bases: TaxBases
    rates: Rates
    domain: str
    opening: frozenset[str]
    movements: ByBeginning

    @classmethod
    def of(cls, document: Document, sheet: Sheet, given: Rates) -> "_Ledger":
        own = document.companions.get("accounts")
        bases = TaxBases.of(document)
        _check_amounts(document, sheet)
        opening = _opening(document, sheet)
        movements = shipped_movements() if own is None else read_movements(own)
        return cls(bases, given, document.options.get("domain", "").strip(), opening, movements)

    def line(self, record: Record) -> SpendingLine | None:
        """Return the line of an entry. A credit on an account that spends gives money back: a credit note."""
        name = record.identity() if "id" in record.sheet.places else str(record.origin)
        account = record.needed("account")
        unit, day = self.bases.unit_of(record, account), record.needed_day("date")
        amount = self._euros(record, unit, day)
        movement = self._movement(record, account)
        nature = nature_names().settle(record, "nature", "nature-unknown")
        if record.faults:
            return None
        if movement is Movement.REVENUE:
            amount = -amount
        if movement is Movement.EXPENSE and amount < 0 and account.startswith(ASSETS):
            record.warn("asset-credited", "account", account)
        return SpendingLine(
            name, amount, unit, day, record.text("domain") or self.domain, account, nature,
            order=record.text("order"), site=record.text("site"), credit_note=amount < 0, origin=record.origin,
            movement=movement, supplier=record.text("supplier"),
        )  # fmt: skip

    def _euros(self, record: Record, unit: str, day: date) -> Decimal:
        """Return the euros that an entry debits; they are what the row counts for when it is set aside."""
        amount = self.rates.in_euros(record, self._amount(record), day)
        if amount is None:
            return Decimal(0)
        try:
            record.counts(millionths(amount), unit)
        except NumberError as error:
            record.not_counted(error, "debit")
        return amount

    def _amount(self, record: Record) -> Decimal:
        """Return what an entry debits, negative where it credits."""
        if "amount" in record.sheet.places:
            amount = record.amount("amount")
            if "side" in record.sheet.places and record.choice("side", SIDES) == "credit":
                amount = -amount
        else:
            debit, credit = record.number("debit"), record.number("credit")
            if not (record.text("debit") or record.text("credit")):
                record.fault("cell-empty", "debit")
            if debit and credit:
                record.fault("both-sides", "credit", record.text("credit"), debit=record.text("debit"))
            amount = (debit or Decimal(0)) - (credit or Decimal(0))
        return amount

    def _movement(self, record: Record, account: str) -> Movement:
        """Return what an entry moves: by its journal where that brings balances forward, else by its account."""
        found = self.movements.of(account)
        if account and not _ACCOUNT.fullmatch(account):
            record.fault("account-ledger", "account", account)
        elif account and not found:
            record.fault("account-unplaced", "account", account)
        if self.opening and folded(record.text("journal")) in self.opening:
            return Movement.COUNTERPART
        return Movement(found or Movement.COUNTERPART)


def _check_amounts(document: Document, sheet: Sheet) -> None:
    """Raise Refusal unless a ledger says its amounts in one way: signed, with a side, or by debit and credit."""
    found = [name for name in ("amount", "side", "debit", "credit") if name in sheet.places]
    if found not in (["amount"], ["amount", "side"], ["debit", "credit"]):
        value = ", ".join(sheet.headers[name] for name in found) or "-"
        raise refused(document, "ledger-amounts", value)


def _opening(document: Document, sheet: Sheet) -> frozenset[str]:
    """Return the journals that bring balances forward. Raises Refusal where nobody says, or where one is not there."""
    given = document.options.get("opening", "").strip()
    place = sheet.places.get("journal")
    if place is None:
        if given and folded(given) != NONE:
            raise Refusal(
                [Finding.of("column-missing", Severity.ERROR, Origin(document.name), "journal | JournalCode")]
            )
        return frozenset()
    journals = {folded(cells[place]): composed(cells[place]) for _, cells in sheet.rows if place < len(cells)}
    expected = ", ".join([*sorted(filter(None, journals.values())), NONE])
    if not given:
        raise refused(document, "option-missing", "opening", expected=expected)
    if folded(given) == NONE:
        return frozenset()
    named = {folded(name) for name in given.split(",")} - {""}
    if unknown := sorted(named - set(journals)):
        raise refused(document, "option-value", ", ".join(unknown), option="opening", expected=expected)
    return frozenset(named)
