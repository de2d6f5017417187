"""Typed cells of a workbook as the texts that the same grammar reads, and what is wrong with those that are no value."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from ghg_numerique_files.workbook import Cell, CellFault

MOST_DIGITS: Final = 15
"""What any spreadsheet shows of a number. One that needs more digits was not typed: it is what binary arithmetic left."""


def text_of(cell: Cell, mark: str) -> str:
    """Return a cell as a text: a number in full with a decimal mark, a day as `2024-03-01`, a truth value as a word.

    A number is the shortest decimal that names its binary value, which is what was typed, up to fifteen digits.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return _written(Decimal(repr(cell)), mark)


def fault_of(cell: Cell, *, number: bool) -> str:
    """Return the code of what is wrong with a cell, nothing where it is a value; `number` where a number is due."""
    if isinstance(cell, CellFault):
        return cell.code
    if number and isinstance(cell, float) and len(Decimal(repr(cell)).normalize().as_tuple().digits) > MOST_DIGITS:
        return "binary-noise"
    if number and isinstance(cell, date):
        return "number-day"
    return ""


def shown_of(cell: float, mark: str) -> str:
    """Return a number as a spreadsheet shows it: its first fifteen digits."""
    return _written(Decimal(f"{cell:.{MOST_DIGITS}g}"), mark)


def _written(value: Decimal, mark: str) -> str:
    """Write a number in full; from 10^15 on, where digits are lost, as spreadsheets do: `1,5E+15`."""
    plain = value.normalize()
    text = f"{plain:f}" if abs(plain) < 10**MOST_DIGITS else f"{plain:E}"
    return text.replace(".", mark)
