"""Numbers, units and validities of the export: read digit for digit and day for day, or refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.plugin import exact, parse_unit
from ghg_numerique_ademe.damage import is_damaged
from ghg_numerique_ademe.reasons import SAID, Reason, Refused
from ghg_numerique_ademe.roles import duty
from ghg_numerique_ademe.spellings import UNITS, measure, number, scaled, typed
from ghg_numerique_ademe.validity import Validity

DECIMALS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=9).map(lambda d: f"{d:f}")


@pytest.mark.law
@given(DECIMALS, st.sampled_from(".,"))
def test_a_number_is_kept_digit_for_digit(text, mark):
    assert number(text.replace(".", mark), mark) == text


@pytest.mark.law
@given(st.text(max_size=12), st.sampled_from(".,"))
def test_a_text_is_a_number_of_the_house_or_is_refused(text, mark):
    try:
        found = number(text, mark)
    except Refused:
        return
    assert exact(found) == exact(f"{Decimal(text.strip().replace(mark, '.')):f}")


@pytest.mark.law
@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_typed_number_gives_its_cell_back(value):
    assert float(typed(value)) == value
    assert "e" not in typed(value).lower()
    assert exact(typed(value)) == exact(number(typed(value), "."))


@pytest.mark.law
@given(st.decimals(0, 10**6, places=4), st.sampled_from(["0.01", "10", "0.5"]))
def test_a_scaled_number_is_the_exact_product(value, scale):
    assert exact(scaled(f"{value:f}", scale)) == exact(f"{value:f}") * exact(scale)


@pytest.mark.parametrize(
    ("text", "mark"), [("1.5", ","), ("1,5", "."), ("1 500", ","), ("nan", "."), ("", "."), ("١", ".")]
)
def test_a_number_of_another_form_is_refused(text, mark):
    with pytest.raises(Refused):
        number(text, mark)


def test_an_exponent_is_written_out():
    assert (number("3E-05", "."), number("1,2e3", ",")) == ("0.00003", "1200")


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_of_the_list_is_one_of_the_house(unit):
    assert parse_unit(measure(unit).unit) == measure(unit).unit


@pytest.mark.law
@given(st.text(max_size=20) | st.sampled_from([f"{unit} PCI" for unit in UNITS] + [unit.upper() for unit in UNITS]))
def test_a_unit_outside_the_list_is_refused(unit):
    with pytest.raises(Refused) as raised:
        measure(unit)
    assert raised.value.reason in (Reason.UNIT, Reason.PRICE_BASIS)


@pytest.mark.law
@given(st.integers(1000, 9999), st.sampled_from(["HT", "TTC"]))
def test_a_price_says_its_year_and_its_tax(year, tax):
    found = measure(f"kgCO2e/keuro ({year}) {tax}")
    assert (found.unit, found.year) == (f"kgCO2eq/kEUR_{tax}", str(year))


@pytest.mark.parametrize("unit", ["kgCO2e/keuro", "kgCO2e/euro dépensé", "kgCO2e/Franc CFP"])
def test_money_without_a_price_year_or_a_tax_is_refused_as_such(unit):
    with pytest.raises(Refused) as raised:
        measure(unit)
    assert raised.value.reason is Reason.PRICE_BASIS


@pytest.mark.law
@given(st.dates())
def test_a_day_is_the_last_one_in_each_form(day):
    for text in (day.isoformat(), f"{day.day:02}/{day.month:02}/{day.year:04}"):
        assert Validity.read(text) == Validity("", day.isoformat(), "")


@pytest.mark.law
@given(st.text(max_size=30) | st.from_regex(r"[0-9]{2}[/-][0-9]{2}[/-][0-9]{4}", fullmatch=True))
def test_a_validity_is_a_day_that_exists_or_keeps_its_text(text):
    found = Validity.read(text)
    for day in (found.starts, found.ends):
        assert not day or date.fromisoformat(day)
    assert found.text == text or (found.text == "" and (found.ends or text == ""))


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2025", "", "2025-12-31"),
        ("Année 2022", "2022-01-01", "2022-12-31"),
        ("Données valides pour l'année 2024", "2024-01-01", "2024-12-31"),
        ("déc.-18", "", "2018-12-01"),
        ("févr.-20", "", "2020-02-01"),
        ("3 ans", "", ""),
        ("4ème rapport du GIEC (2007)", "", ""),
        ("44196", "", ""),
        ("31/02/2021", "", ""),
        ("", "", ""),
    ],
)
def test_the_validities_of_the_export(text, starts, ends):
    assert Validity.read(text) == Validity(starts, ends, text)


@pytest.mark.parametrize(
    "cell", ["TÃ©lÃ©vision", "lâ€™année", "Å“uvre", "a\ufffdb", "#N/A", "#DIV/0!", "nan", "NULL", " #REF!"]
)
def test_a_damaged_cell_is_seen(cell):
    assert is_damaged(cell.strip()) or is_damaged(cell)


@pytest.mark.parametrize("cell", ["", "Nantes", "Ã", "âge", "Télévision", "# 5", "nano", "œuvre – l’été"])
def test_a_whole_cell_is_left_alone(cell):
    assert not is_damaged(cell)


def test_a_category_has_the_duty_of_the_nearest_above_it():
    assert duty("Electricité > Mix réseau électrique > Outre mer", "kgCO2eq/kWh").role == "electricity"
    assert duty("Achats de biens > Papier, carton", "kgCO2eq/t").role == "material"
    for category, unit in (("Electricité", "kgCO2eq/kg"), ("Electricité verte", "kgCO2eq/kWh"), ("", "kgCO2eq/kg")):
        with pytest.raises(Refused):
            duty(category, unit)


def test_every_reason_is_said_in_both_languages():
    assert set(SAID) == set(Reason)
    assert all(french and english and french != english for french, english in SAID.values())
