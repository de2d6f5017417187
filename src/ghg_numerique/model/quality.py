"""How sure a number is, as its source declares it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.errors import NumberError
from ghg_numerique.terms import Central, Law, Width

Word = TypeVar("Word", bound=StrEnum)

_SIZE = re.compile(
    r"(?:(?P<percent>[0-9]+(?:\.[0-9]+)?) ?%|(?P<low>-?[0-9]+(?:\.[0-9]+)?)\.\.(?P<high>-?[0-9]+(?:\.[0-9]+)?)"
    r"|pedigree (?P<scores>[1-5](?:,[1-5]){4,5}))(?= |$)",
    re.ASCII,
)

WIDTHS: Final = {
    Law.LOGNORMAL: (Width.UPPER_95, Width.DEVIATION, Width.GSD2),
    Law.NORMAL: (Width.UPPER_95, Width.DEVIATION),
    Law.TRIANGULAR: (Width.WHOLE, Width.DEVIATION),
    Law.UNIFORM: (Width.WHOLE, Width.DEVIATION),
    Law.BOUNDS: (Width.WHOLE,),
}
"""What a percentage may mean under each law; the first is taken where the source is silent."""

PEDIGREE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "ecoinvent-2": (
        ("1", "1.05", "1.1", "1.2", "1.5"),
        ("1", "1.02", "1.05", "1.1", "1.2"),
        ("1", "1.03", "1.1", "1.2", "1.5"),
        ("1", "1.01", "1.02", "1.02", "1.1"),
        ("1", "1", "1.2", "1.5", "2"),
        ("1", "1.02", "1.05", "1.1", "1.2"),
    ),
    "ecoinvent-3": (
        ("1", "1.54", "1.61", "1.69", "1.69"),
        ("1", "1.03", "1.04", "1.08", "1.08"),
        ("1", "1.03", "1.1", "1.19", "1.29"),
        ("1", "1.04", "1.08", "1.11", "1.11"),
        ("1", "1.18", "1.65", "2.08", "2.8"),
    ),
}
"""Uncertainty factors (GSD^2) by table, indicator and score.

