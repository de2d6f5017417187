"""Prices that bear no mark of their tax basis: someone must say it, or say that they are not to be read."""

from decimal import Decimal
from typing import Final

from ghg_numerique.plugin import Document
from ghg_numerique_files.record import Record
from ghg_numerique_files.settings import TAX_BASES, needed_option, option

TAX_BASIS: Final = {"tax_basis": "The tax basis of the values, once there are any: HT, TTC, or none not to read them."}
UNREAD: Final = "unread"

_WORDS = TAX_BASES | {"none": UNREAD}


def basis_of(document: Document, *, needed: bool) -> str:
    """Return the unit of prices, or UNREAD. Raises Refusal where it is needed and not given."""
    return (needed_option if needed else option)(document, "tax_basis", _WORDS)


def price_of(record: Record, basis: str) -> Decimal | None:
    """Return the price of a row. GLPI writes 0 for a value that nobody filled in: it is no price."""
    if basis == UNREAD:
        return None
    return record.positive("value") or None
