"""What became of every row: rows, units and euros, in and out, to the millionth."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Self, TypeVar

import attrs

from ghg_numerique.decimals import plain
from ghg_numerique.terms import Activity, Fate, Movement

K = TypeVar("K", bound=Hashable)

Line = tuple[str, Fate, str]
"""An activity (or a kind of emissions), the fate of rows, and the reason where the fate needs one."""

FileLine = tuple[str, str, Fate, str]
"""The file that rows were read from, then their line."""

L = TypeVar("L", Line, FileLine)

UNREAD: Final = "unread"
"""The activity of a row that is quarantined, and of which not even the amount could be read."""

NOT_SPENT: Final = frozenset(movement for movement in Movement if movement is not Movement.EXPENSE)
"""Lines of accounts whose euros nobody spent; `Balances.rows` has them, the balance of money has not."""


@attrs.frozen
class Amounts:
    """Exact amounts, each in a unit of its own; amounts of different units are never added to each other."""

    by_unit: Mapping[str, Fraction] = MappingProxyType({})

    @classmethod
    def of(cls, by_unit: Mapping[str, Fraction]) -> Self:
        """Return amounts by unit; zero is absent."""
        return cls(MappingProxyType({unit: amount for unit, amount in sorted(by_unit.items()) if amount}))

    def __add__(self, other: "Amounts") -> "Amounts":
        units = {**self.by_unit, **other.by_unit}
        return Amounts.of({unit: self.in_unit(unit) + other.in_unit(unit) for unit in units})

    def __radd__(self, other: object) -> "Amounts":
        return self if other == 0 else NotImplemented

    def in_unit(self, unit: str) -> Fraction:
        """Return the amount in a unit, zero where there is none."""
        return self.by_unit.get(unit, Fraction(0))

    def __bool__(self) -> bool:
        return any(self.by_unit.values())

    def __reduce__(self) -> tuple[object, ...]:
        return (_amounts, (dict(self.by_unit),))


@attrs.frozen
class Tally:
    """A number of rows, and what they add up to."""

    rows: int = 0
    amounts: Amounts = Amounts()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.rows + other.rows, self.amounts + other.amounts)

    def __radd__(self, other: object) -> "Tally":
        return self if other == 0 else NotImplemented


def amount_of(tally: Tally) -> str:
    """Return the amounts of a tally as a fact of a finding."""
    return " + ".join(f"{plain(amount)} {unit}" for unit, amount in tally.amounts.by_unit.items()) or "0"


@attrs.frozen
class Money:
    """Where every euro that was spent went: `spent == detailed + monetary + excluded + unresolved + quarantined`.

    Revenue and the other lines of accounts that are no expense are not spent.
    """

    spent: Amounts
    detailed: Amounts
    monetary: Amounts
    excluded: Amounts
    unresolved: Amounts
    quarantined: Amounts = Amounts()


@attrs.frozen
class Balances:
    """The fates of all rows. `rows` sorts each source row into one fate; `kinds` tells the kinds of emissions apart.

    A row of hardware has two lives, its manufacture and its electricity: `rows` calls it unresolved as soon as one of
    them is, and `kinds` shows which. `files` is `rows` file by file. Balances add up over any partition.
    """

    rows: Mapping[Line, Tally] = MappingProxyType({})
    kinds: Mapping[Line, Tally] = MappingProxyType({})
    files: Mapping[FileLine, Tally] = MappingProxyType({})

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[Line, Tally]],
        kinds: Iterable[tuple[Line, Tally]],
        files: Iterable[tuple[FileLine, Tally]] = (),
    ) -> Self:
        """Return the balances of tallies; those of one line add up."""
        return cls(_summed(rows), _summed(kinds), _summed(files))

    def __add__(self, other: "Balances") -> "Balances":
        return Balances.of(
            [*self.rows.items(), *other.rows.items()],
            [*self.kinds.items(), *other.kinds.items()],
            [*self.files.items(), *other.files.items()],
        )

    def __radd__(self, other: object) -> "Balances":
        return self if other == 0 else NotImplemented

    def total(self, activity: str | None = None, fate: Fate | None = None) -> Tally:
        """Return rows and amounts of an activity, or of a fate, or of both, or of all."""
        return self._where(lambda line: activity in (None, line[0]) and fate in (None, line[1]))

    @property
    def money(self) -> Money:
        """The balance of spending, in every tax basis that it came in."""
        spent = Balances({line: tally for line, tally in self.rows.items() if line[2] not in NOT_SPENT})
        fates = {fate: spent.total(Activity.SPENDING, fate).amounts for fate in Fate}
        return Money(
            spent=spent.total(Activity.SPENDING).amounts,
            detailed=fates[Fate.DETAILED],
            monetary=fates[Fate.COUNTED],
            excluded=fates[Fate.EXCLUDED],
            unresolved=fates[Fate.UNRESOLVED],
            quarantined=fates[Fate.QUARANTINED],
        )

    def by_file(self) -> Mapping[str, Tally]:
        """Return rows and amounts of each file, whatever became of them."""
        return summed((line[0], tally) for line, tally in self.files.items())

    def _where(self, chosen: Callable[[Line], bool]) -> Tally:
        return sum((tally for line, tally in self.rows.items() if chosen(line)), start=Tally())

    def __reduce__(self) -> tuple[object, ...]:
        return (_balances, (dict(self.rows), dict(self.kinds), dict(self.files)))


def summed(tallies: Iterable[tuple[K, Tally]]) -> dict[K, Tally]:
    """Return the tallies of each key added up, in the order in which keys came; one fraction per key, not per tally."""
    rows: dict[K, int] = {}
    amounts: dict[K, dict[str, list[Fraction]]] = {}
    for key, tally in tallies:
        rows[key] = rows.get(key, 0) + tally.rows
        units = amounts.setdefault(key, {})
        for unit, amount in tally.amounts.by_unit.items():
            units.setdefault(unit, []).append(amount)
    totals = {key: {unit: _sum(parts) for unit, parts in units.items()} for key, units in amounts.items()}
    return {key: Tally(rows[key], Amounts.of(totals[key])) for key in rows}


def _sum(parts: Sequence[Fraction]) -> Fraction:
    """Return a sum of fractions: numerators are added as integers per denominator, of which amounts have few."""
    if len(parts) == 1:
        return parts[0]
    tops: dict[int, int] = {}
    for part in parts:
        tops[part.denominator] = tops.get(part.denominator, 0) + part.numerator
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), start=Fraction(0))


def _summed(tallies: Iterable[tuple[L, Tally]]) -> Mapping[L, Tally]:
    """Return the tallies of each line added up, in the order of the lines, without those that hold nothing."""
    found = sorted(summed(tallies).items(), key=lambda entry: entry[0])
    return MappingProxyType({line: tally for line, tally in found if tally != Tally()})


def _amounts(by_unit: dict[str, Fraction]) -> Amounts:
    return Amounts(MappingProxyType(by_unit))


def _balances(rows: dict[Line, Tally], kinds: dict[Line, Tally], files: dict[FileLine, Tally]) -> Balances:
    return Balances(MappingProxyType(rows), MappingProxyType(kinds), MappingProxyType(files))
