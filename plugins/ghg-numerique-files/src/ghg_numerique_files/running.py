"""Values held against the sum of those above them: subtotals, and totals of subtotals, that no label tells."""

from typing import Final

import attrs

FEWEST_ABOVE: Final = 3
"""How many values above must make one for it to look like their total; two often do by chance."""

FEWEST_ABOVE_BARE: Final = 2
"""How many do so where the row itself says nothing but its value."""

FEWEST_SUMS: Final = 2
"""How many sums make a sum of sums; each of them is one of many values already, so that chance is far."""


@attrs.frozen
class Total:
    """A row whose value is the sum of those above it, from a row on: of so many values, or of so many sums."""

    row: int
    start: int
    values: int
    sums: int = 0


@attrs.define
class _Run:
    """What has come by since the last sum: its amount, its number, and its first row."""

    amount: int = 0
    count: int = 0
    start: int = 0

    def add(self, amount: int, row: int) -> None:
        self.amount, self.count, self.start = self.amount + amount, self.count + 1, self.start or row


@attrs.define(eq=False)
class Running:
    """The values of one unit as they come by: those since the last sum, and the sums since the last sum of sums.

    A sum of sums may have values after the last of its sums. What looks like a sum is added to no other value, and values
    that make nothing together, such as an entry of a ledger, are those of no total.
    """

    found: list[Total] = attrs.Factory(list)
    values: _Run = attrs.Factory(_Run)
    sums: _Run = attrs.Factory(_Run)
    last: tuple[int, int] = (0, 0)
    """The row that came by last, and its value."""

    def add(self, amount: int, row: int, fewest: int = FEWEST_ABOVE) -> Total | None:
        """Take a value in, or return its row as that of a total, of at least so many values."""
        values, sums = self.values, self.sums
        self.last = row, amount
        if values.count >= fewest and amount == values.amount:
            self.found.append(Total(row, values.start, values.count))
            sums.add(amount, values.start)
            self.values = _Run()
            return self.found[-1]
        if sums.count + bool(values.count) >= FEWEST_SUMS and amount == values.amount + sums.amount:
            self.found.append(Total(row, sums.start, values.count, sums.count))
            self.values, self.sums = _Run(), _Run()
            return self.found[-1]
        values.add(amount, row)
        if not values.amount:
            self.values = _Run()
        return None

    def closing(self) -> Total | None:
        """Return the total of a table of two values and their sum; of three alone, it is the last that may be one."""
        row, amount = self.last
        is_sum = not self.found and self.values.count == FEWEST_ABOVE and self.values.amount == 2 * amount
        return Total(row, self.values.start, FEWEST_ABOVE - 1) if is_sum else None
