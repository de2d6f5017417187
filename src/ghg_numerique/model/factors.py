"""Coefficients, the keys they answer, and the chains they form."""

from fractions import Fraction
from math import prod
from operator import attrgetter

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.model.quality import Spread
from ghg_numerique.provenance import Source
from ghg_numerique.terms import DataKind, Match, Role, Stage
from ghg_numerique.units import CO2EQ, close, same_dimension

UNIT_OF = {
    Role.EMBODIED: ("kgCO2eq/item",),
    Role.ENERGY: ("kWh/item/year", "Wh/item/year"),
    Role.ELECTRICITY: ("kgCO2eq/kWh",),
    Role.MONETARY: ("kgCO2eq/EUR_HT", "kgCO2eq/EUR_TTC", "kgCO2eq/kEUR_HT", "kgCO2eq/kEUR_TTC"),
    Role.LIFETIME: ("year", "day"),
    Role.MATERIAL: ("kgCO2eq/kg", "kgCO2eq/sheet", "kgCO2eq/item", "kgCO2eq/t"),
    Role.CHARACTERISATION: ("kgCO2eq/kg",),
}
"""What a coefficient of each role that providers answer must measure, in the units in which it is mostly published.

Values are compared in the first one of their dimension.
"""


@attrs.frozen(order=True, cache_hash=True)
class FactorKey:
    """What a coefficient is asked for: its role, and all that this role depends on, and nothing else.

    `declared` is a value that the row states itself (a measured consumption, the PUE of its room): then the row is
    its own source, and no provider is asked.
    """

    role: Role
    equipment: str = ""
    model: str = ""
    place: str = ""
    year: int = 0
    account: str = ""
    nature: str = ""
    sector: str = ""
    declared: str = ""

    @property
    def asks_nobody(self) -> bool:
        """Tell whether no provider is asked: the calendar, the methodology or the row itself answers."""
        return self.role in (Role.CALENDAR, Role.PRICE, Role.OVERHEAD) or bool(self.declared)

    def __str__(self) -> str:
        named = [f"{name}={value}" for name, value in attrs.asdict(self).items() if name != "role" and value]
        return f"{self.role}({', '.join(named)})"


in_order = attrgetter(*(field.name for field in attrs.fields(FactorKey)))
"""The key by which factor keys are sorted: the order that they have, several times faster than comparing them."""


@attrs.frozen(order=False)
class Coefficient:
    """A published number, with its unit, source and spread, and the life-cycle stages that it covers.

    `value` is the text as published, so that nothing is lost; `exact` is its value. Where the source publishes the terms
    and not the number, `derivation` holds the terms as published, and `value` is what they work out to. An emission
    factor is a coefficient whose unit has kgCO2eq above the line.
    """

    id: str
    value: str
    unit: str
    role: Role
    source: Source
    label: str = ""
    stages: frozenset[Stage] = frozenset()
    spread: Spread | None = None
    year: int = 0
    valid_from: str = ""
    valid_to: str = ""
    boundary: str = ""
    comment: str = ""
    derivation: str = ""

    @property
    def exact(self) -> Fraction:
        """The value as a fraction, in `unit`."""
        return exact(self.value)

    @property
    def identity(self) -> str:
        """What makes two uses of a coefficient the same one: shared factors are drawn once."""
        return f"{self.source.id}#{self.id}" if self.source.id else f"#{self.id}"

    def measures(self) -> bool:
        """Tell whether the unit is one that its role asks for."""
        known = UNIT_OF.get(self.role, (self.unit,))
        return self.unit in known or any(same_dimension(self.unit, unit) for unit in known)

    def expired(self, year: int) -> bool:
        """Tell whether the declared validity ended before the first day of a year."""
        return bool(self.valid_to) and self.valid_to < f"{year}-01-01"

    def premature(self, year: int) -> bool:
        """Tell whether the declared validity begins after the last day of a year."""
        return self.valid_from > f"{year}-12-31"

    def __str__(self) -> str:
        return f"{self.value} {self.unit} [{self.source}]"


EmissionFactor = Coefficient
"""A coefficient whose unit has kgCO2eq above the line."""


@attrs.frozen(order=True, cache_hash=True)
class ChainKey:
    """A chain before its coefficients are known: the route, the unit of the activity, and the keys of its links.

    `order` is the purchase order whose hardware items detail a part of the spending; the rest goes through the chain.
    """

    route: str
    unit: str
    factors: tuple[FactorKey, ...]
    order: str = ""


@attrs.frozen
class Chain:
    """Coefficients whose units telescope from the unit of an activity to kgCO2eq: `amount x links = kgCO2eq`."""

    key: ChainKey
    links: tuple[Coefficient, ...]
    match: Match
    data_kind: DataKind
    stages: frozenset[Stage]
    stand_ins: frozenset[str] = attrs.field(default=frozenset(), eq=False)
    """The identities of the links that take the place of what was asked; a result file does not keep them."""

    @property
    def scale(self) -> Fraction:
        """The exact number that the units leave over. Raises UnitError where the chain does not close."""
        return close(self.key.unit, tuple(link.unit for link in self.links), CO2EQ)

    def value(self, chosen: "dict[str, Fraction] | None" = None) -> Fraction:
        """Return kgCO2eq per one unit of activity, with other values for some coefficients where they are given."""
        exact = [chosen.get(link.identity, link.exact) if chosen else link.exact for link in self.links]
        exact.append(self.scale)
        return Fraction(prod(value.numerator for value in exact), prod(value.denominator for value in exact))
