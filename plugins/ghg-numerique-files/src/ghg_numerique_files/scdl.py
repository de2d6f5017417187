"""`scdl-budget`: budgets as French local authorities publish them, the common schema "SCDL budget" 0.8.1."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Inventory, Movement, SpendingLine
from ghg_numerique_files import mapping, tax_bases
from ghg_numerique_files.budget import BUDGET_OPTIONS, Budget, movement_of
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import Builder, read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.settings import DIALECT_OPTIONS
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import composed, folded

COLUMNS: Final[Columns] = (
    Column("step", ("BGT_NATDEC",), required=True),
    Column("year", ("BGT_ANNEE",), required=True),
    Column("account", ("BGT_NATURE",), required=True),
    Column("operation", ("BGT_OPBUDG",), required=True),
    Column("side", ("BGT_CODRD",), required=True),
    Column("amount", ("BGT_MTREAL",), required=True, number=True),
    *(
        Column("label" if header.endswith("_LABEL") else header, (header,), unread=True)
        for header in (
            "BGT_SIRET", "BGT_NOM", "BGT_CONTNAT", "BGT_CONTNAT_LABEL", "BGT_NATURE_LABEL", "BGT_FONCTION",
            "BGT_FONCTION_LABEL", "BGT_OPERATION", "BGT_SECTION", "BGT_MTBUDGPREC", "BGT_MTRARPREC", "BGT_MTPROPNOUV",
            "BGT_MTPREV", "BGT_CREDOUV", "BGT_MTRAR3112", "BGT_ARTSPE",
        )
    ),
)  # fmt: skip

REALISED: Final = "realised"
STEPS: Final = {
    "budget primitif": "planned", "budget supplémentaire": "supplement", "budget supplementaire": "supplement",
    "décision modificative": "amendment", "decision modificative": "amendment", "compte administratif": REALISED,
}  # fmt: skip
"""The steps of a budget: only the last one says what was spent."""

WORDS: Final = {
    "side": {"dépense": "expense", "depense": "expense", "recette": "revenue"},
    "operation": {"réel": "real", "reel": "real", "ordre": "internal"},
}


@attrs.frozen
class ScdlBudget:
    """Reads budget lines at the amount that was realised; a line of an earlier step of the budget realises nothing."""

    name: str = attrs.field(default="scdl-budget", init=False)
    options: Mapping[str, str] = attrs.field(default=DIALECT_OPTIONS | BUDGET_OPTIONS, init=False)
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | tax_bases.COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda sheet: _line(document, sheet))


def _line(document: Document, sheet: Sheet) -> Builder:
    budget = Budget.of(document)
    _refuse_plans(document, sheet)

    def line(record: Record) -> SpendingLine | None:
        step = record.choice("step", STEPS)
        amount = budget.realised(record)
        record.needed("year")
        day = record.year("year") or date.min
        movement = movement_of(record, amount, WORDS)
        if step and step != REALISED:
            movement = Movement.UNREALISED
            if amount:
                record.fault("realised-early", "amount", record.text("amount"), step=record.text("step"))
        return budget.line(record, day, amount, movement)

    return line


def _refuse_plans(document: Document, sheet: Sheet) -> None:
    """Raise Refusal where a file holds plans alone: every line of it would count for nothing."""
    place = sheet.places["step"]
    found = {composed(cells[place]) for _, cells in sheet.rows if place < len(cells)}
    if found and all(STEPS.get(folded(step), REALISED) != REALISED for step in found):
        raise refused(document, "budget-planned", ", ".join(sorted(found)), expected="compte administratif")
