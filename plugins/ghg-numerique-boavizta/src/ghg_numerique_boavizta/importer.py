"""`boavizta`: from the user's own file to the draft of a factor table of the user's own."""

from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Draft, Finding, Origin, Role, Severity
from ghg_numerique_boavizta.head import head
from ghg_numerique_boavizta.reading import Reading
from ghg_numerique_boavizta.sheet import Unreadable

WORDS: Final = ("yes", "no")
"""What the option `electricity` may say; `yes` where it is not given."""

_SAID: Final = {
    "fr": "option electricity : attendu yes (la consommation des fiches est gardée) ou no (l'abaque compte l'utilisation).",
    "en": "option electricity: expected yes (the consumption of the sheets is kept) or no (the abacus counts use).",
}


@attrs.frozen
class Boavizta:
    """Reads Boavizta's environmental-footprint-data in either of its published forms."""

    name: str = attrs.field(default="boavizta", init=False)
    options: Mapping[str, str] = attrs.field(
        default={"electricity": "`no` leaves the yearly consumption of the sheets out: an abacus then counts use."},
        init=False,
    )

    def draft(self, document: Document, /) -> Draft:
        """Return the draft of a table. Raises InputError where no row of the file can be read."""
        asked = document.options.get("electricity", "yes")
        if asked not in WORDS:
            raise Unreadable(Finding.of("boavizta-option", Severity.ERROR, Origin(document.name), asked, **_SAID))
        reading = Reading.of(document)
        rows = tuple(row for row in reading.factors if asked == "yes" or row["role"] == Role.EMBODIED)
        further = len(rows) - len(reading.kept)
        return Draft(head(document, reading), reading.read, rows, reading.refused, reading.notes, further)
