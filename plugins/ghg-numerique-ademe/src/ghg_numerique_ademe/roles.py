"""What a factor does, and what it answers: both declared as data, by category and unit, and by ADEME's identifiers."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from ghg_numerique.plugin import FactorTable, parse_unit, shipped_tables, table_folders
from ghg_numerique_ademe.reasons import Reason, Refused

TABLES = "ademe-base-carbone-"
"""How the names of the tables start that say what an identifier of the Base Carbone answers."""


@attrs.frozen
class Duty:
    """What a row does, and the life-cycle stages that the rows of its category cover."""

    role: str
    stages: str


def duty(category: str, unit: str) -> Duty:
    """Return what rows of a category and unit do. Raises Refused where `roles.csv` has neither it nor one above it."""
    path, same = category, "kgCO2eq/kg" if unit == "kgCO2eq/t" else unit
    while path:
        if found := _duties().get((path, same)):
            return found
        path = path.rpartition(" > ")[0]
    raise Refused(Reason.ROLE, category)


def keys(identifier: str, role: str, unit: str, status: str, year: str) -> Mapping[str, str]:
    """Return the key cells of a row as the shipped tables declare them for its identifier, none where they do not.

    A row that has since become another thing (its role, its unit) or that is archived in one release only answers
    nothing: what it stands for now is for a person to say. Raises Refused where its unit names the prices of another year.
    """
    known = _known().get(identifier)
    if known is None or (known["role"], known["unit"], known["status"]) != (role, str(parse_unit(unit)), status):
        return {}
    if year and known["year"] != year:
        raise Refused(Reason.PRICE_YEAR, year)
    return {name: cell for name, cell in known.items() if name not in ("role", "unit", "status")}


@cache
def _duties() -> Mapping[tuple[str, str], Duty]:
    text = (files(__package__) / "roles.csv").read_text(encoding="utf-8")
    return {
        (line["category"], line["unit"]): Duty(line["role"], line["stages"])
        for line in csv.DictReader(io.StringIO(text))
    }


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    """Return the key cells of every identifier of the Base Carbone that a shipped table holds."""
    found: dict[str, Mapping[str, str]] = {}
    for folder in table_folders(shipped_tables(), "factors"):
        for row in FactorTable.read(folder).rows if folder.name.startswith(TABLES) else ():
            coefficient = row.coefficient
            found[coefficient.id] = {
                "role": str(coefficient.role),
                "unit": coefficient.unit,
                "status": row.status,
                "equipment": "|".join(row.equipment),
                "model": row.model,
                "place": row.place,
                "year": str(coefficient.year or ""),
                "sector": row.sector,
                "stages": "+".join(coefficient.stages),
                "fit": "" if row.fit is None else row.fit.name.lower(),
            }
    return found
