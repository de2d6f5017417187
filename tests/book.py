"""The folder of a village, and the book that somebody keeps of it by hand: whole numbers, no row is read back."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import attrs

import ghg_numerique as ghg
from ghg_numerique.testing import FixedProvider
from ghg_numerique.testing.methodologies import DOMAINS
from village import STAGES, UNIT

Place = tuple[str, str]
"""A row: its file and its id."""

PAGE = """organisation = "Village"
year = 2024
methodology = "methodologie.toml"
links = "liens.csv"
"""
METHOD = f"""title = "village"
place = "FR"
domains = ["{DOMAINS[0]}"]

[[routes]]
name = "embodied"
activity = "hardware"
stage = "manufacturing"
links = ["embodied"]

[[routes]]
name = "monetary"
activity = "spending"
stage = "cradle_to_gate"
links = ["monetary"]
"""
ITEMS = "identifiant;equipement;quantite;date_entree;domaine;modele;prix_unitaire"
LINES = "identifiant;montant;date;domaine;nature;type"
KG = {"laptop": 193, "server": 600}
KG_PER_KEUR, KG_OF_MODEL = 170, 250
IMPORTERS = {"parc": ("hardware-csv", 'price_unit = "EUR_HT"'), "depenses": ("spending-csv", 'tax_basis = "HT"')}


@attrs.frozen
class Item:
    """Equipment that was bought in a year."""

    equipment: str
    model: str
    quantity: int
    price: int
    year: int

    @property
    def key(self) -> tuple[str, str]:
        """What its factor depends on."""
        return self.equipment, self.model


@attrs.define
class Book:
    """What the village has and spent (euros without tax), what belongs together, who tells factors, and what is pinned."""

    items: dict[Place, Item] = attrs.Factory(dict)
    lines: dict[Place, int] = attrs.Factory(dict)
    links: dict[str, tuple[Place, Place]] = attrs.Factory(dict)
    maker: bool = False
    """Whether a plugin is there that knows a model."""
    edition: int = 0
    """What the next edition of the table adds to a laptop."""
    pinned: dict[tuple[str, str], int] | None = None

    @property
    def keys(self) -> set[tuple[str, str]]:
        """What factors are needed for: equipment with its model, and money."""
        return {item.key for item in self.items.values()} | ({("money", "")} if self.lines else set())

    @property
    def told(self) -> dict[tuple[str, str], int]:
        """What the plugins that are there tell, by key."""
        return {key: self._told(*key) for key in self.keys}

    def _told(self, equipment: str, model: str) -> int:
        if equipment == "money":
            return KG_PER_KEUR
        if model and self.maker:
            return KG_OF_MODEL
        return KG[equipment] + (self.edition if equipment == "laptop" else 0)

    def total(self) -> Fraction:
        """Return kgCO2eq."""
        kilograms = self.told if self.pinned is None else self.pinned
        bought = sum(item.quantity * kilograms[item.key] for item in self.items.values() if item.year == 2024)
        spent = sum((amount * (1 - self._detailed(place)) for place, amount in self.lines.items()), Fraction(0))
        return bought + spent * Fraction(kilograms.get(("money", ""), 0), 1000)

    def _detailed(self, line: Place) -> Fraction:
        """Return the part of a line that the item of its order details."""
        item = next((self.items[item] for one, item in self.links.values() if one == line), None)
        return Fraction(0) if item is None else min(Fraction(1), Fraction(item.quantity * item.price, self.lines[line]))

    @property
    def catalogue(self) -> ghg.Catalogue:
        """The importers that are installed, and the plugins that tell factors."""
        laptop = KG["laptop"] + self.edition
        told = [
            _provider("village", ghg.Role.EMBODIED, {**KG, "laptop": laptop}),
            _provider("village", ghg.Role.MONETARY, {"telecom": KG_PER_KEUR}),
        ]
        if self.maker:
            told.insert(0, _provider("maker", ghg.Role.EMBODIED, {"X1": KG_OF_MODEL}))
        return ghg.Catalogue.of(*told, *_importers())

    def write(self, folder: Path) -> None:
        """Write the folder: its page, its files, and its links."""
        files: dict[str, list[str]] = {}
        for (name, row), item in self.items.items():
            said = (row, item.equipment, item.quantity, f"{item.year}-03-01", DOMAINS[0], item.model, item.price)
            files.setdefault(name, [ITEMS]).append(";".join(map(str, said)))
        for (name, row), amount in self.lines.items():
            said = (row, amount, "2024-02-29", DOMAINS[0], "telecom", "avoir" if amount < 0 else "dépense")
            files.setdefault(name, [LINES]).append(";".join(map(str, said)))
        for name, lines in files.items():
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        inputs = [
            f'[[inputs]]\nfile = "{name}"\nimporter = "{importer}"\noptions = {{ {options} }}\n'
            for name in files
            for importer, options in [IMPORTERS[name.partition("-")[0]]]
        ]
        links = [f"{file};{row};{order}" for order, both in self.links.items() for file, row in both]
        (folder / "liens.csv").write_text("\n".join(["fichier;identifiant;commande", *links]) + "\n", encoding="utf-8")
        (folder / "methodologie.toml").write_text(METHOD, encoding="utf-8")
        (folder / "ghg.toml").write_text("\n".join([PAGE, *inputs]), encoding="utf-8")


@cache
def _importers() -> tuple[ghg.Importer, ...]:
    return ghg.Catalogue.discover().importers


def _provider(name: str, role: ghg.Role, words: dict[str, int]) -> FixedProvider:
    said = {
        word: ghg.Coefficient("", str(value), UNIT[role], role, ghg.Source(""), "", STAGES[role], year=2024)
        for word, value in words.items()
    }
    return FixedProvider.of(name, role, said)
