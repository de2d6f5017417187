"""f, the sheet of factors: the chains of a footprint, their exact values, and draws of them."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from statistics import NormalDist
from types import MappingProxyType
from typing import Self

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.decimals import exact
from ghg_numerique.model.factors import Chain, ChainKey, Coefficient

Floats = npt.NDArray[np.float64]


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

    def multipliers(self, count: int, seed: int) -> dict[str, Floats]:
        """Return draws of every uncertain coefficient, as multiples of its published value (the median).

        A draw belongs to the coefficient: its stream is keyed by seed and identity, so it does not move with the order
        or the number of other coefficients, and every chain that shares the coefficient shares the draw.
        """
        return {
            identity: np.exp(coefficient.spread.sigma * _normal(identity, count, seed))
            for identity, coefficient in self.coefficients.items()
            if coefficient.spread is not None and coefficient.spread.sigma > 0
        }

    def __reduce__(self) -> tuple[object, ...]:
        return (_sheet, (dict(self.chains), dict(self.chosen)))


def _sheet(chains: dict[ChainKey, Chain], chosen: dict[str, str]) -> FactorSheet:
    return FactorSheet(MappingProxyType(chains), MappingProxyType(chosen))


def _normal(identity: str, count: int, seed: int) -> Floats:
    """Return standard normal draws by inversion of the raw Philox stream, which numpy promises never to change."""
    key = int.from_bytes(hashlib.sha256(f"{seed}|{identity}".encode()).digest()[:16], "big")
    raw = np.random.Philox(key=key).random_raw(count)
    uniform = ((raw >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53
    inverse = NormalDist().inv_cdf
    return np.fromiter(map(inverse, uniform.tolist()), dtype=np.float64, count=count)
