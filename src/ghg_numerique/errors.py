"""What can go wrong: faults of code or configuration are raised, faults of data are values."""

import re
from collections.abc import Collection, Iterable
from typing import Self

import attrs

from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity
from ghg_numerique.wording import label, say, sentences

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


class GhgError(Exception):
    """Something that the reader of the message can mend.

    `code` names the sentence, `facts` are what it speaks of. `str()` is French; `text("en")` is English.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def text(self, language: str = "fr") -> str:
        """Return what is wrong, where, what was expected and how to mend it."""
        return say(
            f"error.{self.code}", language, **{name: _told(name, fact, language) for name, fact in self.facts.items()}
        )

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (type(self), self.code, self.facts))


class UnitError(GhgError, ValueError):
    """A unit is unknown, or a chain of units does not close."""


class NumberError(GhgError, ValueError):
    """A text is not a number that the house accepts."""


class RowError(GhgError, ValueError):
    """A row of activity data says something that cannot be."""


class ConfigurationError(GhgError, ValueError):
    """A methodology, a `ghg.toml` or an option does not say what it should."""


class TableError(GhgError, ValueError):
    """A factor table breaks its own rules, or is not what its hash says."""


class PluginError(GhgError, RuntimeError):
    """A plugin does not load, or breaks its contract."""


class AmbiguousFactor(GhgError, LookupError):  # noqa: N818 - the name says what it is, as LookupError's kin do
    """Two offers of one rank give different numbers: the methodology must say which one counts."""


class TooLarge(GhgError, OverflowError):  # noqa: N818 - it says what is wrong, as OverflowError does
    """Amounts times days do not fit in 64 bits."""


class InputError(GhgError, ValueError):
    """A file cannot be read at all."""


class AuditFailed(GhgError, AssertionError):  # noqa: N818 - it says what happened, as AssertionError's kin do
    """A property of the audit does not hold, or a plugin does not keep a promise."""


class CheckError(GhgError, RuntimeError):
    """A check of this library failed by itself: it says nothing of the plugin that it was trying."""


@attrs.frozen
class Finding:
    """A fault or a gap in data: what, where, what was expected, and how to mend it.

    `code` names the sentence and never changes; `facts` are what it speaks of. A plugin that needs a sentence which the
    house does not have brings it as two more facts, named `fr` and `en`.
    """

    code: str
    severity: Severity
    origin: Origin = Origin()
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, severity: Severity, origin: Origin = Origin(), value: str = "", **facts: object) -> Self:
        """Return a finding whose facts are given by name."""
        return cls(code, severity, origin, value, tuple(sorted((key, str(fact)) for key, fact in facts.items())))

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in French."""
        return self.text()

    def text(self, language: str = "fr") -> str:
        """Return the place, the fault and the mend in one line."""
        return f"{self.place(language)}{self._said(language, self.value)}{self._mend(language)}"

    def statement(self, language: str = "fr") -> str:
        """Return the place and the fault alone, for who reads a report and mends nothing; a type by its label."""
        return f"{self.place(language)}{self._said(language, label('equipment', self.value, language))}"

    def _said(self, language: str, value: str) -> str:
        facts = {name: _spoken(name, fact, language) for name, fact in self.facts}
        if f"finding.{self.code}" in sentences(language):
            return say(f"finding.{self.code}", language, value=value, **facts)
        return facts.get(language, f"{self.code}: {self.value}")

    def _mend(self, language: str) -> str:
        mend = sentences(language).get(f"mend.{self.code}", "")
        return f" {mend}" if mend else ""

    def is_said(self, language: str) -> bool:
        """Tell whether there is a sentence for this finding, of the house or brought along."""
        return f"finding.{self.code}" in sentences(language) or bool(dict(self.facts).get(language))

    def place(self, language: str = "fr") -> str:
        """Return file, sheet, row and column, as a person would look for them; nothing where there is no file."""
        if not self.origin.file:
            return ""
        words = sentences(language)
        parts = [self.origin.file]
        if self.origin.sheet:
            parts.append(f"{words['place.sheet']} {self.origin.sheet}")
        if self.origin.row:
            parts.append(f"{words['place.row']} {self.origin.row}")
        if self.origin.column:
            parts.append(f"{words['place.column']} {self.origin.column}")
        return ", ".join(parts) + words["place.colon"]


class InventoryError(GhgError, ValueError):
    """The data cannot be used as they are. `findings` holds every fault, not only the first.

    `apart` are the faults that setting their row aside would get around; the others are mended, or nothing is read.
    """

    def __init__(self, findings: Iterable[Finding], apart: Collection[Finding] = ()) -> None:
        self.findings = tuple(findings)
        self.apart = frozenset(apart)
        super().__init__("inventory", count=len(self.findings))

    def text(self, language: str = "fr") -> str:
        """Return the number of faults and what helps, then each fault on a line: `*` is for those that must be mended."""
        apart = sum(finding in self.apart for finding in self.findings)
        advice = "none" if not apart else "all" if apart == len(self.findings) else "some"
        lead = f"{super().text(language)} {say(f'error.inventory-{advice}', language, apart=apart)}"
        return "\n".join([lead, *(f"{self._mark(finding)} {finding.text(language)}" for finding in self.findings)])

    def _mark(self, finding: Finding) -> str:
        return "-" if finding in self.apart or not self.apart else "*"

    def __reduce__(self) -> tuple[object, ...]:
        return (InventoryError, (self.findings, self.apart))


def _told(name: str, fact: object, language: str) -> object:
    """Return a fact in a language: errors speak for themselves, a tuple of them as a list, things by their names."""
    if name == "thing":
        return label("thing", str(fact), language)
    if isinstance(fact, GhgError):
        return fact.text(language)
    if isinstance(fact, tuple) and all(isinstance(part, GhgError) for part in fact):
        return "\n".join(f"  - {part.text(language)}" for part in fact)
    return fact


def _spoken(name: str, fact: str, language: str) -> str:
    """Return a fact of a finding in a language: names by their labels, amounts with their unit, counts and days as it
    writes them.
    """
    if name in ("kind", "role"):
        return label(name, fact, language)
    if name in ("rows", "count"):
        return _grouped(fact, language)
    if language == "fr" and (day := _DAY.fullmatch(fact)):
        return "/".join(reversed(day.groups()))
    return amount_said(fact, language) if name == "amount" else fact


def amount_said(fact: str, language: str) -> str:
    """Return amounts (`12.5 EUR_HT + 3 item`) in a language: units by their labels, with its decimal mark."""
    parts = (part.partition(" ") for part in fact.split(" + "))
    return " + ".join(f"{_grouped(number, language)} {label('unit', unit, language)}" for number, _, unit in parts)


def _grouped(number: str, language: str) -> str:
    """Return a plain number with the groups and the decimal mark of a language."""
    whole, point, decimals = number.partition(".")
    if not whole.lstrip("-").isascii() or not whole.lstrip("-").isdigit():
        return number
    group, mark = ("\u202f", ",") if language == "fr" else (",", ".")
    return f"{int(whole):,}".replace(",", group) + (mark if point else "") + decimals


def _rebuilt(kind: type[GhgError], code: str, facts: dict[str, object]) -> GhgError:
    return kind(code, **facts)
