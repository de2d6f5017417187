"""Factor tables: a folder with `table.toml` and `table.csv`, checked whole before its first number is used."""

import csv
import hashlib
import io
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Self

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.errors import GhgError, TableError
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.quality import Spread
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role, Stage
from ghg_numerique.units import parse_unit

KEY_COLUMNS: Final = ("equipment", "model", "place", "year", "sector")
REQUIRED: Final = ("id", "label", "role", "value", "unit", "status")
COLUMNS: Final = (
    *REQUIRED, *KEY_COLUMNS, "derivation", "stages", "boundary", "geography", "valid_from", "valid_to",
    "uncertainty", "fit", "comment",
)  # fmt: skip
_MAPPING_COLUMNS = ("key", "label", "target", "comment")
_HEAD = ("id", "kind", "title", "version", "publisher", "address", "licence", "retrieved", "sha256")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@attrs.frozen
class TableRow:
    """One published number and the keys that it answers; archived rows are kept and shown, never offered."""

    coefficient: Coefficient
    status: str
    equipment: tuple[str, ...] = ()
    model: str = ""
    place: str = ""
    sector: str = ""
    fit: Match | None = None
    geography: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """The spellings of its model, each as written; a row without a model has none."""
        return tuple(name for name in self.model.split("|") if name)


@attrs.frozen
class FactorTable:
    """The coefficients of one source and release, as data; the same for our tables and for a user's own folder."""

    source: Source
    provider: str
    rows: tuple[TableRow, ...]
    notes: str = ""

    @classmethod
    def read(cls, folder: Traversable | Path) -> Self:
        """Read a folder. Raises TableError at the first thing that its format forbids, with file, line and column."""
        head, records = _read(folder)
        if head["kind"] != "factors":
            raise TableError("table-kind", table=head["id"], kind=head["kind"], expected="factors")
        source = _source(head)
        silent = head.get("uncertainty", "")
        rows = tuple(_row(record, line, source, silent) for line, record in records)
        _check_unique(source, rows)
        return cls(source, head["provider"], rows, head.get("notes", ""))

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

    @classmethod
    def read(cls, folder: Traversable | Path) -> Self:
        """Read a folder of kind `mapping`. Raises TableError as FactorTable.read does."""
        head, records = _read(folder)
        if head["kind"] != "mapping":
            raise TableError("table-kind", table=head["id"], kind=head["kind"], expected="mapping")
        listed = [record for _, record in records]
        start, end = head["maps"]
        return cls(
            _source(head),
            (start, end),
            {record["key"]: record["target"] for record in listed},
            {record["key"]: record.get("comment", "") for record in listed},
        )


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
    """Return the table folders of a kind below a folder (or the folder itself), in the order of their names."""
    if (root / "table.toml").is_file():
        candidates = [root]
    else:
        candidates = sorted((entry for entry in root.iterdir() if entry.is_dir()), key=lambda entry: entry.name)
    return tuple(entry for entry in candidates if (entry / "table.toml").is_file() and _head(entry).get("kind") == kind)


