"""Hardware, worked out by hand. Published figures come from the shipped tables; round ones are invented and stand here.

The year is 2024: 366 days.
"""

from datetime import date
from fractions import Fraction

import pytest

from ghg_numerique import HardwareItem, Role, State
from ghg_numerique.terms import Allocation
from town import EMBODIED, USE, assess, fates, providers, shipped

DEEDS = {"routes": (EMBODIED, USE), "priority": {Role.EMBODIED: ("ademe",), Role.ENERGY: ("publicodes-energy-2.2.0",)}}


def kinds(footprint):
    """Return embodied and use, in kgCO2eq."""
    found = dict(footprint.by("kind").groups)
    return found.get("embodied", 0), found.get("use", 0)


def test_three_laptops_bought_in_march_in_flow():
    """Manufacture, all in the year of entry: 3 x 156 = 468 kg.

    Use: 1 March to 31 December is 366 - 31 - 29 = 306 days; 3 x 306 = 918 item-days. A laptop draws 26.5 W x 3 h x 365
    = 29 017.5 Wh a year. 918 x 29.0175 = 26 638.065; x 0.0519 = 1 382.515 573 5; / 366 = 3.777 365 kg.
    """
    laptops = HardwareItem("p", "laptop", 3, date(2024, 3, 1), domain="Office")
    embodied, use = kinds(assess([laptops], shipped(), **DEEDS))
    assert embodied == 468
    assert use == Fraction("1382.5155735") / 366
    assert round(float(use), 6) == 3.777365


@pytest.mark.parametrize(
    ("year", "kilograms"), [(2022, 0), (2023, 184), (2024, 366), (2025, 365), (2026, 365), (2027, 181), (2028, 0)]
)
def test_a_laptop_in_straight_line_across_a_leap_year(year, kilograms):
    """4 years are 4 x 365.25 = 1461 days, and 1461 kg are one a day.

    From 1 July 2023: 31+31+30+31+30+31 = 184 days, then 366, 365, 365; 1461 - 1280 = 181 days are left, to 30 June 2027.
    """
    known = providers(embodied={"laptop": "1461"}, lifetime={"laptop": "4"})
    row = HardwareItem("p", "laptop", 1, date(2023, 7, 1), domain="Office")
    footprint = assess([row], known, routes=(EMBODIED,), allocation=Allocation.STRAIGHT_LINE, year=year)
    assert footprint.exact_total() == kilograms


def test_the_years_of_a_straight_line_add_up_to_the_flow():
    """184 + 366 + 365 + 365 + 181 = 1461: all of it, and no more in the years before and after."""
    known = providers(embodied={"laptop": "1461"}, lifetime={"laptop": "4"})
    row = HardwareItem("p", "laptop", 1, date(2023, 7, 1), domain="Office")
    straight = {"routes": (EMBODIED,), "allocation": Allocation.STRAIGHT_LINE}
    assert sum(assess([row], known, **straight, year=year).exact_total() for year in range(2020, 2032)) == 1461
    assert assess([row], known, routes=(EMBODIED,), year=2023).exact_total() == 1461


def test_two_servers_whose_electricity_was_measured():
    """3 000 kWh each, measured, in a room of PUE 1.5, all the year: 2 x 3 000 x 1.5 = 9 000 kWh; x 0.0519 = 467.1 kg."""
    servers = HardwareItem("p", "server", 2, date(2021, 1, 1), domain="Rooms", energy=3000, pue="1.5")
    assert kinds(assess([servers], shipped(), **DEEDS)) == (0, Fraction("467.1"))


def test_servers_in_two_countries():
    """One server of 1 000 kWh in each: in France 1 000 x 0.0519 = 51.9 kg; in Germany, by the figure of 2011, 461 kg."""
    servers = [
        HardwareItem("fr", "server", 1, date(2020, 1, 1), domain="Rooms", energy=1000),
        HardwareItem("de", "server", 1, date(2020, 1, 1), domain="Rooms", energy=1000, place="DE"),
    ]
    footprint = assess(servers, shipped(), **DEEDS, cells=("domain", "kind", "data_kind", "place"))
    assert dict(footprint.by("place").groups) == {"DE": 461, "FR": Fraction("51.9")}
    assert [dict(finding.facts)["other"] for finding in footprint.findings if finding.code == "mix-year"] == ["2011"]


def test_a_fleet_in_all_its_states():
    """A laptop is 100 kg to make, and 366 kWh a year x 0.5 = 183 kg to use: half a kilogram a day.

    used, since 2023: 183. stock, bought in February: 100, no power. retired, there since 2020, in the fleet until July:
    its state draws no power: nothing. missing, bought in January: 100. consumed: nothing. spare, bought on 2 July, in
    use for 31 - 1 + 31 + 30 + 31 + 30 + 31 = 183 days: 100 + 91.5. gone, left on 1 January: nothing.
    Embodied 100 + 100 + 100 = 300; use 183 + 91.5 = 274.5.
    """
    known = providers(embodied={"laptop": "100"}, energy={"laptop": "366"}, electricity={"FR": "0.5"})
    fleet = [
        ("used", date(2023, 5, 1), None, State.IN_USE),
        ("stock", date(2024, 2, 1), None, State.IN_STOCK),
        ("retired", date(2020, 1, 1), date(2024, 7, 1), State.RETIRED),
        ("missing", date(2024, 1, 1), None, State.MISSING),
        ("consumed", date(2024, 1, 1), None, State.CONSUMED),
        ("spare", date(2024, 7, 2), None, State.IN_USE),
        ("gone", date(2019, 1, 1), date(2024, 1, 1), State.IN_USE),
    ]
    rows = [
        HardwareItem(name, "laptop", 1, entered, left, domain="Office", state=state)
        for name, entered, left, state in fleet
    ]
    assert kinds(assess(rows, known, routes=(EMBODIED, USE))) == (300, Fraction("274.5"))
    assert fates(rows, known, routes=(EMBODIED, USE)) == {
        "used": ("counted", ""),
        "stock": ("counted", ""),
        "retired": ("excluded", "state"),
        "missing": ("counted", ""),
        "consumed": ("excluded", "state"),
        "spare": ("counted", ""),
        "gone": ("excluded", "left_before"),
    }


def test_a_purchase_after_the_year_and_one_on_its_last_day():
    """31 December: 5 x 100 = 500 kg, and 5 item-days x 366 kWh / 366 days x 0.5 = 2.5 kg. 1 January: nothing, and said."""
    known = providers(embodied={"laptop": "100"}, energy={"laptop": "366"}, electricity={"FR": "0.5"})
    rows = [
        HardwareItem("last", "laptop", 5, date(2024, 12, 31), domain="Office"),
        HardwareItem("next", "laptop", 7, date(2025, 1, 1), domain="Office"),
    ]
    assert kinds(assess(rows, known, routes=(EMBODIED, USE))) == (500, Fraction("2.5"))
    assert fates(rows, known, routes=(EMBODIED, USE))["next"] == ("excluded", "enters_after")


def test_a_monitor_in_service_for_a_whole_ordinary_year():
    """50 W x 4 h x 365 = 73 kWh a year, whole in 2023 as in any year; x 0.058 = 4.234 kg. It entered before: no manufacture."""
    monitor = HardwareItem("p", "monitor-23.8in", 1, date(2022, 6, 1), domain="Office")
    assert kinds(assess([monitor], shipped(), **DEEDS, year=2023)) == (0, Fraction("4.234"))
