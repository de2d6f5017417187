"""Which amounts of money stay at home because too few rows stand behind them: the rule of frequency of statistical secrecy."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeVar

LEAST: Final = 3
"""Rows behind a published amount (Insee, Manuel de protection des tableaux, règle de fréquence: never fewer than 3)."""

Line = TypeVar("Line")


def secret(amounts: Mapping[Line, tuple[int, Fraction]]) -> frozenset[Line]:
    """Return the lines whose amount is not published, from the rows and the amount of each.

    Fewer than `LEAST` rows stand behind them, or they are the next smallest: the accounts of a town tell what it spent in
    all, so that one hidden amount, or several of fewer than `LEAST` rows together, would be found by a subtraction. An
    amount of zero tells nothing. Lines that are alike go by the order in which they come.
    """
    spent = sorted((line for line, (_, amount) in amounts.items() if amount), key=lambda line: _size(*amounts[line]))
    hidden = [line for line in spent if amounts[line][0] < LEAST]
    for line in spent[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(amounts[one][0] for one in hidden) >= LEAST):
            break
        hidden.append(line)
    return frozenset(hidden)


def _size(rows: int, amount: Fraction) -> tuple[int, Fraction]:
    return rows, abs(amount)
