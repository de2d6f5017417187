"""The one place where a report rounds and translates: from exact values to cells."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from ghg_numerique.plugin import (
    CO2EQ,
    Display,
    bounded,
    exact_text,
    label,
    largest_remainder,
    plain,
    rounded,
    rounds_apart,
    say,
    written,
)
from ghg_numerique_reports.typography import minus, printable, typeset
from ghg_numerique_reports.view import Cell, Column, Reader

_SHORT_HASH = 12


@attrs.frozen
class Voice:
    """A language, the decimals of a tonne (tCO2eq) that every emission of the document is printed with, and how the parts
    of a total are displayed.
    """

    language: str
    digits: int
    display: Display = Display.NEAREST

    def say(self, code: str, /, **facts: object) -> str:
        """Return a sentence of `labels.*.toml`, on one line."""
        return self.set(say(f"label.{code}", self.language, **facts))

    def set(self, text: str) -> str:
        """Return a sentence on one line, with the spaces of its language."""
        return typeset(printable(text), self.language)

    def name(self, name: str, group: str = "") -> Cell:
        """Return a name: pages show its label in `group`, programs read the name itself."""
        return Cell(printable(label(group, name, self.language)), name)

    def column(
        self, name: str, group: str = "column", *, is_number: bool = False, reader: Reader = Reader.ALL
    ) -> Column:
        """Return a column with its heading."""
        return Column(name, printable(label(group, name, self.language)), is_number, reader)

    def tonnes(self, kg: Fraction, *, digits: int | None = None) -> str:
        """Write kgCO2eq in tonnes; what is not zero is never written as zero."""
        return self._written(kg / 1000, self.digits if digits is None else digits)

    def emissions(self, kg: Fraction, *, digits: int | None = None) -> Cell:
        """Return an amount of kgCO2eq: in tonnes on pages, exact in data."""
        record = {CO2EQ: plain(kg), "exact": exact_text(kg)}
        used = self.digits if digits is None else digits
        return Cell(self.tonnes(kg, digits=used), record, plain(kg), CO2EQ, used)

    def change(self, kg: Fraction, *, digits: int | None = None) -> Cell:
        """Return a difference of kgCO2eq: an amount with its sign."""
        return _with_plus(self.emissions(kg, digits=digits), kg)

    def relative(self, share: Fraction | None) -> Cell:
        """Return a difference as a percentage: with its sign."""
        return _with_plus(self.percentage(share), share or Fraction(0))

    def parts(self, kgs: Sequence[Fraction]) -> list[Cell]:
        """Return the parts of a total, as the document displays them; a part that was moved by a step is marked."""
        cells = [self.emissions(kg) for kg in kgs]
        if not self._moves(kgs):
            return cells
        shown = largest_remainder([kg / 1000 for kg in kgs], self.digits)
        return [
            cell if step == rounded(kg / 1000, self.digits) else attrs.evolve(cell, shown=self._moved(step))
            for cell, kg, step in zip(cells, kgs, shown, strict=True)
        ]

    def parts_note(self, kgs: Sequence[Fraction]) -> str:
        """Return what must be said below parts that were displayed so; else nothing."""
        return self.say("moved-parts", step=self.step) if self._moves(kgs) else self.apart(kgs)

    def shares_note(self, kgs: Sequence[Fraction], whole: Fraction) -> str:
        """Return what must be said below shares that do not sum to 100 % once rounded; else nothing."""
        percents = [kg / whole * 100 for kg in kgs] if whole > 0 else []
        if not (gap := rounds_apart(percents, 1)):
            return ""
        return self.say("shares-round-apart", sum=self.say("percent", number=self._plainly(100 + gap, 1)))

    def _moves(self, kgs: Sequence[Fraction]) -> bool:
        asked = self.display is Display.LARGEST_REMAINDER
        return asked and bool(rounds_apart([kg / 1000 for kg in kgs], self.digits))

    def count(self, value: Fraction | int, unit: str) -> Cell:
        """Return rows and items with the decimals that they have, and euros to the cent; exact in data."""
        amount = Fraction(value)
        needed = next((digits for digits in range(6) if rounded(amount, digits) == amount), 6)
        digits = 2 if unit.startswith("EUR") else needed
        return Cell(self._written(amount, digits), exact_text(amount), plain(amount), unit, digits)

    def share(self, part: Fraction, whole: Fraction) -> Cell:
        """Return what part of the whole something is; of nothing, or of less than nothing, there is no part."""
        return self.percentage(part / whole if whole > 0 else None)

    def percentage(self, share: Fraction | None) -> Cell:
        """Return a share as a percentage with one decimal."""
        if share is None:
            return Cell(self.say("no-share"))
        percent = share * 100
        shown = self.say("percent", number=self._written(percent, 1))
        return Cell(shown, {"percent": plain(percent), "exact": exact_text(percent)}, plain(percent), "percent", 1)

    def published(self, text: str, unit: str) -> Cell:
        """Return the value of a coefficient with the digits of its publication; ratios stay ratios (`1/366`)."""
        exponent = 0 if "/" in text else Decimal(text).as_tuple().exponent
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
        shown = text if "/" in text else self._plainly(Fraction(text), digits)
        return Cell(shown, text, plain(Fraction(text), 12), unit, digits)

    def digest(self, sha256: str) -> Cell:
        """Return a hash: its beginning on pages, the whole of it in data."""
        return Cell(sha256[:_SHORT_HASH], sha256)

    def year(self, year: int | None) -> Cell:
        """Return a year, or nothing where there is none."""
        return Cell(str(year), year) if year else Cell()

    def day(self, day: str) -> Cell:
        """Return a day: as its language writes it on pages, as ISO 8601 in data."""
        parts = day.split("-")
        return Cell("/".join(reversed(parts)) if self.language == "fr" and len(parts) == 3 else day, day)

    def apart(self, parts: Sequence[Fraction]) -> str:
        """Return what must be said where rounded parts do not sum to their rounded total; else nothing. In kgCO2eq."""
        tonnes = [kg / 1000 for kg in parts]
        if not (gap := rounds_apart(tonnes, self.digits)):
            return ""
        whole = rounded(sum(tonnes, start=Fraction(0)), self.digits)
        return self.say(
            "rounds-apart",
            parts=self._plainly(whole + gap, self.digits),
            total=self._plainly(whole, self.digits),
            gap=("+" if gap > 0 else "") + self._plainly(gap, self.digits),
        )

    @property
    def step(self) -> str:
        """The smallest difference that the document shows, in tCO2eq."""
        return self._plainly(Fraction(1, 10**self.digits), self.digits)

    def _moved(self, tonnes: Fraction) -> str:
        """Write a part that is one step from its nearest; what is not zero is never written as zero."""
        return f"{self._plainly(tonnes, self.digits)} *" if tonnes else f"< {self.step} *"

    def _written(self, value: Fraction, digits: int) -> str:
        return minus(bounded(value, digits, self.language))

    def _plainly(self, value: Fraction, digits: int) -> str:
        return minus(written(value, digits, self.language))


def _with_plus(cell: Cell, amount: Fraction) -> Cell:
    return attrs.evolve(cell, shown=f"+{cell.shown}") if amount > 0 and cell.shown[0].isdigit() else cell
