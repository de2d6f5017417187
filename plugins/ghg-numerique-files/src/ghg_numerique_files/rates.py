"""Amounts in a foreign currency, brought into euros by rates that the user gives, each with its days and its source.

No rate comes with the library. A converted amount is rounded to the cent, the half cent away from zero: article 5 of
Council Regulation (EC) No 1103/97.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.model.schema import CURRENCY, EURO, EUROS
from ghg_numerique.plugin import LARGEST, Document, Finding, Inventory, Severity, rounded
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import read_references
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.spelling import folded

COMPANION: Final = "rates"
COMPANIONS: Final = {
    COMPANION: "A CSV list (currency, from, to, per_euro, source) of the rates of foreign currencies: units for 1 euro."
}
LIST: Final[Columns] = (
    Column("currency", ("devise", "currency"), required=True),
    Column("first", ("du", "from"), required=True),
    Column("last", ("au", "to"), required=True),
    Column("per_euro", ("pour_un_euro", "per_euro"), required=True, number=True),
    Column("source", ("source",), required=True),
)

_CENTS: Final = 2


@attrs.frozen
class Rate:
    """How many units of a currency make one euro, from a day to another, both included, and who says so."""

    first: date
    last: date
    per_euro: Decimal
    source: str


@attrs.frozen
class Rates:
    """The rates of each currency; no day has two.

    A currency with a row at fault is `refused`: which of its days have a rate cannot be told. `aside` are those rows,
    or the faults of a list that cannot be read at all.
    """

    known: Mapping[str, tuple[Rate, ...]] = attrs.Factory(dict)
    refused: frozenset[str] = frozenset()
    aside: Inventory = attrs.field(factory=Inventory.empty)
    is_read: bool = True

    @classmethod
    def of(cls, document: Document) -> "Rates":
        """Return the rates that come with a document, none where it brings none."""
        own = document.companions.get(COMPANION)
        try:
            return cls() if own is None else _listed(own)
        except Refusal as refusal:
            return cls(aside=Inventory.of((), findings=refusal.findings), is_read=False)

    def in_euros(self, record: Record, amount: Decimal | None, day: date) -> Decimal | None:
        """Return an amount in euros, None where there is none, or where it cannot be told.

        A currency without a rate on the day is a fault that says what to write.
        """
        currency = currency_of(record)
        if currency == EURO:
            return amount
        if currency in self.refused:
            record.fault("currency-refused", "currency", currency)
        if currency in self.refused or not self.is_read:
            return None
        rate = next((one for one in self.known.get(currency, ()) if one.first <= day <= one.last), None)
        if rate is None:
            if currency and day > date.min:
                record.fault("currency-rate", "currency", currency, day=day.isoformat())
            return None
        if amount is None:
            return None
        facts = {"rate": str(rate.per_euro), "source": rate.source}
        record.register.warn(
            Finding.of("currency-converted", Severity.NOTE, record.origin, f"{currency} {rate.per_euro}", **facts)
        )
        euros = rounded(Fraction(amount) / Fraction(rate.per_euro), _CENTS)
        if abs(euros) > LARGEST:
            column = next((name for name in ("amount", "debit", "credit") if record.text(name)), "amount")
            facts |= {"currency": currency, "largest": str(LARGEST)}
            record.fault("converted-too-large", column, record.text(column), **facts)
            return None
        return Decimal(euros.numerator) / Decimal(euros.denominator)


def currency_of(record: Record) -> str:
    """Return the code (ISO 4217) of the currency of a row; a file without the column speaks of euros."""
    if "currency" not in record.sheet.places:
        return EURO
    text = record.needed("currency")
    if folded(text) in EUROS:
        return EURO
    if text and not CURRENCY.fullmatch(text):
        record.fault("currency-code", "currency", text)
        return ""
    return text


def _listed(document: Document) -> Rates:
    """Return the rates of a list. Raises Refusal where no row of it can be read."""
    known: dict[str, tuple[Rate, ...]] = {}
    refused: set[str] = set()

    def learn(record: Record) -> None:
        currency, source = currency_of(record), record.needed("source")
        first, last = record.needed_day("first"), record.needed_day("last")
        per_euro = record.amount("per_euro")
        if not record.faults and (last < first or per_euro <= 0 or currency == EURO):
            column = "last" if last < first else "per_euro" if per_euro <= 0 else "currency"
            record.fault("rate-wrong", column, record.text(column))
        if any(rate.first <= last and first <= rate.last for rate in known.get(currency, ())):
            record.fault("rate-twice", "currency", currency)
        known[currency] = (*known.get(currency, ()), Rate(first, last, per_euro, source))
        if record.faults:
            refused.add(currency)

    aside = read_references(document, LIST, learn)
    return Rates(known, frozenset(refused), aside)
