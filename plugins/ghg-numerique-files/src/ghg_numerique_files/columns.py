"""The columns that an importer knows: a closed list of headers, each accepted with or without its accents."""

from ghg_numerique.cells import unaccented
from ghg_numerique.model.schema import Column, Columns, missing, recognised

__all__ = ["Column", "Columns", "missing", "recognised", "required", "spellings", "spellings_needed"]


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
