"""All that tables say of one type of equipment, place or sector, side by side."""

import json
from collections.abc import Sequence
from fractions import Fraction

from ghg_numerique.decimals import plain
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import UNIT_OF
from ghg_numerique.model.table_rows import TableRow, folded
from ghg_numerique.telling.cards import Tables, rows_of, told_stages, told_status, told_validity
from ghg_numerique.terms import Role
from ghg_numerique.units import factor
from ghg_numerique.wording import LANGUAGES, label, say, words


def told_comparison(tables: Tables, name: str, *, form: str, language: str) -> str:
    """Return what every source says of one type of equipment, place or sector, by role and from low to high.

    A type is compared with its narrower ones (`monitor` with `monitor-21.5in`); it may be called by its labels. Values of
    one role are shown in one unit, so that they compare; boundaries, years and validity say why they differ.
    """
    asked = _meant(name)
    found = [row for row in rows_of(tables) if any(_speaks_of(asked, key) for key in _keys(row))]
    if not found:
        raise ConfigurationError("nothing-to-compare", name=name)
    units = _units(found)
    found.sort(key=lambda row: _place(row, units))
    if form == "json":
        return json.dumps([_compared(row, units) for row in found], ensure_ascii=False, indent=2)
    parts = []
    for role in dict.fromkeys(row.coefficient.role for row in found):
        parts.append(f"{label('role', role, language)} ({units[role]})")
        parts.extend(_comparison(row, units, language) for row in found if row.coefficient.role is role)
    return "\n".join(parts)


def _keys(row: TableRow) -> tuple[str, ...]:
    return (*row.equipment, *map(folded, row.models), row.place, row.sector)


def _meant(name: str) -> str:
    """Return the type of equipment that a label names in either language, else the name as models are spelled."""
    called = {folded(said): word for language in LANGUAGES for word, said in words("equipment", language).items()}
    known = {folded(word): word for word in words("equipment")}
    return known.get(folded(name)) or called.get(folded(name)) or folded(name)


def _speaks_of(asked: str, key: str) -> bool:
    narrower = asked in words("equipment") and key.startswith(f"{asked}-")
    return bool(key) and (asked == folded(key) or narrower)


def _units(rows: Sequence[TableRow]) -> dict[Role, str]:
    """Return the unit in which the rows of each role are compared: their own where they share one, else that of the role."""
    own: dict[Role, set[str]] = {}
    for row in rows:
        own.setdefault(row.coefficient.role, set()).add(row.coefficient.unit)
    return {role: next(iter(units)) if len(units) == 1 else UNIT_OF[role][0] for role, units in own.items()}


def _place(row: TableRow, units: dict[Role, str]) -> tuple[object, ...]:
    coefficient = row.coefficient
    return (coefficient.role, coefficient.year, _comparable(row, units), coefficient.identity)


def _comparable(row: TableRow, units: dict[Role, str]) -> Fraction:
    """Return the value of a row in the unit of the comparison, or as it is where it measures something else."""
    coefficient, unit = row.coefficient, units[row.coefficient.role]
    if coefficient.unit == unit or not coefficient.measures():
        return coefficient.exact
    return coefficient.exact * factor(coefficient.unit, unit)


def _comparison(row: TableRow, units: dict[Role, str], language: str) -> str:
    coefficient = row.coefficient
    spread = str(coefficient.spread or "")
    head = f"{plain(_comparable(row, units)):>12}  {coefficient.year or '':<4}  {spread:<7}  "
    published = (
        _published(row, language) if coefficient.unit != units[coefficient.role] or coefficient.derivation else ""
    )
    validity = f"{say('cli.factor-validity', language)} {told_validity(row)}" if told_validity(row) else ""
    about = "; ".join(filter(None, (published, told_stages(row, language, "+"), coefficient.boundary, validity)))
    named = f"{coefficient.label}{told_status(row, language)}  [{coefficient.identity}]"
    return head + named + (f"\n{'':14}{about}" if about else "")


def _compared(row: TableRow, units: dict[Role, str]) -> dict[str, object]:
    coefficient = row.coefficient
    return {
        "role": str(coefficient.role),
        "value": coefficient.value,
        "unit": coefficient.unit,
        "derivation": coefficient.derivation,
        "comparable": plain(_comparable(row, units)),
        "comparable_unit": units[coefficient.role],
        "year": coefficient.year or None,
        "uncertainty": str(coefficient.spread) if coefficient.spread else None,
        "stages": sorted(coefficient.stages),
        "boundary": coefficient.boundary,
        "status": row.status,
        "label": coefficient.label,
        "id": coefficient.identity,
        "source": coefficient.source.title,
        "valid_from": coefficient.valid_from,
        "valid_to": coefficient.valid_to,
        "comment": coefficient.comment,
    }


def _published(row: TableRow, language: str) -> str:
    """Return what the source publishes, where the value that is shown is another: its own unit, or the terms of it."""
    coefficient = row.coefficient
    code = "worked-out" if coefficient.derivation else "value"
    terms = f" = {coefficient.derivation}" if coefficient.derivation else ""
    return f"{say(f'cli.factor-{code}', language)} {coefficient.value} {coefficient.unit}{terms}"
