"""A factor table written as a folder: whole or not at all, and read back before it stands in its place."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ghg_numerique.files import write_folder
from ghg_numerique.model.tables import FactorTable, canonical_sha256
from ghg_numerique.plugin.contracts import ImportedTable


def write_table(name: str, table: ImportedTable) -> Path:
    """Write a table as a folder, and return it; the name of the folder is the `id` of the table.

    Raises ConfigurationError where the folder has something in it, and TableError where what would be written is no
    table: two valid rows that answer one key, a unit or a text that its column does not take.
    """
    folder = Path(name)
    head = {"id": folder.resolve().name, **table.head, "sha256": canonical_sha256(table.records)}
    pages = {"table.toml": _toml(head).encode(), "table.csv": _csv(table.records).encode()}
    return write_folder(folder, pages, check=FactorTable.read)


def _toml(head: Mapping[str, str]) -> str:
    return "".join(f"{key} = {_text(value)}\n" for key, value in head.items())


def _text(value: str) -> str:
    """Return a TOML string; one of several lines keeps them."""
    if "\n" not in value:
        return _escaped(value)
    return '"""\n' + "".join(f"{_escaped(line)[1:-1]}\n" for line in value.splitlines()) + '"""'


def _escaped(text: str) -> str:
    """Return a basic string of TOML, which is one of JSON but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _csv(records: Sequence[Sequence[str]]) -> str:
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\n").writerows(records)
    return page.getvalue()
