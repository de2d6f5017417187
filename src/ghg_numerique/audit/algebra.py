"""Algebra and conservation: sums are those of their parts, and the footprint is linear, whatever the order or the unit."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import combinations
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.balances import Balances
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.audit.by_hand import by_hand
from ghg_numerique.audit.edits import copies, cut, multiplied, of_activity, shuffled, split, spread_over
from ghg_numerique.audit.property import Property, Trial, Violation, equal, same, same_balances, same_cells
from ghg_numerique.audit.renamed import renamed
from ghg_numerique.audit.retold import LINEAR, in_unit, with_value
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import TooLarge
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Activity
from ghg_numerique.verifier.verify import measured

Cells = Mapping[tuple[str, ...], Fraction]


def lines_make_the_total(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A1."""
    sums: dict[tuple[str, ...], Fraction] = {}
    for line in subject.lines:
        cell = tuple(line.cell.values())
        sums[cell] = sums.get(cell, Fraction(0)) + line.result.value
    yield same_cells("explained", sums, subject.footprint.cells)
    yield equal("total", sum(sums.values(), Fraction(0)), subject.footprint.exact_total())


def groups_make_the_total(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A2."""
    footprint = subject.footprint
    total = footprint.exact_total()
    for name in (*footprint.dimensions, *footprint.methodology.rollups):
        groups = footprint.by(name)
        yield equal(name, total, groups.exact_total() + groups.left_out.exact_total())


def cross_tables_agree(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A3."""
    footprint = subject.footprint
    for names in combinations(footprint.dimensions, 2):
        crossed = footprint.cross(*names)
        for place, name in enumerate(names):
            sums: dict[str, Fraction] = {}
            for key, amount in crossed.items():
                sums[key[place]] = sums.get(key[place], Fraction(0)) + amount
            yield same_cells(" x ".join(names), footprint.by(name).groups, sums)


def order_does_not_matter(subject: Subject, effort: int) -> Iterator[Trial]:
    """A4."""
    bare = subject.bare
    for turn in range(effort) if len(bare.inventory) > 1 else ():
        case = "reversed" if turn == 0 else f"shuffled-{turn}"
        yield same(case, bare.footprint, bare.with_rows(shuffled(bare.inventory, turn)))


def parts_add_up(subject: Subject, effort: int) -> Iterator[Trial]:
    """A5."""
    bare = subject.bare
    for parts in range(2, 2 + effort) if len(bare.inventory) > 1 else ():
        found = [bare.with_rows(part) for part in cut(bare.inventory, parts)]
        yield same(f"{parts} parts", bare.footprint, _merged(bare.footprint, found))
        yield same(f"{parts} parts reversed", bare.footprint, _merged(bare.footprint, found[::-1]))


def _merged(whole: Footprint, parts: Iterable[Footprint]) -> Footprint:
    listed = tuple(parts)
    return attrs.evolve(
        whole,
        matrix=sum((part.matrix for part in listed), start=ActivityMatrix.zero()),
        sheet=attrs.evolve(
            whole.sheet, chains={key: chain for part in listed for key, chain in part.sheet.chains.items()}
        ),
        balances=sum((part.balances for part in listed), start=Balances()),
    )


def threads_agree(subject: Subject, effort: int) -> Iterator[Trial]:
    """A6."""
    workers = 2 + effort % 15
    with ThreadPoolExecutor(workers) as pool:
        for found in pool.map(subject.with_rows, [subject.inventory] * workers):
            yield same(f"{workers} threads", subject.footprint, found)


def multiples_come_out(subject: Subject, effort: int) -> Iterator[Trial]:
    """A7."""
    bare = subject.bare
    for times in (0, 2, 3, 7, 10, 1000)[: 1 + effort]:
        try:
            found = bare.with_rows(multiplied(bare.inventory, times))
        except (OverflowError, TooLarge):
            return
        yield same_cells(f"x {times}", {c: times * amount for c, amount in bare.footprint.cells.items()}, found.cells)


def factors_move_by_their_exposure(subject: Subject, effort: int) -> Iterator[Trial]:
    """A8."""
    bare = subject.bare
    for link, exposure in _movable(bare)[:effort]:
        step = Fraction(1, 8)
        expected = {cell: amount + step * exposure.get(cell, 0) for cell, amount in bare.footprint.cells.items()}
        found = bare.told_by(with_value(bare.providers, link, link.exact + step))
        yield same_cells(link.identity, expected, found.cells)


def _movable(subject: Subject) -> list[tuple[Coefficient, Cells]]:
    """Return coefficients of providers in whose value the footprint is linear, with kgCO2eq per unit of it, by cell.

    One that another source tells with the same value is left alone.
    """
    choices = subject.resolution.choices.values()
    told = {c.winner.coefficient for c in choices if c.winner is not None and not c.key.asks_nobody}
    exposures: dict[Coefficient, dict[tuple[str, ...], Fraction]] = {}
    sheet = subject.footprint.sheet
    for (cell, key), amount in subject.footprint.matrix.entries.items():
        for link in sheet.chains[key].links:
            if link.role in LINEAR and link in told and link.identity not in subject.twins and link.exact:
                cells = exposures.setdefault(link, {})
                cells[cell] = cells.get(cell, Fraction(0)) + amount * sheet.values[key] / link.exact / MILLIONTHS
    ranked = sorted(
        exposures.items(), key=lambda found: (-abs(sum(found[1].values()) * found[0].exact), found[0].identity)
    )
    return list(ranked)


def units_do_not_matter(subject: Subject, effort: int) -> Iterator[Trial]:
    """A9."""
    bare = subject.bare
    for which in range(min(3, effort)) if _movable(bare) else ():
        found = bare.told_by(in_unit(bare.providers, which))
        yield same_cells("units", bare.footprint.cells, found.cells) or same_balances(
            "units", bare.footprint.balances, found.balances
        )


def a_line_may_be_split(subject: Subject, effort: int) -> Iterator[Trial]:
    """A10."""
    bare = subject.bare
    for row in spread_over(np.flatnonzero(np.abs(bare.inventory.amount) > 3), effort).tolist():
        found = bare.with_rows(split(bare.inventory, row))
        yield same_cells("split", bare.footprint.cells, found.cells) or equal(
            "split", bare.footprint.balances.total().amounts, found.balances.total().amounts
        )


def zero_changes_nothing(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A11."""
    bare, rows = subject.bare, np.arange(len(subject.inventory))
    if len(rows):
        nothing = copies(bare.inventory, rows, rows * 0, "zero")
        found = bare.with_rows(Inventory.concat([bare.inventory, nothing]))
        yield same_cells("zero", bare.footprint.cells, found.cells)
        yield equal("zero", bare.footprint.balances.total().amounts, found.balances.total().amounts)


def a_credit_note_cancels(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A12."""
    bare = subject.bare
    rows = of_activity(bare.inventory, Activity.SPENDING, Activity.EMISSIONS)
    if len(rows):
        amounts = bare.inventory.amount[rows]
        pairs = [copies(bare.inventory, rows, amounts, "paid"), copies(bare.inventory, rows, -amounts, "credited")]
        yield same_cells(
            "credit-note", bare.footprint.cells, bare.with_rows(Inventory.concat([bare.inventory, *pairs])).cells
        )


def more_is_never_less(subject: Subject, effort: int) -> Iterator[Trial]:
    """A13."""
    bare = subject.bare
    total = bare.footprint.exact_total()
    for row in spread_over(np.flatnonzero((bare.inventory.order < 0) & (bare.inventory.amount > 0)), effort).tolist():
        more = copies(bare.inventory, np.array([row]), bare.inventory.amount[[row]], "more")
        found = bare.with_rows(Inventory.concat([bare.inventory, more])).exact_total()
        yield None if found >= total else Violation("more", f">= {total}", str(found), found - total)


def only_negative_lines_are_negative(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A14."""
    for line in subject.lines:
        if line.result.value * line.amount.value < 0:
            yield Violation(str(line.origin), "signs", f"{line.amount} -> {line.result}", line.result.value)
        else:
            yield None


def units_telescope(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A15: by the verifier's own list of units, which shares nothing with pint."""
    for key, chain in subject.resolution.chains.items():
        size, powers = measured(key.unit)
        for link in chain.links:
            each, dimensions = measured(link.unit)
            size *= each
            powers.update(dimensions)
        left = {name: power for name, power in powers.items() if power}
        yield equal(key.route, ("{'co2eq': 1}", str(chain.scale)), (str(left), str(size)))


def rows_by_hand_agree(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A17: one row at a time, days counted by the calendar, units by the verifier's own list."""
    yield same_cells("by-hand", by_hand(subject), subject.footprint.cells)


def names_do_not_matter(subject: Subject, _effort: int) -> Iterator[Trial]:
    """A18."""
    bare = subject.bare
    other, name_of = renamed(bare)
    place = bare.methodology.cells.index("domain")
    expected: dict[tuple[str, ...], Fraction] = {}
    for cell, amount in bare.footprint.cells.items():
        expected[(*cell[:place], name_of.get(cell[place], cell[place]), *cell[place + 1 :])] = amount
    yield same_cells("renamed", expected, other.footprint.cells)


ALGEBRA: Final = (
    Property("A1", lines_make_the_total),
    Property("A2", groups_make_the_total),
    Property("A3", cross_tables_agree),
    Property("A4", order_does_not_matter),
    Property("A5", parts_add_up),
    Property("A6", threads_agree),
    Property("A7", multiples_come_out),
    Property("A8", factors_move_by_their_exposure),
    Property("A9", units_do_not_matter),
    Property("A10", a_line_may_be_split),
    Property("A11", zero_changes_nothing),
    Property("A12", a_credit_note_cancels),
    Property("A13", more_is_never_less),
    Property("A14", only_negative_lines_are_negative),
    Property("A15", units_telescope),
    Property("A17", rows_by_hand_agree),
    Property("A18", names_do_not_matter),
)
