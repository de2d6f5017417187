"""The two pages of a table folder: what `table.toml` says, and the records of `table.csv`; checked before a row is read."""

import csv
import hashlib
import io
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import attrs

from ghg_numerique.documents import structure
from ghg_numerique.errors import ConfigurationError, TableError
from ghg_numerique.provenance import Source

KEY_COLUMNS: Final = ("equipment", "model", "place", "year", "sector")
REQUIRED: Final = ("id", "label", "role", "value", "unit", "status")
COLUMNS: Final = (
    *REQUIRED, *KEY_COLUMNS, "derivation", "stages", "boundary", "geography", "valid_from", "valid_to",
    "uncertainty", "fit", "comment",
)  # fmt: skip
_MAPPING_COLUMNS = ("key", "label", "target", "comment")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+/_-]*(?: (?:AND|OR|WITH) [A-Za-z0-9][A-Za-z0-9.+/_-]*)*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class TableKind(StrEnum):
    """What a table holds: published numbers, or what one vocabulary stands for in another."""

    FACTORS = "factors"
    MAPPING = "mapping"


@attrs.frozen
class TableHead:
    """What `table.toml` says. `equipment` are the types that the table adds to those of the house.

    `uncertainty` are the words that the source says once for all its percentages.
    """

    id: str
    kind: TableKind
    title: str
    version: str
    publisher: str
    address: str
    licence: str
    retrieved: str
    sha256: str
    provider: str = ""
    maps: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    uncertainty: str = ""
    attribution: str = ""
    gwp: str = ""
    notes: str = ""

    @property
    def source(self) -> Source:
        """The publication behind the rows."""
        return Source(
            self.id, self.title, self.version, self.publisher, self.address, self.licence, self.sha256, self.attribution
        )

    def faults(self, folder: str) -> Iterator[TableError]:
        """Return what is wrong with the texts of a head whose keys are all there; `folder` is the name of its folder."""
        needed = ["title", "version", "publisher", "address"]
        yield from (TableError("table-empty-key", key=key) for key in needed if not getattr(self, key).strip())
        if not is_name(self.id):
            yield TableError("table-name", key="id", value=self.id)
        elif self.id != folder:
            yield TableError("table-id", value=self.id, folder=folder)
        if self.kind is TableKind.FACTORS and not is_name(self.provider):
            yield TableError("table-name", key="provider", value=self.provider)
        if self.kind is TableKind.MAPPING and len(self.maps) != 2:
            yield TableError("table-maps")
        if not _LICENCE.fullmatch(self.licence):
            yield TableError("table-licence", value=self.licence)
        if not is_date(self.retrieved):
            yield TableError("table-retrieved", value=self.retrieved)
        if not _SHA256.fullmatch(self.sha256):
            yield TableError("table-sha256", value=self.sha256)
        if wrong := [key for key, text in attrs.asdict(self).items() if _CONTROL.search(str(text))]:
            yield TableError("table-control", key=", ".join(wrong))


def read_head(folder: Traversable | Path) -> TableHead:
    """Return what `table.toml` says. Raises TableError with every fault of the page."""
    name = f"{folder.name}/table.toml"
    try:
        head = structure(_document(folder), TableHead, name=name)
    except ConfigurationError as error:
        raise TableError("table-head", file=name, faults=error.facts["faults"]) from error
    if faults := tuple(head.faults(_named(folder))):
        raise TableError("table-head", file=name, faults=faults)
    return head


def read_records(folder: Traversable | Path, head: TableHead) -> list[tuple[int, dict[str, str]]]:
    """Return the records of a table with their line numbers, once hash, columns and cells are those of the format."""
    name = f"{folder.name}/table.csv"
    lines = table_records(folder)
    if (found := canonical_sha256(lines)) != head.sha256:
        raise TableError("table-hash", file=name, declared=head.sha256, found=found)
    header, *body = lines
    if faults := tuple(_header_faults(header, head.kind, name)):
        raise together(faults, name)
    if not body:
        raise TableError("table-empty", file=name)
    if faults := tuple(_record_faults(header, body, name)):
        raise together(faults, name)
    return [(line, dict(zip(header, cells, strict=True))) for line, cells in enumerate(body, start=2)]


