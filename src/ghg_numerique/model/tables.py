"""Factor tables: a folder with `table.toml` and `table.csv`, checked whole before its first number is used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Self

import attrs

from ghg_numerique.errors import TableError
from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.table_pages import TableHead, TableKind, read_head, read_records, together
from ghg_numerique.model.table_rows import TableRow, folded, read_row
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Role
from ghg_numerique.wording import words


@attrs.frozen
class FactorTable:
    """The coefficients of one source and release, as data; the same for our tables and for a user's own folder."""

    source: Source
    provider: str
    rows: tuple[TableRow, ...]
    notes: str = ""

    @classmethod
    def read(cls, folder: Traversable | Path) -> Self:
        """Read a folder. Raises TableError with everything that its format forbids, by file, line and column."""
        head = _head(folder, TableKind.FACTORS)
        name = f"{folder.name}/table.csv"
        faults = list(_own_words(head))
        rows = []
        for line, record in read_records(folder, head):
            row = read_row(record, head)
            if isinstance(row, TableRow):
                rows.append(row)
            else:
                faults.extend(TableError("table-cell", file=name, line=line, **fault.facts) for fault in row)
        faults.extend(_rivals(head.id, rows))
        if faults:
            raise together(faults, name)
        return cls(head.source, head.provider, tuple(rows), head.notes)

    def __deepcopy__(self, _memo: object) -> Self:
        return self  # a value: a copy of a provider shares it, and costs nothing

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the table has coefficients for."""
        return tuple(sorted({row.coefficient.role for row in self.rows}))


@attrs.frozen
class MappingTable:
    """What one vocabulary stands for in another, as data: an account in sectors, a nature of spending in sectors."""

    source: Source
    maps: tuple[str, str]
    targets: Mapping[str, str]
    comments: Mapping[str, str]
    labels: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def read(cls, folder: Traversable | Path) -> Self:
        """Read a folder of kind `mapping`. Raises TableError as FactorTable.read does."""
        head = _head(folder, TableKind.MAPPING)
        listed = [record for _, record in read_records(folder, head)]
        start, end = head.maps
        target, comment, label = (
            {record["key"]: record[column] for record in listed} for column in ("target", "comment", "label")
        )
        return cls(head.source, (start, end), target, comment, label)

    def __deepcopy__(self, _memo: object) -> Self:
        return self


def shipped_tables() -> Traversable:
    """Return the folder of the tables that come with the library: inside the wheel, else beside the sources."""
    packaged = files("ghg_numerique") / "_factor_tables"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "factor_tables"
    if checkout.is_dir():
        return checkout
    raise TableError("tables-missing", packaged=packaged, checkout=checkout)


def table_folders(root: Traversable | Path, kind: str) -> tuple[Traversable, ...]:
    """Return the table folders of a kind below a folder (or the folder itself), in the order of their names.

    Whatever looks like a table must be one: a folder with a page of TOML or CSV in it that does not say what it is
    raises TableError, so that no table is left out in silence.
    """
    return tuple(folder for folder, _ in _headed(root, kind))


def read_tables(root: Traversable | Path, *providers: str) -> tuple[FactorTable, ...]:
    """Return every factor table below a folder, or those that speak under one of some names.

    Raises TableError with the faults of all of them at once.
    """
    tables, faults = [], []
    for folder, head in _headed(root, TableKind.FACTORS):
        try:
            if not providers or head.provider in providers:
                tables.append(FactorTable.read(folder))
        except TableError as error:
            faults.append(error)
    if faults:
        raise together(faults, root.name)
    return tuple(tables)


def one_of_each(sources: Iterable[Source]) -> None:
    """Raise TableError where two tables of one id have different rows: a result could not say which one it used."""
    known: dict[str, Source] = {}
    faults = []
    for source in sources:
        first = known.setdefault(source.id, source)
        if first != source:
            faults.append(TableError("table-id-twice", id=source.id, first=first.sha256, second=source.sha256))
    if faults:
        raise together(faults, "table.toml")


def _headed(root: Traversable | Path, kind: str) -> list[tuple[Traversable, TableHead]]:
    """Return the table folders of a kind, each with what its page says. Raises TableError as `table_folders` does."""
    found, faults = [], []
    for folder in _candidates(root):
        try:
            head = read_head(folder)
            if head.kind == kind:
                found.append((folder, head))
        except TableError as error:
            faults.append(error)
    if faults:
        raise together(faults, root.name)
    return found


def _candidates(root: Traversable | Path) -> Iterator[Traversable]:
    """Return the folders that are tables, or that look as if they should be; a hidden folder is nobody's table."""
    entries = sorted(root.iterdir(), key=lambda entry: entry.name)
    if any(entry.name in ("table.toml", "table.csv") for entry in entries):
        yield root
        return
    for entry in entries:
        pages = entry.iterdir() if entry.is_dir() and not entry.name.startswith(".") else ()
        if any(page.name.lower().endswith((".toml", ".csv")) for page in pages):
            yield entry


def _head(folder: Traversable | Path, kind: TableKind) -> TableHead:
    head = read_head(folder)
    if head.kind is not kind:
        raise TableError("table-kind", table=head.id, kind=head.kind, expected=kind)
    return head


def _own_words(head: TableHead) -> Iterator[TableError]:
    """Return the types that a table declares as its own although the house has them."""
    known = {folded(word): word for word in words("equipment")}
    for word in head.equipment:
        if not word or folded(word) in known:
            yield TableError("table-own-word", table=head.id, word=word)


def _rivals(table: str, rows: Sequence[TableRow]) -> Iterator[TableError]:
    """Return the pairs of rows that answer one key: a table never leaves the choice to chance."""
    seen: dict[FactorKey, str] = {}
    for row in rows:
        for key in row.keys:
            first = seen.setdefault(key, row.coefficient.id)
            if first != row.coefficient.id:
                yield TableError("table-rivals", table=table, first=first, second=row.coefficient.id, key=key)
