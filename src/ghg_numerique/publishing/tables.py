"""The three tables that are published: the results by cell, the factors, and what became of the rows."""

from collections.abc import Mapping
from typing import Final

from ghg_numerique.algebra.balances import Line, Tally
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import exact_text, plain
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.publishing.redaction import Redaction
from ghg_numerique.publishing.secrecy import secret
from ghg_numerique.publishing.table import Field, Table
from ghg_numerique.units import CO2EQ

_GROUPS: Final = frozenset({"domain", "kind", "stage", "equipment", "route", "data_kind"})
_FACTORS: Final = (
    Field("id", required=True),
    Field("role", groups=("role",), required=True),
    Field("label"),
    Field("value", exact=True),
    Field("unit", required=True),
    Field("source"),
    Field("year", "integer"),
    Field("valid_from", "date"),
    Field("valid_to", "date"),
)


def tables(footprint: Footprint, redaction: Redaction) -> tuple[Table, ...]:
    """Return the tables of a footprint, after redaction.

    Lines are in the order of what is published: the order of what was replaced would tell how its names begin.
    """
    return (_results(footprint, redaction), _factors(footprint, redaction), _rows(footprint))


def _results(footprint: Footprint, redaction: Redaction) -> Table:
    fields = tuple(Field(name, groups=(name,) if name in _GROUPS else ()) for name in footprint.dimensions)
    words = zip(*footprint.cells, strict=True)
    columns = [redaction.column(name, said) for name, said in zip(footprint.dimensions, words, strict=False)]
    numbers = ((plain(kg), exact_text(kg)) for kg in footprint.cells.values())
    lines = [(*said, *number) for *said, number in zip(*columns, numbers, strict=True)] if columns else []
    amounts = (Field(CO2EQ, "number", required=True), Field("exact", exact=True, required=True))
    return Table("results", (*fields, *amounts), tuple(sorted(lines)))


def _factors(footprint: Footprint, redaction: Redaction) -> Table:
    lines: list[tuple[str, ...]] = []
    for used in footprint.coefficients:
        name, shown, value = redaction.coefficient(used)
        year = str(used.year or "")
        lines.append(
            (name, str(used.role), shown, value, used.unit, used.source.id, year, used.valid_from, used.valid_to)
        )
    return Table("factors", _FACTORS, tuple(sorted(lines)))


def _rows(footprint: Footprint) -> Table:
    """Return what became of the rows; an amount of money that too few of them stand behind is left empty."""
    tallies = footprint.balances.rows
    units = sorted({unit for tally in tallies.values() for unit in tally.amounts.by_unit})
    fields = (
        Field("activity", groups=("activity",), required=True),
        Field("fate", groups=("fate",), required=True),
        Field("reason", groups=("exclusion", "gap")),
        Field("rows", "integer", required=True),
        *(Field(unit, exact=True, required=unit not in EURO_UNITS) for unit in units),
    )
    told = [_amounts(tallies, unit) for unit in units]
    lines = [
        (*map(str, line), str(tally.rows), *(amounts[line] for amounts in told)) for line, tally in tallies.items()
    ]
    return Table("rows", fields, tuple(lines))


def _amounts(tallies: Mapping[Line, Tally], unit: str) -> dict[Line, str]:
    """Return what each line carries in a unit, as it may be published."""
    carried = {line: (tally.rows, tally.amounts.in_unit(unit)) for line, tally in tallies.items()}
    hidden = secret(carried) if unit in EURO_UNITS else frozenset()
    return {line: "" if line in hidden else exact_text(amount) for line, (_, amount) in carried.items()}
