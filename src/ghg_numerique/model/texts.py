"""Many texts in one piece of memory, each decoded when somebody asks for it."""

from collections.abc import Iterator, Sequence
from typing import Self, overload

import attrs
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


@attrs.frozen(eq=False, repr=False)
class Texts(Sequence[str]):
    """A sequence of texts in UTF-8: text i is `content[starts[i]:ends[i]]`. It compares with any other sequence.

    `distinct` says that whoever made it found no text twice.
    """

    content: Bytes
    starts: Places
    ends: Places
    distinct: bool = False

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> "str | Self":
        if isinstance(index, slice):
            return attrs.evolve(self, starts=self.starts[index], ends=self.ends[index])
        return self.content[self.starts[index] : self.ends[index]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        content = self.content.tobytes()
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield content[start:end].decode()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Texts({len(self)})"

    def take(self, index: Places) -> Self:
        """Return the texts at these places; nothing is decoded."""
        return attrs.evolve(self, starts=self.starts[index], ends=self.ends[index], distinct=False)


def are_distinct(texts: Sequence[str]) -> bool:
    """Tell whether no text stands twice in a sequence; nothing is decoded where that is known already."""
    return (isinstance(texts, Texts) and texts.distinct) or len(set(texts)) == len(texts)
