"""A.f in floats, prepared once: for many readings of one footprint with other factors, whatever the rows behind it."""

from collections.abc import Mapping
from functools import cached_property

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import MILLIONTHS


@attrs.frozen(eq=False)
class Evaluation:
    """The entries of A with the places of their coefficients; a reading is a gather, a product and a sum.

    `total({})` is the footprint in kgCO2eq to the precision of floats; what is printed or compared is the exact value
    (`Footprint.with_factors`).
    """

    footprint: Footprint

    def total(self, values: Mapping[str, float]) -> float:
        """Return kgCO2eq with other values for some coefficients (by identity), each in its own unit."""
        return float(self.entries(values).sum())

    def entries(self, values: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """Return kgCO2eq of every entry of A."""
        chosen = self._published.copy()
        for identity, value in values.items():
            chosen[self._place[identity]] = value
        product: npt.NDArray[np.float64] = self._weights * chosen[self._links].prod(axis=1)
        return product

    @cached_property
    def _place(self) -> dict[str, int]:
        return {identity: place for place, identity in enumerate(self.footprint.sheet.coefficients)}

    @cached_property
    def _published(self) -> npt.NDArray[np.float64]:
        coefficients = self.footprint.sheet.coefficients.values()
        return np.array([*(float(coefficient.exact) for coefficient in coefficients), 1.0])

    @cached_property
    def _weights(self) -> npt.NDArray[np.float64]:
        chains = self.footprint.sheet.chains
        entries = self.footprint.matrix.entries.items()
        return np.array([float(amount * chains[key].scale / MILLIONTHS) for (_, key), amount in entries])

    @cached_property
    def _links(self) -> npt.NDArray[np.int64]:
        """The places of the coefficients of every entry; short chains are filled with the place of one."""
        chains = [self.footprint.sheet.chains[key].links for _, key in self.footprint.matrix.entries]
        longest = max((len(links) for links in chains), default=0)
        links = np.full((len(chains), longest), len(self._place), dtype=np.int64)
        for row, chain in enumerate(chains):
            links[row, : len(chain)] = [self._place[link.identity] for link in chain]
        return links
