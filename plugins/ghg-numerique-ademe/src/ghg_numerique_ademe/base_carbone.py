"""`base-carbone`: the Base Carbone as ADEME publishes it, read into the draft of a factor table."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Draft, Finding, InputError, Origin
from ghg_numerique_ademe.export import Export, read_export
from ghg_numerique_ademe.gases import GasCheck
from ghg_numerique_ademe.line import HEADERS, Line
from ghg_numerique_ademe.reasons import Reason, Refused
from ghg_numerique_ademe.roles import duty, keys
from ghg_numerique_ademe.spellings import measure, number, scaled
from ghg_numerique_ademe.validity import Validity

SOURCE_DATA: Final = "Données source"
FACTOR: Final = "Facteur d'émission"
ARCHIVED: Final = "Archivé"
VALID: Final = ("Valide générique", "Valide spécifique")

NOTES: Final = """
Read by `ghg-numerique factors import base-carbone` from the file {file} (sha256 {sha256}).
Only the "Elément" rows of emission factors; the "Poste" rows are their parts and would count everything twice.
Labels join the name, the attribute, the boundary and the part of a place of the source with a slash.
Values are totals in kgCO2eq; biogenic CO2 is counted apart, is in no total, and is said in the comment.
What a row answers is what the shipped tables of the Base Carbone declare for its identifier; others answer nothing.
"""

_VERSION = re.compile(r"V([0-9]+\.[0-9]+)", re.IGNORECASE | re.ASCII)


@attrs.frozen
class BaseCarbone:
    """Reads the export of the site (cp1252 `;`), that of data.ademe.fr (UTF-8 `,`) and workbooks, row by row."""

    name: str = attrs.field(default="base-carbone", init=False)
    options: Mapping[str, str] = attrs.field(
        default={
            "archived": "Also keeps the rows that ADEME has archived: yes or no.",
            "provider": "The name that a methodology ranks, ademe where it is not given.",
            "sheet": "The sheet of a workbook, where several have the headers of the export.",
            "version": "The version of the Base Carbone, where neither the sheet nor the file name says it.",
        },
        init=False,
    )

    def draft(self, document: Document, /) -> Draft:
        """Return the draft of a table, and the account of every row."""
        archived = document.options.get("archived", "no")
        if archived not in ("yes", "no"):
            raise InputError("option-value", option="archived", value=archived, expected="yes, no")
        export = read_export(document, document.options.get("sheet", ""))
        reading = _Reading(document.name, export, archived == "yes")
        rows, refused = reading.sorted_out()
        return Draft(_head(document, export), len(export.lines), rows, refused, reading.gases.remarks)


@attrs.frozen
class _Reading:
    """The reading of one export; an element is checked against its gases whether it is kept or not."""

    file: str
    export: Export
    archived: bool
    gases: GasCheck = attrs.field(init=False)

    @gases.default
    def _gases(self) -> GasCheck:
        return GasCheck(self.export.mark)

    def sorted_out(self) -> tuple[tuple[Mapping[str, str], ...], tuple[Finding, ...]]:
        """Return the rows that are kept, and a finding for each other, both in the order of the file."""
        kept: list[tuple[Line, Mapping[str, str]]] = []
        refused: list[tuple[Line, Refused]] = []
        for line in self.export.lines:
            try:
                kept.append((line, self._row(line)))
            except Refused as reason:
                refused.append((line, reason))
        times = Counter(line.id for line, _ in kept)
        twice = Refused(Reason.DUPLICATE, "", HEADERS["id"])
        refused.extend((line, attrs.evolve(twice, value=line.id)) for line, _ in kept if times[line.id] > 1)
        refused.sort(key=lambda pair: pair[0].row)
        return (
            tuple(row for line, row in kept if times[line.id] == 1),
            tuple(reason.at(self._origin(line), line.id) for line, reason in refused),
        )

    def _row(self, line: Line) -> Mapping[str, str]:
        """Return a line as a row of a table. Raises Refused for the first reason against it."""
        if line.is_post:
            raise Refused(Reason.POSTE, line.post_type, HEADERS["post_type"])
        if line.type == SOURCE_DATA:
            raise Refused(Reason.SOURCE_DATA, line.unit, HEADERS["type"])
        self.gases.look(line, self._origin(line))
        if line.status == ARCHIVED and not self.archived:
            raise Refused(Reason.ARCHIVED, line.status, HEADERS["status"])
        self._check(line)
        measured = measure(line.unit)
        does = duty(line.category, measured.unit)
        status = "archived" if line.status == ARCHIVED else "valid"
        published = self._number(line, "total")
        validity = Validity.read(line.validity)
        return {
            "id": line.id,
            "label": line.label,
            "role": does.role,
            "value": scaled(published, measured.scale) if measured.scale else published,
            "derivation": f"{published} * {measured.scale}" if measured.scale else "",
            "unit": measured.unit,
            "status": status,
            "year": measured.year,
            "stages": does.stages,
            "boundary": line.frontier,
            "geography": line.geography,
            "valid_from": validity.starts,
            "valid_to": validity.ends,
            "uncertainty": f"{self._number(line, 'uncertainty')} %" if line.uncertainty else "",
            "comment": self._comment(line, validity),
            **{
                name: cell
                for name, cell in keys(line.id, does.role, measured.unit, status, measured.year).items()
                if cell
            },
        }

    def _check(self, line: Line) -> None:
        """Raise Refused for a cell that is damaged, and for a word that the export does not have."""
        column, cell = line.damaged
        if column:
            raise Refused(Reason.DAMAGED, cell, column)
        for name, known in (("type", (FACTOR,)), ("status", (*VALID, ARCHIVED)), ("kind", ("Elément", "Élément", ""))):
            if getattr(line, name) not in known:
                raise Refused(Reason.DAMAGED, getattr(line, name), HEADERS[name])
        if not line.id.isdecimal() or not line.name:
            raise Refused(Reason.DAMAGED, line.id, HEADERS["id"])

    def _number(self, line: Line, field: str) -> str:
        try:
            return number(getattr(line, field), self.export.mark)
        except Refused as reason:
            raise attrs.evolve(reason, column=HEADERS[field]) from reason

    def _comment(self, line: Line, validity: Validity) -> str:
        """Return what else the source says: the validity in its own words, biogenic CO2, its comment."""
        biogenic = self._number(line, "co2b") if line.co2b else "0"
        parts = (
            f"Période de validité : {validity.text}." if validity.text else "",
            f"CO2b, à part : {biogenic}." if biogenic.strip("0.") else "",
            line.comment,
        )
        return " ".join(part for part in parts if part)

    def _origin(self, line: Line) -> Origin:
        return Origin(self.file, line.row, self.export.sheet)


def _head(document: Document, export: Export) -> Mapping[str, str]:
    """Return what `table.toml` says: the version as it is given, else as the sheet or the file is named after it."""
    digest = hashlib.sha256(document.content).hexdigest()
    named = _VERSION.search(export.sheet) or _VERSION.search(document.name)
    version = document.options.get("version") or (named[1] if named else f"sha256 {digest[:12]}")
    return {
        "provider": document.options.get("provider") or "ademe",
        "title": f"Base Carbone {version} : telle que publiée",
        "version": version,
        "publisher": "ADEME",
        "address": "https://data.ademe.fr/datasets/base-carboner",
        "licence": "etalab-2.0",
        "attribution": f"Source: Base Carbone® {version}, ADEME, under the Licence Ouverte 2.0.",
        "notes": NOTES.format(file=document.name, sha256=digest).lstrip(),
    }
