"""Every row worked out by hand: fractions, a calendar of days, and the verifier's units. Slow, plain, and independent of A."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ghg_numerique.algebra.levers import Cell
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.details import detailed
from ghg_numerique.engine.keys import Basis
from ghg_numerique.engine.plan import Plan, cell_of, planned
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.model.columns import OPEN
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.terms import Activity, Role
from ghg_numerique.verifier.verify import measured


def by_hand(subject: Subject) -> dict[Cell, Fraction]:
    """Return kgCO2eq by cell, row after row; rows that say the same are looked at once, and their amounts added."""
    resolution = subject.resolution
    inventory = detailed(subject.inventory, resolution.methodology)
    plans = planned(inventory.profiles, resolution)
    alike: dict[tuple[int, ...], int] = {}
    columns = (inventory.profile, inventory.order, inventory.start, inventory.end, inventory.amount)
    for *row, amount in zip(*(column.tolist() for column in columns), strict=True):
        alike[tuple(row)] = alike.get(tuple(row), 0) + amount
    values = {key: _value(key, resolution) for key in resolution.chains}
    cells: dict[Cell, Fraction] = {}
    for (profile, order, start, end), millionths in alike.items():
        rest = _rest(plans[profile], inventory.orders[order] if order >= 0 else "", resolution)
        amount = Fraction(millionths, MILLIONTHS) * rest
        for cell, key, days in _parts(plans[profile], start, end, resolution) if amount else ():
            cells[cell] = cells.get(cell, Fraction(0)) + amount * days * values[key]
    return cells


def _value(key: ChainKey, resolution: Resolution) -> Fraction:
    """Return kgCO2eq per unit of activity, without the share of an order, which is taken row by row."""
    value = measured(key.unit)[0]
    for link in resolution.chains[key].links:
        value *= measured(link.unit)[0] * (1 if link.role is Role.SHARE else link.exact)
    return value


def _rest(plan: Plan, order: str, resolution: Resolution) -> Fraction:
    """Return the part of a row that no item details; nothing where it cannot be told."""
    if plan.profile.activity is not Activity.SPENDING or order not in resolution.coverage:
        return Fraction(1)
    share = resolution.coverage[order]
    return Fraction(0) if share is None else 1 - share


def _parts(plan: Plan, start: int, end: int, resolution: Resolution) -> Iterator[tuple[Cell, ChainKey, int]]:
    """Return the chains that a row goes through, and for how many days of the year (once, where it counts at entry)."""
    year = resolution.methodology.reporting_year
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    for demand, outcome in () if plan.outside else plan.outcomes:
        if not isinstance(outcome, ChainKey):
            continue
        if demand.basis is Basis.ENTRY:
            days = int(start < OPEN and date.fromordinal(start).year == year)
        else:
            last = start + resolution.lifetime(outcome) if demand.basis is Basis.LIFETIME else end
            days = max(0, min(last, after) - max(start, first))
        if days:
            yield cell_of(plan, demand, outcome, resolution), outcome, days
