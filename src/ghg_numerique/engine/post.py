"""Postings: the sums of an inventory, entered into A and into the balances."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

import attrs
import numpy as np

from ghg_numerique.algebra.balances import Amounts, Balances, Line, Tally
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.scenario import Cell
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.keys import Basis, Demand
from ghg_numerique.engine.plan import Plan, cell_of, plan_of, year_of
from ghg_numerique.engine.resolve import Missing, Resolution
from ghg_numerique.engine.sums import CLASSES, ENTRY, Ints, Sums, Year, classes, sum_rows
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.model.inventory import Inventory, SetAside
from ghg_numerique.model.profile import Profile
from ghg_numerique.terms import Activity, Exclusion, Fate, Gap, Kind

K = TypeVar("K")
GapKey = tuple[Profile, Kind, Missing]


@attrs.frozen
class Postings:
    """A, what became of every row behind it, the gaps, and the rows that each chain carries.

    Postings of disjoint parts add up.
    """

    matrix: ActivityMatrix[Cell, ChainKey]
    balances: Balances
    gaps: Mapping[GapKey, Tally]
    uses: Mapping[ChainKey, Tally]

    def __add__(self, other: "Postings") -> "Postings":
        return Postings(
            self.matrix + other.matrix,
            self.balances + other.balances,
            _united(self.gaps, other.gaps),
            _united(self.uses, other.uses),
        )

    def __radd__(self, other: object) -> "Postings":
        return self if other == 0 else NotImplemented

    def __reduce__(self) -> tuple[object, ...]:
        return (_postings, (self.matrix, self.balances, dict(self.gaps), dict(self.uses)))


def _postings(
    matrix: ActivityMatrix[Cell, ChainKey],
    balances: Balances,
    gaps: dict[GapKey, Tally],
    uses: dict[ChainKey, Tally],
) -> Postings:
    return Postings(matrix, balances, MappingProxyType(gaps), MappingProxyType(uses))


def _united(left: Mapping[K, Tally], right: Mapping[K, Tally]) -> Mapping[K, Tally]:
    return MappingProxyType({key: left.get(key, Tally()) + right.get(key, Tally()) for key in (*left, *right)})


def post(inventory: Inventory, resolution: Resolution) -> ActivityMatrix[Cell, ChainKey]:
    """Return A of an inventory, or of a part of one: matrices of parts add up to the matrix of the whole, exactly."""
    return postings(inventory, resolution).matrix


def postings(inventory: Inventory, resolution: Resolution) -> Postings:
    """Return A and the balances of an inventory, or of a part of one."""
    plans = [plan_of(profile, resolution) for profile in inventory.profiles]
    year = year_of(plans, resolution)
    linked = linked_rows(inventory, resolution)
    ledger = _Ledger(resolution)
    alone = inventory.take(np.delete(np.arange(len(inventory)), linked)) if len(linked) else inventory
    sums = sum_rows(alone, year)
    for code in np.flatnonzero(sums.rows.reshape(-1, CLASSES).any(axis=1)).tolist():
        ledger.enter_profile(plans[code], sums, code)
    for index in linked.tolist():
        ledger.enter_linked(plans[inventory.profile[index]], inventory, index, year)
    for row in inventory.set_aside:
        ledger.enter_fault(row)
    return ledger.close()


def linked_rows(inventory: Inventory, resolution: Resolution) -> Ints:
    """Return the rows of spending whose purchase order is detailed by items: each order has a share of its own."""
    if not resolution.coverage:
        return np.empty(0, dtype=np.int64)
    detailed = np.array([name in resolution.coverage for name in inventory.orders] + [False])
    spending = np.array([profile.activity is Activity.SPENDING for profile in inventory.profiles], dtype=bool)
    return np.flatnonzero(detailed[inventory.order] & spending[inventory.profile])


class _Ledger:
    """Collects entries and tallies; lives only while an inventory is posted."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.entries: list[tuple[tuple[Cell, ChainKey], int]] = []
        self.rows: list[tuple[Line, Tally]] = []
        self.kinds: list[tuple[Line, Tally]] = []
        self.gaps: dict[GapKey, Tally] = {}
        self.uses: dict[ChainKey, Tally] = {}

    def enter_profile(self, plan: Plan, sums: Sums, code: int) -> None:
        """Enter the rows of one profile: their fates class by class, their activity in one entry per chain."""
        profile = plan.profile
        entering = 0
        for kind in range(CLASSES):
            rows = int(sums.rows[code * CLASSES + kind])
            if not rows:
                continue
            amount = int(sums.amounts[code * CLASSES + kind])
            entering += amount if kind & ENTRY else 0
            tally = _tally(rows, profile.unit, amount)
            fate, reason = plan.fate(kind)
            self.rows.append(((profile.activity, fate, reason), tally))
            if not plan.outside:
                for demand, outcome in plan.parts(kind):
                    self._enter_part(plan, demand, outcome, tally)
        activity = {Basis.ENTRY: entering, Basis.SERVICE: int(sums.service[code]), Basis.LIFETIME: int(sums.worn[code])}
        for demand, outcome in () if plan.outside else plan.outcomes:
            if isinstance(outcome, ChainKey):
                self.entries.append(((cell_of(plan, demand, outcome, self.resolution), outcome), activity[demand.basis]))

    def enter_linked(self, plan: Plan, inventory: Inventory, index: int, year: Year) -> None:
        """Enter one spending line: what items detail of it is not counted again, the rest goes through its chain."""
        *_, code = classes(inventory, slice(index, index + 1), year)
        kind, amount = int(code[0]) % CLASSES, int(inventory.amount[index])
        unit, order = plan.profile.unit, inventory.orders[inventory.order[index]]
        share = self.resolution.coverage[order]
        fate, reason = plan.fate(kind)
        if fate is Fate.EXCLUDED:
            self.rows.append(((Activity.SPENDING, fate, reason), _tally(1, unit, amount)))
            return
        if share is None:
            tally = _tally(1, unit, amount)
            self.rows.append(((Activity.SPENDING, Fate.UNRESOLVED, Gap.NO_VAT), tally))
            for demand, _ in plan.parts(kind):
                self._enter_part(plan, demand, Missing(Gap.NO_VAT), tally)
            return
        detailed = Fraction(amount) * share
        if detailed or share == 1:
            rows = 1 if share == 1 else 0
            self.rows.append(((Activity.SPENDING, Fate.DETAILED, ""), _tally(rows, unit, detailed)))
        if share < 1:
            self.rows.append(((Activity.SPENDING, fate, reason), _tally(1, unit, amount - detailed)))
            for demand, outcome in plan.parts(kind):
                self._enter_part(plan, demand, outcome, _tally(1, unit, amount - detailed))
                if isinstance(outcome, ChainKey):
                    key = attrs.evolve(outcome, order=order if share else "")
                    self.entries.append(((cell_of(plan, demand, key, self.resolution), key), amount))

    def enter_fault(self, row: SetAside) -> None:
        """Enter a row that was read and set aside: unresolved, with what could be read of its amount."""
        activity = Activity.SPENDING if row.unit.startswith("EUR") else Activity.HARDWARE
        self.rows.append(((activity, Fate.UNRESOLVED, Gap.FAULT), _tally(1, row.unit, row.amount)))

    def close(self) -> Postings:
        """Return what was entered, as a value."""
        return Postings(
            ActivityMatrix.of(self.entries),
            Balances.of(self.rows, self.kinds),
            MappingProxyType(dict(self.gaps)),
            MappingProxyType(dict(self.uses)),
        )

    def _enter_part(self, plan: Plan, demand: Demand, outcome: ChainKey | Missing | Exclusion, tally: Tally) -> None:
        if isinstance(outcome, Missing):
            line: Line = (demand.kind, Fate.UNRESOLVED, outcome.gap)
            key = (plan.profile, demand.kind, outcome)
            self.gaps[key] = self.gaps.get(key, Tally()) + tally
        elif isinstance(outcome, Exclusion):
            line = (demand.kind, Fate.EXCLUDED, outcome)
        else:
            line = (demand.kind, Fate.COUNTED, "")
            self.uses[outcome] = self.uses.get(outcome, Tally()) + tally
        self.kinds.append((line, tally))


def _tally(rows: int, unit: str, amount: int | Fraction) -> Tally:
    exact = Fraction(amount) / MILLIONTHS
    return Tally(rows, Amounts(MappingProxyType({unit: exact} if exact else {})))
