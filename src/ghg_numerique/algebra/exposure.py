"""How much of a footprint goes through each coefficient, and how much of it nobody says how sure it is."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.model.factors import ChainKey, Coefficient
from ghg_numerique.terms import Role

ARITHMETIC: Final = frozenset({(Role.CALENDAR, ""), (Role.SHARE, ""), (Role.PRICE, "EUR_HT/EUR_TTC")})
"""Days of a year, parts of an order, rates of a tax, by role and unit: they follow from the rows or from the law, and no
source could say how sure they are. A deflator is a price too, and an estimate."""


@attrs.frozen
class Exposure:
    """The part of a total that is proportional to a coefficient, in kgCO2eq, exact."""

    coefficient: Coefficient
    amount: Fraction
    total: Fraction

    @property
    def share(self) -> Fraction | None:
        """The part of the total; None where the total is zero."""
        return self.amount / self.total if self.total else None

    @property
    def declared(self) -> bool:
        """Tell whether the source says how sure the coefficient is."""
        return self.coefficient.spread is not None

    def change_for(self, part: Fraction) -> Fraction | None:
        """Return by which part of itself the coefficient must be wrong to move the total by `part`; None if none does."""
        return abs(self.total * part / self.amount) if self.amount else None


@attrs.frozen
class Coverage:
    """The total by what its sources declare, in kgCO2eq: the four parts are the total, exactly.

    Partly: some coefficients of the chain declare an uncertainty and others do not. Bare: emissions that somebody else
    declares, which go through no coefficient.
    """

    declared: Fraction
    partly: Fraction
    undeclared: Fraction
    bare: Fraction


def exposures(footprint: Footprint) -> tuple[Exposure, ...]:
    """Return the exposure to every coefficient that has a source, the largest first."""
    total = footprint.exact_total()
    amounts: dict[str, Fraction] = defaultdict(Fraction)
    for links, amount in _published(footprint):
        for link in links:
            amounts[link.identity] += amount
    coefficients = footprint.sheet.coefficients
    found = [Exposure(coefficients[identity], amount, total) for identity, amount in amounts.items()]
    return tuple(sorted(found, key=lambda one: (-abs(one.amount), one.coefficient.identity)))


def coverage(footprint: Footprint) -> Coverage:
    """Return how much of the total rests on declared uncertainties."""
    parts = {part.name: Fraction(0) for part in attrs.fields(Coverage)}
    for links, amount in _published(footprint):
        known = [link.spread is not None for link in links]
        part = "declared" if all(known) else "partly" if any(known) else "undeclared"
        parts[part if links else "bare"] += amount
    return Coverage(**parts)


def _published(footprint: Footprint) -> Iterable[tuple[list[Coefficient], Fraction]]:
    """Return the coefficients of every chain that are not mere arithmetic, and the kgCO2eq that go through it."""
    amounts: dict[ChainKey, int] = defaultdict(int)
    for (_, key), amount in footprint.matrix.entries.items():
        amounts[key] += amount
    for key, amount in amounts.items():
        links = [link for link in footprint.sheet.chains[key].links if not _is_arithmetic(link)]
        yield links, amount * footprint.sheet.values[key] / MILLIONTHS


def _is_arithmetic(link: Coefficient) -> bool:
    return any(link.role is role and unit in ("", link.unit) for role, unit in ARITHMETIC)
