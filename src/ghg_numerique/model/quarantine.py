"""The rows that were refused, with their reasons: what a person mends at its source."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.csv_pages import Cell, page
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import Finding
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Severity

HEADER: Final = ("file", "sheet", "row", "codes", "reasons", "amount", "unit")


@attrs.frozen
class Refused:
    """A row that cannot be used, and every reason why."""

    row: SetAside
    reasons: tuple[Finding, ...]


def refusals(inventory: Inventory) -> tuple[Refused, ...]:
    """Return the rows that are set aside, in their order, each with its errors."""
    reasons: dict[object, list[Finding]] = {}
    for finding in inventory.findings:
        if finding.severity is Severity.ERROR:
            reasons.setdefault(finding.origin.at(""), []).append(finding)
    return tuple(Refused(row, tuple(reasons.get(row.origin, ()))) for row in inventory.set_aside)


def parted(inventory: Inventory, others: Iterable[SetAside] = ()) -> tuple[list[Finding], list[Finding]]:
    """Return the errors of an inventory, and those among them whose row can be set aside.

    That is a row of the inventory, or one that is set aside already, there or among `others`. Anything else (a whole
    file, a list that rows depend on, a page of the folder) is no row that could be left out.
    """
    errors = [finding for finding in inventory.findings if finding.severity is Severity.ERROR]
    rows = {row.origin for row in (*inventory.set_aside, *others)}
    rows.update(inventory.numbered({error.origin.row for error in errors} - {0}))
    return errors, [error for error in errors if error.origin.at("") in rows]


def quarantined(inventory: Inventory, faults: Iterable[tuple[int, Finding]]) -> tuple[Inventory, tuple[Refused, ...]]:
    """Return the inventory with some of its rows set aside for the faults that are given, and these rows."""
    reasons: dict[int, list[Finding]] = {}
    for index, fault in faults:
        reasons.setdefault(index, []).append(fault)
    if not reasons:
        return inventory, ()
    refused = tuple(Refused(_aside(inventory, index), tuple(found)) for index, found in reasons.items())
    said = (attrs.evolve(reason, severity=Severity.WARNING) for one in refused for reason in one.reasons)
    rest = attrs.evolve(
        inventory.take([index for index in range(len(inventory)) if index not in reasons]),
        findings=(*inventory.findings, *said),
        set_aside=(*inventory.set_aside, *(one.row for one in refused)),
        inputs=inventory.inputs,
        serials=inventory.serials,
        shares=inventory.shares,
    )
    return rest, refused


def _aside(inventory: Inventory, index: int) -> SetAside:
    """Return a row as it is set aside; the texts of its cells were left behind when it was read."""
    unit = inventory.profiles[inventory.profile[index]].unit
    return SetAside(inventory.origin(index), unit, int(inventory.amount[index]))


def listed(refused: Sequence[Refused], language: str = "fr") -> bytes:
    """Return refused rows as CSV: where each stands, its reasons, what it counts for, and its cells as they were read."""
    width = max((len(one.row.cells) for one in refused), default=0)
    header = (*HEADER, *(f"cell_{place}" for place in range(1, width + 1)))
    return page(header, (_record(one, width, language) for one in refused))


def _record(one: Refused, width: int, language: str) -> Sequence[Cell]:
    at, row = one.row.origin, one.row
    return (
        at.file,
        at.sheet,
        str(at.row),
        " | ".join(dict.fromkeys(reason.code for reason in one.reasons)),
        " | ".join(_why(reason, language) for reason in one.reasons),
        Fraction(row.amount, MILLIONTHS) if row.unit else "",
        row.unit,
        *row.cells,
        *[""] * (width - len(row.cells)),
    )


def _why(reason: Finding, language: str) -> str:
    """Return a reason with its column, and without the place that the row has already."""
    said = reason.text(language).removeprefix(reason.place(language))
    return f"{reason.origin.column}: {said}" if reason.origin.column else said