The indicators: reliability, completeness, time, geography, technology; and, where it is scored, sample size. Source:
pedigree_matrix 0.2.2 (C. Mutel, BSD-3-Clause), its versions 1 and 2."""


@attrs.frozen
class Spread:
    """What a source declares of the uncertainty of its value: a percentage, two ends, or pedigree scores.

    None is where the source is silent. Silence is read as Bilan Carbone reads ADEME's percentages: lognormal, the
    published value its median, the percentage the upper end of a 95 % interval, `value x (1 + percent / 100)`; the
    lower end then stays positive at any percentage. Two ends without a law are bounds.
    """

    percent: str = ""
    law: Law | None = None
    central: Central | None = None
    width: Width | None = None
    low: str = ""
    high: str = ""
    scores: tuple[int, ...] = ()
    pedigree: str = ""

    def __attrs_post_init__(self) -> None:
        sizes = (bool(self.percent), bool(self.low and self.high), bool(self.scores))
        one = sum(sizes) == 1 and bool(self.low) == bool(self.high) and bool(self.scores) == bool(self.pedigree)
        if not one or not self._holds():
            raise NumberError("spread", text=str(self))

    @classmethod
    def read(cls, text: str, silent: str = "") -> "Spread | None":
        """Return what a source declares, None where it declares nothing.

        `50 %`, `10..30` (the two ends, in the unit of the value) or `pedigree 2,1,3,1,2`, then the words that the
        source adds: a law, what the value is, what the percentage is, the table of the pedigree. `silent` are the
        words that it says once for all its percentages.
        """
        if not text:
            return None
        size = _SIZE.match(text)
        if size is None:
            raise NumberError("spread", text=text)
        words, told = text[size.end() :].split(), silent.split() if size["percent"] else []
        law, law_told = _taken(Law, words), _taken(Law, told)
        central, central_told = _taken(Central, words), _taken(Central, told)
        width, width_told = _taken(Width, words), _taken(Width, told)
        table = words.pop() if words and words[-1] in PEDIGREE else ""
        if words or told:
            raise NumberError("spread", text=" ".join([text, *told]))
        scores = tuple(int(score) for score in (size["scores"] or "").split(",") if score)
        said = (law or law_told, central or central_told, width or width_told)
        return cls(size["percent"] or "", *said, size["low"] or "", size["high"] or "", scores, table)

    @property
    def read_as(self) -> tuple[Law, Central, Width]:
        """What is declared, and what silence is read as."""
        law = self.law or (Law.BOUNDS if self.low else Law.LOGNORMAL)
        return law, self.central or Central.MEDIAN, self.width or WIDTHS[law][0]

    @property
    def silent(self) -> tuple[str, ...]:
        """What the source does not say of its percentage, and is read by convention."""
        asked = ("law", "central", "width") if self.read_as[0] is Law.LOGNORMAL else ("law", "width")
        return tuple(name for name in asked if getattr(self, name) is None) if self.percent else ()

    @property
    def certain(self) -> bool:
        """Tell whether the declared uncertainty is zero."""
        if self.scores:
            return all(factor == 1 for factor in self.factors)
        return exact(self.percent) == 0 if self.percent else exact(self.low) == exact(self.high)

    @property
    def factors(self) -> tuple[Fraction, ...]:
        """The uncertainty factors of the pedigree scores."""
        rows = PEDIGREE[self.pedigree]
        return tuple(exact(row[score - 1]) for row, score in zip(rows, self.scores, strict=False))

    def __str__(self) -> str:
        size = f"{self.percent} %" if self.percent else f"{self.low}..{self.high}"
        if self.scores:
            size = "pedigree " + ",".join(map(str, self.scores))
        return " ".join([size, *(word for word in (self.law, self.central, self.width, self.pedigree) if word)])

    def _holds(self) -> bool:
        """Tell whether what is declared can be."""
        law, _, width = self.read_as
        if self.scores:
            table = PEDIGREE.get(self.pedigree, ())
            return 5 <= len(self.scores) <= len(table) and (self.law, self.width) == (None, None)
        if self.low:
            ends = law in (Law.TRIANGULAR, Law.UNIFORM, Law.BOUNDS) and self.width is None and self.central is None
            return ends and exact(self.low) <= exact(self.high)
        fits = width in WIDTHS[law] and law is not Law.BOUNDS and (law is Law.LOGNORMAL or self.central is None)
        return fits and exact(self.percent) >= 0


@attrs.frozen
class Cause:
    """A source of error of the activity data that is common to all rows it touches: an abacus, a way of counting.

    It is drawn once, as one coefficient of value one. `where` names the cells that it touches (`{kind = "use"}`); `source`
    says who states its size, since none is ours to state.
    """

    name: str
    spread: str
    source: str
    where: dict[str, str] = attrs.Factory(dict)

    def __attrs_post_init__(self) -> None:
        declared = self.declared
        if not self.name or not self.source or declared.low or declared.certain:
            raise NumberError("cause", name=self.name, spread=self.spread)

    @property
    def declared(self) -> Spread:
        """The spread that the text declares."""
        return Spread.read(self.spread) or Spread("0")

    @property
    def identity(self) -> str:
        """What makes two uses of a cause the same one."""
        return f"cause#{self.name}"

    def touches(self, cell: Mapping[str, str]) -> bool:
        """Tell whether the amounts of a cell are subject to it."""
        return all(cell.get(name) == value for name, value in self.where.items())


def _taken(kind: type[Word], words: list[str]) -> Word | None:
    """Take the first word of a vocabulary out of others, and return it."""
    found = next((word for word in words if word in set(kind)), None)
    if found is None:
        return None
    words.remove(found)
    return kind(found)
