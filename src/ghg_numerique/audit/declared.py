"""What a source declares of how sure its value is, stated as what must then be true of the law that is drawn from."""

from collections.abc import Iterator
from fractions import Fraction
from math import exp, fsum, log, sqrt
from statistics import NormalDist
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.laws import Multiple
from ghg_numerique.decimals import exact
from ghg_numerique.model.quality import Spread
from ghg_numerique.terms import Central, Law, Width

TWO_DEVIATIONS: Final = NormalDist().cdf(2)
"""The probability of a normal law below two deviations: there a lognormal law is its median times the square of its GSD."""


@attrs.frozen
class Claim:
    """A moment or a quantile, in published values: as the source declares it, and of the law."""

    what: str
    declared: float
    found: float


def claims(spread: Spread, value: Fraction, law: Multiple) -> Iterator[Claim]:
    """Return what a spread says of the law of a published value: its width, and for a lognormal law its centre."""
    shape, central, _ = spread.read_as
    if spread.low:
        yield from _ends(float(exact(spread.low) / value), float(exact(spread.high) / value), law)
    elif spread.scores:
        logs = fsum(log(factor) ** 2 for factor in spread.factors)
        yield Claim("GSD^2", exp(sqrt(logs)), _at(law, TWO_DEVIATIONS) / _at(law, 0.5))
    else:
        yield from _width(spread, float(exact(spread.percent) / 100), law)
    if shape is Law.LOGNORMAL:
        yield Claim(central, 1.0, law.mean if central is Central.MEAN else _at(law, 0.5))


def _width(spread: Spread, part: float, law: Multiple) -> Iterator[Claim]:
    _, _, width = spread.read_as
    if width is Width.WHOLE:
        yield from _ends(1 - part, 1 + part, law)
    elif width is Width.UPPER_95:
        yield Claim("97.5 %", 1 + part, _at(law, 0.975))
    elif width is Width.GSD2:
        yield Claim("GSD^2", 1 + part, _at(law, TWO_DEVIATIONS) / _at(law, 0.5))
    else:
        yield Claim("deviation", part, sqrt(law.variance))


def _ends(low: float, high: float, law: Multiple) -> Iterator[Claim]:
    yield Claim("low", low, _at(law, 0.0))
    yield Claim("high", high, _at(law, 1.0))


def _at(law: Multiple, share: float) -> float:
    return float(law.at(np.array([share]))[0])
