"""A factor table before it is written: its rows as texts, and what became of every row that was read."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from ghg_numerique.documents import quoted
from ghg_numerique.errors import Finding
from ghg_numerique.model.table_pages import COLUMNS, KEY_COLUMNS, REQUIRED, canonical_sha256


@attrs.frozen
class Draft:
    """What an importer of factors made of a file: each row that was read is kept in `rows`, or a finding of `refused`.

    `head` says what `table.toml` will say, but for what the writing adds: `id`, `kind`, `retrieved`, `sha256`. A row
    holds the cells of `table.csv` by their columns; those that are left out are empty. `remarks` are what a reader
    should know of the rows that are kept. Two rows that are one in the file (a duplicate) are two here. Where one row of
    the file makes several of the table (what a device embodies, and what it draws), `further` counts those after the first.
    """

    head: Mapping[str, str]
    read: int
    rows: tuple[Mapping[str, str], ...] = ()
    refused: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    further: int = 0

    @property
    def kept(self) -> int:
        """The number of rows of the file that are kept."""
        return len(self.rows) - self.further

    @property
    def adds_up(self) -> bool:
        """Tell whether the rows that were kept and those that were refused are all that was read."""
        return self.kept + len(self.refused) == self.read

    @property
    def answering(self) -> int:
        """The number of rows that answer a key: not archived, and with something that they can be asked for."""
        named = [name for name in KEY_COLUMNS if name != "year"]
        return sum(row["status"] == "valid" and any(row.get(name) for name in named) for row in self.rows)

    @property
    def roles(self) -> Mapping[str, int]:
        """How many rows of the table there are of each role, in the order of their names."""
        return dict(sorted(Counter(row["role"] for row in self.rows).items()))

    @property
    def records(self) -> Sequence[Sequence[str]]:
        """The records of `table.csv`, the header first; a column that no row fills is left out, unless it is required."""
        filled = {name for row in self.rows for name, cell in row.items() if cell}
        header = [name for name in (*COLUMNS, *sorted(filled - set(COLUMNS))) if name in filled or name in REQUIRED]
        return [header, *([row.get(name, "") for name in header] for row in self.rows)]

    def pages(self, name: str, retrieved: str) -> Mapping[str, bytes]:
        """Return the two files of a table folder of this name, as they are written."""
        records = self.records
        head = {"id": name, "kind": "factors", **self.head, "retrieved": retrieved, "sha256": canonical_sha256(records)}
        page = io.StringIO(newline="")
        csv.writer(page, lineterminator="\n").writerows(records)
        lines = "".join(f"{key} = {quoted(text)}\n" for key, text in head.items() if text)
        return {"table.toml": lines.encode(), "table.csv": page.getvalue().encode()}
