"""The page that describes a published folder to programs: Data Package v2, each file with its size, hash and fields."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import exact_text
from ghg_numerique.model.imprint import Imprint
from ghg_numerique.provenance import Source
from ghg_numerique.publishing.redaction import Redaction
from ghg_numerique.wording import say

LICENCES: Final[Mapping[str, tuple[str, str]]] = {
    "etalab-2.0": ("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    "odbl-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Under which French administrations release data: article D323-2-1 of the code of their relations with the public."""

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"


@attrs.frozen
class Resource:
    """A file of the folder, and what is said of it. A file without a `schema` is no table."""

    name: str
    path: str
    content: bytes
    format: str
    mediatype: str
    schema: Mapping[str, Any] = attrs.Factory(dict)
    dialect: Mapping[str, Any] = attrs.Factory(dict)

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.content).hexdigest()

    def described(self) -> dict[str, Any]:
        """Return the file as a resource of a data package.

        The size of a binary file is left to the DCAT page: frictionless does not count it, and calls any size wrong.
        """
        text = self.format != "parquet"
        return {
            "name": self.name,
            "path": self.path,
            **({"type": "table"} if self.schema else {}),
            "format": self.format,
            "mediatype": self.mediatype,
            **({"encoding": "utf-8", "bytes": len(self.content)} if text else {}),
            **({"dialect": dict(self.dialect)} if self.dialect else {}),
            "hash": f"sha256:{self.sha256}",
            **({"schema": dict(self.schema)} if self.schema else {}),
        }


@attrs.frozen
class Package:
    """A footprint, its files, the licence, and the imprint of who publishes."""

    footprint: Footprint
    licence: str
    imprint: Imprint
    resources: Sequence[Resource]
    redaction: Redaction
    language: str

    @property
    def title(self) -> str:
        """The title of the data: the method, whose, of which year."""
        methodology = self.footprint.methodology
        return " – ".join(filter(None, (methodology.title, self.organisation, str(methodology.year or ""))))

    @property
    def organisation(self) -> str:
        """Whose footprint it is; a hash where a person's mail or telephone stands in the name."""
        return self.redaction.text(self.footprint.organisation)

    def descriptor(self) -> dict[str, Any]:
        """Return `datapackage.json`."""
        title, path = LICENCES[self.licence]
        return {
            "$schema": _PROFILE,
            "name": f"digital-footprint-{self.footprint.methodology.year}",
            "title": self.title,
            "description": say("label.publication", self.language),
            "version": "1",
            **({"homepage": self.imprint.address} if self.imprint.address else {}),
            **({"keywords": list(self.imprint.keywords)} if self.imprint.keywords else {}),
            "licenses": [{"name": self.licence, "title": title, "path": path}],
            "sources": [self._source(source) for source in self.footprint.manifest.sources],
            "contributors": self._contributors(),
            "resources": [resource.described() for resource in self.resources],
            "totalKgCO2eq": exact_text(self.footprint.exact_total()),
            "methodology": self.footprint.methodology.fingerprint,
            "hidden": sorted(self.redaction.withheld(self.footprint.cells)),
        }

    def _contributors(self) -> list[dict[str, Any]]:
        imprint = self.imprint
        publisher = {"title": self.organisation, "path": imprint.publisher, "roles": ["publisher"]}
        contact = {"title": imprint.contact, "email": imprint.mail, "path": imprint.page, "roles": ["contact"]}
        said = [publisher, contact] if imprint.contact else [publisher]
        return [{name: value for name, value in one.items() if value} for one in said]

    def _source(self, source: Source) -> dict[str, str]:
        """Return a publication as a data package names its sources; what it does not say is not there."""
        said = {
            "title": f"{source.title} {source.version}".strip(),
            "path": self.redaction.address(source.address),
            "publisher": source.publisher,
            "licence": source.licence,
            "attribution": source.attribution,
            "sha256": source.sha256,
        }
        return {name: self.redaction.text(text) for name, text in said.items() if text}
