"""A mapping proposed from the headers and words of a file: lines to be read and chosen by a person, never applied."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.documents import quoted
from ghg_numerique.errors import InventoryError
from ghg_numerique.plugin import Document, NumberError, read_decimal, say, written
from ghg_numerique_files.cells import text_of
from ghg_numerique_files.columns import Columns, recognised, spellings
from ghg_numerique_files.dialect import Dialect, decimal_of, decoded, delimiter_of, is_blank, records
from ghg_numerique_files.mapping import HouseMapping
from ghg_numerique_files.page import Page, unknown_page
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.settings import DELIMITERS, option
from ghg_numerique_files.spelling import NOTHING_NEAR, composed, folded, nearest
from ghg_numerique_files.vocabularies import Names
from ghg_numerique_files.workbook import is_workbook

MEASURES: Final = {"quantity": "item", "amount": "EUR"}
"""The columns whose sums say how much is unmapped, and what they count."""


@attrs.define(eq=False)
class Unmapped:
    """A word without meaning: the rows that bear it, and what they add up to. `unread` rows have no readable number."""

    rows: int = 0
    sums: dict[str, Decimal] = attrs.Factory(dict)
    unread: int = 0

    def count(self, measured: Mapping[str, Decimal | None]) -> None:
        """Count one row, with the numbers of its measures; None where one cannot be read."""
        self.rows += 1
        self.unread += None in measured.values()
        for unit, value in measured.items():
            self.sums[unit] = self.sums.get(unit, Decimal(0)) + (value or 0)

    def __add__(self, other: "Unmapped") -> "Unmapped":
        units = {**self.sums, **other.sums}
        sums = {unit: self.sums.get(unit, Decimal(0)) + other.sums.get(unit, Decimal(0)) for unit in units}
        return Unmapped(self.rows + other.rows, sums, self.unread + other.unread)

    def text(self, language: str) -> str:
        """Return rows, units and euros."""
        sums = "".join(f", {_number(value, language)} {unit}" for unit, value in self.sums.items())
        unread = say("cli.map-unread", language, count=self.unread) if self.unread else ""
        return say("cli.map-rows", language, rows=self.rows) + sums + unread


def proposed(document: Document, columns: Columns, vocabularies: Mapping[str, Names], *, language: str) -> str:
    """Return a page of TOML that maps a document: every proposal is a comment, so that the page as it is maps nothing.

    A mapping that comes along counts as chosen. Raises InventoryError where the file cannot be split into columns.
    """
    try:
        mapping = HouseMapping.of(document, columns)
        known = mapping.extended(columns)
        page = unknown_page(document) if is_workbook(document.content) else _text_page(document, known)
        header = list(map(str, page.rows[0][1]))
        places = {c.name: place for place, c in enumerate(recognised(header, known)) if c is not None and not c.unread}
        mark = _mark(document, page, header, [places[name] for name in MEASURES if name in places])
        rows = [[text_of(cell, mark) for cell in cells] for _, cells in page.rows[1:]]
    except Refusal as refusal:
        raise InventoryError(refusal.findings) from refusal
    lines = [
        say("cli.map-head", language, file=document.name, dialect=_dialect(page, mark)),
        "ignore = []",
    ]
    lines += ["", "[columns]", *_headers(header, rows, columns, mapping, language)]
    for column, names in vocabularies.items():
        if column in places:
            chosen = mapping.words.get(column, {})
            found = _unmapped(rows, places, column, names, chosen, mark)
            lines += ["", f"[words.{column}]", *_words(found, names, language)]
    return "\n".join(lines) + "\n"


def _dialect(page: Page, mark: str) -> str:
    if page.worksheet is not None:
        return str(Dialect(page.worksheet.kind, "", mark, page.sheet, page.worksheet.date_1904))
    return f"{page.encoding} {page.delimiter!r} {mark}"


def _text_page(document: Document, columns: Columns) -> Page:
    """Return the rows of a text that hold something, whatever its header is."""
    text, encoding = decoded(document)
    delimiter = _delimiter(document, text, columns)
    rows = enumerate(records(text, delimiter), start=1)
    return Page(tuple((row, cells) for row, cells in rows if not is_blank(cells)), encoding, delimiter)


def _delimiter(document: Document, text: str, columns: Columns) -> str:
    """Return the separator: as the reader finds it, else the only one that splits the header into most cells."""
    try:
        return delimiter_of(document, text, columns)
    except Refusal:
        if option(document, "delimiter", DELIMITERS):
            raise
        first = text.lstrip().split("\n", 1)[0]
        counts = {mark: first.count(mark) for mark in (";", ",", "\t", "|")}
        best = [mark for mark, count in counts.items() if count and count == max(counts.values())]
        if len(best) != 1:
            raise
        return best[0]


def _mark(document: Document, page: Page, header: Sequence[str], places: Sequence[int]) -> str:
    """Return the decimal mark of the numbers that are texts."""
    cells = (
        (header[place], row, cells[place]) for row, cells in page.rows[1:] for place in places if place < len(cells)
    )
    return decimal_of(
        document, page.delimiter, ((text, row, cell) for text, row, cell in cells if isinstance(cell, str))
    )


def _headers(
    header: Sequence[str], rows: Sequence[list[str]], columns: Columns, mapping: HouseMapping, language: str
) -> Iterator[str]:
    """Return a comment for each header that no column has: the nearest column, or none, with its first cell."""
    known = mapping.extended(columns)
    found = recognised(header, known)
    best = {column.name: column.headers[-1] for column in columns}
    yield say("cli.map-known", language, known=sum(column is not None for column in found), headers=len(header))
    for place, (text, column) in enumerate(zip(header, found, strict=True)):
        if column is None and text.strip() and folded(text) not in mapping.ignore:
            filled = [cells[place] for cells in rows if place < len(cells) and cells[place].strip()]
            near = nearest(text, spellings(known))
            meant = next((best[c.name] for c in known if near in c.headers and not c.unread), "")
            told = "cli.map-near" if meant else "cli.map-none"
            example = quoted(composed(filled[0])[:40]) if filled else "-"
            said = say(told, language, near=quoted(near), cells=len(filled), example=example)
            yield f"# {quoted(composed(text))} = {quoted(meant)}  # {said}"


def _unmapped(
    rows: Sequence[list[str]],
    places: Mapping[str, int],
    column: str,
    names: Names,
    chosen: Mapping[str, str],
    mark: str,
) -> dict[str, Unmapped]:
    """Return the words of a column that mean nothing, the most frequent first."""
    found: dict[str, Unmapped] = {}
    for cells in rows:
        if len(cells) > max(places.values()):
            word = composed(cells[places[column]])
            if word and names.meaning(chosen.get(folded(word), word)) is None:
                measured = {MEASURES[name]: _read(cells[places[name]], mark) for name in MEASURES if name in places}
                found.setdefault(word, Unmapped()).count(measured)
    return dict(sorted(found.items(), key=lambda entry: (-entry[1].rows, entry[0])))


def _words(found: Mapping[str, Unmapped], names: Names, language: str) -> Iterator[str]:
    """Return a comment for each word without meaning, and one for all of them."""
    for word, unmapped in found.items():
        near = names.nearest(word)
        yield f"# {quoted(word)} = {quoted('' if near == NOTHING_NEAR else near)}  # {unmapped.text(language)}"
    total = sum(found.values(), start=Unmapped()).text(language) if found else ""
    yield say("cli.map-unmapped" if found else "cli.map-whole", language, words=len(found), amounts=total)


def _read(text: str, mark: str) -> Decimal | None:
    try:
        return read_decimal(text, mark)
    except NumberError:
        return None


def _number(value: Decimal, language: str) -> str:
    exact = Fraction(value)
    return written(exact, 0 if exact.denominator == 1 else 2, language)
