"""One row of a factor table: a published number and the keys that it answers; every cell is checked, every fault is said."""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Final, TypeVar

import attrs

from ghg_numerique.decimals import LARGEST, exact
from ghg_numerique.errors import GhgError, NumberError, TableError
from ghg_numerique.model.factors import UNIT_OF, Coefficient, FactorKey
from ghg_numerique.model.quality import Spread
from ghg_numerique.model.table_pages import TableHead, is_date
from ghg_numerique.terms import Match, Role, Stage
from ghg_numerique.units import parse_unit
from ghg_numerique.wording import LANGUAGES, words

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

VALID: Final = "valid"
STATUSES: Final = (VALID, "archived")
MOST_DIGITS: Final = 30

ASKED_BY: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.ELECTRICITY: ("place", "year"),
    Role.MONETARY: ("sector", "year"),
    Role.LIFETIME: ("equipment", "year"),
}
"""The key columns that play a part for a role; for all others they are those of equipment."""

_OF_EQUIPMENT = ("equipment", "model", "year")
_COUNTED = (Role.EMBODIED, Role.ENERGY, Role.ELECTRICITY, Role.MONETARY, Role.LIFETIME)
"""Roles that a footprint is computed with: what they measure is never below zero."""
_STAGED = (Role.EMBODIED, Role.ELECTRICITY, Role.MONETARY)
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
_SECTOR = re.compile(r"[A-Z0-9][A-Z0-9._]*", re.ASCII)
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)


@attrs.frozen
class TableRow:
    """One published number and the keys that it answers; archived rows are kept and shown, never offered."""

    coefficient: Coefficient
    status: str
    equipment: tuple[str, ...] = ()
    model: str = ""
    place: str = ""
    sector: str = ""
    fit: Match | None = None
    geography: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """The spellings of its model, each as written; a row without a model has none."""
        return tuple(name for name in self.model.split("|") if name)

    @property
    def answers(self) -> bool:
        """Tell whether the row may be offered: it is valid, and names something that it can be asked for."""
        return self.status == VALID and bool(self.equipment or self.model or self.place or self.sector)

    @property
    def keys(self) -> tuple[FactorKey, ...]:
        """The keys that the row answers, with models as they are looked up."""
        if not self.answers:
            return ()
        role, year = self.coefficient.role, self.coefficient.year
        return tuple(
            FactorKey(role, equipment, folded(model), self.place, year, sector=self.sector)
            for equipment, model in itertools.product(self.equipment or ("",), self.models or ("",))
        )


