"""Rows that rows of another file rest on: a server bears virtual machines, and those bear applications."""

from collections.abc import Collection, Mapping
from typing import Self

import attrs

from ghg_numerique.plugin import Origin, SetAside
from ghg_numerique_files.record import Record
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import folded, nearest


@attrs.frozen
class Bearers:
    """The rows of a file that rows of another rest on, by the folded spelling of what names them.

    Whoever refers to a row must name exactly one. What is wrong with that row is said there, once.
    """

    file: str
    sheet: str
    rows: Mapping[tuple[str, ...], list[int]]
    refused: Collection[int]

    @classmethod
    def of(cls, sheet: Sheet, set_aside: Collection[SetAside] = (), columns: tuple[str, ...] = ("id",)) -> Self:
        """Return the rows of a sheet under the columns that name them; those that are set aside are refused."""
        rows: dict[tuple[str, ...], list[int]] = {}
        places = [sheet.places[column] for column in columns]
        for row, cells in sheet.rows:
            if len(cells) == sheet.width:
                rows.setdefault(tuple(folded(cells[place]) for place in places), []).append(row)
        return cls(sheet.file, sheet.name, rows, {row.origin.row for row in set_aside})

    def unique(self, record: Record, columns: tuple[str, ...]) -> None:
        """Note that a row bears a name that others bear too: which of them is right cannot be told."""
        key = tuple(folded(record.text(column)) for column in columns)
        if all(key) and len(self.rows[key]) > 1:
            value = " / ".join(record.text(column) for column in columns)
            record.fault("name-shared", columns[0], value, rows=_listed(self.rows[key]))

    def found(self, record: Record, column: str) -> Origin | None:
        """Return the row that a reference names; note what is wrong where it names none, several, or a refused one."""
        name = record.text(column)
        rows = self.rows.get((folded(name),), [])
        if not rows:
            near = nearest(name, tuple(known for (known,) in self.rows))
            record.fault("reference-unknown", column, name, file=self.file, near=near)
        elif len(rows) > 1:
            record.fault("reference-ambiguous", column, name, file=self.file, rows=_listed(rows))
        elif rows[0] in self.refused:
            record.warn("reference-refused", column, name, bearer=Origin(self.file, rows[0], self.sheet))
        else:
            return Origin(self.file, rows[0], self.sheet)
        return None


def _listed(rows: list[int]) -> str:
    return ", ".join(map(str, rows))
