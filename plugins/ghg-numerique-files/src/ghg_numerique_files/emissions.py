"""`emissions-csv`: emissions that a supplier or an earlier report declares; they need no factor."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.plugin import (
    CO2EQ,
    DeclaredEmission,
    Document,
    Finding,
    Inventory,
    Kind,
    NumberError,
    Origin,
    Quantity,
    Severity,
    UnitError,
    millionths,
)
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.mapping import COMPANIONS
from ghg_numerique_files.reading import read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.settings import DIALECT_OPTIONS
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.vocabularies import Names, equipment_of

COLUMNS: Final[Columns] = (
    Column("id", ("identifiant", "id"), required=True),
    Column("emissions", ("émissions", "emissions"), required=True, number=True),
    Column("unit", ("unité", "unit"), required=True),
    Column("kind", ("type",), required=True),
    Column("day", ("date",)),
    Column("year", ("année", "year")),
    Column("domain", ("domaine", "domain")),
    Column("equipment", ("équipement", "equipment")),
    Column("site", ("site",)),
)

KINDS: Final = {
    "fabrication": Kind.EMBODIED, "utilisation": Kind.USE, "services": Kind.SERVICES, "énergie grise": Kind.EMBODIED,
    "energie grise": Kind.EMBODIED, "embodied": Kind.EMBODIED, "usage": Kind.USE, "use": Kind.USE,
}  # fmt: skip


@attrs.frozen
class EmissionsCsv:
    """Reads declared emissions, in any unit of CO2eq; a row bears a date, or a year that counts as its last day."""

    name: str = attrs.field(default="emissions-csv", init=False)
    options: Mapping[str, str] = attrs.field(default=dict(DIALECT_OPTIONS), init=False)
    companions: Mapping[str, str] = attrs.field(
        default=COMPANIONS
        | {"names": "A CSV list (name, equipment) that replaces the names of equipment of the house."},
        init=False,
    )

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda sheet: _Declarations.of(document, sheet).emission)


@attrs.frozen
class _Declarations:
    """What holds for all rows of a file."""

    names: Names

    @classmethod
    def of(cls, document: Document, sheet: Sheet) -> "_Declarations":
        if not {"day", "year"} & set(sheet.places):
            origin = Origin(document.name, 1)
            raise Refusal([Finding.of("column-missing", Severity.ERROR, origin, "date | année | year")])
        return cls(equipment_of(document))

    def emission(self, record: Record) -> DeclaredEmission | None:
        """Return the emission of a row."""
        name = record.identity()
        amount, unit = _quantity(record)
        day = _day(record)
        kind = record.choice("kind", KINDS)
        equipment = self.names.settle(record, "equipment", "equipment-unknown")
        if record.faults:
            return None
        return DeclaredEmission(
            name, amount, unit, day, Kind(kind), record.text("domain"), equipment, record.text("site"), record.origin
        )


def _quantity(record: Record) -> tuple[Decimal, str]:
    """Return an amount and its unit; what the row counts for is kept in kgCO2eq, as in the inventory."""
    amount = record.amount("emissions")
    text = record.needed("unit")
    if amount < 0:
        record.fault("number-negative", "emissions", record.text("emissions"))
    if not text:
        return amount, ""
    try:
        value = Quantity.of(Fraction(amount), text).to(CO2EQ).value
    except UnitError:
        record.fault("emission-unit", "unit", text, expected="kgCO2eq / tCO2eq / gCO2eq")
        return amount, ""
    try:
        record.counts(millionths(value), CO2EQ)
    except NumberError as error:
        record.not_counted(error, "emissions")
    return amount, text


def _day(record: Record) -> date:
    """Return the day of a row: its date, or the last day of its year; where it bears both they must agree."""
    day, year = record.day("day"), record.year("year")
    if day is not None and year is not None and day.year != year.year:
        record.fault("year-differs", "year", record.text("year"), date=record.text("day"))
    if not (record.text("day") or record.text("year")):
        record.fault("cell-empty", "day" if "day" in record.sheet.places else "year")
    return day or year or date.min
