"""`boavizta`: from the user's own file to the draft of a factor table of the user's own."""

from collections.abc import Mapping

import attrs

from ghg_numerique.plugin import Document, Draft
from ghg_numerique_boavizta.head import head
from ghg_numerique_boavizta.reading import Reading


@attrs.frozen
class Boavizta:
    """Reads Boavizta's environmental-footprint-data in either of its published forms; it has no option."""

    name: str = attrs.field(default="boavizta", init=False)
    options: Mapping[str, str] = attrs.field(factory=dict, init=False)

    def draft(self, document: Document, /) -> Draft:
        """Return the draft of a table. Raises InputError where no row of the file can be read."""
        reading = Reading.of(document)
        return Draft(
            head(document, reading),
            reading.read,
            reading.factors,
            reading.refused,
            reading.notes,
            further=len(reading.factors) - len(reading.kept),
        )
