"""`spending-csv`: money spent, one line of an invoice or of a payment order a row."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.model.schema import CREDIT_NOTES, MOVEMENTS, SPENDING, TAX_BASES
from ghg_numerique.plugin import Document, Inventory, Movement, SpendingLine, millionths
from ghg_numerique_files import mapping
from ghg_numerique_files.columns import Columns
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.rates import COMPANIONS, Rates
from ghg_numerique_files.reading import beside, read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import DIALECT_OPTIONS, needed_option, option
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.vocabularies import nature_names

COLUMNS: Final[Columns] = SPENDING


@attrs.frozen
class SpendingCsv:
    """Reads spending without tax (HT) or with it (TTC): the file or the option must say which.

    Amounts are euros, or in currencies whose rates are given.
    """

    name: str = attrs.field(default="spending-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | {"tax_basis": "The tax basis of the amounts, HT or TTC, where no column says it."},
        init=False,
    )
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        rates = Rates.of(document)
        read = read_inventory(document, COLUMNS, lambda sheet: _Ledger.of(document, sheet, rates).line)
        return beside(read, rates.aside)

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML."""
        return proposed(document, COLUMNS, {"nature": nature_names()}, language=language)


@attrs.frozen
class _Ledger:
    """What holds for all lines of a file."""

    unit: str
    rates: Rates

    @classmethod
    def of(cls, document: Document, sheet: Sheet, rates: Rates) -> "_Ledger":
        ask = option if "tax_basis" in sheet.places else needed_option
        return cls(ask(document, "tax_basis", TAX_BASES), rates)

    def line(self, record: Record) -> SpendingLine | None:
        """Return the line of a row."""
        name = record.identity()
        unit = self._unit(record)
        written = record.number("amount") if record.needed("amount") else None
        spent = record.needed_day("spent")
        credit_note = _is_credit_note(record, written or Decimal(0))
        amount = self._euros(record, written, spent, unit)
        nature = nature_names().settle(record, "nature", "nature-unknown")
        movement = record.choice("movement", MOVEMENTS) if record.text("movement") else Movement.EXPENSE
        if record.faults:
            return None
        return SpendingLine(
            name, amount, unit, spent, record.text("domain"), record.text("account"), nature, record.text("sector"),
            record.text("order"), record.text("site"), credit_note, record.origin,
            Movement(movement), supplier=record.text("supplier"),
        )  # fmt: skip

    def _euros(self, record: Record, written: Decimal | None, spent: date, unit: str) -> Decimal:
        """Return the amount of a row in euros; it is what the row counts for when it is set aside."""
        amount = self.rates.in_euros(record, written, spent)
        if amount is None:
            return Decimal(0)
        record.counts(millionths(amount), unit)
        return amount

    def _unit(self, record: Record) -> str:
        """Return the unit of a row: what its own cell says, else the option."""
        if self.unit and not record.text("tax_basis"):
            return self.unit
        return record.choice("tax_basis", TAX_BASES)


def _is_credit_note(record: Record, amount: Decimal) -> bool:
    """Tell whether a row is a credit note; its sign and its word must agree."""
    said = record.choice("type", CREDIT_NOTES) if record.text("type") else ""
    if amount < 0 and said != "credit_note":
        record.fault("amount-negative", "amount", record.text("amount"))
    if amount > 0 and said == "credit_note":
        record.fault("credit-note-positive", "amount", record.text("amount"))
    return said == "credit_note"
