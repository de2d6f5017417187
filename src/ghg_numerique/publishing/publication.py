"""A footprint as open data: a folder of plain tables that describes itself, and that tells nothing it should not."""

import csv
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import attrs

from ghg_numerique.algebra import frames
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import exact, exact_text
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.files import write_folder
from ghg_numerique.model.imprint import Imprint
from ghg_numerique.publishing.dcat import catalogued
from ghg_numerique.publishing.package import LICENCES, Package, Resource
from ghg_numerique.publishing.redaction import Redaction
from ghg_numerique.publishing.table import Table
from ghg_numerique.publishing.tables import tables
from ghg_numerique.result.schema import FILE
from ghg_numerique.units import CO2EQ

_SEMICOLONS: Final[Mapping[str, Any]] = {"delimiter": ";"}
_PARQUET: Final = "application/vnd.apache.parquet"


@attrs.frozen
class Publication:
    """The tables of a footprint that may be published, and the pages that describe them.

    Findings, names of files and rows of the inventory stay at home; what `redaction` does not know as public is
    replaced by a keyed hash: equal things stay equal. `imprint` is what the publisher declares of the data.
    """

    footprint: Footprint
    licence: str
    redaction: Redaction = attrs.field()
    imprint: Imprint = Imprint()
    language: str = "fr"
    parquet: bool = False

    @redaction.default
    def _of_one_publication(self) -> Redaction:
        return Redaction(self.footprint.methodology)

    def __attrs_post_init__(self) -> None:
        if self.licence not in LICENCES:
            raise ConfigurationError("licence-unknown", name=self.licence, known=", ".join(LICENCES))
        sources = self.footprint.manifest.sources
        shared = [source.id for source in sources if source.licence.casefold().startswith("odbl")]
        if shared and self.licence != "odbl-1.0":
            raise ConfigurationError("share-alike", names=", ".join(shared), licence=self.licence)

    def under(self, key: bytes) -> Self:
        """Return the publication with the hashes of a key that is kept."""
        return attrs.evolve(self, redaction=attrs.evolve(self.redaction, key=key))

    def write(self, folder: str | Path) -> list[Path]:
        """Write a new folder, whole or not at all, after its tables were read back to the same total."""
        written_at = write_folder(Path(folder), self.pages(), self._read_back)
        return sorted(written_at.iterdir())

    def pages(self) -> dict[str, bytes]:
        """Return the files by their names; the same footprint under the same key gives the same bytes."""
        return {
            **{resource.path: resource.content for resource in self.resources},
            "datapackage.json": _json(self.package.descriptor()),
            "dcat.jsonld": _json(catalogued(self.package)),
        }

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by their names: results by cell, factors, and what became of the rows."""
        return {table.name: table for table in tables(self.footprint, self.redaction)}

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """The files of the folder, but for those that describe them."""
        plain = [
            Resource(name, f"{name}.csv", table.csv(), "csv", "text/csv", table.schema(self.language))
            for name, table in self.tables.items()
        ]
        shape = Resource(
            "result-schema", "result.schema.json", FILE.read_bytes(), "schema+json", "application/schema+json"
        )
        return (*plain, self._for_excel(), *([self._for_data_tools()] if self.parquet else []), shape)

    @property
    def package(self) -> Package:
        """The folder as it is described."""
        return Package(self.footprint, self.licence, self.imprint, self.resources, self.redaction, self.language)

    def _for_excel(self) -> Resource:
        table, name = self.tables["results"], "results-excel-fr"
        return Resource(name, f"{name}.csv", table.excel(), "csv", "text/csv", table.excel_schema(), _SEMICOLONS)

    def _for_data_tools(self) -> Resource:
        """Return the results with names as they are: no spreadsheet takes a cell of Parquet for a formula."""
        table, name = self.tables["results"], "results-parquet"
        columns: dict[str, list[str] | list[float]] = {field.name: table.column(field.name) for field in table.fields}
        columns[CO2EQ] = [float(exact(amount)) for amount in table.column("exact")]
        schema = table.schema(self.language)
        return Resource(name, "results.parquet", frames.parquet(columns), "parquet", _PARQUET, schema)

    def _read_back(self, folder: Path) -> None:
        """Raise ConfigurationError where the tables, read as anybody would, do not give the total."""
        with (folder / "results.csv").open(encoding="utf-8", newline="") as page:
            total = sum((exact(line["exact"]) for line in csv.DictReader(page)), start=Fraction(0))
        if total != self.footprint.exact_total():
            raise ConfigurationError("publication-differs", found=exact_text(total))


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
