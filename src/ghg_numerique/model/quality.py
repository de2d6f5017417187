"""How sure a number is, as its source declares it."""

import math
import re

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.errors import NumberError

_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%", re.ASCII)
_TWO_SIDED_95 = 1.959963984540054


@attrs.frozen
class Spread:
    """A lognormal spread around a published value taken as the median; zero percent means no spread.

    ADEME publishes a symmetric percentage without a law or a level of confidence. It is read here as the upper end
    of a 95 % interval: `upper = value x (1 + percent / 100)`, the reading of Bilan Carbone, so the lower end stays
    positive at 80 % and above. The geometric standard deviation is (1 + p)^(1 / 1.96).
    """

    percent: str = "0"

    @classmethod
    def read(cls, text: str) -> "Spread | None":
        """Return the spread that a source declares as `50 %`; None where it declares none."""
        if not text:
            return None
        if match := _PERCENT.fullmatch(text):
            return cls(match[1])
        raise NumberError("number", text=text, expected="50 %")

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log1p(float(exact(self.percent)) / 100) / _TWO_SIDED_95
