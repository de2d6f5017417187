"""Rows of a table in memory that are none of data: a total, a note, the header again."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.cells import astray, composed, is_total
from ghg_numerique.model import arrow


@attrs.frozen
class Stray:
    """A row that is none of data: the code that says why, its cells, and the one that says what it is."""

    code: str
    cells: tuple[str, ...]
    label: str


def strays(table: Any, needed: Sequence[int], labels: Sequence[int]) -> dict[int, Stray]:
    """Return the rows that are none of data by their places; `needed` are the columns that no row of data leaves empty.

    Only rows that lack one of them are looked at, those of which `labels` may name a total, and those that begin as the
    header does. A header comes back as texts.
    """
    header = table.column_names
    doubtful = np.zeros(table.num_rows, bool)
    for place in needed:
        doubtful |= ~arrow.holds(table.column(place))
    if all(map(arrow.is_worded, table.columns)):
        doubtful |= arrow.says(arrow.texts_of(table.column(0)), header[0])
    for place in labels:
        doubtful |= arrow.may_total(arrow.column_of(table, place))
    rows = ((place, _stray(arrow.cells_of(table, place), header, needed, labels)) for place in _places(doubtful))
    return {place: stray for place, stray in rows if stray is not None}


def _stray(cells: tuple[str, ...], header: Sequence[str], needed: Sequence[int], labels: Sequence[int]) -> Stray | None:
    if code := astray(cells, header, needed):
        return Stray(code, cells, next(filter(None, map(composed, cells))))
    summing = [cells[place] for place in labels if is_total(cells[place])]
    return Stray("total-row", cells, composed(summing[0])) if summing else None


def _places(mask: npt.NDArray[np.bool_]) -> list[int]:
    places: list[int] = np.flatnonzero(mask).tolist()
    return places
