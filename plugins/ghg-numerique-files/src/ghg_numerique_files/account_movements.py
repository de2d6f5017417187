"""What a line of a ledger moves, by the beginning of its account: classes 2 and 6 spend, the others do not."""

from functools import cache
from typing import Final

from ghg_numerique.plugin import Document, Movement
from ghg_numerique_files.account_beginnings import ByBeginning, read_beginnings
from ghg_numerique_files.vocabularies import shipped

_WORDS: Final = {word.value: word.value for word in Movement}


def read_movements(document: Document) -> ByBeginning:
    """Return the movements of a list. Raises Refusal with every fault, such as one account with two movements."""
    return read_beginnings(document, "movement", _WORDS)


@cache
def shipped_movements() -> ByBeginning:
    """Return the movements of the chart of accounts, public (M57) and private alike."""
    return read_movements(shipped("account_movements.csv"))
