"""`m57-csv`: lines of a budget under the M57 accounts, at the amount that was realised (`mt_real`)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Inventory, SpendingLine
from ghg_numerique_files import mapping, tax_bases
from ghg_numerique_files.budget import BUDGET_OPTIONS, Budget, movement_of
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.dates import FIRST_YEAR, LAST_YEAR, read_year
from ghg_numerique_files.reading import Builder, read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.settings import DIALECT_OPTIONS

COLUMNS: Final[Columns] = (
    Column("account", ("nature",), required=True),
    Column("amount", ("mt_real",), required=True, number=True),
    Column("operation", ("op_budg",), required=True),
    Column("function", ("fonction",), unread=True),
    Column("planned", ("mt_prev",), unread=True),
    Column("opened", ("cred_ouv",), unread=True),
    Column("label", ("prog_lib",), unread=True),
)

WORDS: Final = {"operation": {"0": "real", "1": "internal"}}


@attrs.frozen
class M57Csv:
    """Reads budget lines of one year; each counts on the last day of it, and is named by its file and row."""

    name: str = attrs.field(default="m57-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | BUDGET_OPTIONS | {"year": "The year of the budget, in four digits (required)."},
        init=False,
    )
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | tax_bases.COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda _sheet: _line(document))


def _line(document: Document) -> Builder:
    day, budget = _day(document), Budget.of(document)

    def line(record: Record) -> SpendingLine | None:
        amount = budget.amount(record)
        return budget.line(record, day, amount, movement_of(record, amount, WORDS))

    return line


def _day(document: Document) -> date:
    given = document.options.get("year", "").strip()
    expected = f"{FIRST_YEAR}-{LAST_YEAR}"
    if not given:
        raise refused(document, "option-missing", "year", expected=expected)
    day = read_year(given)
    if not isinstance(day, date):
        raise refused(document, "option-value", given, option="year", expected=expected)
    return day
