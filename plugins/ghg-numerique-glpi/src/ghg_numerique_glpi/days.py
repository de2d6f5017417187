"""Which day a machine entered the fleet, and how an export writes days."""

import re
from datetime import date
from typing import Final

from ghg_numerique.plugin import Document
from ghg_numerique_files.dates import read_day
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.settings import option
from ghg_numerique_files.spelling import folded

DAYS_OF_ENTRY: Final = ("buy_date", "delivery_date", "use_date")
"""The dates of GLPI by which equipment can enter a fleet, in the order in which they are asked."""

ENTERED: Final = {"entered": "The dates that say the entry, in order: buy_date, delivery_date, use_date."}
DAYS: Final = {"days": "How days such as 05-03-2024 are written: day-first or month-first."}
ORDERS: Final = {"day-first": "day", "month-first": "month"}

_DAYLIKE = re.compile(r"(?P<one>[0-9]{2})[-/](?P<two>[0-9]{2})[-/](?P<year>[0-9]{4})", re.ASCII)


def entry_order(document: Document) -> tuple[str, ...]:
    """Return the dates that say the entry, in the order of the option. Raises Refusal for another date."""
    given = document.options.get("entered", "")
    asked = tuple(folded(name) for name in given.split(",")) if given.strip() else DAYS_OF_ENTRY
    if not set(asked) <= set(DAYS_OF_ENTRY) or len(set(asked)) < len(asked):
        raise refused(document, "option-value", given, option="entered", expected=", ".join(DAYS_OF_ENTRY))
    return asked


def day_order(document: Document) -> str:
    """Return which of two numbers is the day, nothing where nobody says it."""
    return option(document, "days", ORDERS)


def day(record: Record, column: str, order: str) -> date | None:
    """Return a day, None where the cell is empty or faulty.

    `05-03-2024` is what GLPI and OCS write for two different days: the option says which, or the cell is at fault.
    """
    text = record.text(column)
    found = _DAYLIKE.fullmatch(text)
    if not found or (not order and "/" in text):
        return record.day(column)
    if not order:
        record.fault("glpi-day-order", column, text)
        return None
    number, month = (found["one"], found["two"]) if order == "day" else (found["two"], found["one"])
    return record.dated(column, text, read_day(f"{found['year']}-{month}-{number}"))


def stay(record: Record, entry: tuple[str, ...], order: str) -> tuple[date, date | None]:
    """Return the first day in the fleet and the first day out of it.

    The first date that is filled says the entry; where it is not the first that is asked, a warning says so. A row
    without any is at fault: no day is made up.
    """
    first = next((column for column in entry if record.text(column)), "")
    entered, left = day(record, first, order) if first else None, day(record, "left", order)
    if not first:
        record.fault("glpi-no-entry", entry[0], expected=", ".join(_header(record, column) for column in entry))
    elif first != entry[0] and entered is not None:
        used, wanted = _header(record, first), _header(record, entry[0])
        record.warn("glpi-entry-stands-in", first, first, used=used, wanted=wanted)
    if entered is not None and left is not None and left < entered:
        record.fault("left-before-entered", "left", record.text("left"), entered=record.text(first))
    return entered or date.min, left


def _header(record: Record, column: str) -> str:
    return record.sheet.headers.get(column, column)
