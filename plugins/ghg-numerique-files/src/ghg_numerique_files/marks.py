"""What a sheet says beside its values: cells that have none, what is hidden or merged, numbers that are shown otherwise.

Parsers pass over all of it, and each of it changes what the rows mean. It is found in the XML by patterns, a piece at a time.
"""

import html
import re
from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

from ghg_numerique_files.number_formats import KNOWN_FORMATS, WHOLE, kind_of

Place: TypeAlias = tuple[int, int]
"""A row and a column, counted from zero."""
Area: TypeAlias = tuple[Place, Place]
"""The first and the last place of a range."""

_ATTRIBUTE: Final = rb"""\s*=\s*["']"""
_ROW_OR_COLUMN = re.compile(rb"""\s(r|min|max)\s*=\s*["']([0-9]{1,7})["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_HIDDEN = re.compile(
    rb"""<(?:\w+:)?(?P<what>row|col)\s(?P<about>[^<>]*?\bhidden""" + _ATTRIBUTE + rb"""(?:1|true)["'][^<>]*)>"""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""\bt""" + _ATTRIBUTE + rb"""e["']""")
_TEXT = re.compile(rb"""\bt""" + _ATTRIBUTE + rb"""str["']""")
_NOT_A_VALUE = re.compile(
    rb"""<(?:\w+:)?c\s(?P<about>[^<>]*)>\s*
    (?:<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>(?P<formula>[^<]*)</(?:\w+:)?f>))?\s*
    (?:<(?:\w+:)?v>(?P<error>\#[^<]{1,30})</(?:\w+:)?v>|(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>)""",
    re.VERBOSE,
)
_OUTSIDE = re.compile(rb"<(?:\w+:)?c\s(?P<about>[^<>]*)>\s*<(?:\w+:)?f\b[^<>]*>(?P<formula>[^<]*\[[0-9]+\][^<]*)<")
_SUM = re.compile(
    rb"<(?:\w+:)?c\s(?P<about>[^<>]*)>\s*<(?:\w+:)?f\b[^<>]*>(?P<formula>\s*(?:SUM|SUBTOTAL|AGGREGATE)\([^<!]*)<"
)
_COLUMN = re.compile(rb"\$?([A-Z]{1,3})\$?[0-9]")
_FORMATS = re.compile(
    rb"""<(?:\w+:)?numFmt\s[^<>]*?\bnumFmtId\s*=\s*["']([0-9]+)["'][^<>]*?\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_STYLE = re.compile(rb"""<(?:\w+:)?xf\b[^<>]*?\bnumFmtId\s*=\s*["']([0-9]+)["']""")
_SHARED_TEXT = re.compile(rb"""\bt""" + _ATTRIBUTE + rb"""s["']""")

MOST_MARKS: Final = 5 * 10**4
"""How many cells without a value, hidden ranges and merged ones a sheet may have; no table that people keep comes near."""


class TooManyMarks(ValueError):  # noqa: N818 - it says what is wrong, and leaves this plugin as a fault in words
    """A sheet has more marks than a reader could look at."""


@attrs.define
class Marks:
    """What was found on a sheet. `faults` are cells whose value a parser would lose, with the error or the formula; of
    `sums` among them it would not: they add up cells of their own column.

    `hidden_rows` and `hidden_columns` are ranges, first and last, counted from zero. `otherwise` are numbers that are shown
    as others: by column and kind (as `kind_of` tells it), the first row and how many there are.
    """

    faults: dict[Place, str] = attrs.Factory(dict)
    sums: set[Place] = attrs.Factory(set)
    formulas: int = 0
    hidden_rows: list[tuple[int, int]] = attrs.Factory(list)
    hidden_columns: list[tuple[int, int]] = attrs.Factory(list)
    merged: list[Area] = attrs.Factory(list)
    otherwise: dict[tuple[int, str], tuple[int, int]] = attrs.Factory(dict)

    def __bool__(self) -> bool:
        return any(attrs.astuple(self, recurse=False))

    def look(self, rows: bytes, styles: "Styles") -> None:
        """Note what a piece of a sheet of an XLSX says, in whole rows."""
        if b"hidden" in rows:
            self._hidden(_HIDDEN.finditer(rows))
        formulas = len(_FORMULA.findall(rows)) if b"f" in rows else 0
        self.formulas += formulas
        if formulas or _ERROR.search(rows):
            self._faulty(_NOT_A_VALUE.finditer(rows))
        if formulas and b"[" in rows:
            self._faulty(_OUTSIDE.finditer(rows), outside=True)
        if formulas and (b"SUM(" in rows or b"SUBTOTAL(" in rows or b"AGGREGATE(" in rows):
            self._summing(_SUM.finditer(rows))
        if styles.pattern is not None:
            for found in styles.pattern.finditer(rows):
                kind = styles.kinds[int(found["style"])]
                is_number = not _SHARED_TEXT.search(b" " + found["about"]) and (kind != WHOLE or b"." in found["value"])
                if is_number and (place := _placed(found["about"])):
                    self.shown_otherwise(place, kind)

    def fault(self, place: Place, text: str) -> None:
        """Note a cell without a value."""
        self.faults[place] = text
        self._check()

    def hide_rows(self, first: int, last: int) -> None:
        """Note hidden rows; those that follow one another are one range."""
        if self.hidden_rows and first == self.hidden_rows[-1][1] + 1:
            first = self.hidden_rows.pop()[0]
        self.hidden_rows.append((first, last))
        self._check()

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns."""
        self.hidden_columns.append((first, last))
        self._check()

    def merge(self, area: Area) -> None:
        """Note merged cells."""
        self.merged.append(area)
        self._check()

    def shown_otherwise(self, place: Place, kind: str) -> None:
        """Note a number that is shown as another one."""
        row, column = place
        first, count = self.otherwise.get((column, kind), (row, 0))
        self.otherwise[column, kind] = min(first, row), count + 1

    def _check(self) -> None:
        """Raise TooManyMarks where nobody could look at what was found."""
        if len(self.faults) + len(self.hidden_rows) + len(self.hidden_columns) + len(self.merged) > MOST_MARKS:
            raise TooManyMarks(MOST_MARKS)

    def _hidden(self, found: Iterable[re.Match[bytes]]) -> None:
        for one in found:
            said = {name: int(number) - 1 for name, number in _ROW_OR_COLUMN.findall(b" " + one["about"])}
            if one["what"] == b"row":
                self.hide_rows(said.get(b"r", -1), said.get(b"r", -1))
            else:
                self.hide_columns(said.get(b"min", 0), said.get(b"max", 0))

    def _faulty(self, found: Iterable[re.Match[bytes]], *, outside: bool = False) -> None:
        for one in found:
            place = _placed(one["about"])
            if outside or not _ERROR.search(b" " + one["about"]):
                text = b"=" + one["formula"] if outside else _uncomputed(one)
            else:
                text = one["error"] or b""
            if place and text:
                self.fault(place, text.decode("utf-8", "replace"))

    def _summing(self, found: Iterable[re.Match[bytes]]) -> None:
        for one in found:
            place = _placed(one["about"])
            if place and place[1] + 1 in {number_of(letters) for letters in _COLUMN.findall(one["formula"])}:
                self.sums.add(place)
                self.fault(place, "=" + one["formula"].decode("utf-8", "replace").strip())


@attrs.frozen
class Styles:
    """The styles of an XLSX by which a number is shown as another one, and the pattern of cells that bear one."""

    kinds: dict[int, str] = attrs.Factory(dict)
    pattern: re.Pattern[bytes] | None = None

    @classmethod
    def of(cls, page: bytes) -> "Styles":
        """Return the styles of `xl/styles.xml`."""
        formats = {
            int(number): kind_of(html.unescape((double or single).decode("utf-8", "replace")))
            for number, double, single in _FORMATS.findall(page)
        }
        known = KNOWN_FORMATS | formats
        listed = page.partition(b"cellXfs")[2].partition(b"cellXfs")[0]
        numbers = map(int, _STYLE.findall(listed))
        kinds = {place: known[number] for place, number in enumerate(numbers) if known.get(number)}
        if not kinds:
            return cls()
        borne = b"|".join(str(place).encode() for place in kinds)
        return cls(kinds, re.compile(
            rb"""<(?:\w+:)?c\s(?P<about>[^<>]*?\bs\s*=\s*["'](?P<style>""" + borne + rb""")["'][^<>]*)>\s*"""
            rb"""(?:<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>(?P<value>[-+0-9.eE]+)<"""
        ))  # fmt: skip


def number_of(column: bytes) -> int:
    """Return the number of a column, the first being 1; 0 for a reference to a whole row."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _placed(about: bytes) -> Place | None:
    found = _PLACE.search(b" " + about)
    return (int(found[2]) - 1, number_of(found[1]) - 1) if found else None


def _uncomputed(found: re.Match[bytes]) -> bytes:
    """Return a formula that no spreadsheet has computed yet; one whose result is an empty text says so in its type."""
    unsaved = found["formula"] and not found["error"] and not _TEXT.search(b" " + found["about"])
    return b"=" + found["formula"] if unsaved else b""