def folded(name: str) -> str:
    """Return the spelling under which a model is looked up: NFC, one space between words, no difference of case."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def read_row(record: Mapping[str, str], head: TableHead) -> TableRow | tuple[TableError, ...]:
    """Return a row of a table, or every fault of it."""
    cells = _Cells(record)
    role = cells.read("role", lambda text: _member(text, Role))
    row = TableRow(
        Coefficient(
            record["id"],
            record["value"],
            cells.read("unit", parse_unit) or "1",
            role or Role.EMBODIED,
            head.source,
            record["label"],
            frozenset(cells.read("stages", lambda text: [_member(name, Stage) for name in _parts(text, "+")]) or ()),
            cells.read("uncertainty", lambda text: Spread.read(text, head.uncertainty)),
            cells.read("year", _year) or 0,
            cells.read("valid_from", _day) or "",
            cells.read("valid_to", _day) or "",
            record.get("boundary", ""),
            record.get("comment", ""),
            record.get("derivation", ""),
        ),
        cells.read("status", lambda text: _choice(text, STATUSES)) or "",
        tuple(_parts(record.get("equipment", ""), "|")),
        record.get("model", ""),
        record.get("place", ""),
        record.get("sector", ""),
        cells.read("fit", _fit),
        record.get("geography", ""),
    )
    cells.read("value", _number)
    cells.read("derivation", worked_out)
    cells.faults.extend(_of_keys(row, head.equipment) if role is not Role.CHARACTERISATION else ())
    if not cells.faults:
        cells.faults.extend(_of_row(row))
    return tuple(cells.faults) or row


class _Cells:
    """The cells of a row, read one by one; what cannot be read is a fault, and the reading goes on."""

    def __init__(self, record: Mapping[str, str]) -> None:
        self.record = record
        self.faults: list[TableError] = []

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        text = self.record.get(column, "")
        try:
            return reader(text)
        except GhgError as error:
            self.faults.append(_fault(column, text, error))
            return None


def _of_keys(row: TableRow, own: Collection[str]) -> Iterator[TableError]:
    """Return the keys that nothing would ever ask for, with the nearest that something asks for."""
    for word in row.equipment:
        if not word or (word not in own and word not in words("equipment")):
            yield _fault("equipment", word, TableError("cell-equipment", near=_nearest_equipment(word)))
    if row.place and not _PLACE.fullmatch(row.place):
        near = row.place.strip().upper()
        yield _fault("place", row.place, TableError("cell-place", near=near if _PLACE.fullmatch(near) else "FR"))
    if row.sector and not _SECTOR.fullmatch(row.sector):
        yield _fault("sector", row.sector, TableError("cell-sector", near=row.sector.strip().upper()))


def _of_row(row: TableRow) -> Iterator[TableError]:
    """Return what cells that are right each by itself say wrongly together."""
    coefficient = row.coefficient
    role, value = coefficient.role, exact(coefficient.value)
    if (found := worked_out(coefficient.derivation)) not in (None, value):
        yield _fault(
            "value", coefficient.value, TableError("cell-derivation", text=coefficient.derivation, found=found)
        )
    if coefficient.valid_to and coefficient.valid_from > coefficient.valid_to:
        yield _fault("valid_to", coefficient.valid_to, TableError("cell-interval", start=coefficient.valid_from))
    if role is Role.MONETARY and not coefficient.year:
        yield _fault("year", "", TableError("cell-price-year"))
    if not row.answers:
        return
    if not coefficient.measures():
        yield _fault("unit", coefficient.unit, TableError("cell-unit", role=role, known=", ".join(UNIT_OF[role])))
    if role in _COUNTED and (value < 0 or (role is Role.LIFETIME and not value)):
        yield _fault("value", coefficient.value, TableError("cell-negative", role=role))
    if role in _STAGED and not coefficient.stages:
        yield _fault("stages", "", TableError("cell-stages", role=role, known=", ".join(Stage)))
    asked = ASKED_BY.get(role, _OF_EQUIPMENT)
    for column in ("equipment", "model", "place", "sector"):
        if getattr(row, column) and column not in asked:
            told = "|".join(row.equipment) if column == "equipment" else getattr(row, column)
            yield _fault(column, told, TableError("cell-no-part", role=role, known=", ".join(asked)))


def worked_out(derivation: str) -> Fraction | None:
    """Return the sum of products that a derivation states: `170 + 12.3 + 2.79`, `26.5 W * 3 h * 365`; None for none."""
    if not derivation:
        return None
    total = Fraction(0)
    for term in derivation.split(" + "):
        product = Fraction(1)
        for number in term.split(" * "):
            product *= exact(number.split(" ")[0])
        total += product
    return total


def _fault(column: str, value: str, reason: GhgError) -> TableError:
    """Return a fault of a cell; whoever reads the table adds its file and line."""
    return TableError("table-cell", column=column, value=value, reason=reason)


def _parts(text: str, mark: str) -> list[str]:
    return text.split(mark) if text else []


def _number(text: str) -> None:
    """Raise NumberError where a text is no number, or longer or larger than any that is published."""
    if abs(exact(text)) > LARGEST or sum(character.isdigit() for character in text) > MOST_DIGITS:
        raise NumberError("number-too-large", text=text)


def _year(text: str) -> int:
    if text and not _YEAR.fullmatch(text):
        raise TableError("cell-year")
    return int(text or 0)


def _day(text: str) -> str:
    if text and not is_date(text):
        raise TableError("cell-date")
    return text


def _choice(text: str, known: Collection[str]) -> str:
    if text not in known:
        near = difflib.get_close_matches(text, list(known), n=1, cutoff=0)
        raise TableError("cell-choice", known=", ".join(known), near=near[0])
    return text


def _member(text: str, kind: type[E]) -> E:
    """Return a member by its value; whoever is right pays for no search."""
    try:
        return kind(text)
    except ValueError:
        return kind(_choice(text, [str(member.value) for member in kind]))


def _fit(text: str) -> Match | None:
    return Match[_choice(text, [match.name.lower() for match in Match]).upper()] if text else None


def _nearest_equipment(word: str) -> str:
    """Return the type of the house that a word most likely means, by its own spelling or by its labels."""
    spellings = _equipment_spellings()
    known = folded(word).replace("_", "-")
    near = difflib.get_close_matches(known, spellings, n=1, cutoff=0)
    return spellings[known] if known in spellings else spellings[near[0]]


@cache
def _equipment_spellings() -> dict[str, str]:
    """Return what each type of the house may be called: its own word, and its label in either language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        found |= {folded(said): word for word, said in words("equipment", language).items() if word}
    return found | {word: word for word in words("equipment") if word}
