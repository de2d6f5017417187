"""The files that a folder names, read: rows, the rows that are refused, links, control totals and the balance of the fleet."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.engine.checks import faulty_rows, files_twice
from ghg_numerique.engine.control import controlled
from ghg_numerique.engine.fleet import Stock, fleet_balance, stock_of
from ghg_numerique.errors import ConfigurationError, Finding, GhgError, InputError, InventoryError
from ghg_numerique.model.beside import InputFile, SetAside
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.links import Links
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import PAGE, Input, Project, StockTake
from ghg_numerique.model.quarantine import Refused, parted, quarantined, refusals
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Faults, Severity


@attrs.frozen
class Sources:
    """The inventory of a folder with every fault of every file, and the rows that are set aside.

    `stocks` are the rows of stocks that could be set aside: they stand beside the inventory.
    """

    inventory: Inventory
    refused: tuple[Refused, ...]
    stocks: tuple[SetAside, ...] = ()


def read_sources(
    root: Path, project: Project, methodology: Methodology, catalogue: Catalogue, *, lenient: bool = False
) -> Sources:
    """Read the files of a folder. Rows are set aside where the page says so for their file, or all with `lenient`."""
    parts = _read_all(root, project.inputs, catalogue, lenient=lenient)
    inventory, refused = _sifted(parts, methodology)
    if project.links:
        inventory = Links.read(root / project.links, project.links).applied(inventory)
    stocks = [_taken(root, take, catalogue, lenient=lenient) for take in project.stocks]
    refused = (*refused, *(one for stock in stocks for one in stock.refused))
    return Sources(_balanced(inventory, stocks), refused, tuple(row for stock in stocks for row in stock.aside))


def read_source(root: Path, source: Input, methodology: Methodology, catalogue: Catalogue) -> Inventory:
    """Return the inventory of one file, with every fault of it."""
    return _sifted([(_read(root, source, catalogue), source.faults is Faults.SET_ASIDE)], methodology)[0]


def _read_all(
    root: Path, sources: Iterable[Input], catalogue: Catalogue, *, lenient: bool
) -> list[tuple[Inventory, bool]]:
    """Return what each file holds, and whether its faulty rows are forgiven.

    Raises what keeps a file from being read; where more is wrong, all of it at once.
    """
    parts: list[tuple[Inventory, bool]] = []
    errors: list[GhgError] = []
    for source in sources:
        try:
            parts.append((_read(root, source, catalogue), lenient or source.faults is Faults.SET_ASIDE))
        except GhgError as error:
            errors.append(error)
    if not errors:
        return parts
    told = [parted(part.forgiven() if forgiving else part) for part, forgiving in parts]
    if found := [one for faults, _ in told for one in faults]:
        errors.append(InventoryError(found, [one for _, apart in told for one in apart]))
    if len(errors) == 1:
        raise errors[0]
    raise InputError("inputs-faults", faults=tuple(errors))


def _read(root: Path, source: Input, catalogue: Catalogue) -> Inventory:
    read = _imported(root, source, catalogue)
    return read.with_findings(controlled(read, source.control, source.file)) if source.control is not None else read


def _imported(root: Path, source: Input | StockTake, catalogue: Catalogue) -> Inventory:
    companions = {name: _inside(root, file) for name, file in source.companions.items()}
    return catalogue.read(
        _inside(root, source.file),
        importer=source.importer,
        options=source.options,
        companions=companions,
        name=source.file,
    )


def _inside(root: Path, file: str) -> Path:
    """Return the path of a file of the folder. Raises ConfigurationError for one that leads out of it, by a link too."""
    path = root / file
    if "\0" not in file and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise ConfigurationError("file-outside", path=file, folder=root)
    return path


def _sifted(parts: list[tuple[Inventory, bool]], methodology: Methodology) -> tuple[Inventory, tuple[Refused, ...]]:
    """Return the inventory of all parts, and the rows of the forgiving ones that are refused, with their reasons."""
    whole = Inventory.concat([part.forgiven() if forgiving else part for part, forgiving in parts])
    files = {file for part, forgiving in parts if forgiving for file in part.files}
    found = list(faulty_rows(whole, methodology))
    rest, later = quarantined(whole, [(row, fault) for row, fault in found if fault.origin.file in files])
    strict = [fault for _, fault in found if fault.origin.file not in files]
    early = [one for part, forgiving in parts if forgiving for one in refusals(part)]
    return rest.with_findings([*files_twice(whole), *strict]), (*early, *later)


@attrs.frozen
class _Taken:
    """A stock, and what stands behind it: findings, rows of its file that are faulty or refused, and its files."""

    stock: Stock
    findings: tuple[Finding, ...] = ()
    aside: tuple[SetAside, ...] = ()
    refused: tuple[Refused, ...] = ()
    inputs: tuple[InputFile, ...] = ()


def _taken(root: Path, take: StockTake, catalogue: Catalogue, *, lenient: bool) -> _Taken:
    """Return a stock; files of stocks are named, their rows do not count, and a row set aside is said to be lacking."""
    day, origin = date.fromisoformat(take.day), Origin(take.file or PAGE)
    if not take.file:
        return _Taken(
            Stock(day, {name: exact(count) for name, count in take.counts.items()}, False, take.mismatch, origin)
        )
    read = _imported(root, take, catalogue)
    forgiving = lenient or take.faults is Faults.SET_ASIDE
    findings = (read.forgiven() if forgiving else read).findings
    refused = refusals(read) if forgiving else ()
    if refused:
        lacking = Finding.of("stock-aside", Severity.WARNING, origin, str(len(refused)), day=take.day)
        findings = (*findings, lacking)
    inputs = tuple(attrs.evolve(file, rows=0) for file in read.inputs)
    stock = Stock(day, stock_of(read, day), True, take.mismatch, origin)
    return _Taken(stock, findings, read.set_aside, refused, inputs)


def _balanced(inventory: Inventory, taken: Sequence[_Taken]) -> Inventory:
    """Return the inventory with what its stocks do not agree with."""
    told = (finding for one in taken for finding in one.findings)
    whole = inventory.with_findings([*told, *fleet_balance(inventory, [one.stock for one in taken])])
    return attrs.evolve(whole, inputs=(*whole.inputs, *(file for one in taken for file in one.inputs)))
