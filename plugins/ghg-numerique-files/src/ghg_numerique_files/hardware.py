"""`hardware-csv`: the fleet in the columns of the house, one row for items of one type and one entry date."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.model.schema import HARDWARE
from ghg_numerique.plugin import Document, HardwareItem, Inventory, State
from ghg_numerique_files.columns import Columns
from ghg_numerique_files.mapping import COMPANIONS
from ghg_numerique_files.places import place_of
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.reading import read_inventory
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import DIALECT_OPTIONS, TAX_BASES, needed_option, option
from ghg_numerique_files.sheet import Sheet
from ghg_numerique_files.vocabularies import Names, country_names, equipment_of, state_names

COLUMNS: Final[Columns] = HARDWARE


@attrs.frozen
class HardwareCsv:
    """Reads a fleet; amounts are items, `kwh_an` is kWh per item and year, prices are in `price_unit`."""

    name: str = attrs.field(default="hardware-csv", init=False)
    options: Mapping[str, str] = attrs.field(
        default=DIALECT_OPTIONS | {"price_unit": "The unit of the prices, once there are any: EUR_HT or EUR_TTC."},
        init=False,
    )
    companions: Mapping[str, str] = attrs.field(
        default=COMPANIONS
        | {"names": "A CSV list (name, equipment) that replaces the names of equipment of the house."},
        init=False,
    )

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        return read_inventory(document, COLUMNS, lambda sheet: _Fleet.of(document, sheet).item)

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML."""
        return proposed(
            document,
            COLUMNS,
            {"equipment": equipment_of(document), "state": state_names(), "place": country_names()},
            language=language,
        )


@attrs.frozen
class _Fleet:
    """What holds for all rows of a fleet."""

    names: Names
    price_unit: str

    @classmethod
    def of(cls, document: Document, sheet: Sheet) -> "_Fleet":
        ask = needed_option if sheet.first_filled("unit_price") else option
        return cls(equipment_of(document), ask(document, "price_unit", TAX_BASES))

    def item(self, record: Record) -> HardwareItem | None:
        """Return the item of a row."""
        name = record.identity()
        record.needed("equipment")
        equipment = self.names.settle(record, "equipment", "equipment-unknown")
        quantity = items(record, "quantity")
        entered, left = stay(record, "entered", "left")
        state = state_of(record, "state")
        place = place_of(record, "place")
        price, energy, pue = record.positive("unit_price"), record.positive("energy"), pue_of(record, "pue")
        if record.faults:
            return None
        return HardwareItem(
            name, equipment, quantity, entered, left, record.text("domain"), record.text("model"), state, place,
            record.text("site"), record.text("order"), price, "" if price is None else self.price_unit, energy, pue,
            record.origin, record.text("supplier"),
        )  # fmt: skip


def items(record: Record, column: str) -> Decimal:
    """Return a number of items; a negative one is a fault, since what leaves a fleet has a date for it."""
    quantity = record.amount(column, "item")
    if quantity < 0:
        record.fault("quantity-negative", column, record.text(column))
    return quantity


def stay(record: Record, entered: str, left: str) -> tuple[date, date | None]:
    """Return the first day in the fleet and the first day out of it; leaving before entering is a fault."""
    first, end = record.needed_day(entered), record.day(left)
    if end is not None and end < first:
        record.fault("left-before-entered", left, record.text(left), entered=record.text(entered))
    return first, end


def state_of(record: Record, column: str) -> State:
    """Return the state that a row names. A file without the column says nothing else than in use."""
    if column not in record.sheet.places:
        return State.IN_USE
    return State(record.choice(column, state_names().meanings) or State.IN_USE)


def pue_of(record: Record, column: str) -> Decimal | None:
    """Return the power usage effectiveness of a room: what the room draws is never less than what its servers do."""
    pue = record.number(column)
    if pue is not None and pue < 1:
        record.fault("pue-below-one", column, record.text(column))
    return pue
