"""A table in memory while it is read: its columns by name, and every fault of its rows at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.cells import (
    FIRST_YEAR,
    LAST_YEAR,
    ROUNDED_ID,
    day_of_serial,
    folded,
    is_total,
    kept,
    unreadable,
)
from ghg_numerique.decimals import LARGEST
from ghg_numerique.errors import Finding
from ghg_numerique.model import arrow, arrow_numbers
from ghg_numerique.model.arrow import Names, Words
from ghg_numerique.model.arrow_numbers import Read
from ghg_numerique.model.profile import Codes
from ghg_numerique.model.schema import LABELS, Column, Columns, missing, recognised
from ghg_numerique.model.strays import Stray, strays
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity
from ghg_numerique.wording import NOTHING_NEAR

_LONGEST_SHOWN = 60


@attrs.define(eq=False)
class Frame:
    """The columns of a table by their names in the schema. What cannot be read is noted, and reads as nothing.

    `rows` are the numbers of the rows of data, `strays` those of the others, and `mark` is the decimal mark of numbers
    that are texts. `whole` holds what is wrong with the table as such: then no row counts. Of a cell that is no value
    (`screened`, the places by column) its own fault is the only one.
    """

    name: str
    table: Any
    rows: Codes
    mark: str
    columns: dict[str, Any]
    headers: dict[str, str]
    whole: list[Finding]
    strays: dict[int, Stray]
    faulty: dict[int, list[tuple[int, Finding]]] = attrs.Factory(dict)
    remarks: list[Finding] = attrs.Factory(list)
    told: dict[str, Words | None] = attrs.Factory(dict)
    screened: dict[str, set[int]] = attrs.Factory(dict)

    @classmethod
    def of(cls, source: object, schema: Columns, *, name: str, first: int, mark: str, ignore: Iterable[str]) -> Self:
        """Return the table that an object offers, under a schema: `first` is the number of its first row.

        Headers to `ignore` are left out, and rows that hold nothing are none.
        """
        table = arrow.table_of(source)
        there = arrow.filled_rows(table)
        table = table if len(there) == table.num_rows else table.take(there)
        left_out = {folded(header) for header in ignore}
        header = {place: text for place, text in enumerate(table.column_names) if folded(text) not in left_out}
        known = dict(zip(header, recognised(header.values(), schema), strict=True))
        whole = list(_misnamed(name, list(header.values()), list(known.values()), schema))
        read = {c.name: place for place, c in known.items() if c and not c.unread and not whole}
        needed = [place for place, c in known.items() if c and c.required]
        labels = [place for place, c in known.items() if c and c.name in LABELS]
        apart = {} if whole else strays(table, needed, labels)
        if apart:
            data = np.delete(np.arange(len(there)), list(apart))
            apart = {first + int(there[place]): stray for place, stray in apart.items()}
            table, there = table.take(data), there[data]
        columns = {column: arrow.column_of(table, place) for column, place in read.items()}
        headers = {column: header[place] for column, place in read.items()}
        return cls(name, table, (first + there).astype(np.int32), mark, columns, headers, whole, apart)

    def __len__(self) -> int:
        return len(self.rows)

    def origin(self, place: int, column: str = "") -> Origin:
        """Return where a row stands."""
        return Origin(self.name, int(self.rows[place]), column=self.headers.get(column, ""))

    def fault(
        self, where: npt.NDArray[Any] | Sequence[int], code: str, column: str, beside: str = "", /, **facts: object
    ) -> None:
        """Note an error of rows, given as a mask or by their places, at one of their columns.

        What the row has in the column `beside` is a fact of that name.
        """
        order = {name: place for place, name in enumerate(self.columns)}
        for place in self._sound(_places(where), column):
            other = {beside: self._shown(beside, place)} if beside else {}
            origin = self.origin(place, column)
            finding = Finding.of(code, Severity.ERROR, origin, self._shown(column, place), **other, **facts)
            self.faulty.setdefault(place, []).append((order[column], finding))

    def _shown(self, column: str, place: int) -> str:
        value = self.columns[column][place].as_py()
        return "" if value is None else str(value)[:_LONGEST_SHOWN]

    def refuse(self, code: str, column: str, value: str, **facts: object) -> None:
        """Note an error of the table as a whole."""
        origin = Origin(self.name, column=self.headers.get(column, ""))
        self.whole.append(Finding.of(code, Severity.ERROR, origin, value, **facts))

    def sound(self) -> npt.NDArray[np.int64]:
        """Return the places of the rows without fault."""
        return np.delete(np.arange(len(self)), list(self.faulty))

    def findings(self) -> tuple[Finding, ...]:
        """Return every fault in the order of rows and columns, then the remarks."""
        noted = {int(self.rows[place]): sorted(faults, key=lambda f: f[0]) for place, faults in self.faulty.items()}
        for row, stray in self.strays.items():
            noted[row] = [
                (0, Finding.of(stray.code, Severity.ERROR, Origin(self.name, row), stray.label[:_LONGEST_SHOWN]))
            ]
        return (*(finding for row in sorted(noted) for _, finding in noted[row]), *self.remarks)

    def names(self) -> Names:
        """Return the ids: given, unlike every other, neither a total nor a rounded number."""
        found = arrow.names(self.columns["id"])
        if found is None:
            self._no("id", "text")
            return arrow.no_names(len(self))
        empty = set()
        for place, raw in found.doubtful.items():
            text = found.texts[place]
            self._screen(raw, "id", [place])
            if not text:
                empty.add(place)
                self.fault([place], "cell-empty", "id")
            if is_total(text):
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
            rows = [] if folded(word) in meanings else self._sound(np.flatnonzero(found.codes == code), column)
            if rows:
                origin, facts = self.origin(rows[0], column), {"near": NOTHING_NEAR, "count": len(rows)}
                self.remarks.append(Finding.of(unknown, Severity.WARNING, origin, word, **facts))
        return attrs.evolve(found, values=tuple(meanings.get(folded(word), word) for word in found.values))

    def orders(self) -> Words:
        """Return the column of orders; a rounded number names no one order."""
        found = self.words("order")
        rounded = [code for code, word in enumerate(found.values) if ROUNDED_ID.fullmatch(word)]
        if rounded:
            self.fault(np.isin(found.codes, rounded), "id-rounded", "order")
        return found

    def choice(self, column: str, meanings: Mapping[str, str], code: str = "choice", *, needed: bool = False) -> Words:
        """Return the meanings of a column that must hold words of a closed list, by folded spelling."""
        found = self.words(column, needed=needed)
        unknown = [place for place, word in enumerate(found.values) if folded(word) not in meanings]
        if unknown:
            expected = " / ".join({meaning: word for word, meaning in reversed(tuple(meanings.items()))}.values())
            self.fault(np.isin(found.codes, unknown), code, column, expected=expected, near=NOTHING_NEAR)
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
            where = found.faults == index
            if code == "date-serial":
                self._serials(np.flatnonzero(where), column)
            else:
                self.fault(where, code, column, **facts)
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
        for code, facts in unreadable(raw):
            self.fault(where, code, column, **facts)
            self.screened.setdefault(column, set()).update(_places(where).tolist())

    def _serials(self, places: npt.NDArray[np.int64], column: str) -> None:
        """Note the numbers by which a spreadsheet counts days, each with its day."""
        for place in places.tolist():
            day = day_of_serial(int(kept(str(self.columns[column][place].as_py()))))
            self.fault([place], "date-serial", column, day=day)

    def _sound(self, places: npt.NDArray[np.int64], column: str) -> list[int]:
        """Return those of the places where a column holds a value, readable or not."""
        screened = self.screened.get(column, set())
        return [place for place in places.tolist() if place not in screened]

    def _no(self, column: str, expected: str) -> None:
        self.refuse("column-type", column, str(self.columns[column].type), expected=expected)


def _places(where: npt.NDArray[Any] | Sequence[int]) -> npt.NDArray[np.int64]:
    return np.flatnonzero(where) if getattr(where, "dtype", None) == np.bool_ else np.asarray(where, np.int64)


def _misnamed(name: str, header: Sequence[str], known: Sequence[Column | None], schema: Columns) -> Iterable[Finding]:
    """Return what is wrong with the header of a table."""
    seen: dict[Column, str] = {}
    for text, column in zip(header, known, strict=True):
        origin = Origin(name, column=text)
        if column is None:
            yield Finding.of("column-unknown", Severity.ERROR, origin, text, near=NOTHING_NEAR)
        elif column in seen:
            yield Finding.of("column-twice", Severity.ERROR, origin, f"{seen[column]} | {text}")
        else:
            seen[column] = text
    for column in missing(known, schema):
        yield Finding.of("column-missing", Severity.ERROR, Origin(name), str(column))
