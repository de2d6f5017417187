"""Postings: the sums of an inventory, entered into A and into the balances."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.algebra.balances import UNREAD, Amounts, Balances, FileLine, Line, Tally, summed
from ghg_numerique.algebra.levers import Cell
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.details import detailed
from ghg_numerique.engine.keys import Basis
from ghg_numerique.engine.plan import CLASS_OF, Entry, GapKey, Place, Plan, Plans, entry_for, plans_of
from ghg_numerique.engine.resolve import Missing, Resolution
from ghg_numerique.engine.sums import CLASSES, Alike, Ints, Sums, alike, sum_rows
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Activity, Exclusion, Fate, Gap
from ghg_numerique.units import CO2EQ

K = TypeVar("K")

_ACTIVITIES: Final = {"item": Activity.HARDWARE, CO2EQ: Activity.EMISSIONS} | dict.fromkeys(
    EURO_UNITS, Activity.SPENDING
)
"""What a row tells of, by the unit of what it counts."""


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


def post(inventory: Inventory, resolution: Resolution, plans: Plans | None = None) -> ActivityMatrix[Cell, ChainKey]:
    """Return A of an inventory, or of a part of one: matrices of parts add up to the matrix of the whole, exactly.

    `plans` are those of the profiles of the inventory, where they are at hand already: they hold for any rows.
    """
    known = plans if plans is not None else plans_of(inventory.profiles, resolution)
    inventory = detailed(inventory, resolution.methodology)
    if len(linked_rows(inventory, resolution)):
        return postings(inventory, resolution, known).matrix
    *_, activity = _entered(known, sum_rows(inventory, known.year)).tolist()
    return ActivityMatrix.of(
        (entry.target, amount)
        for entry, amount in zip(known.entries, activity, strict=True)
        if amount and isinstance(entry.target, Place)
    )


def postings(inventory: Inventory, resolution: Resolution, plans: Plans | None = None) -> Postings:
    """Return A and the balances of an inventory, or of a part of one.

    `plans` as for `post`.
    """
    known = plans if plans is not None else plans_of(inventory.profiles, resolution)
    inventory = detailed(inventory, resolution.methodology)
    linked = linked_rows(inventory, resolution)
    alone = inventory.take(np.delete(np.arange(len(inventory)), linked)) if len(linked) else inventory
    ledger = _Ledger(resolution)
    sums = sum_rows(alone, known.year, known.line_of)
    ledger.enter_sums(known, sums)
    ledger.enter_files(known, sums, inventory.files)
    for rows in alike(inventory.take(linked), known.year) if len(linked) else ():
        ledger.enter_linked(known.plans[rows.profile], rows)
    for row in inventory.set_aside:
        ledger.enter_fault(row)
    return ledger.close()


def linked_rows(inventory: Inventory, resolution: Resolution) -> Ints:
    """Return the rows of spending whose purchase order is detailed by items: each order has a share of its own."""
    if not resolution.coverage:
        return np.empty(0, dtype=np.int64)
    covered = np.array([name in resolution.coverage for name in inventory.orders] + [False])
    spending = np.array([profile.activity is Activity.SPENDING for profile in inventory.profiles], dtype=bool)
    return np.flatnonzero(covered[inventory.order] & spending[inventory.profile])


class _Ledger:
    """Collects entries and tallies; lives only while an inventory is posted."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.entries: list[tuple[tuple[Cell, ChainKey], int]] = []
        self.rows: list[tuple[Line, Tally]] = []
        self.kinds: list[tuple[Line, Tally]] = []
        self.files: list[tuple[FileLine, Tally]] = []
        self.gaps: list[tuple[GapKey, Tally]] = []
        self.uses: list[tuple[ChainKey, Tally]] = []

    def enter_sums(self, plans: Plans, sums: Sums) -> None:
        """Enter the sums of all profiles: their fates class by class, their activity in one entry per cell and chain."""
        rows, amounts = sums.rows.reshape(-1, CLASSES), sums.amounts.reshape(-1, CLASSES)
        fates = np.zeros((2, len(plans.lines)), dtype=np.int64)
        for total, column in zip(fates, (rows, amounts), strict=True):
            np.add.at(total, plans.line_of.ravel(), column.ravel())
        for (activity, fate, reason, unit), count, amount in zip(plans.lines, *fates.tolist(), strict=True):
            if count:
                self.rows.append(((activity, fate, reason), _tally(count, unit, amount)))
        for entry, count, amount, activity in zip(plans.entries, *_entered(plans, sums).tolist(), strict=True):
            if count:
                self._enter_part(entry, _tally(count, entry.unit, amount), activity)

    def enter_files(self, plans: Plans, sums: Sums, files: Sequence[str]) -> None:
        """Enter the fates of the same rows file by file; those of no file come first."""
        for name, counts, totals in zip(("", *files), *sums.files.tolist(), strict=True):
            for (activity, fate, reason, unit), count, amount in zip(plans.lines, counts, totals, strict=True):
                if count:
                    self.files.append(((name, activity, fate, reason), _tally(count, unit, amount)))

    def enter_linked(self, plan: Plan, rows: Alike) -> None:
        """Enter spending lines: what items detail of them is not counted again, the rest goes through its chain."""
        unit, share = plan.profile.unit, self.resolution.coverage[rows.order]
        whole = _tally(rows.rows, unit, rows.amount)
        fate, reason = plan.fate(rows.kind)
        if fate is Fate.EXCLUDED:
            self._enter_rows(rows.file, (Activity.SPENDING, fate, reason), whole)
            return
        if share is None:
            self._enter_rows(rows.file, (Activity.SPENDING, Fate.UNRESOLVED, Gap.NO_VAT), whole)
            for demand, _ in plan.parts(rows.kind):
                self._enter_part(entry_for(plan, demand, Missing(Gap.NO_VAT), self.resolution), whole, 0)
            return
        paid = Fraction(rows.amount) * share
        if paid or share == 1:
            count = rows.rows if share == 1 else 0
            self._enter_rows(rows.file, (Activity.SPENDING, Fate.DETAILED, ""), _tally(count, unit, paid))
        if share < 1:
            rest = _tally(rows.rows, unit, rows.amount - paid)
            self._enter_rows(rows.file, (Activity.SPENDING, fate, reason), rest)
            for demand, outcome in plan.parts(rows.kind):
                key = attrs.evolve(outcome, order=rows.order) if share and isinstance(outcome, ChainKey) else outcome
                self._enter_part(entry_for(plan, demand, key, self.resolution), rest, rows.amount)

    def enter_fault(self, row: SetAside) -> None:
        """Enter a row that was read and set aside: quarantined, with what could be read of its amount."""
        line = (_ACTIVITIES.get(row.unit, UNREAD), Fate.QUARANTINED, "")
        self._enter_rows(row.origin.file, line, _tally(1, row.unit, row.amount))

    def close(self) -> Postings:
        """Return what was entered, as a value."""
        return Postings(
            ActivityMatrix.of(self.entries),
            Balances.of(self.rows, self.kinds, self.files),
            MappingProxyType(summed(self.gaps)),
            MappingProxyType(summed(self.uses)),
        )

    def _enter_rows(self, file: str, line: Line, tally: Tally) -> None:
        self.rows.append((line, tally))
        self.files.append(((file, *line), tally))

    def _enter_part(self, entry: Entry, tally: Tally, activity: int) -> None:
        self.kinds.append((entry.line, tally))
        if isinstance(entry.target, Exclusion):
            return
        if isinstance(entry.target, Place):
            self.uses.append((entry.target.key, tally))
            self.entries.append((entry.target, activity))
        else:
            self.gaps.append((entry.target, tally))


def _entered(plans: Plans, sums: Sums) -> npt.NDArray[np.int64]:
    """Return for each entry its rows, their amounts, and the activity that goes into A: three rows of whole numbers."""
    rows, amounts = sums.rows.reshape(-1, CLASSES), sums.amounts.reshape(-1, CLASSES)
    days = {Basis.SERVICE: sums.service, Basis.LIFETIME: sums.worn}
    totals = np.zeros((3, len(plans.entries)), dtype=np.int64)
    for basis, flag in CLASS_OF.items():
        concerned = np.flatnonzero(np.arange(CLASSES) & flag)
        count, amount = rows[:, concerned].sum(axis=1), amounts[:, concerned].sum(axis=1)
        counted = np.array([entry.demand.basis is basis for entry in plans.entries] + [False])
        for slot in plans.entry_of:
            mine = np.flatnonzero(counted[slot])
            for total, column in zip(totals, (count, amount, days.get(basis, amount)), strict=True):
                np.add.at(total, slot[mine], column[mine])
    return totals


def _tally(rows: int, unit: str, amount: int | Fraction) -> Tally:
    exact = Fraction(amount, MILLIONTHS)
    return Tally(rows, Amounts(MappingProxyType({unit: exact} if exact else {})))
