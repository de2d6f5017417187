"""What an audit checks of every footprint, every time: the balances, and the faults that only the whole can show."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

import numpy as np

from ghg_numerique.algebra.balances import Amounts, Tally, summed
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.texts import are_distinct
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Activity, Fate, Role, Severity

Check = Callable[[Inventory, Footprint], Iterator[Finding]]


def row_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Every row has exactly one fate, and items, euros and declared emissions that came in are those that have one.

    To the millionth, in every file and over all files.
    """
    came, found = came_in(inventory), footprint.balances.by_file()
    for file in sorted({*came, *found}):
        yield from _differences(Origin(file), came.get(file, Tally()), found.get(file, Tally()))
    yield from _differences(Origin(), sum(came.values(), start=Tally()), footprint.balances.total())


def came_in(inventory: Inventory) -> dict[str, Tally]:
    """Return the rows that were read from each file, set aside or not, and what they add up to in every unit."""
    units = sorted({profile.unit for profile in inventory.profiles})
    unit_of = np.array([units.index(profile.unit) for profile in inventory.profiles], dtype=np.int64)
    files = ("", *inventory.files)
    rows, sums = (np.zeros(len(files) * len(units), dtype=np.int64) for _ in range(2))
    if len(inventory):
        place = (inventory.file + np.int64(1)) * len(units) + unit_of[inventory.profile]
        rows += np.bincount(place, minlength=len(rows))
        np.add.at(sums, place, inventory.amount)
    keys = ((file, unit) for file in files for unit in units)
    return summed(
        [
            *(
                (file, _tally(count, unit, amount))
                for (file, unit), count, amount in zip(keys, rows.tolist(), sums.tolist())
                if count
            ),
            *((row.origin.file, _tally(1, row.unit, row.amount)) for row in inventory.set_aside),
        ]
    )


def _tally(rows: int, unit: str, amount: int) -> Tally:
    return Tally(rows, Amounts.of({unit: Fraction(amount, MILLIONTHS)}))


def _differences(origin: Origin, came: Tally, found: Tally) -> Iterator[Finding]:
    """Return where what has a fate differs from what came in: in rows, and in each unit."""
    if found.rows != came.rows:
        yield Finding.of("balance-rows", Severity.ERROR, origin, str(found.rows), expected=came.rows)
    for unit in sorted({*came.amounts.by_unit, *found.amounts.by_unit}):
        amount, expected = found.amounts.in_unit(unit), came.amounts.in_unit(unit)
        if amount != expected:
            yield Finding.of("balance-amounts", Severity.ERROR, origin, str(amount), unit=unit, expected=expected)


def rollup_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """For every roll-up, its groups and what it leaves out make the total, before rounding."""
    del inventory
    total = footprint.exact_total()
    for name in footprint.methodology.rollups:
        groups = footprint.by(name)
        if groups.exact_total() + groups.left_out.exact_total() != total:
            yield Finding.of("balance-rollup", Severity.ERROR, value=name)


def dimension_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """By whatever dimension the cells are told apart, the groups make the total, before rounding."""
    del inventory
    total = footprint.exact_total()
    for name in footprint.dimensions:
        if footprint.by(name).exact_total() != total:
            yield Finding.of("balance-dimension", Severity.ERROR, value=name)


def activity_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """What A holds of each kind of emissions in items or euros is what the balance of that kind counts.

    A chain that counts days has no such balance; in one of an order, the first link is the share that is not detailed.
    """
    del inventory
    place = footprint.dimensions.index("kind")
    sums: dict[tuple[str, str, str], int] = {}
    shares = {"": Fraction(1)}
    for (cell, key), millionths in footprint.matrix.entries.items():
        where = (cell[place], key.unit, key.order)
        sums[where] = sums.get(where, 0) + millionths
        if key.order not in shares:
            shares[key.order] = footprint.sheet.chains[key].links[0].exact
    held: dict[tuple[str, str], Fraction] = {}
    for (kind, unit, order), amount in sums.items():
        held[kind, unit] = held.get((kind, unit), Fraction(0)) + Fraction(amount, MILLIONTHS) * shares[order]
    by_day = {(kind, unit.removesuffix(".day")) for kind, unit in held if unit.endswith(".day")}
    for (kind, fate, _), tally in footprint.balances.kinds.items():
        for unit, counted in tally.amounts.by_unit.items() if fate is Fate.COUNTED else ():
            if (kind, unit) not in by_day:
                held[kind, unit] = held.get((kind, unit), Fraction(0)) - counted
    for (kind, unit), rest in held.items():
        if rest and not unit.endswith(".day"):
            yield Finding.of("balance-activity", Severity.ERROR, value=str(rest), kind=kind, unit=unit)


def provenance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Every coefficient of the sheet has an identifier, and names the source that published it."""
    del inventory
    for link in footprint.sheet.coefficients.values():
        if not link.id or not (link.source.id or link.role is Role.SHARE):
            yield Finding.of("provenance", Severity.ERROR, value=link.identity, role=link.role)


CHECKS: Final[tuple[Check, ...]] = (
    row_balance, activity_balance, dimension_balance, rollup_balance, provenance,
)  # fmt: skip
"""Run after every assessment: plugins are not trusted, and neither are we."""


def faults(inventory: Inventory, methodology: Methodology) -> Iterator[Finding]:
    """Return the faults that no importer can see: files read twice, unknown domains, ids used twice."""
    yield from files_twice(inventory)
    yield from (fault for _, fault in faulty_rows(inventory, methodology))


def faulty_rows(inventory: Inventory, methodology: Methodology) -> Iterator[tuple[int, Finding]]:
    """Return the rows with faults that no importer can see: domains that the methodology does not know, ids used twice."""
    domains = ", ".join(methodology.domains)
    for code, profile in enumerate(inventory.profiles):
        if profile.domain and profile.domain not in methodology.domains:
            for index in np.flatnonzero(inventory.profile == code).tolist():
                yield (
                    index,
                    Finding.of(
                        "domain-unknown", Severity.ERROR, inventory.origin(index), profile.domain, known=domains
                    ),
                )
    first: dict[tuple[Activity, str], int] = {}
    if are_distinct(inventory.ids):
        return
    for index, name in enumerate(inventory.ids):
        activity = inventory.profiles[inventory.profile[index]].activity
        if name and (seen := first.setdefault((activity, name), index)) != index:
            first_place = str(inventory.origin(seen)) or f"#{seen + 1}"
            yield index, Finding.of("id-twice", Severity.ERROR, inventory.origin(index), name, first=first_place)


def files_twice(inventory: Inventory) -> Iterator[Finding]:
    """Return a fault for each file whose rows came in before: the same bytes, read in the same way."""
    first: dict[tuple[str, str], int] = {}
    for number, read in enumerate(inventory.inputs):
        if read.rows and (seen := first.setdefault((read.sha256, read.dialect), number)) != number:
            yield Finding.of("file-twice", Severity.ERROR, Origin(read.name), inventory.inputs[seen].name)
