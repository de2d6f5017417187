"""How the export writes units and numbers, and what this library writes for them."""

import re
from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique_ademe.reasons import Reason, Refused


@attrs.frozen
class Measure:
    """A unit of this library; `scale` is what the published number is multiplied by, `year` the year of the prices."""

    unit: str
    scale: str = ""
    year: str = ""


UNITS: Final = {
    "kgCO2e/unité": Measure("kgCO2eq/item"),
    "kgCO2e/appareil": Measure("kgCO2eq/item"),
    "kgCO2e/kWh": Measure("kgCO2eq/kWh"),
    "kgCO2e/kg": Measure("kgCO2eq/kg"),
    "kgCO2e/Kg": Measure("kgCO2eq/kg"),
    "kgCO2e/t": Measure("kgCO2eq/t"),
    "kgCO2e/tonne": Measure("kgCO2eq/t"),
    "kgCO2e/livre": Measure("kgCO2eq/item"),
    "kgCO2e/100 feuilles A4": Measure("kgCO2eq/sheet", scale="0.01"),
}
"""The closed list: `kWh PCI` and `kg de poids net` are other things than `kWh` and `kg`, and stay out."""

_PRICES = re.compile(r"kgCO2e/keuro \((\d{4})\) (HT|TTC)", re.ASCII)
_MONEY = re.compile(r"kgCO2e/(k?euro|Franc CFP)\b", re.IGNORECASE)
_NUMBERS = {
    mark: re.compile(rf"(-?[0-9]+(?:{re.escape(mark)}[0-9]+)?)(?:[eE]([+-]?[0-9]{{1,2}}))?", re.ASCII) for mark in ".,"
}


def measure(unit: str) -> Measure:
    """Return what a published unit is here. Raises Refused where it is not in the closed list."""
    if unit in UNITS:
        return UNITS[unit]
    if prices := _PRICES.fullmatch(unit):
        return Measure(f"kgCO2eq/kEUR_{prices[2]}", year=prices[1])
    raise Refused(Reason.PRICE_BASIS if _MONEY.match(unit) else Reason.UNIT, unit)


def number(text: str, mark: str) -> str:
    """Return a published number with a decimal point and no exponent, digit for digit. Raises Refused for any other."""
    found = _NUMBERS[mark].fullmatch(text.strip())
    if found is None:
        raise Refused(Reason.DAMAGED, text)
    plain = found[1].replace(mark, ".")
    return f"{Decimal(plain).scaleb(int(found[2])):f}" if found[2] else plain


def typed(value: float) -> str:
    """Return the shortest text that gives the number of a spreadsheet cell back, without an exponent."""
    return f"{value:.0f}" if value.is_integer() else f"{Decimal(repr(value)):f}"


def scaled(value: str, scale: str) -> str:
    """Return the exact product of two numbers, without zeros at its end."""
    product = f"{Decimal(value) * Decimal(scale):f}"
    return product.rstrip("0").rstrip(".") if "." in product else product
