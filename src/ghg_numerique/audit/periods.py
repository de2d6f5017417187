"""Time: days are counted once, years add up, and nothing depends on which year it is."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

import attrs
import numpy as np

from ghg_numerique.audit.property import Property, Trial, Violation, equal, same_cells
from ghg_numerique.audit.retold import LINEAR, Shifted
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import exact
from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.bridge import bridge
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.pin import pin
from ghg_numerique.engine.plan import planned, year_of
from ghg_numerique.engine.post import post
from ghg_numerique.engine.resolve import resolve
from ghg_numerique.engine.sums import CLASSES, ENTRY, Year, classes, sum_rows
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import FIRST_YEAR, LAST_YEAR, Methodology
from ghg_numerique.terms import Allocation, Kind, Role

CYCLE: Final = 28
"""Years after which, between 1901 and 2099, every date falls on the same day of the week and leap years recur."""


def a_lifetime_wears_off_once(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C1: over all years, straight-line days of wear are the amount times the lifetime, row by row."""
    if subject.methodology.allocation is not Allocation.STRAIGHT_LINE:
        return
    inventory = subject.inventory
    year = year_of(planned(inventory.profiles, subject.resolution), subject.resolution)
    if year.lifetimes is None or not len(inventory):
        return
    life = np.maximum(year.lifetimes[inventory.profile], 0).astype(np.int64)
    lasting = life > 0
    worn = np.zeros(len(inventory), dtype=np.int64)
    first, last = int(inventory.start.min()), int((inventory.start + life)[lasting].max(initial=0))
    for each in range(date.fromordinal(first).year, date.fromordinal(max(first, last)).year + 1):
        begin, after = year_days(each)
        worn += classes(inventory, slice(None), Year(begin, after, year.lifetimes))[1]
    for row in np.flatnonzero(lasting & (worn != life)).tolist():
        yield Violation(_name(inventory, row), str(life[row]), str(worn[row]))
    if lasting.any():
        yield None


def _name(inventory: Inventory, row: int) -> str:
    return str(inventory.origin(row)) or f"row {row}"


