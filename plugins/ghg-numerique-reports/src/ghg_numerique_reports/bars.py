"""What a chart is made of: bars, each of pieces whose lengths are exact numbers."""

from fractions import Fraction

import attrs


@attrs.frozen
class Segment:
    """A piece of a bar: an exact number, and the place of its texture in the legend; -1 is "left out"."""

    value: Fraction
    texture: int = 0


@attrs.frozen
class Bar:
    """What a bar is called, what is printed at its end, its pieces from left to right, and its interval, if it has one."""

    label: str
    shown: str
    segments: tuple[Segment, ...]
    note: str = ""
    interval: tuple[Fraction, ...] = ()
