"""The laws by which a coefficient varies: each as a multiple of the published value, by its draws and its moments."""

from fractions import Fraction
from functools import cached_property
from math import fsum
from typing import Protocol

import attrs
import numpy as np

from ghg_numerique.algebra.ieee import Floats, exp, inverse_normal, log
from ghg_numerique.decimals import exact, plain
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.quality import Spread
from ghg_numerique.terms import Central, Law, Width

Z95 = 1.959963984540054
"""The standard normal law stays below it 97.5 times in 100."""


class Multiple(Protocol):
    """What a published value is multiplied by."""

    @property
    def mean(self) -> float:
        """The mean."""

    @property
    def variance(self) -> float:
        """The variance."""

    def at(self, share: Floats) -> Floats:
        """Return the values that the law stays below with the given probabilities."""


@attrs.frozen
class Lognormal:
    """exp(shift + sigma Z): its median is exp(shift), its mean exp(shift + sigma^2 / 2)."""

    sigma: float
    shift: float = 0.0

    @cached_property
    def mean(self) -> float:
        return _exp(self.shift + self.sigma * self.sigma / 2)

    @cached_property
    def variance(self) -> float:
        return (_exp(self.sigma * self.sigma) - 1) * self.mean * self.mean

    def at(self, share: Floats) -> Floats:
        return exp(self.shift + self.sigma * inverse_normal(share))


@attrs.frozen
class Normal:
    """1 + deviation Z."""

    deviation: float
    mean: float = 1.0

    @property
    def variance(self) -> float:
        return self.deviation * self.deviation

    def at(self, share: Floats) -> Floats:
        return 1 + self.deviation * inverse_normal(share)


@attrs.frozen
class Uniform:
    """Evenly between two ends."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        width = self.high - self.low
        return width * width / 12

    def at(self, share: Floats) -> Floats:
        return self.low + (self.high - self.low) * share


@attrs.frozen
class Triangular:
    """Between two ends, likeliest at the published value."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + 1 + self.high) / 3

    @property
    def variance(self) -> float:
        left, right, whole = (1 - self.low), (self.high - 1), (self.high - self.low)
        return (left * left + right * right + whole * whole) / 36

    def at(self, share: Floats) -> Floats:
        whole, left, right = self.high - self.low, 1 - self.low, self.high - 1
        rising: Floats = self.low + np.sqrt(share * (whole * left))
        return np.where(share * whole <= left, rising, self.high - np.sqrt((1 - share) * (whole * right)))


def multiple_of(spread: Spread | None, value: Fraction, identity: str) -> Multiple | None:
    """Return how a published value varies; None where its source declares nothing, or no uncertainty at all.

    Raises ConfigurationError where the declared ends do not hold the value, or a mean is declared that no lognormal law
    with that interval has.
    """
    if spread is None or spread.certain:
        return None
    law, central, width = spread.read_as
    if law is Law.LOGNORMAL:
        return _lognormal(spread, central, width, identity)
    if spread.low:
        return _between(spread, law, value, identity)
    size = float(exact(spread.percent) / 100)
    if law is Law.NORMAL:
        return Normal(size if width is Width.DEVIATION else size / Z95)
    if width is Width.DEVIATION:  # of a law of half-width h: h / sqrt(3) when even, h / sqrt(6) when triangular
        size *= float(np.sqrt(3.0 if law is Law.UNIFORM else 6.0))
    return (Uniform if law is Law.UNIFORM else Triangular)(1 - size, 1 + size)


def _lognormal(spread: Spread, central: Central, width: Width, identity: str) -> Lognormal:
    if spread.scores:
        logs = [_log(float(factor)) for factor in spread.factors]
        sigma = _root(fsum(one * one for one in logs)) / 2
    elif width is Width.GSD2:
        sigma = _log(1 + float(exact(spread.percent) / 100)) / 2
    elif width is Width.DEVIATION:
        square = float((exact(spread.percent) / 100) ** 2)
        sigma = _root(_log(1 + square if central is Central.MEAN else (1 + _root(1 + 4 * square)) / 2))
    else:
        end = _log(1 + float(exact(spread.percent) / 100))
        inside = Z95 * Z95 - 2 * end
        if central is Central.MEAN and inside < 0:
            raise ConfigurationError("spread-mean", identity=identity, spread=spread)
        sigma = Z95 - _root(inside) if central is Central.MEAN else end / Z95
    return Lognormal(sigma, -sigma * sigma / 2 if central is Central.MEAN else 0.0)


def _between(spread: Spread, law: Law, value: Fraction, identity: str) -> Multiple:
    low, high = exact(spread.low), exact(spread.high)
    if value <= 0 or not low <= value <= high:
        raise ConfigurationError("spread-ends", identity=identity, value=plain(value), spread=spread)
    return (Triangular if law is Law.TRIANGULAR else Uniform)(float(low / value), float(high / value))


def _exp(x: float) -> float:
    return float(exp(np.array([x]))[0])


def _log(x: float) -> float:
    return float(log(np.array([x]))[0])


def _root(x: float) -> float:
    return float(np.sqrt(x))
