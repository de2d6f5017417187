"""f, the sheet of factors: the chains of a footprint, their exact values, and how they vary."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Self

import attrs

from ghg_numerique.algebra.laws import Multiple, multiple_of
from ghg_numerique.decimals import exact
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import Chain, ChainKey, Coefficient


@attrs.frozen
class FactorSheet:
    """Chains by key. `values` is f: kgCO2eq per one unit of activity, exact."""

    chains: Mapping[ChainKey, Chain]
    chosen: Mapping[str, str] = MappingProxyType({})
    """Coefficients that were given another value (identity to decimal text): a reading with new factors."""

    @cached_property
    def values(self) -> dict[ChainKey, Fraction]:
        """The exact value of every chain."""
        others = {identity: exact(value) for identity, value in self.chosen.items()}
        return {key: chain.value(others) for key, chain in self.chains.items()}

    @cached_property
    def coefficients(self) -> dict[str, Coefficient]:
        """The distinct coefficients, by identity, in the order of their identities."""
        found = {link.identity: link for chain in self.chains.values() for link in chain.links}
        return dict(sorted(found.items()))

    def with_values(self, chosen: Mapping[str, str]) -> Self:
        """Return the same chains with other values for some coefficients: identity to decimal text, same unit."""
        return attrs.evolve(self, chosen=MappingProxyType({**self.chosen, **chosen}))

    @cached_property
    def laws(self) -> dict[str, Multiple]:
        """How every coefficient varies whose source declares an uncertainty, by identity."""
        found = {
            identity: multiple_of(coefficient.spread, coefficient.exact, identity)
            for identity, coefficient in self.coefficients.items()
        }
        return {identity: law for identity, law in found.items() if law is not None}

    @cached_property
    def varying(self) -> dict[ChainKey, tuple[str, ...]]:
        """The identities of the coefficients of every chain that vary. Raises ConfigurationError where one is a square."""
        found = {}
        for key, chain in self.chains.items():
            links = [identity for link in chain.links if (identity := link.identity) in self.laws]
            if len(set(links)) < len(links):
                raise ConfigurationError("coefficient-twice", key=key.route, links=", ".join(links))
            found[key] = tuple(links)
        return found

    def __reduce__(self) -> tuple[object, ...]:
        return (_sheet, (dict(self.chains), dict(self.chosen)))


def _sheet(chains: dict[ChainKey, Chain], chosen: dict[str, str]) -> FactorSheet:
    return FactorSheet(MappingProxyType(chains), MappingProxyType(chosen))
