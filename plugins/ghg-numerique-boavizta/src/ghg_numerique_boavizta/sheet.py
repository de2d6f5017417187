"""The file as Boavizta publishes it, in either form: `;` with decimal commas, `,` with decimal points; in UTF-8."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from ghg_numerique.plugin import Document, Finding, InputError, Origin, Severity
from ghg_numerique_boavizta.declaration import HEADERS, NUMBERS, Declaration
from ghg_numerique_boavizta.reasons import Reason, Refused
from ghg_numerique_boavizta.spellings import Device

FORMS: Final = {";": ",", ",": "."}
"""The decimal mark of each form, by its separator."""

_NUMBERS = {mark: re.compile(rf"[0-9]{{1,12}}(?:{re.escape(mark)}[0-9]{{1,20}})?", re.ASCII) for mark in FORMS.values()}

Cells: TypeAlias = list[str]


class Unreadable(InputError):  # noqa: N818 - the name says what the file is
    """No row of a file can be read; it says why in the words of its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding

    def text(self, language: str = "fr") -> str:
        """Return the place, the fault and the mend."""
        return self.finding.text(language)

    def __reduce__(self) -> tuple[object, ...]:
        return (Unreadable, (self.finding,))


@attrs.frozen
class Sheet:
    """The rows of a file under its header, each with the number that a spreadsheet shows; blank rows are none."""

    file: str
    delimiter: str
    places: Mapping[str, int]
    width: int
    rows: tuple[tuple[int, Cells], ...]

    @classmethod
    def of(cls, document: Document) -> "Sheet":
        """Split a document. Raises Unreadable where it is no text, or has not the columns that are read."""
        try:
            text = document.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise _unreadable(document, "boavizta-encoding", f"0x{document.content[error.start]:02X}") from error
        for delimiter in FORMS:
            if set(HEADERS) <= set(_header(text, delimiter)):
                (_, header), *rows = _rows(document, text, delimiter)
                places = {name: header.index(name) for name in HEADERS}
                return cls(document.name, delimiter, places, len(header), tuple(rows))
        raise _unreadable(document, "boavizta-header", text.lstrip().partition("\n")[0][:60].strip())

    def devices(self) -> Iterator[Device]:
        """Return the device of each row that names one, whatever else it lacks."""
        for _, cells in self.rows:
            if len(cells) == self.width:
                device = Device(*(self._cell(cells, name) for name in ("manufacturer", "name", "subcategory")))
                if device.manufacturer and device.name:
                    yield device

    def declaration(self, row: int, cells: Cells) -> Declaration:
        """Return what a row says. Raises Refused where it is cut, names no device, or has a number that is none."""
        if len(cells) != self.width:
            raise Refused(Reason.CELLS, value=str(len(cells)))
        said = {name: self._cell(cells, name) for name in HEADERS}
        for name in ("manufacturer", "name"):
            if not said[name] or "|" in said[name]:
                raise Refused(Reason.NAME, name, said[name])
        for name in ("gwp_total", "gwp_use_ratio"):
            if not said[name]:
                raise Refused(Reason.TOTAL if name == "gwp_total" else Reason.USE_SHARE, name)
        return Declaration(row, **said | {name: self._number(said[name], name) for name in NUMBERS})

    def identifier(self, cells: Cells) -> str:
        """Return the manufacturer and the name of a row that may be cut, for a message."""
        manufacturer, name = (
            self._cell(cells, column) if self.places[column] < len(cells) else "" for column in ("manufacturer", "name")
        )
        return Device(manufacturer, name).full

    def _cell(self, cells: Cells, name: str) -> str:
        return cells[self.places[name]].strip()

    def _number(self, text: str, name: str) -> str:
        mark = FORMS[self.delimiter]
        if text and not _NUMBERS[mark].fullmatch(text):
            raise Refused(Reason.NUMBER, name, text)
        return text.replace(mark, ".")


def _header(text: str, delimiter: str) -> Cells:
    """Return the first row that holds something; no cells where this separator cannot have written it."""
    try:
        return next((cells for cells in _records(text, delimiter) if any(map(str.strip, cells))), [])
    except csv.Error:
        return []


def _rows(document: Document, text: str, delimiter: str) -> list[tuple[int, Cells]]:
    found: list[tuple[int, Cells]] = []
    row = 0
    try:
        for row, cells in enumerate(_records(text, delimiter), start=1):
            if any(map(str.strip, cells)):
                found.append((row, cells))
    except csv.Error as error:
        raise _unreadable(document, "boavizta-quotes", str(error), row + 1) from error
    return found


def _records(text: str, delimiter: str) -> Iterator[Cells]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _unreadable(document: Document, code: str, value: str, row: int = 0) -> Unreadable:
    french, english = _SAID[code]
    return Unreadable(Finding.of(code, Severity.ERROR, Origin(document.name, row), value, fr=french, en=english))


_SAID: Final = {
    "boavizta-encoding": (
        "le fichier n'est pas en UTF-8 : reprendre celui que Boavizta publie, sans l'enregistrer avec un tableur.",
        "the file is not in UTF-8: take the one that Boavizta publishes, without saving it with a spreadsheet.",
    ),
    "boavizta-header": (
        f"l'en-tête n'a pas toutes les colonnes qui sont lues ({', '.join(HEADERS)}), séparées par « ; » ou « , ».",
        f"the header has not all the columns that are read ({', '.join(HEADERS)}), separated by `;` or `,`.",
    ),
    "boavizta-quotes": (
        "un guillemet n'est pas fermé, ou une cellule est trop longue : reprendre le fichier à la source.",
        "a quote is not closed, or a cell is too long: take the file from its source again.",
    ),
}
