"""What scenarios make of a footprint, side by side."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.precision import ends
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import Coefficient


@attrs.frozen(eq=False)
class Outcome:
    """The footprint of today, and the same under a scenario."""

    scenario: Scenario
    today: Footprint
    footprint: Footprint

    @cached_property
    def kinds(self) -> dict[str, Fraction]:
        """The difference from today by kind of emissions, in kgCO2eq: the parts sum to it."""
        before, after = self.today.by("kind").groups, self.footprint.by("kind").groups
        return {
            name: after.get(name, Fraction(0)) - before.get(name, Fraction(0)) for name in sorted({*before, *after})
        }

    @property
    def difference(self) -> Fraction:
        """What the scenario adds to today's footprint, in kgCO2eq."""
        return sum(self.kinds.values(), start=Fraction(0))

    @property
    def stand_ins(self) -> tuple[Coefficient, ...]:
        """The coefficients that stand in for what the scenario asks and today's footprint does not, for want of better."""
        chains, today = self.footprint.sheet.chains, self.today.matrix.columns
        asked = {factor for key in today for factor in key.factors}
        found = {
            link.identity: link
            for key in self.footprint.matrix.columns - today
            for factor, link in zip(
                key.factors, chains[key].links, strict=False
            )  # a deflator may follow: no key asks it
            if factor not in asked and link.identity in chains[key].stand_ins
        }
        return tuple(link for _, link in sorted(found.items()))

    @cached_property
    def edges(self) -> tuple[Fraction, ...]:
        """The ends of the interval of the difference, in kgCO2eq; none where it does not vary.

        What both sides share is drawn once and falls away, so it is narrower than the two intervals suggest.
        """
        return ends(self.footprint.uncertain() - self.today.uncertain())


@attrs.frozen(eq=False)
class Declined:
    """A scenario that cannot be computed from the data, and what is missing."""

    scenario: Scenario
    reason: ConfigurationError


def outcomes(today: Footprint, scenarios: Iterable[Scenario]) -> tuple[Outcome, ...]:
    """Return what each scenario makes of a footprint, in the order given; all exact.

    Raises ConfigurationError, naming the scenario, where a lever cannot be computed from the data.
    """
    return tuple(Outcome(scenario, today, today.under(scenario)) for scenario in scenarios)


def weighed(today: Footprint, scenarios: Iterable[Scenario]) -> tuple[Outcome | Declined, ...]:
    """Return the same, with each scenario that is refused in its place, and why."""
    return tuple(_weighed(today, scenario) for scenario in scenarios)


def _weighed(today: Footprint, scenario: Scenario) -> Outcome | Declined:
    try:
        return Outcome(scenario, today, today.under(scenario))
    except ConfigurationError as error:
        return Declined(scenario, error)
