"""The files that a folder names, read: rows, the rows that are refused, links, control totals and the balance of the fleet."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.engine.checks import faulty_rows, files_twice
from ghg_numerique.engine.control import controlled
from ghg_numerique.engine.fleet import Stock, fleet_balance, stock_of
from ghg_numerique.errors import ConfigurationError, GhgError, InputError, InventoryError
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.links import Links
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import PAGE, Input, Project, StockTake
from ghg_numerique.model.quarantine import Refused, quarantined, refusals
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Faults, Severity


def read_sources(
    root: Path, project: Project, methodology: Methodology, catalogue: Catalogue, *, lenient: bool = False
) -> tuple[Inventory, tuple[Refused, ...]]:
    """Return the inventory of a folder with every fault of every file, and the rows that are set aside.

    Rows are set aside where the page says so for their file, or all of them with `lenient`.
    """
    parts = _read_all(root, project.inputs, catalogue, lenient=lenient)
    inventory, refused = _sifted(parts, methodology)
    if project.links:
        inventory = Links.read(root / project.links, project.links).applied(inventory)
    return _balanced(root, project, inventory, catalogue), refused


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
    told = (one for part, forgiving in parts for one in (part.forgiven() if forgiving else part).findings)
    if found := [one for one in told if one.severity is Severity.ERROR]:
        errors.append(InventoryError(found))
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


def _balanced(root: Path, project: Project, inventory: Inventory, catalogue: Catalogue) -> Inventory:
    """Return the inventory with what its stocks do not agree with; files of stocks are named, their rows do not count."""
    taken = [(take, _imported(root, take, catalogue) if take.file else None) for take in project.stocks]
    told = [finding for _, read in taken if read is not None for finding in read.findings]
    stocks = [_stock(take, read) for take, read in taken]
    whole = inventory.with_findings([*told, *fleet_balance(inventory, stocks)])
    for _, read in taken:
        for file in read.inputs if read is not None else ():
            whole = whole.with_input(attrs.evolve(file, rows=0))
    return whole


def _stock(take: StockTake, read: Inventory | None) -> Stock:
    day, origin = date.fromisoformat(take.day), Origin(take.file or PAGE)
    if read is None:
        return Stock(day, {name: exact(count) for name, count in take.counts.items()}, False, take.mismatch, origin)
    return Stock(day, stock_of(read, day), True, take.mismatch, origin)
