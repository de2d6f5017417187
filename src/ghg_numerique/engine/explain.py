"""Explanation is replay: the postings of chosen cells, worked out again row by row."""

from collections.abc import Iterator
from fractions import Fraction

import attrs
import numpy as np

from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.choose import Candidate
from ghg_numerique.engine.details import detailed
from ghg_numerique.engine.keys import Basis, Demand
from ghg_numerique.engine.plan import Plan, cell_of, planned, year_of
from ghg_numerique.engine.post import linked_rows
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.engine.sums import CLASSES, classes
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.factors import Chain, ChainKey, Coefficient, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Fate
from ghg_numerique.units import Quantity


@attrs.frozen
class Explanation:
    """One row in one cell: its activity, the coefficients that it went through, and kgCO2eq, exact.

    `amount` times every coefficient of `chain` is `result`; `rejected` are the candidates that lost, link by link.
    """

    origin: Origin
    id: str
    cell: dict[str, str]
    amount: Quantity
    chain: tuple[Coefficient, ...]
    result: Quantity
    rejected: tuple[Candidate, ...] = ()


@attrs.frozen
class RowFate:
    """Where one source row ended, and why; `missing` are the keys that nothing answered."""

    origin: Origin
    id: str
    amount: Quantity
    fate: Fate
    reason: str = ""
    missing: tuple[FactorKey, ...] = ()


def explain(inventory: Inventory, resolution: Resolution, **where: str) -> Iterator[Explanation]:
    """Return the rows behind the cells that agree with `where` (`domain="Téléphonie", kind="use"`), in their order.

    The results of all rows add up to the cells, exactly. Raises ConfigurationError for an unknown dimension.
    """
    known = resolution.methodology.cells
    if unknown := sorted(set(where) - set(known)):
        raise ConfigurationError("dimension", name=", ".join(unknown), known=", ".join(known))
    inventory = detailed(inventory, resolution.methodology)
    plans = planned(inventory.profiles, resolution)
    year = year_of(plans, resolution)
    served, worn, code = classes(inventory, slice(None), year)
    chosen = np.array([_concerned(plan, resolution, where) for plan in plans] + [False])
    linked = set(linked_rows(inventory, resolution).tolist())
    ways: dict[tuple[object, ...], _Way] = {}
    for index in np.flatnonzero(chosen[inventory.profile]).tolist():
        plan, kind = plans[inventory.profile[index]], int(code[index]) % CLASSES
        order = inventory.orders[inventory.order[index]] if index in linked else ""
        share = resolution.coverage[order] if order else Fraction(0)
        if share is None or share == 1:
            continue
        for demand, outcome in plan.parts(kind):
            if not isinstance(outcome, ChainKey):
                continue
            through = order if share else ""
            way = (int(inventory.profile[index]), demand.kind, through)
            if way not in ways:
                ways[way] = _way(plan, demand, attrs.evolve(outcome, order=through), resolution)
            if all(ways[way].cell[name] == value for name, value in where.items()):
                days = {Basis.ENTRY: 1, Basis.SERVICE: int(served[index]), Basis.LIFETIME: int(worn[index])}
                amount = Fraction(int(inventory.amount[index]) * days[demand.basis], MILLIONTHS)
                yield _explained(inventory, index, ways[way], amount)


def fates(inventory: Inventory, resolution: Resolution) -> Iterator[RowFate]:
    """Return the fate of every row, in the order of the inventory; rows set aside come last."""
    inventory = detailed(inventory, resolution.methodology)
    plans = planned(inventory.profiles, resolution)
    *_, code = classes(inventory, slice(None), year_of(plans, resolution))
    linked = set(linked_rows(inventory, resolution).tolist())
    for index in range(len(inventory)):
        plan = plans[inventory.profile[index]]
        kind = int(code[index]) % CLASSES
        fate, reason = plan.fate(kind)
        order = inventory.orders[inventory.order[index]] if index in linked else ""
        if order and fate is not Fate.EXCLUDED:
            share = resolution.coverage[order]
            if share is None:
                fate, reason = Fate.UNRESOLVED, "no_vat"
            elif share == 1:
                fate, reason = Fate.DETAILED, ""
        yield RowFate(
            inventory.origin(index), _id(inventory, index), Quantity(inventory.quantity(index), plan.profile.unit),
            fate, reason, plan.missing(kind) if fate is Fate.UNRESOLVED else (),
        )  # fmt: skip
    yield from map(set_apart, inventory.set_aside)


def set_apart(row: SetAside) -> RowFate:
    """Return the fate of a row that is set aside."""
    return RowFate(row.origin, "", Quantity(Fraction(row.amount, MILLIONTHS), row.unit or "1"), Fate.QUARANTINED)


def _concerned(plan: Plan, resolution: Resolution, where: dict[str, str]) -> bool:
    return not plan.outside and any(
        isinstance(outcome, ChainKey) and _agrees(plan, demand, outcome, resolution, where)
        for demand, outcome in plan.outcomes
    )


def _agrees(plan: Plan, demand: Demand, key: ChainKey, resolution: Resolution, where: dict[str, str]) -> bool:
    cell = dict(zip(resolution.methodology.cells, cell_of(plan, demand, key, resolution), strict=True))
    return all(cell[name] == value for name, value in where.items())


@attrs.frozen
class _Way:
    """What all rows have in common that go through one chain into one cell."""

    cell: dict[str, str]
    chain: Chain
    value: Fraction
    rejected: tuple[Candidate, ...]


def _way(plan: Plan, demand: Demand, key: ChainKey, resolution: Resolution) -> _Way:
    chain = resolution.chains[key]
    cell = dict(zip(resolution.methodology.cells, cell_of(plan, demand, key, resolution), strict=True))
    rejected = tuple(loser for factor in key.factors for loser in resolution.choices[factor].losers)
    return _Way(cell, chain, chain.value(), rejected)


def _explained(inventory: Inventory, index: int, way: _Way, amount: Fraction) -> Explanation:
    activity, result = Quantity(amount, way.chain.key.unit), Quantity(amount * way.value, "kgCO2eq")
    return Explanation(
        inventory.origin(index), _id(inventory, index), way.cell, activity, way.chain.links, result, way.rejected
    )


def _id(inventory: Inventory, index: int) -> str:
    return inventory.ids[index] if inventory.ids else ""
