"""A whole file: the rows of the table that it makes, and every row that is refused. None is lost."""

from collections.abc import Iterator, Mapping

import attrs

from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_boavizta.declaration import Declaration
from ghg_numerique_boavizta.factors import factors, is_printer
from ghg_numerique_boavizta.reasons import Reason, Refused
from ghg_numerique_boavizta.sheet import FORMS, Sheet
from ghg_numerique_boavizta.spellings import claims


@attrs.frozen
class Reading:
    """What became of the rows of a file: `read` is `kept` and one refusal for each other row."""

    read: int
    kept: tuple[Declaration, ...]
    factors: tuple[Mapping[str, str], ...]
    refused: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def until(self) -> str:
        """The last day on which a kept row was added: the release of the data, which bears no number."""
        return max((day for one in self.kept if (day := _iso(one.added_date))), default="")

    @classmethod
    def of(cls, document: Document) -> "Reading":
        """Read a document. Raises Unreadable where no row of it can be read."""
        sheet = Sheet.of(document)
        claimed = claims(sheet.devices())
        kept: list[Declaration] = []
        rows: list[Mapping[str, str]] = []
        refused: list[Finding] = []
        first: dict[str, Declaration] = {}
        rivals = _rivals(sheet)
        for row, cells in sheet.rows:
            try:
                one = sheet.declaration(row, cells)
                made = factors(one, claimed)
                if one.device.identity in rivals:
                    raise Refused(Reason.RIVALS, "name", one.name)
                if first.setdefault(one.device.identity, one) is not one:
                    raise Refused(Reason.REPEATED, "name", one.name)
            except Refused as refusal:
                refused.append(refusal.at(Origin(document.name, row), sheet.identifier(cells)))
                continue
            kept.append(one)
            rows.extend(made)
        return cls(len(sheet.rows), tuple(kept), tuple(rows), tuple(refused), tuple(_notes(document, sheet, kept)))


def _rivals(sheet: Sheet) -> frozenset[str]:
    """Return the devices that two rows speak of with different figures."""
    figures: dict[str, set[tuple[object, ...]]] = {}
    for row, cells in sheet.rows:
        try:
            one = sheet.declaration(row, cells)
        except Refused:
            continue
        figures.setdefault(one.device.identity, set()).add(one.figures)
    return frozenset(identity for identity, said in figures.items() if len(said) > 1)


def _notes(document: Document, sheet: Sheet, kept: list[Declaration]) -> Iterator[Finding]:
    """Say in which form the file was read, and that the printers of it are not what their totals say."""
    delimiter, mark = sheet.delimiter, FORMS[sheet.delimiter]
    said = {
        "fr": f"séparateur « {delimiter} », marque décimale « {mark} ».",
        "en": f"separator `{delimiter}`, decimal mark `{mark}`.",
    }
    yield Finding.of("boavizta-form", Severity.NOTE, Origin(document.name), f"{delimiter} {mark}", **said)
    if printers := [one for one in kept if is_printer(one)]:
        count, first = len(printers), printers[0].row
        said = {
            "fr": f"imprimantes : {count}, la première ici ; le papier est dans leur part d'utilisation, retirée en entier.",
            "en": f"printers: {count}, the first of them here; paper is in their use share, which is left out whole.",
        }
        yield Finding.of("boavizta-paper", Severity.NOTE, Origin(document.name, first), str(count), **said)


def _iso(day: str) -> str:
    """Return a day of the file in ISO order; it writes `2022-04-07` and `27-05-2022`."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return ""
    return "-".join(parts if len(parts[0]) == 4 else reversed(parts))
