"""Where equipment stands: an ISO 3166 code, or the name of a country from a closed list."""

import re

from ghg_numerique_files.record import Record
from ghg_numerique_files.vocabularies import country_names

_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)


def place_of(record: Record, column: str) -> str:
    """Return the code of a place, nothing where the cell is empty; a name that is in no list is a fault."""
    text = record.text(column)
    place = country_names().meaning(text) or (text.upper() if _CODE.fullmatch(text.upper()) else "")
    if text and not place:
        record.fault("place-unknown", column, text, near=country_names().nearest(text))
    return place
