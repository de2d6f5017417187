"""What becomes of the rows of one profile, worked out once."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.algebra.levers import Cell
from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.boundary import domain_of, out_of_boundary
from ghg_numerique.engine.keys import Basis, Demand, Ways, demands
from ghg_numerique.engine.resolve import Missing, Resolution
from ghg_numerique.engine.sums import AFTER, AT_ENTRY, CLASSES, ENTRY, SERVICE, WEAR, WITHOUT_LIFETIME, Year
from ghg_numerique.model.factors import ChainKey, FactorKey
from ghg_numerique.model.profile import Profile, Vocabulary
from ghg_numerique.terms import Activity, Exclusion, Fate, Gap, Kind

CLASS_OF: Final = {Basis.ENTRY: ENTRY, Basis.SERVICE: SERVICE, Basis.LIFETIME: WEAR}

Outcome = tuple[Demand, ChainKey | Missing | Exclusion]
"""What is asked for one kind of emissions, and the chain that answers, the gap, or why nothing is wanted."""


@attrs.frozen
class Plan:
    """The domain of a profile, whether it lies outside the boundary, and its outcome for each kind of emissions."""

    profile: Profile
    domain: str
    outside: bool
    outcomes: tuple[Outcome, ...]

    def parts(self, kind: int) -> Iterator[Outcome]:
        """Return the outcomes that concern rows of a class (`sums.CLASSES`)."""
        for demand, outcome in self.outcomes:
            if kind & CLASS_OF[demand.basis]:
                yield demand, outcome

    def missing(self, kind: int) -> tuple[FactorKey, ...]:
        """Return the keys that nothing answered, for rows of a class."""
        gaps = (outcome for _, outcome in self.parts(kind) if isinstance(outcome, Missing))
        return tuple(gap.key for gap in gaps if gap.key is not None)

    def fate(self, kind: int) -> tuple[Fate, str]:
        """Return the one fate of rows of a class: a gap is never hidden behind a part that was counted."""
        hardware = self.profile.activity is Activity.HARDWARE
        if self.profile.movement:
            return Fate.EXCLUDED, Exclusion(self.profile.movement)
        if self.outside:
            return Fate.EXCLUDED, Exclusion.BOUNDARY
        if not hardware and not kind & ENTRY:
            return Fate.EXCLUDED, Exclusion.OTHER_YEAR
        if not kind & (ENTRY | SERVICE | WEAR):
            return Fate.EXCLUDED, Exclusion.ENTERS_AFTER if kind & AFTER else Exclusion.LEFT_BEFORE
        found = [outcome for _, outcome in self.parts(kind)]
        for outcome in found:
            if isinstance(outcome, Missing):
                return Fate.UNRESOLVED, outcome.gap
        if any(isinstance(outcome, ChainKey) for outcome in found):
            return Fate.COUNTED, ""
        if not found and not self.outcomes:
            return Fate.UNRESOLVED, Gap.NO_ROUTE
        return Fate.EXCLUDED, Exclusion.STATE if found else Exclusion.NOTHING_IN_YEAR


def planned(profiles: Sequence[Profile], resolution: Resolution) -> tuple[Plan, ...]:
    """Return what becomes of the rows of each profile."""
    methodology = resolution.methodology
    answers: dict[Ways, ChainKey | Missing] = {}

    def outcome(demand: Demand) -> Outcome:
        if demand.excluded is not None:
            return demand, demand.excluded
        if demand.keys not in answers:
            answers[demand.keys] = resolution.outcome(demand)
        return demand, answers[demand.keys]

    return tuple(
        Plan(
            profile,
            domain_of(profile, methodology),
            out_of_boundary(profile, methodology) is not None,
            tuple(map(outcome, asked)),
        )
        for profile, asked in zip(profiles, demands(profiles, methodology), strict=True)
    )


def cell_of(plan: Plan, demand: Demand, key: ChainKey, resolution: Resolution) -> Cell:
    """Return the result cell of a chain, with the dimensions that the methodology keeps."""
    chain, profile = resolution.chains[key], plan.profile
    named = {
        "domain": plan.domain,
        "kind": str(demand.kind),
        "stage": "+".join(sorted(chain.stages)),
        "equipment": profile.equipment,
        "route": key.route,
        "data_kind": str(chain.data_kind),
        "place": profile.place or resolution.methodology.place,
        "site": profile.site,
        "account": profile.account,
        "nature": profile.nature,
    }
    return tuple(named[name] for name in resolution.methodology.cells)


GapKey = tuple[str, Kind, Missing]
"""What is concerned (a type of equipment, a nature, an account), the kind of emissions, and why there is no result."""


class Place(NamedTuple):
    """A place in A: a result cell and a chain."""

    cell: Cell
    key: ChainKey


@attrs.frozen
class Entry:
    """Where the rows of a profile go for one kind of emissions: into a cell of A, into a gap, or nowhere."""

    demand: Demand
    unit: str
    target: Place | GapKey | Exclusion

    @property
    def line(self) -> tuple[str, Fate, str]:
        """The line of the balance by kinds of emissions."""
        if isinstance(self.target, Exclusion):
            return (self.demand.kind, Fate.EXCLUDED, self.target)
        if isinstance(self.target, Place):
            return (self.demand.kind, Fate.COUNTED, "")
        return (self.demand.kind, Fate.UNRESOLVED, self.target[2].gap)


@attrs.frozen(eq=False)
class Plans:
    """The plans of all profiles, coded, so that posting is arithmetic on arrays whatever the number of profiles.

    `lines[line_of[p, c]]` is the fate of rows of profile p and class c, with the activity and the unit of the profile;
    `entries[entry_of[s, p]]` is where they go for the s-th kind of emissions that profile p asks for (-1: it asks for
    no more).
    """

    plans: tuple[Plan, ...]
    year: Year
    lines: tuple[tuple[Activity, Fate, str, str], ...]
    line_of: npt.NDArray[np.int64]
    entries: tuple[Entry, ...]
    entry_of: npt.NDArray[np.int64]


def plans_of(profiles: Sequence[Profile], resolution: Resolution) -> Plans:
    """Return the plans of profiles. Work is done once per profile, and never again for the rows behind it."""
    plans = planned(profiles, resolution)
    lines: Vocabulary[tuple[Activity, Fate, str, str]] = Vocabulary()
    entries: Vocabulary[Entry] = Vocabulary()
    fates: dict[object, list[int]] = {}
    most = max((len(plan.outcomes) for plan in plans), default=0)
    line_of = np.zeros((len(plans), CLASSES), dtype=np.int64)
    entry_of = np.full((most, len(plans)), -1, dtype=np.int64)
    for code, plan in enumerate(plans):
        shape = (
            plan.profile.activity,
            plan.profile.unit,
            plan.profile.movement,
            plan.outside,
            *(_shape(outcome) for outcome in plan.outcomes),
        )
        if shape not in fates:
            said = (plan.fate(kind) for kind in range(CLASSES))
            fates[shape] = [lines[plan.profile.activity, fate, reason, plan.profile.unit] for fate, reason in said]
        line_of[code] = fates[shape]
        for slot, (demand, outcome) in enumerate(() if plan.outside else plan.outcomes):
            entry_of[slot, code] = entries[entry_for(plan, demand, outcome, resolution)]
    return Plans(plans, year_of(plans, resolution), lines.coded(), line_of, entries.coded(), entry_of)


def _shape(outcome: Outcome) -> tuple[object, ...]:
    """Return what of an outcome decides the fate of a row."""
    demand, answer = outcome
    if isinstance(answer, ChainKey):
        return (demand.basis, "chain")
    return (demand.basis, answer.gap if isinstance(answer, Missing) else answer)


def entry_for(plan: Plan, demand: Demand, outcome: ChainKey | Missing | Exclusion, resolution: Resolution) -> Entry:
    """Return where the rows of a profile go for one kind of emissions."""
    unit, profile = plan.profile.unit, plan.profile
    bare = Demand(demand.kind, demand.basis)
    if isinstance(outcome, Missing):
        what = profile.equipment or profile.nature or profile.sector or profile.account or profile.activity
        return Entry(bare, unit, (what, demand.kind, outcome))
    if isinstance(outcome, ChainKey):
        return Entry(bare, unit, Place(cell_of(plan, demand, outcome, resolution), outcome))
    return Entry(bare, unit, outcome)


def year_of(plans: Sequence[Plan], resolution: Resolution) -> Year:
    """Return the year of the footprint, with the lifetime in days of each profile where manufacture is amortised."""
    first, after = year_days(resolution.methodology.reporting_year)
    lifetimes = [_lifetime(plan, resolution) for plan in plans]
    if all(days == AT_ENTRY for days in lifetimes):
        return Year(first, after)
    return Year(first, after, np.array(lifetimes, dtype=np.int64))


def _lifetime(plan: Plan, resolution: Resolution) -> int:
    for demand, outcome in plan.outcomes:
        if demand.basis is Basis.LIFETIME:
            return resolution.lifetime(outcome) if isinstance(outcome, ChainKey) else WITHOUT_LIFETIME
    return AT_ENTRY
