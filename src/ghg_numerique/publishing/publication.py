"""A footprint as open data: a folder of plain tables that describes itself, and that tells nothing it should not."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import attrs

from ghg_numerique.algebra import frames
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.csv_pages import harmless
from ghg_numerique.decimals import exact, exact_text, plain, written
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.files import write_folder
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.methodology import DIMENSIONS
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Role
from ghg_numerique.wording import label, say

LICENCES: Final[Mapping[str, tuple[str, str]]] = {
    "etalab-2.0": ("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    "odbl-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Under which French administrations release data: article D323-2-1 of the code of their relations with the public."""

PRIVATE: Final = frozenset({"site"})
"""Dimensions that may name a place of work or a person; hidden unless asked for."""

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_FACTORS: Final = ("id", "role", "label", "value", "unit", "source", "year", "valid_from", "valid_to")
_FATES: Final = ("activity", "fate", "reason", "rows")
_NUMBERS: Final = frozenset({"kgCO2eq"})
_WHOLE: Final = frozenset({"rows", "year"})

Table = tuple[Sequence[str], list[list[str]]]


@attrs.frozen
class Publication:
    """The tables of a footprint that may be published, and the page that describes them (Data Package v2).

    Findings, names of files and rows of the inventory stay at home. `hidden` dimensions, and what the house itself
    declares (numbers of orders, shares that tell a unit price), are replaced by a hash: equal things stay equal.
    """

    footprint: Footprint
    licence: str
    hidden: frozenset[str] = PRIVATE
    language: str = "fr"
    parquet: bool = False

    def __attrs_post_init__(self) -> None:
        if self.licence not in LICENCES:
            raise ConfigurationError("licence-unknown", name=self.licence, known=", ".join(LICENCES))
        shared = [source.id for source in self.footprint.manifest.sources if _share_alike(source)]
        if shared and self.licence != "odbl-1.0":
            raise ConfigurationError("share-alike", names=", ".join(shared), licence=self.licence)
        if unknown := sorted(self.hidden - set(DIMENSIONS)):
            raise ConfigurationError("dimension", name=", ".join(unknown), known=", ".join(DIMENSIONS))

    def write(self, folder: str | Path) -> list[Path]:
        """Write a new folder, whole or not at all, after its tables were read back to the same total."""
        written_at = write_folder(Path(folder), self.pages(), self._read_back)
        return sorted(written_at.iterdir())

    def pages(self) -> dict[str, bytes]:
        """Return the files by their names; the same footprint gives the same bytes."""
        pages = {f"{name}.csv": _csv(table) for name, table in self.tables.items()}
        pages["results-excel-fr.csv"] = _for_excel(self.tables["results"])
        pages["datapackage.json"] = _json(self.descriptor())
        pages["dcat.jsonld"] = _json(self.dcat())
        if self.parquet:
            pages["results.parquet"] = frames.parquet(self._columns())
        return pages

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables: results by cell, factors, and what became of the rows."""
        return {"results": self._results(), "factors": self._factors(), "rows": self._rows()}

    def descriptor(self) -> dict[str, Any]:
        """Return `datapackage.json`: fields with types and titles, licence, sources with their hashes."""
        title, path = LICENCES[self.licence]
        return {
            "$schema": _PROFILE,
            "name": f"digital-footprint-{self.footprint.methodology.year}",
            "title": self._title(),
            "description": say("label.publication", self.language),
            "version": "1",
            "licenses": [{"name": self.licence, "title": title, "path": path}],
            "sources": [_source(source) for source in self.footprint.manifest.sources],
            "contributors": [{"title": self.footprint.organisation, "roles": ["publisher"]}],
            "resources": [self._resource(name, *table) for name, table in self.tables.items()],
            "totalKgCO2eq": exact_text(self.footprint.exact_total()),
            "methodology": self.footprint.methodology.fingerprint,
            "hidden": sorted(self.hidden & set(self.footprint.dimensions)),
        }

    def dcat(self) -> dict[str, Any]:
        """Return the same for catalogues of data (DCAT 3, JSON-LD); no date of issue, as no clock is read."""
        year, (title, path) = self.footprint.methodology.year, LICENCES[self.licence]
        return {
            "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
            "@type": "dcat:Dataset",
            "dct:title": self._title(),
            "dct:description": say("label.publication", self.language),
            "dct:language": self.language,
            "dct:publisher": self.footprint.organisation,
            "dct:license": {"@id": path, "dct:title": title},
            "dct:temporal": {"dcat:startDate": f"{year}-01-01", "dcat:endDate": f"{year}-12-31"},
            "dcat:distribution": [
                {"@type": "dcat:Distribution", "dct:title": f"{name}.csv", "dcat:mediaType": "text/csv"}
                for name in self.tables
            ],
        }

    def _title(self) -> str:
        named = (
            self.footprint.methodology.title,
            self.footprint.organisation,
            str(self.footprint.methodology.year or ""),
        )
        return " – ".join(filter(None, named))

    def _resource(self, name: str, header: Sequence[str], lines: list[list[str]]) -> dict[str, Any]:
        content = _csv((header, lines))
        return {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "schema": {"fields": [self._field(column) for column in header]},
        }

    def _field(self, name: str) -> dict[str, str]:
        kind = "number" if name in _NUMBERS else "integer" if name in _WHOLE else "string"
        return {"name": name, "type": kind, "title": label("column", name, self.language)}

    def _results(self) -> Table:
        header = (*self.footprint.dimensions, "kgCO2eq", "exact")
        lines = [[*self._shown(cell), plain(kg), exact_text(kg)] for cell, kg in self.footprint.cells.items()]
        return header, lines

    def _shown(self, cell: tuple[str, ...]) -> list[str]:
        return [
            _hashed(value) if name in self.hidden and value else harmless(value)
            for name, value in zip(self.footprint.dimensions, cell, strict=True)
        ]

    def _factors(self) -> Table:
        return _FACTORS, [_factor(coefficient) for coefficient in self.footprint.coefficients]

    def _rows(self) -> Table:
        tallies = self.footprint.balances.rows
        units = sorted({unit for tally in tallies.values() for unit in tally.amounts.by_unit})
        lines = [
            [*map(str, line), str(tally.rows), *(exact_text(tally.amounts.in_unit(unit)) for unit in units)]
            for line, tally in tallies.items()
        ]
        return (*_FATES, *units), lines

    def _columns(self) -> dict[str, list[str] | list[float]]:
        header, lines = self.tables["results"]
        columns: dict[str, list[str] | list[float]] = {
            name: [line[place] for line in lines] for place, name in enumerate(header)
        }
        columns["kgCO2eq"] = [float(kg) for kg in self.footprint.cells.values()]
        return columns

    def _read_back(self, folder: Path) -> None:
        """Raise ConfigurationError where the tables, read as anybody would, do not give the total."""
        with (folder / "results.csv").open(encoding="utf-8", newline="") as page:
            total = sum((exact(line["exact"]) for line in csv.DictReader(page)), start=Fraction(0))
        if total != self.footprint.exact_total():
            raise ConfigurationError("publication-differs", found=exact_text(total))


def _factor(coefficient: Coefficient) -> list[str]:
    """Return a coefficient; what no published table says keeps its value, but for a share, and loses its name."""
    at_home = not coefficient.source.sha256
    name, shown = coefficient.identity, harmless(coefficient.label)
    value = coefficient.value
    if at_home:
        name, shown = _hashed(name), ""
        value = "" if coefficient.role is Role.SHARE else value
    year = str(coefficient.year or "")
    return [
        harmless(name), str(coefficient.role), shown, value, coefficient.unit, coefficient.source.id, year,
        coefficient.valid_from, coefficient.valid_to,
    ]  # fmt: skip


def _source(source: Source) -> dict[str, str]:
    """Return a publication as a data package names its sources; what it does not say is not there."""
    said = {
        "title": f"{source.title} {source.version}".strip(),
        "path": source.address,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
        "sha256": source.sha256,
    }
    return {name: text for name, text in said.items() if text}


def _share_alike(source: Source) -> bool:
    return source.licence.casefold().startswith("odbl")


def _hashed(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()[:16]}"


def _csv(table: Table) -> bytes:
    """Return a table as RFC 4180 says, in UTF-8 with a decimal point."""
    return _lines(table[0], table[1], ",").encode("utf-8", "backslashreplace")


def _for_excel(table: Table) -> bytes:
    """Return the results as a French Excel opens them: semicolons, decimal commas, a mark that says UTF-8."""
    header, lines = table
    place = header.index("kgCO2eq")
    shown = ([*line[:place], written(Fraction(line[place]), 6).replace("\u202f", "")] for line in lines)
    return b"\xef\xbb\xbf" + _lines(header[: place + 1], shown, ";").encode("utf-8", "backslashreplace")


def _lines(header: Sequence[str], lines: Iterable[Sequence[str]], separator: str) -> str:
    page = io.StringIO()
    writer = csv.writer(page, delimiter=separator)
    writer.writerow(header)
    writer.writerows(lines)
    return page.getvalue()


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
