"""Rows of a table in memory that are none of data: a total, a note, the header again."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from ghg_numerique.cells import astray, composed
from ghg_numerique.model import arrow


@attrs.frozen
class Stray:
    """A row that is none of data: the code that says why, and its cells."""

    code: str
    cells: tuple[str, ...]

    @property
    def label(self) -> str:
        """The first thing that the row says."""
        return next(filter(None, map(composed, self.cells)))


def strays(table: Any, needed: Sequence[int]) -> dict[int, Stray]:
    """Return the rows that are none of data by their places; `needed` are the columns that no row of data leaves empty.

    Only rows that lack one of them are looked at, and those that begin as the header does. A header comes back as texts.
    """
    header = table.column_names
    doubtful = np.zeros(table.num_rows, bool)
    for place in needed:
        doubtful |= ~arrow.holds(table.column(place))
    if all(map(arrow.is_worded, table.columns)):
        doubtful |= arrow.says(arrow.texts_of(table.column(0)), header[0])
    rows = ((place, arrow.cells_of(table, place)) for place in np.flatnonzero(doubtful).tolist())
    return {place: Stray(code, cells) for place, cells in rows if (code := astray(cells, header, needed))}
