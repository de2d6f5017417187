"""The audit of a subject: every property tried, what failed shrunk to the rows that are enough."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

import attrs
import numpy as np

from ghg_numerique.audit.catalogue import PROPERTIES
from ghg_numerique.audit.property import Property, Violation
from ghg_numerique.audit.shrink import shrunk
from ghg_numerique.audit.subject import Subject
from ghg_numerique.errors import GhgError
from ghg_numerique.provenance import Origin
from ghg_numerique.result.record import root

Watch: TypeAlias = Callable[[Fraction, str], None]
"""Hears which part of the properties is done, and which one is tried next."""


class Status(StrEnum):
    """What the trial of a property comes to."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"
    """No case of it occurs in this inventory."""


REFUSED: Final = "refused"
"""The fault of a violation that is an error of the engine."""
EFFORT: Final[Mapping[str, int]] = {"fast": 3, "full": 32}
"""How many cases of a kind are tried, by profile."""


@attrs.frozen
class Row:
    """A row of a counter-example: its place in the inventory, where it was read, its id and what it says."""

    place: int
    origin: Origin
    id: str
    said: str


@attrs.frozen
class Outcome:
    """What became of one property: the cases tried, and the counter-example where there is one."""

    property: Property
    status: Status
    cases: int
    violation: Violation | None = None
    rows: tuple[Row, ...] = ()


@attrs.frozen
class Audit:
    """The outcomes of all properties, for the result whose root is named."""

    root: str
    rows: int
    profile: str
    outcomes: tuple[Outcome, ...]

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """Return the outcomes of a status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is status)


def audit(
    subject: Subject, profile: str = "fast", properties: Iterable[str] = (), *, watch: Watch | None = None
) -> Audit:
    """Return what every property comes to on a subject, or those that are named; `watch` hears of each before its trial."""
    chosen = [PROPERTIES[name] for name in (tuple(properties) or PROPERTIES)]
    outcomes = []
    for place, law in enumerate(chosen):
        if watch is not None:
            watch(Fraction(place, len(chosen)), law.id)
        outcomes.append(outcome(law, subject, EFFORT[profile]))
    return Audit(root(subject.footprint), len(subject.inventory), profile, tuple(outcomes))


def outcome(law: Property, subject: Subject, effort: int) -> Outcome:
    """Try one property; the first case that fails is shrunk."""
    cases = 0
    for trial in _trials(law, subject, effort):
        cases += 1
        if trial is not None:
            return _shrunk(law, subject, effort, cases, trial)
    return Outcome(law, Status.HOLDS if cases else Status.NOT_APPLICABLE, cases)


def _trials(law: Property, subject: Subject, effort: int) -> Iterable[Violation | None]:
    """Return the trials of a property; what the engine refuses on the way is a violation too."""
    try:
        yield from law.check(subject, effort)
    except GhgError as error:
        yield Violation(type(error).__name__, "-", error.text("en"), fault=REFUSED)


def _shrunk(law: Property, subject: Subject, effort: int, cases: int, first: Violation) -> Outcome:
    def violation(rows: Sequence[int], tried: Subject) -> Violation | None:
        trials = _trials(law, tried.only(rows), effort)
        return next((trial for trial in trials if trial is not None and first.alike(trial)), None)

    def fails(rows: Sequence[int]) -> bool:
        return violation(rows, first.subject or subject) is not None

    inventory = subject.inventory
    everything, of_no_row = range(len(inventory)), (inventory.findings, inventory.set_aside, inventory.inputs)
    if (any(of_no_row) or subject.reread is not None) and not fails(everything):
        return Outcome(law, Status.FAILS, cases, first)  # it takes what belongs to no row
    one_of_each = np.sort(np.unique(inventory.profile, return_index=True)[1]).tolist()
    places = shrunk(one_of_each if fails(one_of_each) else everything, fails)
    rows = tuple(_row(subject, place) for place in places)
    return Outcome(law, Status.FAILS, cases, violation(places, subject) or first, rows)


def _row(subject: Subject, place: int) -> Row:
    inventory = subject.inventory
    profile = inventory.profiles[inventory.profile[place]]
    what = next(filter(None, (profile.model, profile.equipment, profile.nature, profile.account, profile.kind)), "")
    said = f"{what or profile.activity} x {inventory.quantity(place)} {profile.unit}"
    return Row(place, inventory.origin(place), inventory.ids[place] if inventory.ids else "", said)
