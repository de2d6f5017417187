"""The cells of source rows as they stand in their file, to be held beside what was read from them."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.model.beside import InputFile
from ghg_numerique.provenance import Origin

_DELIMITERS: Final = {";": ";", ",": ",", "|": "|", "tab": "\t"}
_PARTS: Final = 3
"""A dialect of a text is `encoding delimiter mark`; that of a workbook names its sheet instead of a delimiter."""


@attrs.frozen
class RawRows:
    """The records of the text files of a folder, by name: those that still are, byte for byte, what was read."""

    pages: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, folder: Path, inputs: Iterable[InputFile]) -> "RawRows":
        """Read the text files among the inputs once more; workbooks, and files that changed since, are left out."""
        pages = {read.name: _records(folder / read.name, read) for read in inputs if read.sha256}
        return cls({name: page for name, page in pages.items() if page})

    def cells(self, origin: Origin) -> dict[str, str]:
        """Return the cells of a row by the names of their columns, by their numbers where the names do not fit.

        Empty for a row whose file is not among the pages.
        """
        page = self.pages.get(origin.file, ())
        if not 0 < origin.row <= len(page):
            return {}
        cells, header = page[origin.row - 1], next((record for record in page if any(record)), ())
        distinct = len(set(header)) == len(header) == len(cells)
        return dict(zip(header if distinct else map(str, range(1, len(cells) + 1)), cells, strict=True))


def _records(path: Path, read: InputFile) -> tuple[tuple[str, ...], ...]:
    encoding, *rest = read.dialect.split(" ")
    if len(rest) != _PARTS - 1 or rest[0] not in _DELIMITERS or not path.is_file():
        return ()
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != read.sha256:
        return ()
    text = io.StringIO(content.decode(encoding), newline="")
    return tuple(map(tuple, csv.reader(text, delimiter=_DELIMITERS[rest[0]], strict=True)))
