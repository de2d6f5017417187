"""`numecoeval`: the `equipementPhysique` file of NumEcoEval and G4IT, with its machine rooms beside it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import Document, Finding, HardwareItem, Inventory
from ghg_numerique_files.bearers import Bearers
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.datacentres import Datacentres, read_datacentres
from ghg_numerique_files.equipment_types import EquipmentTypes, read_types, shipped_types, type_names
from ghg_numerique_files.hardware import items, state_of, stay
from ghg_numerique_files.mapping import COMPANIONS
from ghg_numerique_files.places import place_of
from ghg_numerique_files.proposal import proposed
from ghg_numerique_files.reading import beside, gathered
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.settings import DIALECT_OPTIONS
from ghg_numerique_files.shares import read_shares
from ghg_numerique_files.sheet import Sheet, read_sheet
from ghg_numerique_files.vocabularies import country_names, state_names

COLUMNS: Final[Columns] = (
    Column("id", ("nomEquipementPhysique",), required=True),
    Column("model", ("modele",), required=True),
    Column("quantity", ("quantite",), required=True, number=True),
    Column("datacentre", ("nomCourtDatacenter",)),
    Column("entered", ("dateAchat",), required=True),
    Column("left", ("dateRetrait",)),
    Column("type", ("type",), required=True),
    Column("state", ("statut",)),
    Column("place", ("paysDUtilisation",), required=True),
    Column("energy", ("consoElecAnnuelle",), number=True),
    Column("entity", ("nomEntite",)),
    Column("user", ("utilisateur",), unread=True),
    Column("data_source", ("nomSourceDonnee",), unread=True),
    Column("data_source_too", ("sourceDonnee",), unread=True),
    Column("cores", ("nbCoeur",), unread=True),
    Column("organisation", ("nomOrganisation",), unread=True),
    Column("manufacturer", ("fabricant",), unread=True),
    Column("processor", ("typeDeProcesseur",), unread=True),
    Column("memory", ("tailleMemoire",), unread=True),
    Column("disk", ("tailleDuDisque",), unread=True),
    Column("inventory", ("idInventaire",), unread=True),
)


@attrs.frozen
class NumEcoEval:
    """Reads physical equipment. `consoElecAnnuelle` is kWh per item and year, where 0 is a real zero; the entity is
    the site; equipment in a machine room stands where the room stands, and bears its PUE. Virtual equipment and
    applications share out what physical equipment causes: they are checked and linked, and count for nothing.
    """

    name: str = attrs.field(default="numecoeval", init=False)
    options: Mapping[str, str] = attrs.field(default=dict(DIALECT_OPTIONS), init=False)
    companions: Mapping[str, str] = attrs.field(
        default=COMPANIONS
        | {
            "datacentres": "The dataCenter file of the inventory; needed as soon as equipment stands in one.",
            "virtual": "The equipementVirtuel file of the inventory: checked, and linked to the physical equipment.",
            "applications": "The application file of the inventory: checked, and linked to the virtual equipment.",
            "names": "A CSV list (type, model, equipment, comment) that replaces the shipped one.",
        },
        init=False,
    )

    def read(self, document: Document, /) -> Inventory:
        """Return the inventory of a document."""
        noted: tuple[Finding, ...] = ()
        try:
            sheet = read_sheet(document, COLUMNS)
            noted = sheet.notes
            estate = _Estate.of(document, sheet)
        except Refusal as refusal:
            return Inventory.of((), findings=(*noted, *refusal.findings))
        equipment = gathered(sheet, estate.item)
        shares = read_shares(document, Bearers.of(sheet, equipment.set_aside))
        return beside(equipment, estate.rooms.aside, shares)

    def propose(self, document: Document, /, *, language: str = "fr") -> str:
        """Return a mapping to choose from, as a page of TOML."""
        return proposed(
            document,
            COLUMNS,
            {"type": type_names(), "state": state_names(), "place": country_names()},
            language=language,
        )


@attrs.frozen
class _Estate:
    """What holds for all rows of an inventory."""

    types: EquipmentTypes
    rooms: Datacentres

    @classmethod
    def of(cls, document: Document, sheet: Sheet) -> "_Estate":
        names, rooms = document.companions.get("names"), document.companions.get("datacentres")
        types = shipped_types() if names is None else read_types(names)
        if rooms is not None:
            return cls(types, read_datacentres(rooms))
        if row := sheet.first_filled("datacentre"):
            raise refused(document, "companion-missing", "datacentres", row)
        return cls(types, Datacentres())

    def item(self, record: Record) -> HardwareItem | None:
        """Return the item of a row."""
        name = record.identity()
        equipment = self._equipment(record)
        quantity = items(record, "quantity")
        entered, left = stay(record, "entered", "left")
        state = state_of(record, "state")
        place, pue = self._room(record)
        energy = record.positive("energy")
        if record.faults:
            return None
        return HardwareItem(
            name, equipment, quantity, entered, left, model=record.text("model"), state=state, place=place,
            site=record.text("entity"), energy=energy, pue=pue, origin=record.origin,
        )  # fmt: skip

    def _equipment(self, record: Record) -> str:
        """Return what a row is; a type that stands for no single thing is kept as it is written."""
        kind, model = record.needed("type"), record.text("model")
        equipment = self.types.equipment(kind, model)
        if kind and not equipment:
            record.warn("type-unmapped", "type", kind, model=model)
        return equipment or kind

    def _room(self, record: Record) -> tuple[str, Decimal | None]:
        """Return where a row draws its electricity, and the PUE there: what its machine room says, if it has one."""
        place, name = place_of(record, "place"), record.text("datacentre")
        if not name:
            record.needed("place")
            return place, None
        room = self.rooms.room(record, "datacentre")
        if room is None:
            return place, None
        if place and place != room.place:
            record.warn("place-differs", "place", f"{room.name}: {place}", place=place, room=room.name, used=room.place)
        return room.place, room.pue
