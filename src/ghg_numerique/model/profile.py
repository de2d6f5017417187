"""What is alike in many rows, said once, and the codes that point at it."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.terms import Activity

T = TypeVar("T")
Codes = npt.NDArray[np.int32]


@attrs.frozen(order=True, cache_hash=True)
class Profile:
    """All that decides how a row is computed, and nothing else; work is done once per profile, never per row.

    `movement` is that of a line of accounts which is no expense, and empty for everything else.
    """

    activity: Activity
    unit: str
    domain: str = ""
    equipment: str = ""
    model: str = ""
    state: str = ""
    place: str = ""
    site: str = ""
    energy: str = ""
    pue: str = ""
    account: str = ""
    nature: str = ""
    sector: str = ""
    kind: str = ""
    movement: str = ""


class Vocabulary(dict[T, int]):
    """A dictionary that gives each new value the next code; the values of `nothing` have the code -1."""

    def __init__(self, nothing: Iterable[T] = ()) -> None:
        super().__init__(dict.fromkeys(nothing, -1))
        self._without_code = len(self)

    def __missing__(self, value: T) -> int:
        code = self[value] = len(self) - self._without_code
        return code

    def encode(self, values: Iterable[T], size: int) -> Codes:
        """Return the codes of values."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.int32, count=size)

    def recode(self, values: Sequence[T], codes: Codes) -> Codes:
        """Return codes that pointed into `values` as codes of this vocabulary; -1 stays -1."""
        own = np.array([self[value] for value in values] + [-1], dtype=np.int32)
        return own[codes]

    def coded(self) -> tuple[T, ...]:
        """Return the values that have a code, in the order of their codes."""
        return tuple(value for value, code in self.items() if code >= 0)
