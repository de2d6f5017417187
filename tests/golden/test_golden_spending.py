"""Spending, worked out by hand with the ratios of 2023: telecommunications (J61) 136, electronics (C26) 216 kg per kEUR HT."""

from datetime import date
from fractions import Fraction

import pytest

from ghg_numerique import DeclaredEmission, HardwareItem, Kind, Role, SpendingLine
from ghg_numerique.model.methodology import Deflator, Prices
from ghg_numerique.terms import PriceYear
from town import EMBODIED, MONETARY, assess, fates, figure, providers, shipped

PAID = date(2023, 6, 1)
DEEDS = {"year": 2023, "routes": (EMBODIED, MONETARY), "priority": {Role.EMBODIED: ("ademe",)}}


def line(name, amount, unit="EUR_HT", **others):
    return SpendingLine(name, amount, unit, **{"spent": PAID, "domain": "Office", "nature": "telecom", **others})


def test_a_credit_note_takes_back_what_it_credits():
    """12 000 - 2 000 = 10 000 euros; 10 x 136 = 1 360 kg."""
    footprint = assess([line("bill", 12000), line("credit", -2000, credit_note=True)], shipped(), **DEEDS)
    assert footprint.exact_total() == 1360
    assert footprint.balances.money.spent.by_unit == {"EUR_HT": 10000}


def test_an_order_that_laptops_detail_in_part():
    """4 laptops at 1 000 euros are 4 000 of the 5 000 spent: 4 x 156 = 624 kg embodied; 1 000 euros are left: 216 kg."""
    rows = [
        HardwareItem("p", "laptop", 4, PAID, domain="Office", order="BC-1", unit_price=1000, price_unit="EUR_HT"),
        line("s", 5000, nature="hardware", order="BC-1"),
    ]
    footprint = assess(rows, shipped(), **DEEDS)
    assert dict(footprint.by("kind").groups) == {"embodied": 624, "services": 216}
    money = footprint.balances.money
    assert (money.detailed.by_unit, money.monetary.by_unit) == ({"EUR_HT": 4000}, {"EUR_HT": 1000})


def test_euros_with_tax_meet_a_ratio_without_tax():
    """1 200 TTC at 20 % are 1 000 HT: 136 kg. Of 1 000 TTC, 833.33... HT: 113.33... kg, exactly 340/3."""
    prices = Prices(vat="20", vat_source="rate of the bills")
    assert assess([line("s", 1200, "EUR_TTC")], shipped(), **DEEDS, prices=prices).exact_total() == 136
    assert assess([line("s", 1000, "EUR_TTC")], shipped(), **DEEDS, prices=prices).exact_total() == Fraction(340, 3)


@pytest.mark.parametrize(
    ("prices", "kilograms", "said"),
    [
        (Prices(year=PriceYear.NEAREST), Fraction(136), ["price-year"]),
        (Prices(year=PriceYear.REFUSE), Fraction(0), ["gap-price_year"]),
        (Prices(deflators=(Deflator(2024, 2023, "0.98", "INSEE"),)), Fraction("133.28"), []),
    ],
)
def test_euros_of_2024_meet_a_ratio_of_2023(prices, kilograms, said):
    """Nearest year: 1 000 euros x 136 = 136 kg, and said. Refused: no result. Deflated: 980 euros of 2023, 133.28 kg."""
    footprint = assess([line("s", 1000, spent=date(2024, 6, 1))], shipped(), **DEEDS | {"year": 2024}, prices=prices)
    assert footprint.exact_total() == kilograms
    assert [finding.code for finding in footprint.findings if "price" in finding.code] == said


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("136", "kgCO2eq/kEUR_HT"),
        ("0.136", "kgCO2eq/EUR_HT"),
        ("0.136", "tCO2eq/kEUR_HT"),
        ("136", "tCO2eq/MEUR_HT"),
        ("136", "gCO2eq/EUR_HT"),
    ],
)
def test_a_ratio_says_the_same_in_every_unit(value, unit):
    """2 500.50 euros x 136 kg per thousand = 340.068 kg, however the ratio is spelled."""
    known = providers(monetary={"J61": figure(Role.MONETARY, value, unit, year=2023)})
    assert assess([line("s", "2500.50", sector="J61")], known, routes=(MONETARY,), year=2023).exact_total() == Fraction(
        "340.068"
    )


def test_a_ratio_of_taxed_euros_is_never_used_on_untaxed_ones():
    from ghg_numerique import UnitError

    known = providers(monetary={"J61": figure(Role.MONETARY, "136", "kgCO2eq/kEUR_TTC", year=2023)})
    with pytest.raises(UnitError, match="EUR_TTC"):
        assess([line("s", 1000, sector="J61")], known, routes=(MONETARY,), year=2023)


@pytest.mark.parametrize(("amount", "unit"), [("1.5", "tCO2eq"), (1500, "kgCO2eq"), ("1500000", "gCO2eq")])
def test_declared_emissions_say_the_same_in_every_unit(amount, unit):
    """1.5 t are 1 500 kg are 1 500 000 g; they are declared, and no factor is asked for."""
    row = DeclaredEmission("d", amount, unit, PAID, Kind.SERVICES, domain="Office")
    footprint = assess([row], **DEEDS)
    assert footprint.exact_total() == 1500
    assert dict(footprint.by("data_kind").groups) == {"declared": 1500}


def test_a_nature_says_more_than_an_account():
    """10 000 euros: account 6262 leads to telecommunications, the nature hosting to J62_63; the nature counts."""
    both = assess([line("s", 10000, nature="hosting", account="6262")], shipped(), **DEEDS).exact_total()
    nature = assess([line("s", 10000, nature="hosting")], shipped(), **DEEDS).exact_total()
    account = assess([line("s", 10000, nature="", account="6262")], shipped(), **DEEDS).exact_total()
    assert (both, account) == (nature, 1360)
    assert nature != account


def test_money_that_leads_nowhere_is_unresolved():
    rows = [line("s", 1000, nature="fireworks")]
    assert fates(rows, shipped().providers, **DEEDS) == {"s": ("unresolved", "no_factor")}
    assert assess(rows, shipped(), **DEEDS).balances.money.unresolved.by_unit == {"EUR_HT": 1000}