def table_records(folder: Traversable | Path) -> list[list[str]]:
    """Return the records of the `table.csv` of a folder, the header first, whatever its hash."""
    name = f"{folder.name}/table.csv"
    try:
        return list(csv.reader(io.StringIO(_text(folder, "table.csv"), newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError("table-csv", file=name, reason=error) from error


def canonical_sha256(rows: Sequence[Sequence[str]]) -> str:
    """Return the hash of records (the header first): cells in NFC joined by U+001F, each record ended by a line feed."""
    digest = hashlib.sha256()
    for record in rows:
        digest.update(("\x1f".join(unicodedata.normalize("NFC", cell) for cell in record) + "\n").encode())
    return digest.hexdigest()


def is_name(text: str) -> bool:
    """Tell whether a text may be the id of a table, and so the name of its folder, or the name of a provider."""
    return bool(_NAME.fullmatch(text))


def is_date(text: str) -> bool:
    """Tell whether a text is a day that exists, as an ISO date."""
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def together(faults: Iterable[TableError], name: str) -> TableError:
    """Return one error for several: the only one as it is, else all of them in a list."""
    told = tuple(faults)
    return told[0] if len(told) == 1 else TableError("table-faults", file=name, count=len(told), faults=told)


def _document(folder: Traversable | Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(folder, "table.toml"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TableError("table-toml", file=f"{folder.name}/table.toml", reason=error) from error


def _text(folder: Traversable | Path, page: str) -> str:
    """Return the text of a page; what is no file (a pipe, a folder) is never opened, since reading it may not end."""
    path = folder / page
    if not path.is_file():
        special = isinstance(path, Path) and path.exists()
        raise TableError("table-special" if special else "table-missing", file=f"{folder.name}/{page}")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableError("table-unreadable", file=f"{folder.name}/{page}", reason=error) from error


def _named(folder: Traversable | Path) -> str:
    return folder.resolve().name if isinstance(folder, Path) else folder.name


def _header_faults(header: Sequence[str], kind: TableKind, name: str) -> Iterator[TableError]:
    known, required = (COLUMNS, REQUIRED) if kind is TableKind.FACTORS else (_MAPPING_COLUMNS, _MAPPING_COLUMNS)
    told = ", ".join(known)
    if unknown := [column for column in header if column not in known]:
        yield TableError("table-columns", file=name, columns=", ".join(map(repr, unknown)), known=told)
    if missing := [column for column in required if column not in header]:
        yield TableError("table-columns-missing", file=name, columns=", ".join(missing))
    if twice := [column for column, count in Counter(header).items() if count > 1]:
        yield TableError("table-columns-twice", file=name, columns=", ".join(twice))


def _record_faults(header: Sequence[str], body: Sequence[Sequence[str]], name: str) -> Iterator[TableError]:
    """Return ragged records, characters that no cell may hold, and identifiers that are missing or stand twice."""
    key = "id" if "id" in header else "key"
    at, seen = header.index(key), dict[str, int]()
    for line, cells in enumerate(body, start=2):
        if len(cells) != len(header):
            yield TableError("table-cells", file=name, line=line, found=len(cells), expected=len(header))
            continue
        for column, cell in zip(header, cells, strict=True):
            if _CONTROL.search(cell):
                yield TableError("table-control-cell", file=name, line=line, column=column)
        if not cells[at].strip():
            yield TableError("table-no-id", file=name, line=line, column=key)
        elif (first := seen.setdefault(cells[at], line)) != line:
            yield TableError("table-twice", file=name, line=line, first=first, id=cells[at])
