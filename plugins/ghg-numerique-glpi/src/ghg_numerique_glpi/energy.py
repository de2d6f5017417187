"""Watts of a model, and hours that a house declares: only both together are an energy."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import Document, NumberError, read_decimal
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.spelling import folded

HOURS: Final = {
    "hours_per_year": "The hours a year at the watts of the model: one number, or by equipment: server=8760, switch=8760."
}
MOST: Final = 8784
"""The hours of a leap year."""

_EVERYTHING = ""


@attrs.frozen
class Hours:
    """Hours a year by equipment; the empty word speaks for everything."""

    known: Mapping[str, Decimal]

    @classmethod
    def of(cls, document: Document) -> "Hours":
        """Return the hours that a document declares. Raises Refusal for what is no number from 0 to 8784."""
        known: dict[str, Decimal] = {}
        for part in filter(None, document.options.get("hours_per_year", "").split(",")):
            word, mark, number = part.rpartition("=")
            name = folded(word)
            if bool(name) != bool(mark) or name in known:
                raise _refused(document, part)
            known[name] = _hours(document, part, number)
        if _EVERYTHING in known and len(known) > 1:
            raise _refused(document, document.options["hours_per_year"])
        return cls(known)

    def energy(self, record: Record, equipment: str) -> Decimal | None:
        """Return kWh per item and year: watts of the model times hours. Without hours, watts say no energy.

        GLPI writes 0 for watts that nobody filled in: it is no consumption.
        """
        watts = record.positive("watts")
        if not watts:
            return None
        hours = self.known.get(equipment, self.known.get(_EVERYTHING))
        if hours is None:
            record.warn("glpi-power-unused", "watts", equipment)
            return None
        return (watts * hours).scaleb(-3)


def _hours(document: Document, part: str, number: str) -> Decimal:
    try:
        hours = read_decimal(number.strip(), ".")
    except NumberError as error:
        raise _refused(document, part) from error
    if not 0 <= hours <= MOST:
        raise _refused(document, part)
    return hours


def _refused(document: Document, value: str) -> Exception:
    expected = f"8760 / server=8760, switch=8760 (0-{MOST})"
    return refused(document, "option-value", value.strip(), option="hours_per_year", expected=expected)
