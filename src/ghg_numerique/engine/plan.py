"""What becomes of the rows of one profile, worked out once."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.scenario import Cell
from ghg_numerique.engine.keys import Basis, Demand, demands, domain_of, out_of_boundary, year_days
from ghg_numerique.engine.resolve import Missing, Resolution
from ghg_numerique.engine.sums import AFTER, AT_ENTRY, ENTRY, SERVICE, WEAR, WITHOUT_LIFETIME, Year
from ghg_numerique.model.factors import ChainKey, FactorKey
from ghg_numerique.model.profile import Profile
from ghg_numerique.terms import Activity, Exclusion, Fate, Gap

_CLASS_OF: Final = {Basis.ENTRY: ENTRY, Basis.SERVICE: SERVICE, Basis.LIFETIME: WEAR}

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
            if kind & _CLASS_OF[demand.basis]:
                yield demand, outcome

    def missing(self, kind: int) -> tuple[FactorKey, ...]:
        """Return the keys that nothing answered, for rows of a class."""
        gaps = (outcome for _, outcome in self.parts(kind) if isinstance(outcome, Missing))
        return tuple(gap.key for gap in gaps if gap.key is not None)

    def fate(self, kind: int) -> tuple[Fate, str]:
        """Return the one fate of rows of a class: a gap is never hidden behind a part that was counted."""
        hardware = self.profile.activity is Activity.HARDWARE
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


def plan_of(profile: Profile, resolution: Resolution) -> Plan:
    """Return what becomes of the rows of a profile."""
    methodology = resolution.methodology
    outcomes = tuple(
        (demand, demand.excluded if demand.excluded is not None else resolution.outcome(demand))
        for demand in demands(profile, methodology)
    )
    outside = out_of_boundary(profile, methodology) is not None
    return Plan(profile, domain_of(profile, methodology), outside, outcomes)


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
