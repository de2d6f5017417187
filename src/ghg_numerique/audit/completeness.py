"""Completeness and double counting: every row, item and euro that came in has one fate, and none counts twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import attrs
import numpy as np

from ghg_numerique.audit.edits import of_activity
from ghg_numerique.audit.property import Property, Trial, Violation, equal, same_cells
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.explain import fates
from ghg_numerique.engine.plan import planned
from ghg_numerique.errors import InventoryError
from ghg_numerique.model.factors import ChainKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Activity, Exclusion, Fate, Gap, Role


def every_row_has_one_fate(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B1."""
    inventory = subject.inventory
    told = list(fates(inventory, subject.resolution))
    came = Counter(str(inventory.origin(row)) for row in range(len(inventory)))
    came.update(str(row.origin) for row in inventory.set_aside)
    yield equal("rows", came, Counter(str(fate.origin) for fate in told))
    balanced: Counter[tuple[str, str]] = Counter()
    for (_, fate, reason), tally in subject.footprint.balances.rows.items():
        balanced[str(fate), str(reason)] += tally.rows
    yield equal("fates", Counter((str(one.fate), str(one.reason)) for one in told), +balanced)


def control_totals_agree(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B2."""
    inventory, total = subject.inventory, subject.footprint.balances.total()
    came: dict[str, int] = defaultdict(int)
    for code, amount in zip(inventory.profile.tolist(), inventory.amount.tolist(), strict=True):
        came[inventory.profiles[code].unit] += amount
    for row in inventory.set_aside:
        came[row.unit] += row.amount
    for unit, amount in sorted(came.items()):
        yield equal(unit or "-", Fraction(amount, MILLIONTHS), total.amounts.in_unit(unit))
    if read := sum(file.rows for file in inventory.inputs):
        yield equal("rows", read, total.rows)


def no_row_counts_twice(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B3."""
    inventory = subject.inventory
    rows = Counter(
        (str(inventory.origin(row)), inventory.ids[row] if inventory.ids else "") for row in range(len(inventory))
    )
    lines = Counter((str(line.origin), line.id, line.cell["kind"]) for line in subject.lines)
    for (origin, name, kind), times in lines.items():
        most = rows[origin, name]
        yield None if times <= most else Violation(f"{origin} {name} {kind}", str(most), str(times))


def links_share_exactly(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B4."""
    for order, share in subject.resolution.coverage.items():
        if share is not None:
            yield None if 0 <= share <= 1 else Violation(order, "0..1", str(share))
    bare = subject.bare
    linked = bare.inventory.order >= 0
    items = np.zeros(len(linked), dtype=bool)
    items[of_activity(bare.inventory, Activity.HARDWARE)] = True
    if (linked & items).any():
        spending = bare.inventory.take(~(linked & items))
        alone = attrs.evolve(spending, order=np.full_like(spending.order, -1))
        yield same_cells("without-items", bare.with_rows(alone).cells, bare.with_rows(spending).cells)


def every_euro_has_one_fate(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B5."""
    money = subject.footprint.balances.money
    others = [field.name for field in attrs.fields(type(money)) if field.name != "spent"]
    for unit in money.spent.by_unit:
        parts = sum((getattr(money, name).in_unit(unit) for name in others), Fraction(0))
        yield equal(unit, money.spent.in_unit(unit), parts)


def stages_do_not_overlap(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B6."""
    for plan in planned(subject.inventory.profiles, subject.resolution):
        if plan.profile.activity is Activity.HARDWARE:
            chains = [subject.resolution.chains[key] for _, key in plan.outcomes if isinstance(key, ChainKey)]
            twice = Counter(stage for chain in chains for stage in chain.stages)
            yield equal(plan.profile.equipment, [], sorted(stage for stage, times in twice.items() if times > 1))


def every_exclusion_has_a_reason(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B7."""
    closed = {Fate.EXCLUDED: set(map(str, Exclusion)), Fate.UNRESOLVED: set(map(str, Gap))}
    for _, fate, reason in (*subject.footprint.balances.rows, *subject.footprint.balances.kinds):
        known = closed.get(fate)
        yield None if known is None or str(reason) in known else Violation(str(fate), "reason", str(reason) or "-")


def stand_ins_are_told(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B8."""
    told = {finding.value for finding in subject.footprint.findings if finding.code in ("stand-in", "mix-year")}
    for key in sorted(subject.footprint.matrix.columns):
        for factor in key.factors:
            offer = subject.resolution.choices[factor].winner
            if offer is not None and offer.stands_in:
                identity = offer.coefficient.identity
                yield None if identity in told else Violation(identity, "stand-in", "-")


def a_file_twice_is_noticed(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B9."""
    inventory = subject.inventory
    first: dict[str, str] = {}
    for file in inventory.inputs:
        if file.rows and file.sha256:
            before = first.setdefault(file.sha256, file.name)
            yield None if before == file.name else Violation(file.name, "sha256", f"= {before}")
    if inventory.ids and any(inventory.ids):
        try:
            subject.with_rows(Inventory.concat([inventory, inventory]))
        except InventoryError:
            yield None
        else:
            yield Violation("twice", "refused", "accepted", subject.footprint.exact_total())


def fleets_balance(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B10: stock at the end == stock at the start + entries - exits, for each type of equipment."""
    inventory = subject.inventory
    first, after = year_days(subject.methodology.reporting_year)
    start, end, amount = inventory.start.astype(np.int64), inventory.end.astype(np.int64), inventory.amount
    types: dict[str, list[int]] = defaultdict(list)
    for code, profile in enumerate(inventory.profiles):
        if profile.activity is Activity.HARDWARE:
            types[profile.equipment].append(code)
    for name, of_type in sorted(types.items()):
        mine = np.isin(inventory.profile, of_type)
        before = int(amount[mine & (start < first) & (end >= first)].sum())
        entries = int(amount[mine & (start >= first) & (start < after)].sum())
        exits = int(amount[mine & (end >= first) & (end < after)].sum())
        at_end = int(amount[mine & (start < after) & (end >= after)].sum())
        yield equal(name or "-", before + entries - exits, at_end)


def electricity_adds_up(subject: Subject, _effort: int) -> Iterator[Trial]:
    """B11: kWh row by row are the kWh of A, for each type of equipment."""
    by_row: dict[str, Fraction] = defaultdict(Fraction)
    for line in subject.lines:
        if any(link.role is Role.ENERGY for link in line.chain):
            mix = next(link for link in line.chain if link.role is Role.ELECTRICITY)
            by_row[line.cell.get("equipment", "")] += line.result.value / mix.exact if mix.exact else 0
    footprint = subject.footprint
    by_cell: dict[str, Fraction] = defaultdict(Fraction)
    for (cell, key), amount in footprint.matrix.entries.items():
        links = footprint.sheet.chains[key].links
        if any(link.role is Role.ENERGY for link in links):
            mix = next(link for link in links if link.role is Role.ELECTRICITY)
            where = dict(zip(footprint.dimensions, cell, strict=True)).get("equipment", "")
            by_cell[where] += amount * footprint.sheet.values[key] / mix.exact / MILLIONTHS if mix.exact else 0
    if by_row or by_cell:
        yield same_cells("kWh", by_row, by_cell)


COMPLETENESS: Final = (
    Property("B1", every_row_has_one_fate),
    Property("B2", control_totals_agree),
    Property("B3", no_row_counts_twice),
    Property("B4", links_share_exactly),
    Property("B5", every_euro_has_one_fate),
    Property("B6", stages_do_not_overlap),
    Property("B7", every_exclusion_has_a_reason),
    Property("B8", stand_ins_are_told),
    Property("B9", a_file_twice_is_noticed),
    Property("B10", fleets_balance),
    Property("B11", electricity_adds_up),
)
