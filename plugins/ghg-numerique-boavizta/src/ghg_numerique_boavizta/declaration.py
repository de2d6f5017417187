"""One row of the file: what a manufacturer's sheet declares, as text with a decimal point, and its place."""

from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import folded
from ghg_numerique_boavizta.spellings import Device

NUMBERS: Final = (
    "gwp_total", "gwp_use_ratio", "yearly_tec", "gwp_error_ratio",
    "gwp_manufacturing_ratio", "gwp_transport_ratio", "gwp_eol_ratio",
)  # fmt: skip
"""The columns whose cells are numbers, or empty."""

TEXTS: Final = (
    "manufacturer", "name", "subcategory", "lifetime", "use_location", "report_date", "sources", "added_date",
)  # fmt: skip
"""The columns whose cells are kept as they are."""

HEADERS: Final = (*TEXTS, *NUMBERS)
"""The columns that are read, under the names that the file gives them; it has others, which are not."""


@attrs.frozen
class Declaration:
    """What the file says of one device; `row` is the number that a spreadsheet shows."""

    row: int
    manufacturer: str
    name: str
    subcategory: str
    lifetime: str
    use_location: str
    report_date: str
    sources: str
    added_date: str
    gwp_total: str
    gwp_use_ratio: str
    yearly_tec: str
    gwp_error_ratio: str
    gwp_manufacturing_ratio: str
    gwp_transport_ratio: str
    gwp_eol_ratio: str

    @property
    def device(self) -> Device:
        """The device that the row speaks of."""
        return Device(self.manufacturer, self.name, self.subcategory)

    @property
    def figures(self) -> tuple[object, ...]:
        """What the row says of its device: its type, and its numbers by their values."""
        numbers = (getattr(self, name) for name in NUMBERS)
        return (folded(self.subcategory), *(Decimal(number) if number else None for number in numbers))
