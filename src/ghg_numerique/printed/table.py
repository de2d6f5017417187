"""A printed table: figures as they were published, and what they say of each other."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.decimals import exact, read_decimal
from ghg_numerique.documents import parse_toml, read_text
from ghg_numerique.errors import ConfigurationError, NumberError
from ghg_numerique.printed.edges import Bounds, Exact, around, edge, true_values
from ghg_numerique.printed.system import System
from ghg_numerique.terms import Rounding

TOTALS: Final = ("Total", "TOTAL", "Ensemble")
"""How the row and the column of sums of a CSV table may be called."""
MANY: Final = 12
"""Parts of a sum that are all written out, at most."""


@attrs.frozen
class Sum:
    """A total and the parts that make it, by name."""

    total: str
    parts: tuple[str, ...]

    @property
    def parts_added(self) -> str:
        """The parts with a plus between them; of many, the first and the last."""
        shown = self.parts if len(self.parts) <= MANY else (self.parts[0], "...", self.parts[-1])
        return " + ".join(shown)


@attrs.frozen
class Share:
    """A percentage that is printed for a part of a whole; its last digit says how far it was rounded."""

    part: str
    whole: str
    printed: str

    @property
    def name(self) -> str:
        """How the share is spoken of."""
        return f"{self.part} / {self.whole} = {self.printed.removesuffix('%').strip()} %"

    def bounds(self, rounding: Rounding) -> Bounds:
        """Return between which fractions the share lies."""
        digits = self.printed.removesuffix("%").strip()
        step = Fraction(1, 10 ** len(digits.partition(".")[2]))
        low, high = true_values(exact(digits), step, rounding).ends
        return Bounds((Fraction(low[0], 100), low[1]), (Fraction(high[0], 100), high[1]))


@attrs.frozen
class PrintedTable:
    """Figures by name, as text; quantities that are `unknown` but named; the sums and shares between them all.

    Every figure was rounded once, from its own true value, to a multiple of `step`; shares to their last digit.
    """

    cells: dict[str, str]
    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()
    unknown: tuple[str, ...] = ()
    rounding: Rounding = Rounding.NEAREST
    step: str = "1"
    title: str = ""
    source: str = ""
    unit: str = ""

    def __attrs_post_init__(self) -> None:
        named = [*self.cells, *self.unknown]
        used = {name for one in self.sums for name in (one.total, *one.parts)}
        used |= {name for share in self.shares for name in (share.part, share.whole)}
        if not (self.sums or self.shares) or not all(one.parts for one in self.sums):
            raise ConfigurationError("printed-nothing")
        if foreign := sorted(used - set(named)):
            raise ConfigurationError("printed-foreign", names=", ".join(foreign))
        if twice := [name for name, count in Counter(named).items() if count > 1]:
            raise ConfigurationError("printed-twice", names=", ".join(twice))
        if self.unit_step <= 0:
            raise ConfigurationError("printed-step", name="step", value=self.step)
        odd = {text for text, value in self._figures.items() if value % self.unit_step}
        if name := next((name for name, text in self.cells.items() if text in odd), ""):
            raise ConfigurationError("printed-step", name=name, value=self.cells[name])
        for share in self.shares:
            share.bounds(self.rounding)
        self.system  # noqa: B018 - a sum that contains itself is found here

    @classmethod
    def read(cls, path: str | Path, *, rounding: Rounding | None = None, step: str | None = None) -> Self:
        """Read a TOML description, or a CSV cross table; `rounding` and `step` replace what a description states."""
        place = Path(path)
        text = read_text(place)
        table = cls.of_csv(text, name=str(place)) if place.suffix.lower() == ".csv" else cls.parse(text, str(place))
        if rounding is None and step is None:
            return table
        return attrs.evolve(table, rounding=rounding or table.rounding, step=step or table.step)

    @classmethod
    def parse(cls, text: str, name: str = "table.toml") -> Self:
        """Read a TOML description. Raises ConfigurationError with what is wrong in it."""
        return parse_toml(text, cls, name=name)

    @classmethod
    def of_csv(cls, text: str, *, name: str = "table.csv") -> Self:
        """Read a cross table: names on the first row and in the first column, sums on the row and column `Total`.

        Cells apart by semicolons are written with a decimal comma, by commas with a decimal point. An empty cell was not
        printed.
        """
        mark = ";" if ";" in text.partition("\n")[0] else ","
        lines = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(row)]
        if len(lines) < 2 or any(len(row) != len(lines[0]) for row in lines):
            raise ConfigurationError("printed-shape", path=name)
        columns, rows = [cell.strip() for cell in lines[0][1:]], [row[0].strip() for row in lines[1:]]
        places = [(row, column, f"{row} / {column}") for row in rows for column in columns]
        written = dict(
            zip((place[2] for place in places), (c.strip() for row in lines[1:] for c in row[1:]), strict=True)
        )
        sums = [*_sums(rows, columns, turned=False), *_sums(columns, rows, turned=True)]
        if not sums or len(set(columns)) != len(columns) or len(set(rows)) != len(rows):
            raise ConfigurationError("printed-totals", path=name, known=", ".join(TOTALS))
        numbers = {cell: _number(text, "," if mark == ";" else ".") for cell, text in written.items() if text}
        step = max((len(text.partition(".")[2]) for text in numbers.values()), default=0)
        return cls(
            numbers, tuple(sums), unknown=tuple(cell for cell in written if cell not in numbers),
            step="1" if not step else f"0.{'0' * (step - 1)}1",
        )  # fmt: skip

    @cached_property
    def values(self) -> dict[str, Fraction]:
        """The printed figures."""
        return {name: self._figures[text] for name, text in self.cells.items()}

    @cached_property
    def _figures(self) -> dict[str, Fraction]:
        """Each text that is printed as a number, read once."""
        first = {text: name for name, text in reversed(self.cells.items())}
        return {text: _figure(text, name) for text, name in first.items()}

    @cached_property
    def unit_step(self) -> Fraction:
        """What figures were rounded to a multiple of."""
        return exact(self.step)

    @cached_property
    def system(self) -> System:
        """What the figures say, as linear forms between bounds: the roundings, the sums, and the shares."""
        return self.stated(self.rounding)

    def stated(self, rounding: Rounding) -> System:
        """Return what the figures would say had they been rounded in some way."""
        forms, bounds = dict(self._totals), {name: Bounds() for name in self.unknown}
        half = self.unit_step / 2
        ends = {text: around(value, half, rounding) for text, value in self._figures.items()}
        bounds |= {name: ends[text] for name, text in self.cells.items()}
        first = {one.total: one for one in reversed(self.sums)}
        for one in self.sums:
            if first[one.total] is not one:  # a second sum of one total: the difference of the two is nothing
                same = f"{one.total} = {' + '.join(one.parts)}"
                forms[same] = _added([(forms[one.total], 1), *((forms.get(part, {part: 1}), -1) for part in one.parts)])
                bounds[same] = Bounds(edge(0), edge(0))
        for share in self.shares:
            part, whole = (forms.get(name, {name: 1}) for name in (share.part, share.whole))
            low, high = share.bounds(rounding).ends
            said = {
                f"{share.name}, >=": (_added([(part, 1), (whole, -low[0])]), Bounds(edge(0, low[1]), None)),
                f"{share.name}, <=": (_added([(part, 1), (whole, -high[0])]), Bounds(None, edge(0, high[1]))),
                f"{share.whole} > 0": (dict(whole), Bounds(edge(0, 1), None)),
            }
            forms |= {name: form for name, (form, _) in said.items()}
            bounds |= {name: ends for name, (_, ends) in said.items()}
        return System(bounds, forms)

    def prints(self, values: Mapping[str, Fraction], rounding: Rounding) -> bool:
        """Tell whether values that make the sums are printed as published, when they are rounded in some way."""
        half, shown = self.unit_step / 2, self.values
        return all(around(shown[name], half, rounding).hold((values[name], 0)) for name in shown) and all(
            share.bounds(rounding).hold((values[share.part] / values[share.whole], 0)) for share in self.shares
        )

    @cached_property
    def counted(self) -> dict[str, Bounds]:
        """Where the true value of each printed figure lies, counted in half steps: whole numbers, which are quick to add."""
        half = self.unit_step / 2
        ends = {text: around((value / half).numerator, 1, self.rounding) for text, value in self._figures.items()}
        return {name: ends[text] for name, text in self.cells.items()}

    @cached_property
    def _totals(self) -> dict[str, dict[str, Exact]]:
        """Each total as a sum of what is no total."""
        defined = {one.total: one for one in reversed(self.sums)}
        forms: dict[str, dict[str, Exact]] = {}
        for name in defined:
            self._define(name, defined, forms, ())
        return forms

    def _define(
        self, name: str, defined: Mapping[str, Sum], forms: dict[str, dict[str, Exact]], above: tuple[str, ...]
    ) -> dict[str, Exact]:
        """Return a quantity as a sum of those that are no totals."""
        if name in above:
            raise ConfigurationError("printed-circle", names=" > ".join((*above, name)))
        if name not in defined:
            return {name: 1}
        if name not in forms:
            parts = [(self._define(part, defined, forms, (*above, name)), 1) for part in defined[name].parts]
            forms[name] = _added(parts)
        return forms[name]


def _sums(lines: list[str], across: list[str], *, turned: bool) -> Iterable[Sum]:
    """Return the sums of every line of a cross table; `turned` names its columns."""
    for total in TOTALS:
        if total in across:
            for line in lines:
                names = [f"{one} / {line}" if turned else f"{line} / {one}" for one in across if one != total]
                yield Sum(f"{total} / {line}" if turned else f"{line} / {total}", tuple(names))


def _added(forms: Iterable[tuple[Mapping[str, Exact], Exact]]) -> dict[str, Exact]:
    total: dict[str, Exact] = {}
    for form, times in forms:
        for name, value in form.items():
            total[name] = total.get(name, 0) + times * value
    return {name: value for name, value in total.items() if value}


def _figure(text: str, name: str) -> Fraction:
    try:
        return exact(text)
    except NumberError as error:
        raise ConfigurationError("fault", place=name, reason=error) from error


def _number(text: str, mark: str) -> str:
    try:
        return format(read_decimal(text, mark), "f")
    except NumberError as error:
        raise ConfigurationError("fault", place=text, reason=error) from error
