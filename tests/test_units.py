"""Units: a closed grammar in front of one private registry; what does not measure the same thing never meets."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from ghg_numerique import Quantity, UnitError
from ghg_numerique.units import close, factor, names, parse_unit, same_dimension


def run(code: str) -> str:
    """Return what a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("kWh/item/year", "kWh/item/year"),
        ("kgCO2e / kEUR_HT", "kgCO2eq/kEUR_HT"),
        ("item.day", "item.day"),
        ("item·jour", "item.day"),
        ("kWh/appareil/an", "kWh/item/year"),
        ("1/day", "1/day"),
        ("1", "1"),
        ("kWh.item/item", "kWh"),
        ("tonne", "t"),
    ],
)
def test_a_unit_is_a_product_of_known_names(text, canonical):
    assert parse_unit(text) == canonical
    assert parse_unit(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("ton", "tonne"),
        ("kwh", "kWh"),
        ("KWH", "kWh"),
        ("mWh", "MWh"),
        ("EUR", "EUR_HT"),
        ("kgCO2", "kgCO2eq"),
        ("kWhs", "kWh"),
        ("itms", "items"),
        ("jrs", "jour"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(text, near):
    with pytest.raises(UnitError) as refused:
        parse_unit(text)
    assert refused.value.code == "unit-unknown"
    assert refused.value.facts["near"] == near
    assert f"'{near}'" in refused.value.text("en")
    assert f"« {near} »" in refused.value.text("fr")


@pytest.mark.parametrize(
    "text",
    ["pc", "12,5", "", " ", "kWh^2", "kWh**2", "2 kWh", "kWh//item", "kWh/", "kWh item", "µWh", "kilo", "m", "delta_kWh", "ｋWh", "()",
     "__import__('os')"],
)  # fmt: skip
def test_what_is_not_in_the_grammar_never_reaches_pint(text):
    with pytest.raises(UnitError) as refused:
        parse_unit(text)
    assert refused.value.code == "unit-unknown"


@pytest.mark.parametrize(
    ("text", "near"), [("EUR", "EUR_HT"), ("zz", "kWh, item, EUR_HT, kgCO2eq"), ("kWh/itemss", "items")]
)
def test_the_refusal_of_a_unit_tells_the_whole_text_and_one_near_name(text, near):
    with pytest.raises(UnitError) as refused:
        parse_unit(text)
    assert refused.value.facts == {"unit": text, "near": near}


def test_the_names_are_those_of_the_page_without_its_remarks():
    assert {"kWh", "kgCO2eq", "item", "EUR_HT", "EUR_TTC", "appareil"} < set(names())
    assert not [name for name in names() if not name.replace("_", "").isalnum() or not name[0].isalpha()]


@pytest.mark.parametrize("text", names())
def test_every_name_of_the_house_is_a_unit_that_pint_knows(text):
    assert factor(text, parse_unit(text)) == 1


@pytest.mark.parametrize(
    ("unit", "into", "times"),
    [
        ("tCO2eq", "kgCO2eq", 1000),
        ("gCO2eq", "kgCO2eq", Fraction(1, 1000)),
        ("MWh", "kWh", 1000),
        ("kgCO2eq/EUR_HT", "kgCO2eq/kEUR_HT", 1000),
        ("Wh/item/year", "kWh/item/year", Fraction(1, 1000)),
        ("kW.hour", "kWh", 1),
        ("day", "hour", 24),
        ("To", "Go", 1000),
    ],
)
def test_conversions_are_exact(unit, into, times):
    assert factor(unit, into) == times
    assert factor(into, unit) == 1 / Fraction(times)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kgCO2eq", "kg"),
        ("EUR_HT", "EUR_TTC"),
        ("kgCO2eq/kEUR_HT", "kgCO2eq/kEUR_TTC"),
        ("item", "1"),
        ("item", "item.year"),
        ("item.day", "item.year"),
        ("year", "day"),
        ("octet", "1"),
        ("percent", "1"),
        ("kWh", "kW"),
        ("sheet", "item"),
    ],
)
def test_what_measures_something_else_never_meets(one, other):
    assert not same_dimension(one, other)
    with pytest.raises(UnitError) as refused:
        factor(one, other)
    assert refused.value.code == "unit-conversion"
    with pytest.raises(UnitError):
        Quantity.of(1, one) + Quantity.of(1, other)
    assert Quantity.of(1, one) != Quantity.of(1, other)


