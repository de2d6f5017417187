"""An invented hamlet: rows of two files, by their numbers, and round figures for them."""

from datetime import date
from typing import Any

from ghg_numerique import DeclaredEmission, HardwareItem, Kind, Origin, SpendingLine, State
from ghg_numerique.terms import Movement
from town import providers

MAY = date(2024, 5, 1)
KNOWN = providers(
    embodied={"laptop": "100", "server": "500"}, energy={"laptop": "36.6", "server": "366"},
    electricity={"FR": "0.5"}, monetary={"telecom": "200"}, lifetime={"laptop": "4", "server": "5"},
)  # fmt: skip


def item(row: int, equipment: str = "laptop", number=1, entered: date = MAY, left: date | None = None, **others: Any):
    said = {"domain": "Office", "origin": Origin("parc.csv", row), **others}
    return HardwareItem(f"p{row}", equipment, number, entered, left, **said)


def spent(row: int, amount, unit: str = "EUR_HT", day: date = MAY, **others: Any):
    said = {"domain": "Office", "nature": "telecom", "origin": Origin("depenses.csv", row), **others}
    return SpendingLine(f"s{row}", amount, unit, day, **said)


TOWN = [
    item(2, number=3), item(3, "server", 2, date(2022, 1, 1)), item(4, entered=date(2025, 1, 1)),
    item(5, left=date(2024, 1, 1), entered=date(2020, 1, 1)), item(6, "drone"),
    item(7, number=4, order="BC", unit_price=500, price_unit="EUR_HT"), item(8, state=State.RETIRED),
    item(9, entered=date(2024, 12, 31), place="DE"), item(10, energy="73.2", pue="1.5"),
    spent(2, 1000), spent(3, 500, nature="fireworks"), spent(4, 2500, order="BC"), spent(5, 100, day=date(2023, 12, 31)),
    spent(6, 120, "EUR_TTC"), spent(7, 900, movement=Movement.REVENUE), spent(8, -100, credit_note=True),
    spent(9, 300, order="BC2"), item(11, order="BC2"), spent(10, 80, domain="Rooms"),
    DeclaredEmission("d", "1.5", "tCO2eq", MAY, Kind.SERVICES, domain="Rooms", origin=Origin("autres.csv", 2)),
]  # fmt: skip
