"""A table in memory while it is read: its columns by name, and every fault of its rows at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.cells import FIRST_YEAR, HIDDEN, LAST_YEAR, MOJIBAKE, ROUNDED_ID, SPREADSHEET_ERROR, TOTAL, folded
from ghg_numerique.decimals import LARGEST
from ghg_numerique.errors import Finding
from ghg_numerique.model import arrow, arrow_numbers
from ghg_numerique.model.arrow import Names, Words
from ghg_numerique.model.arrow_numbers import Read
from ghg_numerique.model.profile import Codes
from ghg_numerique.model.schema import Column, Columns, missing, recognised
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity

_LONGEST_SHOWN = 60


@attrs.define(eq=False)
class Frame:
    """The columns of a table by their names in the schema. What cannot be read is noted, and reads as nothing.

    `rows` are the numbers of the rows that hold anything, `mark` the decimal mark of numbers that are texts. `whole`
    holds what is wrong with the table as such: then no row counts.
    """

    name: str
    rows: Codes
    mark: str
    columns: dict[str, Any]
    headers: dict[str, str]
    whole: list[Finding]
    faulty: dict[int, list[tuple[int, Finding]]] = attrs.Factory(dict)
    remarks: list[Finding] = attrs.Factory(list)
    told: dict[str, Words | None] = attrs.Factory(dict)

    @classmethod
    def of(cls, source: object, schema: Columns, *, name: str, first: int, mark: str, ignore: Iterable[str]) -> Self:
        """Return the table that an object offers, under a schema: `first` is the number of its first row.

        Headers to `ignore` are left out, and rows that hold nothing are none.
        """
        table = arrow.table_of(source)
        there = arrow.filled_rows(table)
        table = table if len(there) == table.num_rows else table.take(there)
        left_out = {folded(header) for header in ignore}
        header = [text for text in table.column_names if folded(text) not in left_out]
        known = recognised(header, schema)
        whole = list(_misnamed(name, header, known, schema))
        read = (
            {} if whole else {column.name: text for text, column in zip(header, known) if column and not column.unread}
        )
        columns = {column: arrow.column_of(table, text) for column, text in read.items()}
        return cls(name, (first + there).astype(np.int32), mark, columns, read, whole)

    def __len__(self) -> int:
        return len(self.rows)

    def origin(self, place: int, column: str = "") -> Origin:
        """Return where a row stands."""
        return Origin(self.name, int(self.rows[place]), column=self.headers.get(column, ""))

    def fault(self, where: npt.NDArray[Any] | Sequence[int], code: str, column: str, **facts: object) -> None:
        """Note an error of rows, given as a mask or by their places, at one of their columns."""
        places = np.flatnonzero(where) if getattr(where, "dtype", None) == np.bool_ else np.asarray(where, np.int64)
        order = {name: place for place, name in enumerate(self.columns)}
        for place in places.tolist():
            value = self.columns[column][place].as_py()
            shown = "" if value is None else str(value)[:_LONGEST_SHOWN]
            finding = Finding.of(code, Severity.ERROR, self.origin(place, column), shown, **facts)
            self.faulty.setdefault(place, []).append((order[column], finding))

    def refuse(self, code: str, column: str, value: str, **facts: object) -> None:
        """Note an error of the table as a whole."""
        origin = Origin(self.name, column=self.headers.get(column, ""))
        self.whole.append(Finding.of(code, Severity.ERROR, origin, value, **facts))

    def sound(self) -> npt.NDArray[np.int64]:
        """Return the places of the rows without fault."""
        return np.delete(np.arange(len(self)), list(self.faulty))

    def findings(self) -> tuple[Finding, ...]:
        """Return every fault in the order of rows and columns, then the remarks."""
        noted = (fault for place in sorted(self.faulty) for fault in sorted(self.faulty[place], key=lambda f: f[0]))
        return (*(finding for _, finding in noted), *self.remarks)

    def names(self) -> Names:
        """Return the ids: given, unlike every other, neither a total nor a rounded number."""
        found = arrow.names(self.columns["id"])
        if found is None:
            self._no("id", "text")
            return arrow.no_names(len(self))
        empty = set()
        for place, raw in found.doubtful.items():
            text = found.texts[place]
            if not text:
                empty.add(place)
                self.fault([place], "cell-empty", "id")
            self._screen(raw, "id", [place])
            if TOTAL.fullmatch(folded(text)):
                self.fault([place], "total-row", "id")
            if ROUNDED_ID.fullmatch(text):
                self.fault([place], "id-rounded", "id")
        for place in np.flatnonzero(found.first != np.arange(len(self))).tolist():
            if place not in empty:
                self.fault([place], "id-twice", "id", first=self.origin(int(found.first[place])))
        return found

    def words(
        self,
        column: str,
        meanings: Mapping[str, str] | None = None,
        *,
        unknown: str = "",
        needed: bool = False,
    ) -> Words:
        """Return a column of texts; where meanings are given, by folded spelling, the meanings of those that have one.

        A word without is kept, and said in a remark of the code `unknown` with the number of its rows.
        """
        found = self._words(column)
        if needed and column in self.columns:
            self.fault(found.codes < 0, "cell-empty", column)
        if meanings is None:
            return found
        for code, word in enumerate(found.values):
            if folded(word) not in meanings:
                rows = np.flatnonzero(found.codes == code)
                origin, facts = self.origin(int(rows[0]), column), {"near": "-", "count": len(rows)}
                self.remarks.append(Finding.of(unknown, Severity.WARNING, origin, word, **facts))
        return attrs.evolve(found, values=tuple(meanings.get(folded(word), word) for word in found.values))

    def choice(self, column: str, meanings: Mapping[str, str], code: str = "choice", *, needed: bool = False) -> Words:
        """Return the meanings of a column that must hold words of a closed list, by folded spelling."""
        found = self.words(column, needed=needed)
        unknown = [place for place, word in enumerate(found.values) if folded(word) not in meanings]
        if unknown:
            expected = " / ".join({meaning: word for word, meaning in reversed(tuple(meanings.items()))}.values())
            self.fault(np.isin(found.codes, unknown), code, column, expected=expected, near="-")
        return attrs.evolve(found, values=tuple(meanings.get(folded(word), "") for word in found.values))

    def number(self, column: str, *, needed: bool = False, positive: bool = False) -> Read:
        """Return a column of numbers in millionths."""
        read = self._read(column, lambda held: arrow_numbers.numbers(held, self.mark), "number", needed)
        if positive:
            self.fault(read.values < 0, "number-negative", column)
        return read

    def days(self, column: str, *, needed: bool = False) -> Read:
        """Return a column of days as ordinals."""
        return self._read(column, arrow_numbers.days, "date", needed)

    def _read(self, column: str, read: Callable[[Any], Read | None], expected: str, needed: bool) -> Read:
        if column not in self.columns:
            return Read.empty(len(self))
        found = read(self.columns[column])
        if found is None:
            self._no(column, expected)
            return Read.empty(len(self))
        if arrow.is_worded(self.columns[column]):
            self._words(column)  # a number or a day in letters is screened as any text
        facts = {"expected": f"1234{self.mark}5", "largest": LARGEST, "first": FIRST_YEAR, "last": LAST_YEAR}
        for index, code in enumerate(arrow_numbers.FAULTS[1:], start=1):
            self.fault(found.faults == index, code, column, **facts)
        if needed:
            self.fault(~found.filled, "cell-empty", column)
        return found

    def _words(self, column: str) -> Words:
        """Return a column of texts as it is, screened the first time that it is asked for."""
        if column not in self.told:
            self.told[column] = found = (
                arrow.words(self.columns[column]) if column in self.columns else Words.none(len(self))
            )
            if found is None:
                self._no(column, "text")
            for code, raw in enumerate(() if found is None else found.raw):
                if found is not None and not (raw.isascii() and "#" not in raw and raw.isprintable()):
                    self._screen(raw, column, found.raw_codes == code)
        return self.told[column] or Words.none(len(self))

    def _screen(self, raw: str, column: str, where: npt.NDArray[Any] | Sequence[int]) -> None:
        """Note what no cell may hold: unseen characters, the error of a formula, traces of a wrong encoding."""
        if hidden := HIDDEN.search(raw):
            self.fault(where, "hidden-character", column, character=f"U+{ord(hidden.group()):04X}")
        if SPREADSHEET_ERROR.fullmatch(raw.strip()):
            self.fault(where, "spreadsheet-error", column)
        if MOJIBAKE.search(raw):
            self.fault(where, "mojibake", column)

    def _no(self, column: str, expected: str) -> None:
        self.refuse("column-type", column, str(self.columns[column].type), expected=expected)


def _misnamed(name: str, header: Sequence[str], known: Sequence[Column | None], schema: Columns) -> Iterable[Finding]:
    """Return what is wrong with the header of a table."""
    seen: list[Column] = []
    for text, column in zip(header, known, strict=True):
        origin = Origin(name, column=text)
        if column is None:
            yield Finding.of("column-unknown", Severity.ERROR, origin, text, near="-")
        elif column in seen:
            yield Finding.of("column-twice", Severity.ERROR, origin, str(column))
        else:
            seen.append(column)
    for column in missing(known, schema):
        yield Finding.of("column-missing", Severity.ERROR, Origin(name), str(column))