def months_make_the_year(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C2."""
    inventory, year = subject.inventory, subject.resolution.methodology.reporting_year
    begin, after = year_days(year)
    whole = sum_rows(inventory, Year(begin, after))
    for length in (1, 3) if len(inventory) else ():
        edges = [date(year, month, 1).toordinal() for month in range(1, 13, length)]
        parts = [sum_rows(inventory, Year(one, other)) for one, other in zip(edges, [*edges[1:], after])]
        days = np.sum([part.service for part in parts], axis=0)
        yield equal(f"{length} months, days", whole.service.tolist(), days.tolist())
        entered = [_entered(part.amounts) for part in (whole, *parts)]
        yield equal(f"{length} months, entries", entered[0], [sum(column) for column in zip(*entered[1:])])


def _entered(amounts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[int]:
    flags = np.flatnonzero(np.arange(CLASSES) & ENTRY)
    return [int(amount) for amount in amounts.reshape(-1, CLASSES)[:, flags].sum(axis=1)]


def every_row_enters_once(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C3: over all years, a row enters in exactly one: that of its date."""
    inventory = subject.inventory
    if not len(inventory):
        return
    years = [date.fromordinal(int(edge(inventory.start))).year for edge in (np.min, np.max)]
    entered = np.zeros(len(inventory), dtype=np.int64)
    for year in range(years[0], years[1] + 1):
        entered += (classes(inventory, slice(None), Year(*year_days(year)))[2] & ENTRY) > 0
    for row in np.flatnonzero(entered != 1).tolist():
        yield Violation(_name(inventory, row), "1", str(entered[row]))
    yield None


def service_adds_up(subject: Subject, effort: int) -> Iterator[Trial]:
    """C5: [a, b) and [b, c) make [a, c); a whole year in service is the yearly figure, in leap years too."""
    inventory, year = subject.inventory, subject.resolution.methodology.reporting_year
    begin, after = year_days(year)
    whole = sum_rows(inventory, Year(begin, after)).service.tolist()
    for cut in range(effort) if len(inventory) else ():
        middle = begin + (after - begin) * (cut + 1) // (effort + 1)
        one, other = (sum_rows(inventory, Year(*period)).service for period in ((begin, middle), (middle, after)))
        yield equal(str(date.fromordinal(middle)), whole, (one + other).tolist())
    for link in subject.footprint.coefficients:
        if link.role is Role.CALENDAR:
            yield equal(link.identity, Fraction(1), link.exact * (after - begin))


def years_may_be_shifted(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C6: all dates and the year of the footprint 28 years later, with the same factors: the same figures."""
    bare, year = subject.bare, subject.methodology.reporting_year
    first, after = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR - CYCLE, 1, 1).toordinal()
    start, end = bare.inventory.start, bare.inventory.end
    inside = (start >= first) & (start < after) & ((end < after) | (end > date(9000, 1, 1).toordinal()))
    if not inside.all() or year + CYCLE > LAST_YEAR:
        return
    days = date(year + CYCLE, 1, 1).toordinal() - date(year, 1, 1).toordinal()
    later = np.where(end < after, end + days, end).astype(end.dtype)
    moved = attrs.evolve(bare.inventory, start=start + np.int32(days), end=later)
    providers = tuple(Shifted(provider, _later, CYCLE) for provider in bare.providers)
    other = attrs.evolve(bare, inventory=moved, methodology=_methodology(bare.methodology), providers=providers)
    yield same_cells("28 years", bare.footprint.cells, other.footprint.cells)


def _later(told: Coefficient) -> Coefficient:
    return attrs.evolve(
        told,
        year=told.year + CYCLE if told.year else 0,
        valid_from=_later_day(told.valid_from),
        valid_to=_later_day(told.valid_to),
    )


def _later_day(day: str) -> str:
    return f"{int(day[:4]) + CYCLE}{day[4:]}" if day[:4].isdigit() else day


def _methodology(methodology: Methodology) -> Methodology:
    deflators = tuple(
        attrs.evolve(one, year=one.year + CYCLE, into=one.into + CYCLE) for one in methodology.prices.deflators
    )
    prices = attrs.evolve(methodology.prices, deflators=deflators)
    return attrs.evolve(methodology, year=methodology.reporting_year + CYCLE, prices=prices)


def nothing_entered_nothing_made(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C7: in flow, equipment that did not enter in the year causes no manufacture in it."""
    bare = subject.bare
    if bare.methodology.allocation is not Allocation.FLOW or not len(bare.inventory):
        return
    begin, after = year_days(bare.methodology.reporting_year)
    enters = (bare.inventory.start >= begin) & (bare.inventory.start < after)
    found = bare.with_rows(bare.inventory.take(~enters)).by("kind").groups
    yield equal("embodied", Fraction(0), found.get(Kind.EMBODIED, Fraction(0)))
    yield equal("services", Fraction(0), found.get(Kind.SERVICES, Fraction(0)))


def prices_are_consistent(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C8: a deflator of a year into itself is 1, and y1 -> y2 -> y3 is y1 -> y3; tax and its removal are one."""
    prices = subject.methodology.prices
    known = {(one.year, one.into): exact(one.value) for one in prices.deflators}
    for (year, into), value in known.items():
        if year == into:
            yield equal(f"{year}", Fraction(1), value)
        for (second, third), next_value in known.items():
            if second == into and (year, third) in known:
                yield equal(f"{year}-{into}-{third}", known[year, third], value * next_value)
    for link in subject.footprint.coefficients:
        if link.role is Role.PRICE and link.unit == "EUR_HT/EUR_TTC" and prices.vat is not None:
            yield equal(link.identity, Fraction(1), link.exact * (1 + exact(prices.vat) / 100))


def bridges_add_up(subject: Subject, effort: int) -> Iterator[Trial]:
    """C9: from one set of factors to another, the effects of the changed ones make the difference."""
    bare = subject.bare
    keys, old = keys_of(bare.inventory, bare.methodology), pin(bare.resolution, ())
    moved = [one for one in old.factors if one.key.role in LINEAR][: 1 + effort]
    if moved:
        answers = old.answers()
        answers |= {one.key: attrs.evolve(one, value=str(exact(one.value) * Fraction(3, 2))) for one in moved}
        new = old.with_answers(answers.values(), old.sources)
        found = bridge(bare.inventory, keys, bare.methodology, old, new)
        yield equal("bridge", found.new, found.old + sum((step.effect for step in found.steps), Fraction(0)))
        yield equal("old", bare.footprint.exact_total(), found.old)


def a_lock_gives_the_same(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C10: the pinned answers alone give the same footprint, without any provider."""
    keys = keys_of(subject.inventory, subject.methodology)
    locked = resolve(keys, (), subject.methodology, lock=pin(subject.resolution, ()))
    footprint = subject.footprint
    yield equal("lock", footprint.matrix, post(subject.inventory, locked))
    yield same_cells("lock", footprint.cells, post(subject.inventory, locked) @ locked.sheet.values)


PERIODS: Final = (
    Property("C1", a_lifetime_wears_off_once),
    Property("C2", months_make_the_year),
    Property("C3", every_row_enters_once),
    Property("C5", service_adds_up),
    Property("C6", years_may_be_shifted),
    Property("C7", nothing_entered_nothing_made),
    Property("C8", prices_are_consistent),
    Property("C9", bridges_add_up),
    Property("C10", a_lock_gives_the_same),
)
