"""The headers of exports, in the languages of the software: a list in a file, from which columns are made."""

import csv
from functools import cache
from importlib.resources import files

from ghg_numerique_files.columns import Column, Columns


@cache
def columns(page: str, required: tuple[str, ...], numbers: tuple[str, ...], read: tuple[str, ...]) -> Columns:
    """Return the columns of an export, with every header that a page of this package gives them.

    Columns that the page has and that are not in `read` are allowed, and not used.
    """
    headers: dict[str, list[str]] = {}
    text = (files(__package__) / "names" / page).read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        spellings = headers.setdefault(row["column"], [])
        if row["header"] not in spellings:
            spellings.append(row["header"])
    return tuple(
        Column(name, tuple(known), name in required, name in numbers, name not in read, name == "serial")
        for name, known in headers.items()
    )