@pytest.mark.parametrize(
    ("unit", "links", "scale"),
    [
        ("item", ("kgCO2eq/item",), 1),
        ("item.day", ("year/day", "kWh/item/year", "kgCO2eq/kWh"), 1),
        ("item.day", ("year/day", "Wh/item/year", "gCO2eq/kWh"), Fraction(1, 10**6)),
        ("item.day", ("1/day", "kgCO2eq/item"), 1),
        ("EUR_HT", ("kgCO2eq/kEUR_HT",), Fraction(1, 1000)),
        ("EUR_TTC", ("EUR_HT/EUR_TTC", "kgCO2eq/kEUR_HT"), Fraction(1, 1000)),
        ("tCO2eq", (), 1000),
    ],
)
def test_a_chain_that_telescopes_closes_with_its_exact_scale(unit, links, scale):
    assert close(unit, links) == scale


@pytest.mark.parametrize(
    ("unit", "links"),
    [
        ("EUR_TTC", ("kgCO2eq/kEUR_HT",)),
        ("item", ("kg/item",)),
        ("item", ("kWh/item/year", "kgCO2eq/kWh")),
        ("item.day", ("kWh/item/year", "kgCO2eq/kWh")),
        ("item", ("percent", "kgCO2eq/item")),
        ("octet", ("kgCO2eq/item",)),
        ("EUR_HT", ()),
    ],
)
def test_a_chain_that_does_not_close_is_refused_with_what_is_left_over(unit, links):
    with pytest.raises(UnitError) as refused:
        close(unit, links)
    assert refused.value.code == "chain-open"
    assert refused.value.facts["left"]
    assert unit in refused.value.text("en")


@pytest.mark.parametrize("value", [1.5, True, float("nan"), "12,5", "1e5", "1_000", "nan", "", "٣", None])
def test_a_quantity_is_of_an_exact_number(value):
    with pytest.raises(UnitError) as refused:
        Quantity.of(value, "kWh")
    assert refused.value.code == "not-exact"


def test_so_many_times_a_quantity_is_it_added_so_often():
    third = Quantity(Fraction(1, 3), "kWh")
    assert third * 3 == 3 * third == third + third + third == Quantity(1, "kWh")
    assert third * Fraction(1, 3) + third * Fraction(2, 3) == third


def test_quantities_are_equal_when_they_measure_the_same_amount():
    assert Quantity.of("1.5", "MWh") == Quantity.of(1500, "kWh")
    assert hash(Quantity.of("1.5", "MWh")) == hash(Quantity.of(1500, "kWh"))
    assert Quantity.of(1, "kWh") != Quantity.of(1, "kgCO2eq")
    assert Quantity.of(999, "kgCO2eq") < Quantity.of(1, "tCO2eq") <= Quantity.of(Decimal(1000), "kgCO2eq")


def test_arithmetic_is_exact_and_carries_its_unit():
    third = Quantity(Fraction(1, 3), "kWh")
    assert third + third + third == Quantity.of(1, "kWh")
    assert Quantity.of(3, "item") * Quantity.of("156", "kgCO2eq/item") == Quantity.of(468, "kgCO2eq")
    assert Quantity.of(468, "kgCO2eq") / Quantity.of(3, "item") == Quantity.of(156, "kgCO2eq/item")
    assert (Quantity.of(1, "tCO2eq") - Quantity.of(1, "kgCO2eq")).to("kgCO2eq").value == 999
    assert f"{Quantity.of(1234, 'kgCO2eq').to('tCO2eq'):.1f}" == "1.2 tCO2eq"


def test_a_number_scales_a_quantity_and_keeps_its_unit():
    assert attrs.astuple(Quantity.of(3, "kWh") * 2) == (6, "kWh") == attrs.astuple(2 * Quantity.of(3, "kWh"))
    assert attrs.astuple(Quantity.of(3, "kWh") * Fraction(1, 3)) == (1, "kWh")
    assert attrs.astuple(Quantity.of(3, "kWh") / 2) == (Fraction(3, 2), "kWh")
    assert attrs.astuple(-Quantity.of(3, "kWh")) == (-3, "kWh")
    assert attrs.astuple(Quantity.of(1, "MWh") + Quantity.of(500, "kWh")) == (Fraction(3, 2), "MWh")


def test_a_quantity_and_a_number_do_not_add_and_are_not_equal():
    one = Quantity.of(1, "kWh")
    with pytest.raises(TypeError):
        one + 1  # type: ignore[operator]
    assert one != 1
    assert one.__eq__(1) is NotImplemented is one.__add__(1)  # type: ignore[arg-type]


def test_a_quantity_is_not_below_itself_in_another_unit():
    assert not Quantity.of(1, "MWh") < Quantity.of(1000, "kWh") <= Quantity.of(1, "MWh")
    assert Quantity.of(1000, "kWh") <= Quantity.of(1, "MWh")
    assert not Quantity.of(1001, "kWh") <= Quantity.of(1, "MWh")


def test_equal_quantities_are_one_key_and_others_are_others():
    amounts = [Quantity.of(value, unit) for value in ("1", "2.5", "1000") for unit in ("kWh", "MWh", "kgCO2eq", "item")]
    assert hash(Quantity.of(1, "MWh")) == hash(Quantity.of(1000, "kWh"))
    assert len({hash(amount) for amount in amounts}) == len(set(amounts)) == len(amounts) - 1


