"""What an audit checks of every footprint, every time: the balances, and the faults that only the whole can show."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

import numpy as np

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.terms import Activity, Severity

Check = Callable[[Inventory, Footprint], Iterator[Finding]]


def row_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Every row of the inventory has exactly one fate."""
    rows = len(inventory) + len(inventory.set_aside)
    if (tallied := footprint.balances.total().rows) != rows:
        yield Finding.of("balance-rows", Severity.ERROR, value=str(tallied), expected=rows)


def amount_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Items, euros and declared emissions that came in are those that have a fate, to the millionth."""
    units = sorted({profile.unit for profile in inventory.profiles})
    unit_of = np.array([units.index(profile.unit) for profile in inventory.profiles], dtype=np.int64)
    sums = np.zeros(len(units), dtype=np.int64)
    if len(inventory):
        np.add.at(sums, unit_of[inventory.profile], inventory.amount)
    came = dict(zip(units, map(int, sums), strict=True))
    for row in inventory.set_aside:
        came[row.unit] = came.get(row.unit, 0) + row.amount
    found = footprint.balances.total().amounts
    for unit, amount in came.items():
        if found.in_unit(unit) != Fraction(amount, MILLIONTHS):
            yield Finding.of("balance-amounts", Severity.ERROR, value=str(found.in_unit(unit)), unit=unit)


def rollup_balance(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """For every roll-up, its groups and what it leaves out make the total, before rounding."""
    del inventory
    total = footprint.exact_total()
    for name in footprint.methodology.rollups:
        groups = footprint.by(name)
        if groups.exact_total() + groups.left_out.exact_total() != total:
            yield Finding.of("balance-rollup", Severity.ERROR, value=name)


CHECKS: Final[tuple[Check, ...]] = (row_balance, amount_balance, rollup_balance)
"""Run after every assessment: plugins are not trusted, and neither are we."""


def faults(inventory: Inventory, methodology: Methodology) -> Iterator[Finding]:
    """Return the faults that no importer can see: domains that the methodology does not know, ids used twice."""
    domains = ", ".join(methodology.domains)
    for code, profile in enumerate(inventory.profiles):
        if profile.domain and profile.domain not in methodology.domains:
            for index in np.flatnonzero(inventory.profile == code).tolist():
                yield Finding.of(
                    "domain-unknown", Severity.ERROR, inventory.origin(index), profile.domain, known=domains
                )
    first: dict[tuple[Activity, str], int] = {}
    if len(set(inventory.ids)) == len(inventory.ids):
        return
    for index, name in enumerate(inventory.ids):
        activity = inventory.profiles[inventory.profile[index]].activity
        if name and (seen := first.setdefault((activity, name), index)) != index:
            first_place = str(inventory.origin(seen)) or f"#{seen + 1}"
            yield Finding.of("id-twice", Severity.ERROR, inventory.origin(index), name, first=first_place)
