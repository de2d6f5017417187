"""An explanation is the computation again, row by row: it names every figure, and adds up to the cell exactly."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ghg_numerique import ConfigurationError, HardwareItem, Origin, Role, SpendingLine, cli, explain, post
from town import Figures, assess, providers, resolved

KNOWN = providers(
    embodied={"laptop": "100"}, energy={"laptop": "36.6"}, electricity={"FR": "0.5"}, monetary={"C26": "200"}
)
ROWS = [
    HardwareItem("p1", "laptop", 3, date(2024, 3, 1), domain="Office", order="BC", unit_price=500, price_unit="EUR_HT",
                 origin=Origin("park.csv", 17)),
    HardwareItem("p2", "laptop", 1, date(2020, 1, 1), domain="Rooms", origin=Origin("park.csv", 18)),
    HardwareItem("p3", "laptop", 1, date(2025, 1, 1), domain="Rooms", origin=Origin("park.csv", 19)),
    SpendingLine("s1", 2000, "EUR_HT", date(2024, 3, 1), domain="Office", sector="C26", order="BC", origin=Origin("spent.csv", 2)),
]  # fmt: skip


def test_a_row_is_told_with_its_origin_its_amount_and_every_coefficient():
    """3 laptops x 306 days are 918 item-days; 918 x 1/366 x 36.6 x 0.5 = 45.9 kg."""
    (use,) = explain(*resolved(ROWS, KNOWN), domain="Office", kind="use")
    assert (str(use.origin), use.id, str(use.amount)) == ("park.csv:17", "p1", "918 item.day")
    assert [(link.value, link.unit) for link in use.chain] == [
        ("1/366", "year/day"),
        ("36.6", "kWh/item/year"),
        ("0.5", "kgCO2eq/kWh"),
    ]
    assert use.result.value == Fraction("45.9")


def test_the_rest_of_an_order_is_told_with_its_share():
    """Items detail 1500 of 2000 euros; a quarter is left: 2000 x 1/4 x 200/1000 = 100 kg."""
    (rest,) = explain(*resolved(ROWS, KNOWN), kind="services")
    assert [(link.value, link.unit) for link in rest.chain] == [("1/4", "1"), ("200", "kgCO2eq/kEUR_HT")]
    assert (rest.id, rest.result.value) == ("s1", 100)


@pytest.mark.parametrize(
    "where", [{}, {"domain": "Rooms"}, {"kind": "use"}, {"domain": "Office", "kind": "embodied"}, {"domain": "none"}]
)
def test_explanations_add_up_to_their_cells(where):
    footprint = assess(ROWS, KNOWN)
    places = {name: footprint.dimensions.index(name) for name in where}
    cells = [
        amount for cell, amount in footprint.cells.items() if all(cell[places[name]] == where[name] for name in where)
    ]
    assert sum((one.result.value for one in explain(*resolved(ROWS, KNOWN), **where)), start=Fraction(0)) == sum(cells)


def test_amount_times_coefficients_is_the_result():
    for told in explain(*resolved(ROWS, KNOWN)):
        product = told.amount
        for link in told.chain:
            product *= type(product)(link.exact, link.unit)
        assert product == told.result


def test_what_lost_is_told_with_the_winner():
    rival = Figures(Role.EMBODIED, {"laptop": "90"}, "rival")
    known = [*KNOWN, rival]
    (told,) = explain(*resolved(ROWS[:1], known, priority={Role.EMBODIED: ("invented", "rival")}), kind="embodied")
    assert [(loser.provider, loser.offer.coefficient.value, loser.lost) for loser in told.rejected] == [
        ("rival", "90", "priority")
    ]


def test_rows_that_count_for_nothing_are_not_told():
    assert "p3" not in {told.id for told in explain(*resolved(ROWS, KNOWN))}


def test_an_unknown_dimension_is_refused_with_those_that_are_known():
    with pytest.raises(ConfigurationError, match="domain, kind") as refused:
        list(explain(*resolved(ROWS, KNOWN), colour="red", age="old"))
    assert (refused.value.code, refused.value.facts["name"]) == ("dimension", "age, colour")


def test_a_part_of_the_rows_is_posted_with_the_resolution_of_the_whole():
    inventory, resolution = resolved(ROWS, KNOWN)
    parts = [inventory.take([index]) for index in range(len(inventory))]
    assert sum((post(part, resolution) for part in parts), start=0) == post(inventory, resolution)


def test_a_value_that_no_result_has_is_refused_with_those_that_have_one(capsys):
    city = str(Path(__file__).parents[2] / "examples" / "ville")
    for where, code in (("domain=Nope", 1), ("kind=none", 1), ("kind=use", 0)):
        with pytest.raises(SystemExit) as left:
            cli.main(["explain", city, "--where", where, "--lang", "en"])
        assert int(left.value.code or 0) == code
    said = capsys.readouterr().err
    assert "No result has domain=Nope. Known: Application, Environnement Serveur" in said
    assert "No result has kind=none. Known: embodied, services, use." in said
