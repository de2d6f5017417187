"""A row of an inventory software as an item of ours: one rule for what comes from an export and from a database."""

import attrs

from ghg_numerique.plugin import Document, HardwareItem, millionths
from ghg_numerique_files.record import Record
from ghg_numerique_glpi.days import day_order, entry_order, stay
from ghg_numerique_glpi.energy import Hours
from ghg_numerique_glpi.prices import basis_of, price_of
from ghg_numerique_glpi.words import Words

ONE_ITEM = millionths(1)


@attrs.frozen
class Fleet:
    """What holds for all rows of an inventory. `kind` is what rows are that name no type."""

    words: Words
    hours: Hours
    basis: str
    entry: tuple[str, ...]
    days: str
    kind: str = ""

    @classmethod
    def of(cls, document: Document, *, priced: bool, kind: str = "", entry: tuple[str, ...] = ()) -> "Fleet":
        """Return the rules for a document. Raises Refusal where an option or a list is at fault."""
        return cls(
            Words.of(document),
            Hours.of(document),
            basis_of(document, needed=priced),
            entry or entry_order(document),
            day_order(document),
            kind,
        )

    def item(self, record: Record) -> HardwareItem | None:
        """Return the item of a row: one thing, or a fault where a row stands for several."""
        record.counts(ONE_ITEM, "item")
        name = record.identity("id" if "id" in record.sheet.places else "name")
        equipment = self.words.equipment(record, record.text("type") or self.kind or record.needed("type"))
        if record.text("shared") not in ("", "0"):
            record.fault("glpi-shared", "shared", record.text("shared"))
        entered, left = stay(record, self.entry, self.days)
        state = self.words.state(record)
        price = price_of(record, self.basis)
        energy = self.hours.energy(record, equipment)
        if record.faults:
            return None
        return HardwareItem(
            name, equipment, 1, entered, left, model=record.text("model"), state=state, site=record.text("location"),
            order=record.text("order"), unit_price=price, price_unit="" if price is None else self.basis, energy=energy,
            origin=record.origin,
        )  # fmt: skip
