"""An inventory written in the columns of the house, so that reading it gives the same inventory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.csv_pages import Cell, page
from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.files import write_folder
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.model.columns import NO_PRICE, OPEN
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.terms import Activity
from ghg_numerique.wording import say

HARDWARE: Final = (
    "identifiant", "équipement", "quantité", "date_entrée", "date_sortie", "domaine", "modèle", "état", "pays", "site",
    "commande", "fournisseur", "prix_unitaire", "kwh_an", "pue",
)  # fmt: skip
SPENDING: Final = (
    "identifiant", "montant", "date", "taxe", "type", "mouvement", "domaine", "compte", "nature", "secteur", "commande",
    "fournisseur", "site",
)  # fmt: skip
EMISSIONS: Final = ("identifiant", "émissions", "unité", "type", "date", "domaine", "équipement", "site")
INPUTS: Final = "inputs.toml"
_DIALECT: Final = {"encoding": "utf-8", "delimiter": ";", "decimal": "comma"}

Row = Sequence[Cell]


@attrs.frozen
class Written:
    """A file of an export: the rows of the inventory that it holds, and how it is read."""

    name: str
    importer: str
    options: Mapping[str, str]
    header: Sequence[str]
    rows: tuple[int, ...]
    cells: Callable[[Inventory, int], Row]

    def page(self, inventory: Inventory) -> bytes:
        """Return the bytes of the file."""
        return page(self.header, (self.cells(inventory, row) for row in self.rows), mark=",")

    def read(self, folder: Path, catalogue: Catalogue) -> Inventory:
        """Return what reading the file gives."""
        return catalogue.read(folder / self.name, importer=self.importer, options=self.options)

    def input(self) -> str:
        """Return the lines by which `ghg.toml` names the file."""
        options = ", ".join(f'{name} = "{value}"' for name, value in self.options.items())
        return f'[[inputs]]\nfile = "{self.name}"\nimporter = "{self.importer}"\noptions = {{ {options} }}\n'


def told_export(opened: Folder, folder: str, language: str) -> str:
    """Write the inventory of a folder into a new folder, checked by reading it again, and return what was written."""
    inventory = opened.inventory
    files = files_of(inventory)
    pages = {file.name: file.page(inventory) for file in files}
    pages[INPUTS] = "\n".join(file.input() for file in files).encode()
    target = write_folder(Path(folder), pages, lambda place: check(inventory, files, place, opened.catalogue))
    lines = [say("cli.written", language, path=target / name) for name in pages]
    if inventory.set_aside:
        lines.append(say("cli.export-aside", language, rows=len(inventory.set_aside)))
    return "\n".join(lines)


def files_of(inventory: Inventory) -> tuple[Written, ...]:
    """Return the files of an export; equipment whose prices are TTC has a file of its own."""
    places: dict[str, list[int]] = {name: [] for name in ("parc", "parc-ttc", "depenses", "emissions")}
    ttc = EURO_UNITS.index("EUR_TTC")
    for row, (code, basis) in enumerate(zip(inventory.profile.tolist(), inventory.price_unit.tolist(), strict=True)):
        activity = inventory.profiles[code].activity
        if activity is Activity.HARDWARE:
            places["parc-ttc" if basis == ttc else "parc"].append(row)
        else:
            places["depenses" if activity is Activity.SPENDING else "emissions"].append(row)
    known = {
        "parc": ("hardware-csv", {"price_unit": "EUR_HT"}, HARDWARE, _item),
        "parc-ttc": ("hardware-csv", {"price_unit": "EUR_TTC"}, HARDWARE, _item),
        "depenses": ("spending-csv", {}, SPENDING, _line),
        "emissions": ("emissions-csv", {}, EMISSIONS, _emission),
    }
    return tuple(
        Written(f"{name}.csv", importer, _DIALECT | options, header, tuple(places[name]), cells)
        for name, (importer, options, header, cells) in known.items()
        if places[name]
    )


def check(inventory: Inventory, files: Sequence[Written], folder: Path, catalogue: Catalogue) -> None:
    """Raise ConfigurationError where reading an export does not give the inventory that was written."""
    read = Inventory.concat([file.read(folder, catalogue) for file in files])
    wanted = inventory.take([row for file in files for row in file.rows])
    if not inventory.ids:
        wanted = attrs.evolve(wanted, ids=tuple(_id(inventory, row) for file in files for row in file.rows))
    if _without_origin(read) != _without_origin(wanted):
        first = next((finding.text() for finding in read.findings if finding.severity == "error"), "-")
        raise ConfigurationError("export-differs", reason=first)


def _without_origin(inventory: Inventory) -> Inventory:
    """Return an inventory without where it was read, which no export can keep."""
    return attrs.evolve(inventory, findings=(), file=inventory.file * 0 - 1, row=inventory.row * 0, files=(), sheets=())


def _id(inventory: Inventory, row: int) -> str:
    return inventory.ids[row] if inventory.ids else str(row + 1)


def _item(inventory: Inventory, row: int) -> Row:
    profile, end, price = (
        inventory.profiles[inventory.profile[row]],
        int(inventory.end[row]),
        int(inventory.price[row]),
    )
    return (
        _id(inventory, row), profile.equipment, inventory.quantity(row), _day(int(inventory.start[row])),
        "" if end == OPEN else _day(end), profile.domain, profile.model, profile.state, profile.place, profile.site,
        *_bought(inventory, row), "" if price == NO_PRICE else Fraction(price, MILLIONTHS), _number(profile.energy),
        _number(profile.pue),
    )  # fmt: skip


def _line(inventory: Inventory, row: int) -> Row:
    profile, amount = inventory.profiles[inventory.profile[row]], inventory.quantity(row)
    return (
        _id(inventory, row), amount, _day(int(inventory.start[row])), profile.unit, "avoir" if amount < 0 else "dépense",
        profile.movement, profile.domain, profile.account, profile.nature, profile.sector, *_bought(inventory, row),
        profile.site,
    )  # fmt: skip


def _emission(inventory: Inventory, row: int) -> Row:
    profile = inventory.profiles[inventory.profile[row]]
    return (
        _id(inventory, row), inventory.quantity(row), profile.unit, profile.kind, _day(int(inventory.start[row])),
        profile.domain, profile.equipment, profile.site,
    )  # fmt: skip


def _bought(inventory: Inventory, row: int) -> Iterator[str]:
    """Return the purchase order and the supplier of a row."""
    for column, texts in ((inventory.order, inventory.orders), (inventory.supplier, inventory.suppliers)):
        yield texts[column[row]] if column[row] >= 0 else ""


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _number(text: str) -> Cell:
    return Fraction(text) if text else ""
