"""The same description for catalogues of data: DCAT-AP 3 in JSON-LD, with no date of issue, as no clock is read."""

from typing import Any, Final

from ghg_numerique.publishing.package import LICENCES, Package, Resource
from ghg_numerique.wording import say

_EU: Final = "http://publications.europa.eu/resource/authority"
_LANGUAGES: Final = {"fr": "FRA", "en": "ENG"}
_FILES: Final = {"csv": "CSV", "parquet": "PARQUET", "schema+json": "JSON"}
_MEDIA: Final = "https://www.iana.org/assignments/media-types"
_CONTEXT: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogued(package: Package) -> dict[str, Any]:
    """Return `dcat.jsonld`. The theme is ENVI, that of emissions; all else that is said was declared or computed."""
    imprint = package.imprint
    declared = {
        "dcat:landingPage": {"@id": imprint.address} if imprint.address else None,
        "dct:spatial": {"@id": imprint.spatial} if imprint.spatial else None,
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/{imprint.frequency.upper()}"}
        if imprint.frequency
        else None,
        "dcat:contactPoint": _contact(package),
        "dcat:keyword": [_text(word, package) for word in imprint.keywords],
        "dct:temporal": _period(package.footprint.methodology.year),
    }
    addresses = [package.redaction.address(source.address) for source in package.footprint.manifest.sources]
    return {
        "@context": _CONTEXT,
        **({"@id": f"{imprint.address}#dataset"} if imprint.address else {}),
        "@type": "dcat:Dataset",
        "dct:title": _text(package.title, package),
        "dct:description": _text(say("label.publication", package.language), package),
        "dct:language": {"@id": f"{_EU}/language/{_LANGUAGES[package.language]}"},
        "dct:publisher": _publisher(package),
        "dcat:theme": {"@id": f"{_EU}/data-theme/ENVI"},
        **{name: value for name, value in declared.items() if value},
        "dct:source": [{"@id": address} for address in addresses if address],
        "dcat:distribution": [_distribution(resource, package) for resource in package.resources],
    }


def _distribution(resource: Resource, package: Package) -> dict[str, Any]:
    """Return a file; where it can be had is known once a portal has it, and that is what `address` declares."""
    title, path = LICENCES[package.licence]
    address = package.imprint.address
    return {
        "@type": "dcat:Distribution",
        "dct:title": resource.path,
        **({"dcat:accessURL": {"@id": address}} if address else {}),
        "dct:license": {"@id": path, "@type": "dct:LicenseDocument", "dct:title": title},
        "dct:format": {"@id": f"{_EU}/file-type/{_FILES[resource.format]}"},
        "dcat:mediaType": {"@id": f"{_MEDIA}/{resource.mediatype}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(resource.content))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": resource.sha256},
        },
    }


def _publisher(package: Package) -> dict[str, Any]:
    known = {"@id": package.imprint.publisher} if package.imprint.publisher else {}
    return {**known, "@type": "foaf:Agent", "foaf:name": package.organisation}


def _contact(package: Package) -> dict[str, Any] | None:
    imprint = package.imprint
    if not imprint.contact:
        return None
    return {
        "@type": "vcard:Organization",
        "vcard:fn": imprint.contact,
        **({"vcard:hasEmail": {"@id": f"mailto:{imprint.mail}"}} if imprint.mail else {}),
        **({"vcard:hasURL": {"@id": imprint.page}} if imprint.page else {}),
    }


def _period(year: int | None) -> dict[str, Any] | None:
    """Return the year that the footprint covers, from its first day to its last."""
    if year is None:
        return None
    ends = {"dcat:startDate": f"{year}-01-01", "dcat:endDate": f"{year}-12-31"}
    return {
        "@type": "dct:PeriodOfTime",
        **{name: {"@type": "xsd:date", "@value": day} for name, day in ends.items()},
    }


def _text(said: str, package: Package) -> dict[str, str]:
    return {"@language": package.language, "@value": said}
