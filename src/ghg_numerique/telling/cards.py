"""What the command prints of factors: tables, a search and a card."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.table_pages import canonical_sha256, table_records
from ghg_numerique.model.table_rows import VALID, TableRow
from ghg_numerique.model.tables import (
    FactorTable,
    MappingTable,
    one_of_each,
    read_tables,
    shipped_tables,
    table_folders,
)
from ghg_numerique.wording import LANGUAGES, label, say

Tables = tuple[FactorTable | MappingTable, ...]


def known_tables(factors: Iterable[str]) -> Tables:
    """Return the tables that come with the library, then those below the folders that the user adds.

    Raises TableError with every fault of a folder, and where two tables of one id are not the same.
    """
    tables: list[FactorTable | MappingTable] = []
    for root in (shipped_tables(), *map(Path, factors)):
        tables.extend(read_tables(root))
        tables.extend(map(MappingTable.read, table_folders(root, "mapping")))
    one_of_each(table.source for table in tables)
    return tuple({table.source.id: table for table in tables}.values())


def told_tables(tables: Tables, language: str) -> str:
    """Return one entry for each table."""
    return "\n".join(
        say(
            "cli.table",
            language,
            id=table.source.id,
            rows=len(table.rows if isinstance(table, FactorTable) else table.targets),
            licence=table.source.licence,
            title=table.source.title,
            publisher=table.source.publisher,
            version=table.source.version,
        )
        for table in tables
    )


def told_hash(folder: str) -> str:
    """Return the line that a `table.toml` needs for the rows beside it."""
    return f'sha256 = "{canonical_sha256(table_records(Path(folder)))}"'


def told_search(tables: Tables, wanted: Sequence[str], language: str) -> str:
    """Return the factors whose words hold all the words that are looked for, and what mappings make of them."""
    looked_for = [_bare(word) for word in wanted]
    rows = (
        f"{row.coefficient.identity:<48} {row.coefficient.value:>10} {row.coefficient.unit:<22} "
        f"{row.coefficient.label}{told_status(row, language)}"
        for row in rows_of(tables)
        if _holds(looked_for, _words(row))
    )
    mapped = (
        f"{identity:<48} {target:>10} {'':<22} {said}"
        for identity, key, said, target, _ in _targets(tables)
        if _holds(looked_for, (identity, key, said, target))
    )
    return "\n".join((*rows, *mapped)) or say("cli.nothing", language)


def told_factor(tables: Tables, identifier: str, language: str) -> str:
    """Return the card of each factor that has this identifier, alone or behind the name of its table."""
    cards = [
        _told_card(_card(row, language), language)
        for row in rows_of(tables)
        if identifier in (row.coefficient.id, row.coefficient.identity)
    ]
    for identity, key, said, target, comment in _targets(tables):
        if identifier in (key, identity):
            about = (("identifier", identity), ("label", said), ("target", target), ("comment", comment))
            cards.append(_told_card(about, language))
    if not cards:
        raise ConfigurationError("factor-unknown", identifier=identifier)
    return "\n\n".join(cards)


def rows_of(tables: Tables) -> Iterator[TableRow]:
    """Return the rows of all factor tables."""
    return (row for table in tables if isinstance(table, FactorTable) for row in table.rows)


def _targets(tables: Tables) -> Iterator[tuple[str, str, str, str, str]]:
    """Return what mappings say: identity, key, label, target and comment of each line."""
    for table in tables:
        if isinstance(table, MappingTable):
            for key, target in table.targets.items():
                yield f"{table.source.id}#{key}", key, table.labels.get(key, ""), target, table.comments[key]


def _told_card(card: Iterable[tuple[str, str]], language: str) -> str:
    return "\n".join(f"{say(f'cli.factor-{name}', language):<18} {value}" for name, value in card if value)


def _card(row: TableRow, language: str) -> Iterator[tuple[str, str]]:
    coefficient = row.coefficient
    yield "identifier", coefficient.identity
    yield "label", coefficient.label
    yield ("worked-out" if coefficient.derivation else "value"), f"{coefficient.value} {coefficient.unit}"
    yield "derivation", coefficient.derivation
    yield "role", label("role", coefficient.role, language)
    yield "equipment", ", ".join(row.equipment)
    yield "place", row.place
    yield "sector", row.sector
    yield "year", str(coefficient.year or "")
    yield "stages", told_stages(row, language, " + ")
    yield "boundary", coefficient.boundary
    yield "validity", told_validity(row)
    yield "uncertainty", str(coefficient.spread or "")
    yield "status", say(f"cli.status-{row.status}", language)
    yield "comment", coefficient.comment
    yield "source", f"{coefficient.source.title}, {coefficient.source.publisher}, {coefficient.source.address}"
    yield "licence", coefficient.source.licence
    yield "sha256", coefficient.source.sha256


def told_stages(row: TableRow, language: str, mark: str) -> str:
    """Return the life-cycle stages that a row covers."""
    return mark.join(label("stage", stage, language) for stage in sorted(row.coefficient.stages))


def told_validity(row: TableRow) -> str:
    """Return the declared validity of a row, from - to."""
    return f"{row.coefficient.valid_from} - {row.coefficient.valid_to}".strip(" -")


def told_status(row: TableRow, language: str) -> str:
    """Return a mark behind the label of a row that is archived."""
    return "" if row.status == VALID else f" [{say(f'cli.status-{row.status}', language)}]"


def _words(row: TableRow) -> tuple[str, ...]:
    coefficient = row.coefficient
    said = (coefficient.label, coefficient.id, *row.equipment, row.model, row.place, row.sector, coefficient.role)
    called = (label("equipment", word, language) for word in row.equipment for language in LANGUAGES)
    return (*said, *called, str(coefficient.year), coefficient.unit)


def _holds(looked_for: Sequence[str], said: Iterable[str]) -> bool:
    text = _bare(" ".join(said))
    return all(word in text for word in looked_for)


def _bare(text: str) -> str:
    """Return a text as it is searched: without accents and differences of case."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
