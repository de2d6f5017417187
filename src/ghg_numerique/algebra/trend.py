"""Footprints of several years against one another: growth, deceleration or decrease, and a line to a target."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.errors import ConfigurationError


class Trend(StrEnum):
    """What a year is after the one before it; only growth that is slower than the growth before it decelerates."""

    GROWTH = "growth"
    DECELERATION = "deceleration"
    STABLE = "stable"
    DECREASE = "decrease"


def trends(totals: Mapping[int, Fraction], replayed: Mapping[int, Fraction] = MappingProxyType({})) -> dict[int, Trend]:
    """Return the trend of every year but the first: changes are compared per year, where years are missing between.

    `replayed` is what a year is compared with, where that is not the total of the year before it.
    """
    found: dict[int, Trend] = {}
    before: Fraction | None = None
    for (year, amount), (later, then) in pairwise(sorted(totals.items())):
        change = (then - replayed.get(later, amount)) / (later - year)
        found[later] = _trend(change, before)
        before = change
    return found


def _trend(change: Fraction, before: Fraction | None) -> Trend:
    if change == 0:
        return Trend.STABLE
    if change < 0:
        return Trend.DECREASE
    return Trend.DECELERATION if before is not None and change < before else Trend.GROWTH


@attrs.frozen
class Target:
    """A change decided for a year, in percent of a base year (`"-40"`), and who decided it.

    The line between them is straight: a stated convention, not a forecast.
    """

    base_year: int
    year: int
    change: str
    source: str

    def __attrs_post_init__(self) -> None:
        if self.year <= self.base_year:
            raise ConfigurationError("target-years", base=self.base_year, year=self.year)
        if exact(self.change) < -100:
            raise ConfigurationError("target-change", change=self.change)
        if not self.source.strip():
            raise ConfigurationError("target-source")

    def allowed(self, base: Fraction, year: int) -> Fraction:
        """Return what the line allows in a year, from the footprint of the base year; after the target, the target."""
        passed = Fraction(min(year, self.year) - self.base_year, self.year - self.base_year)
        return base * (1 + exact(self.change) / 100 * max(passed, Fraction(0)))
