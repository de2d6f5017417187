"""The columns of hardware and of spending, whatever brings them: a CSV, a workbook, a table in memory."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import attrs

from ghg_numerique.cells import folded, unaccented
from ghg_numerique.terms import Movement


@attrs.frozen
class Column:
    """A column: the name that our code gives it, and the headers under which files carry it, French first.

    `number` marks the columns that tell the decimal mark of a file; `unread` those that are allowed and not used;
    `serial` those that name one thing each, and say that something is there twice; `blank` those that must be there and
    whose cells may be empty.
    """

    name: str
    headers: tuple[str, ...]
    required: bool = False
    number: bool = False
    unread: bool = False
    serial: bool = False
    blank: bool = False

    def __str__(self) -> str:
        return " | ".join(self.headers)


Columns: TypeAlias = tuple[Column, ...]

HARDWARE: Final[Columns] = (
    Column("id", ("identifiant", "id"), required=True),
    Column("equipment", ("équipement", "equipment"), required=True),
    Column("quantity", ("quantité", "quantity"), required=True, number=True),
    Column("entered", ("date_entrée", "entered"), required=True),
    Column("left", ("date_sortie", "left")),
    Column("domain", ("domaine", "domain")),
    Column("model", ("modèle", "model")),
    Column("state", ("état", "state")),
    Column("place", ("pays", "place")),
    Column("site", ("site",)),
    Column("order", ("commande", "order")),
    Column("supplier", ("fournisseur", "supplier")),
    Column("unit_price", ("prix_unitaire", "unit_price"), number=True),
    Column("energy", ("kwh_an", "kwh_per_year"), number=True),
    Column("pue", ("pue",), number=True),
    Column("serial", ("numéro_série", "numéro de série", "serial"), unread=True, serial=True),
)

SPENDING: Final[Columns] = (
    Column("id", ("identifiant", "id"), required=True),
    Column("amount", ("montant", "amount"), required=True, number=True),
    Column("spent", ("date",), required=True),
    Column("tax_basis", ("taxe", "tax_basis")),
    Column("domain", ("domaine", "domain")),
    Column("account", ("compte", "account")),
    Column("nature", ("nature",)),
    Column("sector", ("secteur", "sector")),
    Column("order", ("commande", "order")),
    Column("site", ("site",)),
    Column("type", ("type",)),
    Column("currency", ("devise", "currency")),
    Column("movement", ("mouvement", "movement")),
    Column("label", ("libellé", "label"), unread=True),
    Column("supplier", ("fournisseur", "supplier")),
)

LABELS: Final = frozenset({"label", "equipment", "name", "nature", "type"})
"""The columns, by name, that say in words what a row is: a total says it there."""

TAX_BASES: Final = {
    "HT": "EUR_HT", "TTC": "EUR_TTC", "ht": "EUR_HT", "ttc": "EUR_TTC", "eur_ht": "EUR_HT", "eur_ttc": "EUR_TTC",
}  # fmt: skip
CREDIT_NOTES: Final = {
    "dépense": "expense", "avoir": "credit_note", "depense": "expense", "expense": "expense",
    "credit_note": "credit_note", "credit note": "credit_note",
}  # fmt: skip
"""What a line is, in words. A credit note is written with a negative amount."""

MOVEMENTS: Final = {movement.value: movement.value for movement in Movement}
"""What a line moves, where it is no expense; an empty cell says that it is one."""

EURO: Final = "EUR"
EUROS: Final = frozenset({"eur", "€", "euro", "euros"})
"""The euro, by its folded spellings."""

CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
"""The code of a currency (ISO 4217)."""


def recognised(header: Iterable[str], columns: Columns) -> list[Column | None]:
    """Return the column behind each header, None where no column has it."""
    known = _by_header(columns)
    return [known.get(folded(text)) for text in header]


def missing(found: Sequence[Column | None], columns: Columns) -> list[Column]:
    """Return the required columns that a header lacks."""
    return [column for column in columns if column.required and column not in found]


@lru_cache
def _by_header(columns: Columns) -> dict[str, Column]:
    accented = {folded(header): column for column in columns for header in column.headers}
    return {unaccented(header): column for header, column in accented.items()} | accented
