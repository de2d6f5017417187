"""One export read twice: files whose rows are those of another, whatever their names and ids, and serials that two have."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity

MOST_OWN: Final = 10
"""One row in ten may be a file's own, and it still looks like a copy of another."""

FEWEST_KINDS: Final = 3
"""How many different rows two files must share; a file of one laptop is like any other."""

MOST_PLACES: Final = 4
"""A serial in more files than this is what a maker writes for none."""

_SAID: Final = ("profile", "amount", "start", "end", "order", "supplier", "price", "price_unit")
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)

Keys = npt.NDArray[np.uint64]


def told_alike(inventory: Inventory) -> Iterator[Finding]:
    """Return a warning for each two files that look like one export, and for each two that share serial numbers."""
    if len(inventory.files) > 1:
        yield from _copies(inventory)
        yield from _shared_serials(inventory)


@attrs.frozen
class _File:
    """The rows of a file as keys, and its different rows; the second row of one kind has a key of its own."""

    code: int
    rows: Keys
    kinds: Keys


def _copies(inventory: Inventory) -> Iterator[Finding]:
    """Return the files of which all but a few rows are in another; of two copies, the later one is told."""
    files = [_file(code, keys) for code, keys in _by_file(inventory)]
    for first, second in combinations(files, 2):
        small, large = (first, second) if len(first.rows) < len(second.rows) else (second, first)
        shared = len(np.intersect1d(small.rows, large.rows, assume_unique=True))
        if len(small.rows) - shared > len(small.rows) // MOST_OWN:
            continue
        if len(np.intersect1d(small.kinds, large.kinds, assume_unique=True)) >= FEWEST_KINDS:
            origin, other = (_place(inventory, file.code) for file in (small, large))
            rows = len(small.rows)
            yield Finding.of("files-alike", Severity.WARNING, origin, str(other), count=shared, rows=rows)


def _by_file(inventory: Inventory) -> Iterator[tuple[int, Keys]]:
    """Return the keys of the rows of each file; a row is what it says, and not its id or its place."""
    said = _said(inventory)
    order = np.argsort(inventory.file, kind="stable")
    codes, starts = np.unique(inventory.file[order], return_index=True)
    for code, (start, end) in zip(codes.tolist(), pairwise([*starts.tolist(), len(order)]), strict=True):
        if code >= 0:
            yield code, said[order[start:end]]


def _said(inventory: Inventory) -> Keys:
    """Return one number for what each row says; two rows that differ have the same once in 2^64."""
    keys: Keys = np.zeros(len(inventory), np.uint64)
    for name in _SAID:
        keys = _mixed(keys ^ getattr(inventory, name).astype(np.uint64))
    return keys


def _mixed(keys: Keys) -> Keys:
    mixed: Keys = keys * _FACTOR
    return mixed ^ (mixed >> _SHIFT)


def _file(code: int, keys: Keys) -> _File:
    ordered = np.sort(keys)
    kinds, starts, counts = np.unique(ordered, return_index=True, return_counts=True)
    nth = np.arange(len(ordered), dtype=np.uint64) - np.repeat(starts, counts).astype(np.uint64)
    return _File(code, _mixed(ordered ^ _mixed(nth)), kinds)


def _place(inventory: Inventory, code: int) -> Origin:
    sheet = inventory.sheets[code] if inventory.sheets else ""
    return Origin(inventory.files[code], sheet=sheet)


def _shared_serials(inventory: Inventory) -> Iterator[Finding]:
    """Return for each two files the serials that both have, with the first of them."""
    places: dict[str, list[Origin]] = {}
    for serials in inventory.serials:
        for number, row in serials.rows.items():
            places.setdefault(number, []).append(attrs.evolve(serials.origin, row=row))
    for numbers in _pairs(places).values():
        number, (earlier, later) = next(iter(numbers.items()))
        facts = {"first": earlier.at(""), "count": len(numbers)}
        yield Finding.of("serial-shared", Severity.WARNING, later, number, **facts)


def _pairs(places: Mapping[str, list[Origin]]) -> Mapping[tuple[Origin, Origin], dict[str, tuple[Origin, Origin]]]:
    """Return the serials that two files have, by those files, each with its two places."""
    found: dict[tuple[Origin, Origin], dict[str, tuple[Origin, Origin]]] = {}
    for number, origins in places.items():
        if 1 < len(origins) <= MOST_PLACES:
            for first, second in combinations(origins, 2):
                files = attrs.evolve(first, row=0), attrs.evolve(second, row=0)
                found.setdefault(files, {})[number] = first, second
    return found
