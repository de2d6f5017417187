"""A property: a law in one sentence, when it applies, what failure it catches, and the function that tries it."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import attrs

from ghg_numerique.algebra.balances import Balances, Line, Tally
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.audit.subject import Subject
from ghg_numerique.wording import say


@attrs.frozen
class Violation:
    """One case in which a property does not hold: what was expected, what was found, and kgCO2eq between the two.

    `fault` is the code of a sentence that says what is at fault, where a property can tell. `subject` shows the same with
    less work, where there is such a one: rows are spared on it.
    """

    case: str
    expected: str
    found: str
    kilograms: Fraction = Fraction(0)
    fault: str = ""
    subject: Subject | None = attrs.field(default=None, eq=False, repr=False)

    def alike(self, other: "Violation") -> bool:
        """Tell whether another violation shows the same fault, and as much of it: in tCO2eq where this one does."""
        return self.fault == other.fault and bool(other.kilograms) >= bool(self.kilograms)


Trial: TypeAlias = Violation | None
"""What one case comes to: None where the property holds."""
Check: TypeAlias = Callable[[Subject, int], Iterator[Trial]]
"""Tries a property on a subject, case by case; the number says how many cases of a kind to try. No case: not applicable."""


@attrs.frozen
class Property:
    """A law with its number in the catalogue. Its sentences are in `wording/audit.*.toml`."""

    id: str
    check: Check

    def law(self, language: str) -> str:
        """Return the law in one sentence."""
        return say(f"audit.{self.id}.law", language)

    def needs(self, language: str) -> str:
        """Return what must be so for the law to apply."""
        return say(f"audit.{self.id}.needs", language)

    def catches(self, language: str) -> str:
        """Return the failure that the property catches."""
        return say(f"audit.{self.id}.catches", language)


def equal(case: str, expected: object, found: object) -> Trial:
    """Compare two values, exactly; between two amounts of kgCO2eq the difference is kept."""
    if expected == found:
        return None
    exact = isinstance(expected, Fraction) and isinstance(found, Fraction)
    return Violation(case, str(expected), str(found), found - expected if exact else Fraction(0))  # type: ignore[operator]


def same_cells(case: str, expected: Mapping[Any, Fraction], found: Mapping[Any, Fraction]) -> Trial:
    """Compare kgCO2eq by cell or group; absent is zero. The first difference is shown, that of the whole is kept."""
    nothing = Fraction(0)
    for cell in sorted({*expected, *found}):
        one, other = expected.get(cell, nothing), found.get(cell, nothing)
        if one != other:
            where = " / ".join(cell) if isinstance(cell, tuple) else str(cell)
            whole = sum(found.values(), nothing) - sum(expected.values(), nothing)
            return Violation(case, f"{where}: {one}", f"{where}: {other}", whole or other - one)
    return None


def same(case: str, one: Footprint, other: Footprint) -> Trial:
    """Compare two footprints: every cell, A, and what became of every row."""
    if differs := same_cells(case, one.cells, other.cells):
        return differs
    if one.matrix != other.matrix:
        return Violation(case, f"{len(one.matrix.entries)} A", f"{len(other.matrix.entries)} A")
    return same_balances(case, one.balances, other.balances)


def same_balances(case: str, one: Balances, other: Balances) -> Trial:
    """Compare what became of every row; the first line that differs is shown."""
    for mine, theirs in ((one.rows, other.rows), (one.kinds, other.kinds)):
        for line in sorted({*mine, *theirs}):
            expected, found = mine.get(line, Tally()), theirs.get(line, Tally())
            if expected != found:
                return Violation(case, _tally(line, expected), _tally(line, found))
    return None


def _tally(line: Line, tally: Tally) -> str:
    amounts = " + ".join(f"{amount} {unit}" for unit, amount in tally.amounts.by_unit.items())
    return f"{' / '.join(filter(None, map(str, line)))}: {tally.rows} ({amounts or 0})"
