"""Several columns of words as one: what rows say together is said once, and rows point at it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ghg_numerique.model import arrow
from ghg_numerique.model.arrow import Ints, Words
from ghg_numerique.model.profile import Codes

_WIDEST: Final = 2**62


def combined(columns: Sequence[Words], sound: Ints) -> tuple[Codes, list[tuple[str, ...]]]:
    """Return rows as codes into the distinct combinations of their words, and those combinations.

    The codes of a row make one number, digit after digit; where the next digit would not fit, what is there is coded
    anew first.
    """
    codes: Codes = np.zeros(len(sound), np.int32)
    found: list[tuple[str, ...]] = [()]
    waiting = list(columns)
    while waiting:
        keys, width, taken = codes.astype(np.int64), len(found), list[Words]()
        while waiting and width * (size := len(waiting[0].values) + 1) < _WIDEST:
            taken.append(words := waiting.pop(0))
            keys, width = keys * size + (words.codes[sound] + 1), width * size
        codes, numbers = arrow.distinct(keys)
        found = [_digits(number, taken, found) for number in numbers.tolist()]
    return codes, found


def _digits(number: int, columns: Sequence[Words], found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words behind a number, and those of the combination that its first digit stands for."""
    said: list[str] = []
    for words in reversed(columns):
        number, digit = divmod(number, len(words.values) + 1)
        said.append(words.values[digit - 1] if digit else "")
    return (*found[number], *reversed(said))