def folded(name: str) -> str:
    """Return the spelling under which a model is looked up: NFC, one space between words, no difference of case."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def canonical_sha256(rows: Sequence[Sequence[str]]) -> str:
    """Return the hash of records (the header first): cells in NFC joined by U+001F, each record ended by a line feed."""
    digest = hashlib.sha256()
    for record in rows:
        digest.update(("\x1f".join(unicodedata.normalize("NFC", cell) for cell in record) + "\n").encode())
    return digest.hexdigest()


def table_records(folder: Traversable | Path) -> list[list[str]]:
    """Return the records of the `table.csv` of a folder, the header first, whatever its hash."""
    name = f"{folder.name}/table.csv"
    page = folder / "table.csv"
    if not page.is_file():
        raise TableError("table-missing", file=name)
    try:
        return list(csv.reader(io.StringIO(page.read_text(encoding="utf-8"), newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError("table-csv", file=name, reason=error) from error


def _head(folder: Traversable | Path) -> dict[str, Any]:
    name = f"{folder.name}/table.toml"
    page = folder / "table.toml"
    if not page.is_file():
        raise TableError("table-missing", file=name)
    try:
        return tomllib.loads(page.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TableError("table-toml", file=name, reason=error) from error


def _read(folder: Traversable | Path) -> tuple[dict[str, Any], list[tuple[int, dict[str, str]]]]:
    """Return the head of a table and its records with their line numbers, once hash and header are right."""
    head = _head(folder)
    needed = (*_HEAD, "provider" if head.get("kind") == "factors" else "maps")
    if missing := [key for key in needed if not head.get(key)]:
        raise TableError("table-head", file=f"{folder.name}/table.toml", missing=", ".join(missing))
    name = f"{folder.name}/table.csv"
    lines = table_records(folder)
    if (found := canonical_sha256(lines)) != head["sha256"]:
        raise TableError("table-hash", file=name, declared=head["sha256"], found=found)
    header, *body = lines
    known = COLUMNS if head["kind"] == "factors" else _MAPPING_COLUMNS
    required = REQUIRED if head["kind"] == "factors" else _MAPPING_COLUMNS
    unknown, missing = sorted(set(header) - set(known)), [column for column in required if column not in header]
    if unknown or missing or len(set(header)) != len(header):
        raise TableError("table-header", file=name, unknown=", ".join(unknown), missing=", ".join(missing))
    records = []
    for line, cells in enumerate(body, start=2):
        if len(cells) != len(header):
            raise TableError("table-cells", file=name, line=line, found=len(cells), expected=len(header))
        records.append((line, dict(zip(header, cells, strict=True))))
    key = "id" if head["kind"] == "factors" else "key"
    seen: dict[str, int] = {}
    for line, record in records:
        if (first := seen.setdefault(record[key], line)) != line:
            raise TableError("table-twice", file=name, line=line, first=first, id=record[key])
    return head, records


def _source(head: Mapping[str, str]) -> Source:
    named = ("id", "title", "version", "publisher", "address", "licence", "sha256", "attribution")
    return Source(**{name: str(head.get(name, "")) for name in named})


def _row(record: Mapping[str, str], line: int, source: Source, silent: str) -> TableRow:
    """Return a row of a factor table; any text that is not what its column asks for is a TableError with its place."""
    column = ""
    try:
        column = "role"
        role = Role(record["role"])
        column = "unit"
        unit = parse_unit(record["unit"])
        column = "value"
        _check_value(record["value"], record.get("derivation", ""))
        column = "stages"
        stages = frozenset(Stage(name) for name in record.get("stages", "").split("+") if name)
        column = "uncertainty"
        spread = Spread.read(record.get("uncertainty", ""), silent)
        column = "year"
        year = int(record.get("year") or 0)
        column = "fit"
        fit = Match[record["fit"].upper()] if record.get("fit") else None
        column = "valid_to"
        dates = {name: _date(record.get(name, "")) for name in ("valid_from", "valid_to")}
        column = "status"
        if record["status"] not in ("valid", "archived"):
            raise ValueError(record["status"])
    except (GhgError, ValueError, KeyError) as error:
        raise TableError(
            "table-cell", table=source.id, line=line, column=column, value=record.get(column, ""), reason=error
        ) from error
    coefficient = Coefficient(
        record["id"], record["value"], unit, role, source, record["label"], stages, spread, year, **dates,
        boundary=record.get("boundary", ""), comment=record.get("comment", ""),
    )  # fmt: skip
    return TableRow(
        coefficient,
        record["status"],
        tuple(name for name in record.get("equipment", "").split("|") if name),
        record.get("model", ""),
        record.get("place", ""),
        record.get("sector", ""),
        fit,
        record.get("geography", ""),
    )


def _check_value(value: str, derivation: str) -> None:
    """Raise ValueError where a value is not a number, or not what its derivation works out to."""
    number = exact(value)
    if derivation and _worked_out(derivation) != number:
        raise ValueError(f"{derivation} = {_worked_out(derivation)}")


def _worked_out(derivation: str) -> Fraction:
    """Return the sum of products that a derivation states: `170 + 12.3 + 2.79`, `26.5 W * 3 h * 365`."""
    total = Fraction(0)
    for term in derivation.split(" + "):
        product = Fraction(1)
        for number in term.split(" * "):
            product *= exact(number.split(" ")[0])
        total += product
    return total


def _date(text: str) -> str:
    if text and not _DATE.fullmatch(text):
        raise ValueError(text)
    return text


def _check_unique(source: Source, rows: Sequence[TableRow]) -> None:
    """Raise TableError where two valid rows answer one key: a table never leaves the choice to chance."""
    seen: dict[tuple[object, ...], str] = {}
    for row in rows:
        if row.status != "valid":
            continue
        for key in _answers(row):
            first = seen.setdefault(key, row.coefficient.id)
            if first != row.coefficient.id:
                raise TableError("table-rivals", table=source.id, first=first, second=row.coefficient.id, key=key)


def _answers(row: TableRow) -> Iterator[tuple[object, ...]]:
    role = row.coefficient.role
    for equipment, model in itertools.product(row.equipment or ("",), row.models or ("",)):
        if any((equipment, model, row.place, row.sector)):
            yield (str(role), equipment, folded(model), row.place, row.coefficient.year, row.sector)
