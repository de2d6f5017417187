"""The columns that an importer knows: a closed list of headers, each accepted with or without its accents."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

import attrs

from ghg_numerique_files.spelling import folded, unaccented


@attrs.frozen
class Column:
    """A column: the name that our code gives it, and the headers under which files carry it, French first.

    `number` marks the columns that tell the decimal mark of a file; `unread` those that are allowed and not used;
    `serial` those that name one thing each, and say that something is there twice.
    """

    name: str
    headers: tuple[str, ...]
    required: bool = False
    number: bool = False
    unread: bool = False
    serial: bool = False

    def __str__(self) -> str:
        return " | ".join(self.headers)


Columns: TypeAlias = tuple[Column, ...]


def recognised(header: Iterable[str], columns: Columns) -> list[Column | None]:
    """Return the column behind each header, None where no column has it."""
    known = _by_header(columns)
    return [known.get(folded(text)) for text in header]


def spellings(columns: Columns) -> tuple[str, ...]:
    """Return every header that is accepted, as it is best written."""
    return tuple(header for column in columns for header in column.headers)


def required(columns: Columns) -> str:
    """Return the headers that a file cannot do without, for a message."""
    return ", ".join(column.headers[0] for column in columns if column.required)


def spellings_needed(columns: Columns) -> list[tuple[str, ...]]:
    """Return, for each column that a file cannot do without, the spellings under which a sheet may have it."""
    return [
        tuple(dict.fromkeys(spelling for header in column.headers for spelling in (header, unaccented(header))))
        for column in columns
        if column.required
    ]


def missing(found: Sequence[Column | None], columns: Columns) -> list[Column]:
    """Return the required columns that a header lacks."""
    return [column for column in columns if column.required and column not in found]


@lru_cache
def _by_header(columns: Columns) -> dict[str, Column]:
    accented = {folded(header): column for column in columns for header in column.headers}
    return {unaccented(header): column for header, column in accented.items()} | accented
