"""From a document to an inventory: every row ends as a row of it, or set aside with all its faults."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import attrs

from ghg_numerique.plugin import (
    DeclaredEmission,
    Document,
    Finding,
    HardwareItem,
    Inventory,
    Origin,
    SetAside,
    Severity,
    SpendingLine,
)
from ghg_numerique_files.columns import Columns
from ghg_numerique_files.record import Record, Register
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.sheet import Sheet, read_sheet
from ghg_numerique_files.together import Together

Activity: TypeAlias = HardwareItem | SpendingLine | DeclaredEmission
Builder: TypeAlias = Callable[[Record], Activity | None]
"""Reads a record; what it returns is not looked at where the record shows a fault."""


def read_inventory(document: Document, columns: Columns, prepare: Callable[[Sheet], Builder]) -> Inventory:
    """Return the inventory of a document; without any row where the file as a whole is at fault.

    `prepare` settles what holds for all rows (options, lists of names), and returns what reads one.
    """
    noted: tuple[Finding, ...] = ()
    try:
        sheet = read_sheet(document, columns)
        noted = sheet.notes
        build = prepare(sheet)
    except Refusal as refusal:
        return Inventory.of((), findings=(*noted, *refusal.findings))
    return gathered(sheet, build)


def read_list(document: Document, columns: Columns, learn: Callable[[Record], None]) -> Sheet:
    """Read a list without a row of which others would silently mean something else.

    Raises Refusal with all faults where a row has one: no such row can be left out.
    """
    sheet = read_sheet(document, columns)
    faults: list[Finding] = []
    for record in records_of(sheet):
        if record.is_whole():
            learn(record)
        faults.extend(record.faults)
    if faults:
        raise Refusal(faults)
    return sheet


def read_references(document: Document, columns: Columns, learn: Callable[[Record], None]) -> Inventory:
    """Read a list whose refused rows say nothing, so that the rows which need one are refused in their turn.

    Return its faults and the rows that are set aside, for no amount: they count for nothing. Raises Refusal where no row
    can be read.
    """
    records = list(records_of(read_sheet(document, columns)))
    for record in records:
        if record.is_whole():
            learn(record)
    refused = [record for record in records if record.faults]
    faults = [fault for record in refused for fault in record.faults]
    return Inventory.of((), findings=faults, set_aside=[record.set_aside for record in refused])


def beside(read: Inventory, *others: Inventory) -> Inventory:
    """Return what was read, with what was found in the lists that came with it."""
    findings = (finding for other in others for finding in other.findings)
    aside = (row for other in others for row in other.set_aside)
    shares = (share for other in others for share in other.shares)
    return attrs.evolve(
        read,
        findings=(*read.findings, *findings),
        set_aside=(*read.set_aside, *aside),
        shares=(*read.shares, *shares),
    )


def gathered(sheet: Sheet, build: Builder) -> Inventory:
    """Return the inventory of the rows of a sheet: what `build` makes of each, or the row set aside with its faults."""
    read = rows_read(sheet, build)
    nothing = (
        []
        if len(read) or read.set_aside
        else [Finding.of("no-rows", Severity.ERROR, Origin(sheet.file, sheet=sheet.name))]
    )
    return attrs.evolve(read, findings=(*sheet.notes, *read.findings, *nothing))


def rows_read(sheet: Sheet, build: Builder) -> Inventory:
    """Return the rows of one sheet among several, each read or set aside; a sheet among several may have none.

    A row that `build` makes nothing of, without finding a fault, is one that only had to be checked.
    """
    register, together = Register(), Together(sheet)
    rows: list[Activity] = []
    findings: list[Finding] = []
    set_aside: list[SetAside] = []
    for record in records_of(sheet, register):
        whole = record.is_whole()
        row = build(record) if whole else None
        if whole:
            together.add(record)
        if record.faults:
            findings.extend(_faults(record))
            set_aside.append(record.set_aside)
        elif row is not None:
            rows.append(row)
    findings.extend([*register.findings(), *together.findings()])
    return attrs.evolve(Inventory.of(rows, findings=findings, set_aside=set_aside), serials=tuple(together.telling()))


def records_of(sheet: Sheet, register: Register | None = None) -> Iterator[Record]:
    """Return the rows of a sheet, ready to be read; they share what a register keeps."""
    shared = Register() if register is None else register
    return (Record(sheet, shared, row, cells) for row, cells in sheet.rows)


def _faults(record: Record) -> Iterable[Finding]:
    """Return the faults of a row in the order of its columns."""
    order = {header: place for place, header in enumerate(record.sheet.headers.values())}
    return sorted(record.faults, key=lambda fault: order.get(fault.origin.column, -1))
