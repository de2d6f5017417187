"""A footprint by group: the parts, and what the grouping does not place."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from ghg_numerique.algebra import frames
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.units import CO2EQ, Quantity


@attrs.frozen
class Breakdown:
    """Amounts by group, in kgCO2eq, exact; `left_out` is what the grouping does not place, so the two make the whole.

    `dimension` is that whose words the groups are, where they are shown; two breakdowns of equal amounts are equal.
    """

    groups: Mapping[str, Fraction]
    outside: Mapping[str, Fraction] = attrs.Factory(dict)
    dimension: str = attrs.field(default="domain", eq=False)

    @property
    def left_out(self) -> "Breakdown":
        """What the grouping leaves out, by domain."""
        return Breakdown(self.outside)

    def __iter__(self) -> Iterator[tuple[str, Quantity]]:
        return ((name, Quantity(amount, CO2EQ)) for name, amount in self.groups.items())

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, name: str) -> Quantity:
        if name not in self.groups:
            raise ConfigurationError("group", name=name, known=", ".join(self.groups))
        return Quantity(self.groups[name], CO2EQ)

    def total(self) -> Quantity:
        """Return the sum of the groups."""
        return Quantity(self.exact_total(), CO2EQ)

    def exact_total(self) -> Fraction:
        """Return the sum of the groups, in kgCO2eq."""
        return sum(self.groups.values(), start=Fraction(0))

    def __str__(self) -> str:
        return str(self.total().to("tCO2eq"))

    def _repr_html_(self) -> str:
        """Return the groups as a notebook shows them."""
        return frames.html("", {**self.groups, **self.outside}, self.dimension)
