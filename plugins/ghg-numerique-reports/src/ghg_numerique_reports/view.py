"""A report before it is drawn: every number rounded and every word translated, once, for one language."""

from collections.abc import Mapping
from enum import Enum
from itertools import compress

import attrs

Record = str | int | Mapping[str, str] | None
"""What the JSON report says of a cell."""


class Reader(Enum):
    """Who reads a row or a column: people on pages, programs in data files, or both."""

    ALL = "all"
    PAGE = "page"
    """A sum of other rows, or something that a program can do for itself."""
    DATA = "data"
    """A detail for which a page has no room."""


@attrs.frozen
class Cell:
    """One value, as pages print it (`shown`) and as programs read it (`record`, and `value` in `unit` for numbers).

    `digits` is the number of decimals that pages print.
    """

    shown: str = ""
    record: Record = None
    value: str = ""
    unit: str = ""
    digits: int = 0

    @property
    def is_number(self) -> bool:
        """Tell whether the cell measures something."""
        return bool(self.unit)


@attrs.frozen
class Column:
    """A column: `name` never changes and is English, `shown` is its heading."""

    name: str
    shown: str
    is_number: bool = False
    reader: Reader = Reader.ALL


@attrs.frozen
class Row:
    """The cells of a row, one for each column of its section."""

    cells: tuple[Cell, ...]
    reader: Reader = Reader.ALL
    is_total: bool = False


@attrs.frozen
class Section:
    """A titled table with its notes; `path` is its stable place in data files (`("balances", "money")`)."""

    path: tuple[str, ...]
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()

    def place(self, name: str) -> int:
        """Return where the cells of a column stand in its rows."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)

    def seen_by(self, reader: Reader) -> "Section":
        """Return the section with only the rows and columns that are meant for a reader."""
        kept = [column.reader in (Reader.ALL, reader) for column in self.columns]
        rows = tuple(
            attrs.evolve(row, cells=tuple(compress(row.cells, kept)))
            for row in self.rows
            if row.reader in (Reader.ALL, reader)
        )
        return attrs.evolve(self, columns=tuple(compress(self.columns, kept)), rows=rows)


@attrs.frozen
class View:
    """The whole report. `lead` are the sentences that come before the sections; `warnings`, those that must be seen."""

    language: str
    title: str
    lead: tuple[str, ...]
    warnings: tuple[str, ...]
    total: Cell
    interval: tuple[Cell, ...]
    """The low and the high end of the total where factors declare their spread, else nothing."""
    sections: tuple[Section, ...]
    identity: Mapping[str, Record | tuple[str, ...]]
    """Whose footprint, of which year, by which methodology and engine, without which plugins."""

    def pages(self) -> tuple[Section, ...]:
        """Return the sections as people read them, without those that have nothing to say."""
        seen = (section.seen_by(Reader.PAGE) for section in self.sections)
        return tuple(section for section in seen if section.rows or section.notes)

    def data(self) -> tuple[Section, ...]:
        """Return the sections as programs read them."""
        return tuple(section.seen_by(Reader.DATA) for section in self.sections)
