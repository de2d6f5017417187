"""`m57-csv`: lines of a budget under the M57 accounts, at the amount that was realised (`mt_real`)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Inventory, SpendingLine
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.dates import FIRST_YEAR, LAST_YEAR, read_year
from ghg_numerique_files.reading import read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.settings import DIALECT_OPTIONS, TAX_BASES, needed_option

COLUMNS: Final[Columns] = (
    Column("account", ("nature",), required=True),
    Column("amount", ("mt_real",), required=True, number=True),
    Column("operation", ("op_budg",), required=True),
    Column("function", ("fonction",), unread=True),
    Column("planned", ("mt_prev",), unread=True),
    Column("opened", ("cred_ouv",), unread=True),
    Column("programme", ("prog_lib",), unread=True),
)

INTERNAL_TRANSFER: Final = "internal-transfer"
"""The nature of an "opération d'ordre": no money leaves the house, and a methodology may leave it out by that name."""

OPERATIONS: Final = {"0": "real", "1": "internal"}

_ACCOUNT = re.compile(r"[0-9]{2,10}", re.ASCII)


@attrs.frozen
class M57Csv:
    """Reads budget lines of one year; each counts on the last day of it, and is named by its file and row."""

    name: str = attrs.field(default="m57-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | {
            "year": "The year of the budget, in four digits (required).",
            "tax_basis": "The tax basis of the amounts: HT or TTC (required); a main budget is TTC.",
            "domain": "The domain of all lines, where they are of one domain.",
        },
        init=False,
    )  # fmt: skip
    companions: Mapping[str, str] = attrs.field(factory=dict, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda _sheet: _Budget.of(document).line)


@attrs.frozen
class _Budget:
    """What holds for all lines of a budget."""

    day: date
    unit: str
    domain: str

    @classmethod
    def of(cls, document: Document) -> "_Budget":
        given = document.options.get("year", "").strip()
        expected = f"{FIRST_YEAR}-{LAST_YEAR}"
        if not given:
            raise refused(document, "option-missing", "year", expected=expected)
        day = read_year(given)
        if not isinstance(day, date):
            raise refused(document, "option-value", given, option="year", expected=expected)
        unit = needed_option(document, "tax_basis", TAX_BASES)
        return cls(day, unit, document.options.get("domain", "").strip())

    def line(self, record: Record) -> SpendingLine | None:
        """Return the line of a row. A negative amount cancels an earlier one: in a budget that is a credit note."""
        account = record.needed("account")
        if account and not _ACCOUNT.fullmatch(account):
            record.fault("account", "account", account)
        amount = record.amount("amount", self.unit)
        operation = record.choice("operation", OPERATIONS)
        if record.faults:
            return None
        nature = INTERNAL_TRANSFER if operation == "internal" else ""
        return SpendingLine(
            str(record.origin), amount, self.unit, self.day, self.domain, account, nature,
            credit_note=amount < 0, origin=record.origin,
        )  # fmt: skip
