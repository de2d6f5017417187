"""`docbudgetaire`: the budget document that TOTEM seals and prefectures receive (XML), every LigneBudget of it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Finding, Inventory, Movement, Origin, Severity, SpendingLine
from ghg_numerique_files import mapping, tax_bases
from ghg_numerique_files.budget import BUDGET_OPTIONS, Budget, movement_of
from ghg_numerique_files.budget_document import BudgetDocument, Vote, read_document
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.dates import FIRST_YEAR, LAST_YEAR, read_year
from ghg_numerique_files.dialect import Dialect
from ghg_numerique_files.mapping import HouseMapping
from ghg_numerique_files.reading import Builder, gathered
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import shown

COLUMNS: Final[Columns] = (
    Column("account", ("Nature",), required=True),
    Column("side", ("CodRD",), required=True),
    Column("operation", ("OpBudg",), required=True),
    Column("amount", ("MtReal",)),
    Column("computed", ("@calculated",)),
)
"""The elements of a LigneBudget that are read, each for its attribute V; `@calculated` is an attribute of the line itself."""

REALISED: Final = ("09", "10")
PLANNED: Final = {"01": "budget primitif", "02": "décision modificative", "03": "budget supplémentaire"}
"""What a document is (NatDec): accounts say what was spent; the steps before them do not."""

WORDS: Final = {
    "side": {"D": "expense", "d": "expense", "R": "revenue", "r": "revenue"},
    "operation": {"0": "real", "1": "internal"},
}
COMPUTED: Final = {"true": "yes", "false": "no"}


@attrs.frozen
class DocBudgetaire:
    """Reads the accounts of a budget; a line is named by its file and its number among the LigneBudget of the file."""

    name: str = attrs.field(default="docbudgetaire", init=False)
    options: Mapping[str, str] = attrs.field(default=dict(BUDGET_OPTIONS), init=False)
    companions: Mapping[str, str] = attrs.field(default=mapping.COMPANIONS | tax_bases.COMPANIONS, init=False)

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        noted: tuple[Finding, ...] = ()
        try:
            found = read_document(document, tuple(column.headers[0] for column in COLUMNS))
            sheet = _sheet(document, found)
            noted = sheet.notes
            build = _line(document, found)
        except Refusal as refusal:
            return Inventory.of((), findings=(*noted, *refusal.findings))
        return gathered(sheet, build)


@attrs.frozen
class XmlDialect(Dialect):
    """How XML was read: its encoding; it says itself where its values begin and end."""

    def __str__(self) -> str:
        return f"xml {self.encoding}"

    def note(self, file: str) -> Finding:
        """Return the note by which a reader sees how the file was read."""
        return Finding.of("dialect-xml", Severity.NOTE, Origin(file), str(self))


def _sheet(document: Document, found: BudgetDocument) -> Sheet:
    """Return the lines as rows, numbered as they come; what they are read from stands in for headers."""
    width = len(COLUMNS)
    return Sheet(
        document.name,
        XmlDialect(found.encoding, "", "."),
        {column.name: place for place, column in enumerate(COLUMNS)},
        {column.name: column.headers[0] for column in COLUMNS},
        width,
        width,
        tuple((number, list(line.values)) for number, line in enumerate(found.lines, start=1)),
        words=HouseMapping.of(document, COLUMNS).words,
    )


def _line(document: Document, found: BudgetDocument) -> Builder:
    budget = Budget.of(document)
    days = _days(document, found)

    def line(record: Record) -> SpendingLine | None:
        source = found.lines[record.row - 1]
        for header in source.twice:
            record.fault("element-twice", next(column.name for column in COLUMNS if header in column.headers), header)
        amount = budget.realised(record)
        movement = movement_of(record, amount, WORDS)
        if record.text("computed") and record.choice("computed", COMPUTED) == "yes":
            movement = Movement.SUBTOTAL
        return budget.line(record, days[source.vote], amount, movement)

    return line


def _days(document: Document, found: BudgetDocument) -> list[date]:
    """Return the last day of the year of each budget. Raises Refusal with every budget that is no account of a year."""
    faults: list[Finding] = []
    days = []
    for vote in found.votes:
        day = read_year(vote.year)
        if not isinstance(day, date):
            origin = Origin(document.name).at("Exer")
            faults.append(
                Finding.of("budget-year", Severity.ERROR, origin, shown(vote.year), first=FIRST_YEAR, last=LAST_YEAR)
            )
        if vote.nature not in REALISED:
            faults.append(_planned(document, vote))
        days.append(day if isinstance(day, date) else date.min)
    if faults:
        raise Refusal(faults)
    return days


def _planned(document: Document, vote: Vote) -> Finding:
    code = "budget-planned" if vote.nature in PLANNED else "budget-unknown"
    value = f"{PLANNED.get(vote.nature, '')} {shown(vote.nature)}".strip()
    return Finding.of(
        code, Severity.ERROR, Origin(document.name).at("NatDec"), value, expected="compte administratif (09)"
    )
