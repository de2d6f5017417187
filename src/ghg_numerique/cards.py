"""What the command prints of factors: tables, a search, a card, and all sources of one thing side by side."""

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from ghg_numerique.decimals import plain
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import UNIT_OF
from ghg_numerique.model.tables import (
    FactorTable,
    TableRow,
    canonical_sha256,
    shipped_tables,
    table_folders,
    table_records,
)
from ghg_numerique.units import factor
from ghg_numerique.wording import label, say


def known_tables(factors: Iterable[str]) -> tuple[FactorTable, ...]:
    """Return the tables that come with the library, then those below the folders that the user adds."""
    roots = (shipped_tables(), *map(Path, factors))
    tables = (FactorTable.read(folder) for root in roots for folder in table_folders(root, "factors"))
    return tuple({(table.source.id, table.source.sha256): table for table in tables}.values())


def told_tables(tables: Iterable[FactorTable], language: str) -> str:
    """Return one entry for each table."""
    return "\n".join(
        say(
            "cli.table",
            language,
            id=table.source.id,
            rows=len(table.rows),
            licence=table.source.licence,
            title=table.source.title,
            publisher=table.source.publisher,
            version=table.source.version,
        )
        for table in tables
    )


def told_hash(folder: str) -> str:
    """Return the line that a `table.toml` needs for the rows beside it."""
    return f'sha256 = "{canonical_sha256(table_records(Path(folder)))}"'


def told_search(tables: Iterable[FactorTable], words: Sequence[str], language: str) -> str:
    """Return the factors whose words hold all the words that are looked for."""
    wanted = [word.casefold() for word in words]
    lines = [
        f"{row.coefficient.identity:<48} {row.coefficient.value:>10} {row.coefficient.unit:<22} "
        f"{row.coefficient.label}{'' if row.status == 'valid' else f' [{row.status}]'}"
        for table in tables
        for row in table.rows
        if all(word in _words(row) for word in wanted)
    ]
    return "\n".join(lines) or say("cli.nothing", language)


def told_factor(tables: Iterable[FactorTable], identifier: str, language: str) -> str:
    """Return the card of each factor that has this identifier, alone or behind the name of its table."""
    cards = [
        "\n".join(f"{say(f'cli.factor-{name}', language):<18} {value}" for name, value in _card(row) if value)
        for table in tables
        for row in table.rows
        if identifier in (row.coefficient.id, row.coefficient.identity)
    ]
    if not cards:
        raise ConfigurationError("factor-unknown", identifier=identifier)
    return "\n\n".join(cards)


def told_comparison(tables: Iterable[FactorTable], name: str, *, form: str, language: str) -> str:
    """Return what every source says of one type of equipment, place or sector, by role and from low to high.

    Values of one role are shown in one unit, so that they compare; boundaries and years say why they differ.
    """
    found = [
        row for table in tables for row in table.rows if name in (*row.equipment, *row.models, row.place, row.sector)
    ]
    if not found:
        raise ConfigurationError("nothing-to-compare", name=name)
    found.sort(key=lambda row: (row.coefficient.role, row.coefficient.year, _comparable(row), row.coefficient.identity))
    if form == "json":
        return json.dumps([_compared(row) for row in found], ensure_ascii=False, indent=2)
    parts = []
    for role in dict.fromkeys(row.coefficient.role for row in found):
        rows = [row for row in found if row.coefficient.role is role]
        parts.append(f"{label('role', role, language)} ({UNIT_OF[role][0]})")
        parts.extend(_comparison(row, language) for row in rows)
    return "\n".join(parts)


def _comparable(row: TableRow) -> Fraction:
    """Return the value of a row in the first unit of its role, or as it is where it measures something else."""
    coefficient = row.coefficient
    if not coefficient.measures():
        return coefficient.exact
    return coefficient.exact * factor(coefficient.unit, UNIT_OF[coefficient.role][0])


def _comparison(row: TableRow, language: str) -> str:
    coefficient = row.coefficient
    spread = str(coefficient.spread or "")
    stages = "+".join(label("stage", stage, language) for stage in sorted(coefficient.stages))
    status = "" if row.status == "valid" else say("cli.archived", language)
    head = f"{plain(_comparable(row)):>12}  {coefficient.year or '':<4}  {spread:<7}  {status}{coefficient.label}"
    about = "; ".join(part for part in (stages, coefficient.boundary) if part)
    return f"{head}  [{coefficient.identity}]" + (f"\n{'':14}{about}" if about else "")


def _compared(row: TableRow) -> dict[str, object]:
    coefficient = row.coefficient
    return {
        "role": str(coefficient.role),
        "value": coefficient.value,
        "unit": coefficient.unit,
        "comparable": plain(_comparable(row)),
        "year": coefficient.year or None,
        "uncertainty": str(coefficient.spread) if coefficient.spread else None,
        "stages": sorted(coefficient.stages),
        "boundary": coefficient.boundary,
        "status": row.status,
        "label": coefficient.label,
        "id": coefficient.identity,
        "source": coefficient.source.title,
        "valid_to": coefficient.valid_to,
        "comment": coefficient.comment,
    }


def _card(row: TableRow) -> Iterator[tuple[str, str]]:
    coefficient = row.coefficient
    yield "identifier", coefficient.identity
    yield "label", coefficient.label
    yield "value", f"{coefficient.value} {coefficient.unit}"
    yield "role", str(coefficient.role)
    yield "equipment", ", ".join(row.equipment)
    yield "place", row.place
    yield "sector", row.sector
    yield "year", str(coefficient.year or "")
    yield "stages", " + ".join(sorted(coefficient.stages))
    yield "boundary", coefficient.boundary
    yield "validity", " - ".join(date for date in (coefficient.valid_from, coefficient.valid_to) if date)
    yield "uncertainty", str(coefficient.spread or "")
    yield "status", row.status
    yield "comment", coefficient.comment
    yield "source", f"{coefficient.source.title}, {coefficient.source.publisher}, {coefficient.source.address}"
    yield "licence", coefficient.source.licence
    yield "sha256", coefficient.source.sha256


def _words(row: TableRow) -> str:
    coefficient = row.coefficient
    said = (coefficient.label, coefficient.id, *row.equipment, row.model, row.place, row.sector, coefficient.role)
    return " ".join((*said, str(coefficient.year), coefficient.unit)).casefold()
