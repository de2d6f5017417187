"""A mapping: how the headers and words of a house are said in ours. A page of TOML, written by a person."""

import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Self

import attrs

from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.columns import Columns
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.spelling import folded, nearest, unaccented

COMPANIONS: Final = {"mapping": "A TOML page that says what the headers and words of the house are in ours."}
"""The companion of every importer of files with columns."""

KEYS: Final = ("columns", "words", "ignore")
"""What a page may hold: headers and the columns that they are, words by column, headers to leave out."""


@attrs.frozen
class HouseMapping:
    """Columns by the folded spelling of their headers, meanings by column and folded word, and headers left out."""

    columns: Mapping[str, str] = MappingProxyType({})
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    ignore: frozenset[str] = frozenset()
    headers: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document, columns: Columns) -> Self:
        """Return the mapping that a document brings along, an empty one where it brings none.

        Raises Refusal with every fault of the page: malformed TOML, a column that is not ours, one word said twice.
        """
        page = document.companions.get("mapping")
        if page is None:
            return cls()
        try:
            said = tomllib.loads(page.content.decode("utf-8-sig"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            raise Refusal([Finding.of("mapping-toml", Severity.ERROR, Origin(page.name), str(error))]) from error
        if faults := list(_faults(page.name, said, columns)):
            raise Refusal(faults)
        ours = _ours(columns)
        headers = {header: ours[folded(column)] for header, column in said.get("columns", {}).items()}
        words = {ours[folded(column)]: _by_spelling(list_) for column, list_ in said.get("words", {}).items()}
        ignore = frozenset(map(folded, said.get("ignore", ())))
        return cls(_by_spelling(headers), words, ignore, tuple(headers))

    def extended(self, columns: Columns) -> Columns:
        """Return columns that are also known by the headers of the house; a header means what the house says."""
        return tuple(
            attrs.evolve(
                column,
                headers=tuple(header for header in column.headers if self._keeps(column.name, header))
                + tuple(header for header in self.headers if self.columns[folded(header)] == column.name),
            )
            for column in columns
        )

    def _keeps(self, column: str, header: str) -> bool:
        return all(
            self.columns.get(spelled, column) == column for spelled in (folded(header), unaccented(folded(header)))
        )


def _ours(columns: Columns) -> Mapping[str, str]:
    """Return the names of the columns that are read, by their own folded spelling and that of each of their headers."""
    read = tuple(column for column in columns if not column.unread)
    return {column.name: column.name for column in read} | {
        folded(header): column.name for column in read for header in column.headers
    }


def _by_spelling(list_: Mapping[str, str]) -> Mapping[str, str]:
    return {folded(word): meaning for word, meaning in list_.items()}


def _faults(file: str, said: Mapping[str, Any], columns: Columns) -> Iterator[Finding]:
    """Return everything that is wrong with a page."""
    known = tuple(dict.fromkeys(column.headers[-1] for column in columns if not column.unread))
    for key in said.keys() - set(KEYS):
        yield _fault("mapping-key", file, key, known=", ".join(KEYS))
    headers, words, ignore = said.get("columns", {}), said.get("words", {}), said.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(header, str) for header in ignore):
        yield _fault("mapping-shape", file, "ignore")
    if not isinstance(words, dict):
        yield _fault("mapping-shape", file, "words")
        words = {}
    for name, list_ in (("columns", headers), *((f"words.{column}", list_) for column, list_ in words.items())):
        if not isinstance(list_, dict) or not all(isinstance(meaning, str) for meaning in list_.values()):
            yield _fault("mapping-shape", file, name)
        else:
            yield from _twice(file, list_)
    for column in (*words, *(headers.values() if isinstance(headers, dict) else ())):
        if isinstance(column, str) and folded(column) not in _ours(columns):
            yield _fault("mapping-column", file, column, near=nearest(column, known), known=", ".join(known))


def _twice(file: str, list_: Mapping[str, str]) -> Iterator[Finding]:
    """Return the words that a list says twice with two meanings, in two spellings of one word."""
    first: dict[str, str] = {}
    for word, meaning in list_.items():
        if first.setdefault(folded(word), meaning) != meaning:
            yield _fault("list-twice", file, word, first=first[folded(word)])


def _fault(code: str, file: str, value: str, **facts: object) -> Finding:
    return Finding.of(code, Severity.ERROR, Origin(file), value, **facts)
