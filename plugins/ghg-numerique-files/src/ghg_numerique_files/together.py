"""What only rows together show: rows that are there twice, zeros that were lost, values that are the sum of those above."""

import re
from collections.abc import Iterator

import attrs

from ghg_numerique.cells import ROUNDED_ID
from ghg_numerique.plugin import Finding, Origin, Serials, Severity
from ghg_numerique_files.record import Record
from ghg_numerique_files.running import FEWEST_ABOVE, FEWEST_ABOVE_BARE, Running, Total
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.spelling import composed, shown

_MONEY = "EUR"
"""How the units of money begin."""

_NUMBER = re.compile(r"(?=.*[0-9]).{5,}")
"""What looks like a serial: at least five characters, one of them a digit; `N/A`, `0` and `inconnu` name nothing."""

_PLACEHOLDERS = 4
"""A serial that stands in more rows than this is what a maker writes for none."""


@attrs.define(eq=False)
class Together:
    """The rows of a sheet as they come by. All of it is warnings: each can be true of data that are right."""

    sheet: Sheet
    serials: dict[tuple[str, str], list[int]] = attrs.Factory(dict)
    rounded: list[tuple[str, str, int]] = attrs.Factory(list)
    rows: dict[int, tuple[int, list[str]]] = attrs.Factory(dict)
    alike: list[tuple[int, int]] = attrs.Factory(list)
    running: dict[str, Running] = attrs.Factory(dict)
    bare: set[int] = attrs.Factory(set)
    """The rows that are refused as totals: they say nothing but their value, and it is the sum of those above."""

    def add(self, record: Record) -> None:
        """Take a row in, once it has been read."""
        for column, place in self.sheet.serials.items():
            serial = composed(record.cells[place])
            if ROUNDED_ID.fullmatch(serial):
                self.rounded.append((column, serial, record.row))
            elif serial:
                self.serials.setdefault((column, serial), []).append(record.row)
        if record.counted:
            if self.sheet.found and record.unit.startswith(_MONEY):
                self._repeat(record)
            bare = len(record.faults) > 1 and all(fault.code == "cell-empty" for fault in record.faults)
            running = self.running.setdefault(record.unit, Running())
            total = running.add(record.counted, record.row, FEWEST_ABOVE_BARE if bare else FEWEST_ABOVE)
            if bare and total is not None:
                self.bare.add(record.row)
                _refuse(record, total)

    def _repeat(self, record: Record) -> None:
        """Hold a row of money against those before it, but for its id."""
        cells = self._without_id(record.cells)
        first, others = self.rows.setdefault(hash(cells), (record.row, record.cells))
        if first != record.row and self._without_id(others) == cells:
            self.alike.append((first, record.row))

    def _without_id(self, cells: list[str]) -> tuple[str, ...]:
        named = self.sheet.places.get("id")
        return tuple(cells) if named is None else (*cells[:named], *cells[named + 1 :])

    def findings(self) -> Iterator[Finding]:
        """Return what the rows show together."""
        yield from (self._summing(total) for total in self._totals())
        if self.alike:
            first, row = self.alike[0]
            yield self._warning("rows-alike", row, str(len(self.alike)), first=first)
        for (column, serial), rows in self.serials.items():
            if 1 < len(rows) <= _PLACEHOLDERS:
                yield self._warning("serial-twice", rows[1], serial, column, first=rows[0])
        if self.rounded:
            column, serial, row = self.rounded[0]
            yield self._warning("serial-rounded", row, serial, column, count=len(self.rounded))
        yield from self._zeros("id")
        yield from self._zeros("order")

    def telling(self) -> Iterator[Serials]:
        """Return the serial numbers of each column that may name one thing, for other files to be held against."""
        columns: dict[str, dict[str, int]] = {}
        for (column, serial), rows in self.serials.items():
            if len(rows) <= _PLACEHOLDERS and _NUMBER.fullmatch(serial) and len(set(serial)) > 1:
                columns.setdefault(column, {})[serial] = rows[0]
        for column, firsts in columns.items():
            yield Serials(Origin(self.sheet.file, sheet=self.sheet.name, column=column), firsts)

    def _totals(self) -> Iterator[Total]:
        """Return the rows that look like totals; two values and their sum do so where they are money, and all there is."""
        for unit, running in self.running.items():
            yield from (total for total in running.found if total.row not in self.bare)
            closing = running.closing() if unit.startswith(_MONEY) else None
            if closing is not None:
                yield closing

    def _summing(self, total: Total) -> Finding:
        code, count = ("sum-of-sums", total.sums) if total.sums else ("sum-above", total.values)
        return self._warning(code, total.row, str(count), start=total.start, end=total.row - 1)

    def _zeros(self, column: str) -> Iterator[Finding]:
        """Warn of numbers that are shorter than those of the same column which begin with a zero."""
        place = self.sheet.places.get(column)
        if place is None:
            return
        ids = ((row, cells[place].strip()) for row, cells in self.sheet.rows if place < len(cells))
        digits = [(row, text) for row, text in ids if text.isascii() and text.isdigit()]
        length = min((len(text) for _, text in digits if text.startswith("0") and len(text) > 1), default=0)
        short = [(row, text) for row, text in digits if len(text) < length]
        if short:
            row, text = short[0]
            yield self._warning("zeros-lost", row, text, column, count=len(short), length=length)

    def _warning(self, code: str, row: int, value: str, column: str = "", **facts: object) -> Finding:
        header = self.sheet.headers.get(column, column)
        origin = Origin(self.sheet.file, row, self.sheet.name, header)
        return Finding.of(code, Severity.WARNING, origin, shown(value), **facts)


def _refuse(record: Record, total: Total) -> None:
    """Say of a row with nothing but a value that it is a total, not that its other cells are to be filled in."""
    empty = ", ".join(fault.origin.column for fault in record.faults)
    record.faults.clear()
    record.fault("sum-bare", "", empty, start=total.start, end=total.row - 1)
