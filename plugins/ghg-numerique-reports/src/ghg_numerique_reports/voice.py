"""The one place where a report rounds and translates: from exact values to cells."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from ghg_numerique.plugin import CO2EQ, exact_text, label, plain, rounded, rounds_apart, say, written
from ghg_numerique_reports.view import Cell, Column, Reader

_SHORT_HASH = 12


@attrs.frozen
class Voice:
    """A language, and the decimals of a tonne (tCO2eq) that every emission of the document is printed with."""

    language: str
    digits: int

    def say(self, code: str, /, **facts: object) -> str:
        """Return a sentence of `labels.*.toml`, on one line."""
        return printable(say(f"label.{code}", self.language, **facts))

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
        shown = text if "/" in text else written(Fraction(text), digits, self.language)
        return Cell(shown, text, plain(Fraction(text), 12), unit, digits)

    def digest(self, sha256: str) -> Cell:
        """Return a hash: its beginning on pages, the whole of it in data."""
        return Cell(sha256[:_SHORT_HASH], sha256)

    def year(self, year: int | None) -> Cell:
        """Return a year, or nothing where there is none."""
        return Cell(str(year), year) if year else Cell()

    def apart(self, parts: Sequence[Fraction]) -> str:
        """Return what must be said where rounded parts do not sum to their rounded total; else nothing. In kgCO2eq."""
        tonnes = [kg / 1000 for kg in parts]
        if not (gap := rounds_apart(tonnes, self.digits)):
            return ""
        whole = rounded(sum(tonnes, start=Fraction(0)), self.digits)
        return self.say(
            "rounds-apart",
            parts=written(whole + gap, self.digits, self.language),
            total=written(whole, self.digits, self.language),
            gap=("+" if gap > 0 else "") + written(gap, self.digits, self.language),
        )

    def _written(self, value: Fraction, digits: int) -> str:
        if value and not rounded(value, digits):
            half_step = Fraction(1, 2 * 10**digits)
            sign, bound = ("<", half_step) if value > 0 else (">", -half_step)
            return f"{sign} {written(bound, digits + 1, self.language)}"
        return written(value, digits, self.language)


def digits_for(tonnes: Fraction) -> int:
    """Return with how many decimals to print tonnes: none from ten, one from one, two significant digits below."""
    size = abs(tonnes)
    if size >= 10 or not size:
        return 0
    digits = 1
    while size * 10**digits < 10 and size < 1:
        digits += 1
    return digits


def printable(text: str) -> str:
    """Return a text that stays on its line and cannot steer a terminal: controls become spaces."""
    if text.isprintable():
        return text
    return "".join(" " if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp")