def test_a_view_in_pint_is_a_float_in_the_same_unit():
    view = Quantity.of("1.5", "kWh/item").as_pint()
    assert (view.magnitude, type(view.magnitude), str(view.units)) == (1.5, float, "kWh / item")


def test_a_quantity_is_shown_short_unless_a_format_is_asked():
    third = Quantity(Fraction(1, 3), "kWh")
    assert (f"{third}", str(third), f"{third:.3f}", float(third)) == (
        "0.333333 kWh",
        "0.333333 kWh",
        "0.333 kWh",
        1 / 3,
    )


@pytest.mark.parametrize(
    ("does", "code", "facts"),
    [
        (lambda: Quantity.of(1.5, "kWh"), "not-exact", {"value": "1.5"}),
        (lambda: Quantity.of("1e5", "kWh"), "not-exact", {"value": "'1e5'"}),
        (lambda: Quantity.of("9" * 99, "kWh"), "not-exact", {"value": repr("9" * 60)}),
        (lambda: parse_unit(12), "unit-text", {"value": "12"}),  # type: ignore[arg-type]
        (lambda: factor("kWh", "item"), "unit-conversion", {"unit": "kWh", "into": "item"}),
        (
            lambda: close("item", ("kg/item", "kWh/day"), "kgCO2eq"),
            "chain-open",
            {"unit": "item", "links": "kg/item x kWh/day", "into": "kgCO2eq", "left": "[energy]^1 [mass]^1 [time]^-1"},
        ),
    ],
)
def test_a_refusal_says_what_was_asked(does, code, facts):
    with pytest.raises(UnitError) as refused:
        does()
    assert (refused.value.code, dict(refused.value.facts)) == (code, facts)


@pytest.mark.parametrize("value", ["9" * 60 + "." + "9" * 60, "-0.5"])
def test_sixty_digits_on_either_side_of_the_point_are_exact(value):
    assert Quantity.of(value, "kWh").value == Fraction(value)


def test_sixty_four_threads_may_be_the_first_to_use_a_unit():
    """The registry is built once, whole, whoever comes first: every thread gets the same exact answer."""
    code = """
import threading
from ghg_numerique.units import close
barrier, answers, lock = threading.Barrier(64), [], threading.Lock()
def first(number):
    barrier.wait()
    units = ("year/day", "Wh/item/year", "kgCO2eq/MWh") if number % 2 else ("1/day", "tCO2eq/item")
    scale = close("item.day", units)
    with lock:
        answers.append((number % 2, str(scale)))
threads = [threading.Thread(target=first, args=(number,)) for number in range(64)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(answers), sorted(set(answers)))
"""
    assert run(code).strip() == "64 [(0, '1000'), (1, '1/1000000')]"


def test_a_quantity_pickles_into_a_process_where_nothing_is_imported():
    import pickle

    data = pickle.dumps([Quantity.of("12.5", "kWh/item/year"), UnitError("unit-unknown", unit="ton", near="tonne")])
    code = f"""
import pickle, sys
quantity, error = pickle.loads({data!r})
assert "pint" not in sys.modules
print(quantity.to("Wh/item/year"), "|", error.code, error.facts)
"""
    assert run(code).strip() == "12500 Wh/item/year | unit-unknown {'unit': 'ton', 'near': 'tonne'}"


def test_the_registry_of_the_application_is_left_alone():
    code = """
import pint
before = pint.get_application_registry()
kept = pint.UnitRegistry()
pint.set_application_registry(kept)
from ghg_numerique import Quantity
view = Quantity.of(1, "kWh").as_pint()
assert view._REGISTRY is not kept and pint.get_application_registry().get() is kept
assert "kgCO2eq" not in kept
print(view.units)
"""
    assert run(code).strip() == "kWh"


def test_importing_the_face_opens_no_registry():
    code = "import sys, ghg_numerique; print(sorted({'pint', 'numpy', 'pluggy', 'cattrs', 'attrs'} & set(sys.modules)))"
    assert run(code).strip() == "[]"


@pytest.mark.parametrize(("value", "unit", "code"), [("9" * 5000, "kWh", "not-exact"), ("1", None, "unit-text")])
def test_what_is_no_number_or_no_unit_text_is_said_by_an_error_of_the_house(value, unit, code):
    with pytest.raises(UnitError) as refused:
        Quantity.of(value, unit)
    assert refused.value.code == code


def test_a_chain_that_squares_emissions_says_what_is_left_over():
    with pytest.raises(UnitError) as refused:
        close("item", ("kgCO2eq/item", "kgCO2eq/item"))
    assert refused.value.facts["left"] == "[co2eq]^2 [item]^-1"
