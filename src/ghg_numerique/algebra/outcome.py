"""What scenarios make of a footprint, side by side."""

from collections.abc import Iterable
from fractions import Fraction

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.scenario import Scenario


@attrs.frozen
class Outcome:
    """The footprint under a scenario; `difference` from today's, in kgCO2eq, and its parts by kind: they sum to it."""

    scenario: Scenario
    footprint: Footprint
    difference: Fraction
    kinds: dict[str, Fraction]


def outcomes(today: Footprint, scenarios: Iterable[Scenario]) -> tuple[Outcome, ...]:
    """Return what each scenario makes of a footprint, in the order given; all exact.

    Raises ConfigurationError, naming the scenario, where a lever cannot be computed from the data.
    """
    return tuple(_outcome(today, today.under(scenario), scenario) for scenario in scenarios)


def _outcome(today: Footprint, then: Footprint, scenario: Scenario) -> Outcome:
    before, after = today.by("kind").groups, then.by("kind").groups
    kinds = {name: after.get(name, Fraction(0)) - before.get(name, Fraction(0)) for name in sorted({*before, *after})}
    return Outcome(scenario, then, sum(kinds.values(), start=Fraction(0)), kinds)
