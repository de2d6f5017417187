"""`scenarios.toml`: the decisions that a footprint is looked at under, as a page that a council can read."""

from pathlib import Path
from typing import TypeAlias

import attrs

from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.documents import read_toml
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.terms import Kind


@attrs.frozen
class Replace:
    """`replace = { equipment = "desktop", by = "laptop", share = "0.5" }`; `kinds` limits it."""

    equipment: str
    by: str
    share: str = "1"
    kinds: tuple[Kind, ...] = ()

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        return scenario.replace(equipment=self.equipment, by=self.by, share=self.share, kinds=self.kinds)


@attrs.frozen
class Reduce:
    """`reduce = { where = { kind = "embodied" }, share = "1" }`, or `items` instead of a share."""

    where: dict[str, str]
    share: str | None = None
    items: str | None = None

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever. Raises ConfigurationError unless one of share and items is given."""
        if (self.share is None) == (self.items is None):
            raise ConfigurationError("scenario-reduce")
        return scenario.reduce(share=self.share or 1, items=self.items, **self.where)


@attrs.frozen
class KeepLonger:
    """`keep_longer = { equipment = "laptop", years = "2" }`."""

    equipment: str
    years: str

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        return scenario.keep_longer(equipment=self.equipment, years=self.years)


@attrs.frozen
class Virtualise:
    """`virtualise = { equipment = "server", physical = 2, logical = 20 }`."""

    equipment: str
    physical: int
    logical: int

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        return scenario.virtualise(equipment=self.equipment, physical=self.physical, logical=self.logical)


@attrs.frozen
class Electricity:
    """`electricity = { year = 2023 }`, or a `place`."""

    year: int = 0
    place: str = ""

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        return scenario.electricity(year=self.year, place=self.place)


@attrs.frozen
class Factor:
    """`factor = { id = "table#id", value = "95", source = "..." }`, in the unit of the coefficient."""

    id: str
    value: str
    source: str

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        return scenario.factor(self.id, self.value, source=self.source)


Line: TypeAlias = Replace | Reduce | KeepLonger | Virtualise | Electricity | Factor


@attrs.frozen
class LeverLine:
    """One lever: exactly one of its names is given."""

    replace: Replace | None = None
    reduce: Reduce | None = None
    keep_longer: KeepLonger | None = None
    virtualise: Virtualise | None = None
    electricity: Electricity | None = None
    factor: Factor | None = None

    def __attrs_post_init__(self) -> None:
        if len(self._given()) != 1:
            known = ", ".join(field.name for field in attrs.fields(LeverLine))
            raise ConfigurationError("scenario-lever", known=known)
        self.added(Scenario(""))  # what it says and cannot be is a fault at its place in the page

    def added(self, scenario: Scenario) -> Scenario:
        """Return the scenario with this lever."""
        (line,) = self._given()
        return line.added(scenario)

    def _given(self) -> list[Line]:
        return [line for field in attrs.fields(LeverLine) if (line := getattr(self, field.name)) is not None]


@attrs.frozen
class ScenarioLine:
    """A named scenario, and its levers in the order in which they act."""

    name: str
    levers: tuple[LeverLine, ...]

    def scenario(self) -> Scenario:
        """Return the scenario."""
        scenario = Scenario(self.name)
        for line in self.levers:
            scenario = line.added(scenario)
        return scenario


@attrs.frozen
class ScenarioPage:
    """What `scenarios.toml` says."""

    scenarios: tuple[ScenarioLine, ...]


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of a page. Raises ConfigurationError with every fault of the page, and for a name said twice."""
    page = read_toml(path, ScenarioPage)
    names = [line.name for line in page.scenarios]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError("scenario-twice", path=path, names=", ".join(twice))
    return tuple(line.scenario() for line in page.scenarios)
