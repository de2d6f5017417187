"""The columns that an importer knows: a closed list of headers, each accepted with or without its accents."""

from ghg_numerique.model.schema import Column, Columns, missing, recognised

__all__ = ["Column", "Columns", "missing", "recognised", "required", "spellings"]


def spellings(columns: Columns) -> tuple[str, ...]:
    """Return every header that is accepted, as it is best written."""
    return tuple(header for column in columns for header in column.headers)


def required(columns: Columns) -> str:
    """Return the headers that a file cannot do without, for a message."""
    return ", ".join(column.headers[0] for column in columns if column.required)
