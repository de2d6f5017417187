"""What the table of a user's file is: whose, from which release, under which licence, and by which conventions."""

import hashlib
from collections.abc import Mapping
from typing import Final

from ghg_numerique.plugin import Document
from ghg_numerique_boavizta.reading import Reading

PROVIDER: Final = "boavizta"
"""The name that a methodology ranks."""

LICENCE: Final = "ODbL-1.0"

ATTRIBUTION: Final = (
    "Contains information from environmental-footprint-data by Boavizta, made available under the Open Database License"
    " (ODbL) 1.0, https://opendatacommons.org/licenses/odbl/1-0/; contents under the Database Contents License (DbCL) 1.0."
    " A table made of it and passed on stays under ODbL 1.0."
)

NOTES: Final = """\
Made of the file {name}, SHA-256 {sha256}: {read} rows read, {kept} kept, {refused} refused.
Embodied = gwp_total x (1 - gwp_use_ratio), exact: manufacture, transport and end of life, as far as a sheet covers them.
The use share goes out whole, with the lifetime and the electricity mix of the manufacturer. That of a printer holds paper.
Electricity is yearly_tec where a sheet gives it: the manufacturer's test profile, without the cooling of a room.
The spread is gwp_error_ratio, which a sheet declares for the whole life cycle; an error of zero declares none.
A model answers by its manufacturer and name, or by its name alone where no other device of the file bears it.
No value stands for a type of equipment: a median of the models on sale would be ours, and no published factor.
Boavizta itself recommends not to use these data for accurate evaluations: manufacturers' methods and boundaries differ.
"""


def head(document: Document, reading: Reading) -> Mapping[str, str]:
    """Return what `table.toml` says of a file, but for what only the writer knows: id, day and hash of the rows."""
    return {
        "kind": "factors",
        "provider": PROVIDER,
        "title": "Boavizta environmental-footprint-data : fiches des fabricants, par modèle",
        "version": reading.until or hashlib.sha256(document.content).hexdigest()[:16],
        "publisher": "Boavizta",
        "address": "https://github.com/Boavizta/environmental-footprint-data",
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "notes": NOTES.format(
            name=document.name,
            sha256=hashlib.sha256(document.content).hexdigest(),
            read=reading.read,
            kept=len(reading.kept),
            refused=len(reading.refused),
        ),
    }
