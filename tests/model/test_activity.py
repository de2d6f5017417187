"""A record that exists can be counted: what cannot be is refused where it is built, with what was expected."""

from datetime import date
from decimal import Decimal

import pytest

from ghg_numerique import (
    DeclaredEmission,
    HardwareItem,
    Inventory,
    Kind,
    NumberError,
    RowError,
    SpendingLine,
    UnitError,
)

DAY = date(2024, 3, 1)


def item(**changed):
    return HardwareItem(**{"id": "p", "equipment": "laptop", "quantity": 3, "entered": DAY, **changed})


def line(**changed):
    return SpendingLine(**{"id": "s", "amount": "10.50", "unit": "EUR_HT", "spent": DAY, **changed})


def emission(**changed):
    return DeclaredEmission(**{"id": "d", "amount": 1, "unit": "tCO2eq", "day": DAY, "kind": Kind.SERVICES, **changed})


@pytest.mark.parametrize(
    ("build", "changed", "code"),
    [
        (item, {"quantity": -1}, "negative-quantity"),
        (item, {"left": date(2024, 2, 29)}, "left-before-entered"),
        (item, {"unit_price": 800}, "tax-basis"),
        (item, {"unit_price": 800, "price_unit": "EUR"}, "tax-basis"),
        (item, {"quantity": 1.0}, "not-exact"),
        (item, {"quantity": True}, "not-exact"),
        (item, {"energy": 30.5}, "not-exact"),
        (line, {"unit": "EUR"}, "tax-basis"),
        (line, {"unit": "kgCO2eq"}, "tax-basis"),
        (line, {"amount": "-10.50"}, "negative-amount"),
        (emission, {"unit": "kg"}, "not-emissions"),
        (emission, {"unit": "kWh"}, "not-emissions"),
    ],
)
def test_what_cannot_be_is_refused(build, changed, code):
    with pytest.raises(RowError) as refused:
        build(**changed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "quantity", ["abc", "", "12,5", "1e3", "1_000", "nan", Decimal("NaN"), Decimal("Infinity"), 10**13, "0.0000001"]
)
def test_what_is_no_number_is_refused_where_it_is_written(quantity):
    with pytest.raises(NumberError):
        item(quantity=quantity)
    with pytest.raises(NumberError):
        line(amount=quantity)
    with pytest.raises(NumberError):
        item(unit_price=quantity, price_unit="EUR_HT")


def test_an_unknown_unit_of_emissions_is_refused_with_the_nearest():
    with pytest.raises(UnitError, match="tCO2"):
        emission(unit="tCO2")


def test_what_is_accepted_is_kept_as_written():
    assert item(quantity="2.5").quantity == Decimal("2.5")
    assert line(amount="-10.50", credit_note=True).amount == Decimal("-10.50")
    assert item(left=DAY).left == DAY
    assert item(quantity=10**12).quantity == 10**12
    assert emission(unit="gCO2e").unit == "gCO2e"


def test_every_record_that_exists_can_be_counted():
    rows = [item(quantity=10**12), line(amount="0.000001"), emission(amount="0.001", unit="gCO2eq"), item(quantity=0)]
    inventory = Inventory.of(rows)
    assert sorted(inventory.quantity(index) for index in range(len(inventory))) == sorted(
        [10**12, 0, Decimal("0.000001"), Decimal("0.000001")]
    )


def test_emissions_finer_than_a_millionth_of_a_kilogram_are_refused():
    with pytest.raises(NumberError):
        Inventory.of([emission(amount="0.0001", unit="gCO2eq")])
