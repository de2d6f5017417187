"""A purchase order that items detail is not counted twice: what they cost leaves the spending, the rest stays."""

from datetime import date
from fractions import Fraction

import pytest

from ghg_numerique import HardwareItem, SpendingLine
from ghg_numerique.model.methodology import OutOfBoundary, Prices
from town import EMBODIED, MONETARY, assess, fates, messages, providers, resolved

DAY = date(2024, 3, 1)
KNOWN = providers(embodied={"laptop": "100"}, monetary={"C26": "200"})
ROUTES = (EMBODIED, MONETARY)


def items(number=4, price="1000", unit="EUR_HT", *, id="p", equipment="laptop", **others):
    priced = {} if price is None else {"unit_price": price, "price_unit": unit}
    return HardwareItem(id, equipment, number, DAY, domain="Office", order="BC-1", **priced, **others)


def spent(amount="5000", unit="EUR_HT", *, id="s", **others):
    return SpendingLine(id, amount, unit, DAY, domain="Office", sector="C26", order="BC-1", **others)


def totals(*rows, **chosen):
    """Return what is embodied and what is monetary, in kgCO2eq, and the money detailed and counted."""
    footprint = assess(rows, KNOWN, routes=ROUTES, **chosen)
    kinds, money = dict(footprint.by("kind").groups), footprint.balances.money
    detailed, counted = (sum(side.by_unit.values(), start=Fraction(0)) for side in (money.detailed, money.monetary))
    return kinds.get("embodied", 0), kinds.get("services", 0), detailed, counted


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((items(0), spent()), (0, 1000, 0, 5000)),
        ((items(4), spent()), (400, 200, 4000, 1000)),
        ((items(5), spent()), (500, 0, 5000, 0)),
        ((items(7), spent()), (700, 0, 5000, 0)),
        ((items(4, None), spent()), (400, 0, 5000, 0)),
        ((items(2), items(1, None, id="q"), spent()), (300, 0, 5000, 0)),
        ((items(4), spent("2000"), spent("3000", id="t")), (400, 200, 4000, 1000)),
        ((items(4), spent("6000"), spent("-1000", id="t", credit_note=True)), (400, 200, 4000, 1000)),
        ((items(4, equipment="widget"), spent()), (0, 1000, 0, 5000)),
        ((items(4),), (400, 0, 0, 0)),
        ((spent(),), (0, 1000, 0, 5000)),
    ],
    ids=[
        "none",
        "partial",
        "full",
        "over",
        "unpriced",
        "mixed",
        "two lines",
        "credit note",
        "no factor",
        "no spending",
        "no items",
    ],
)
def test_items_detail_what_they_cost_and_no_more(rows, expected):
    assert totals(*rows) == expected


def test_items_that_cost_more_than_was_spent_are_said():
    assert [
        text
        for text in messages(assess([items(7), spent()], KNOWN, routes=ROUTES))
        if "BC-1" in text and "2000" in text.replace(",", "")
    ]


@pytest.mark.parametrize(
    ("item", "line", "expected"),
    [
        (items(4, "1200", "EUR_TTC"), spent(), (400, 200, 4000, 1000)),
        (items(4, "1000", "EUR_HT"), spent("6000", "EUR_TTC"), (400, 200, 4800, 1200)),
    ],
)
def test_prices_and_spending_of_two_tax_bases_meet_through_vat(item, line, expected):
    assert totals(item, line, prices=Prices(vat="20")) == expected


def test_without_a_rate_an_order_of_two_tax_bases_is_unresolved():
    rows = [items(4, "1200", "EUR_TTC"), spent()]
    assert fates(rows, KNOWN, routes=ROUTES)["s"] == ("unresolved", "no_vat")
    footprint = assess(rows, KNOWN, routes=ROUTES)
    assert footprint.exact_total() == 400
    assert footprint.balances.money.unresolved.by_unit == {"EUR_HT": 5000}


def test_an_order_on_which_nothing_was_spent_needs_no_rate():
    """Found by the oracle: two tax bases among the items, no rate, and not one euro that they could detail."""
    rows = (items(1), items(1, "1", "EUR_TTC", id="q"), spent("0"))
    assert fates(rows, KNOWN, routes=ROUTES)["s"] == ("counted", "")


def test_an_order_that_stays_unresolved_for_want_of_a_rate_is_said():
    footprint = assess([items(4, "1200", "EUR_TTC"), spent()], KNOWN, routes=ROUTES)
    assert [text for text in messages(footprint) if "VAT" in text]


def test_the_share_of_an_order_is_exact():
    inventory, resolution = resolved([items(1, "1000"), spent("3000")], KNOWN, routes=ROUTES)
    assert resolution.coverage == {"BC-1": Fraction(1, 3)}
    assert totals(items(1, "1000"), spent("3000")) == (100, 400, 1000, 2000)
    assert len(inventory) == 2


def test_items_bought_in_another_year_detail_the_spending_and_count_in_their_own():
    late = HardwareItem(
        "p", "laptop", 4, date(2025, 1, 10), domain="Office", order="BC-1", unit_price=1000, price_unit="EUR_HT"
    )
    assert totals(late, spent()) == (0, 200, 4000, 1000)


def test_spending_outside_the_boundary_stays_outside_whatever_details_it():
    outside = (OutOfBoundary("not ours", domain="Rooms"),)
    line = SpendingLine("s", 5000, "EUR_HT", DAY, domain="Rooms", sector="C26", order="BC-1")
    assert fates([items(4), line], KNOWN, routes=ROUTES, boundary=outside)["s"] == ("excluded", "boundary")
    footprint = assess([items(4), line], KNOWN, routes=ROUTES, boundary=outside)
    assert footprint.exact_total() == 400
    assert footprint.balances.money.excluded.by_unit == {"EUR_HT": 5000}


def test_every_euro_has_one_end():
    money = assess([items(4), spent(), spent("12.34", id="t")], KNOWN, routes=ROUTES).balances.money
    assert money.spent == money.detailed + money.monetary + money.excluded + money.unresolved
    assert money.spent.by_unit == {"EUR_HT": Fraction("5012.34")}


def test_an_unpriced_item_of_quantity_zero_details_nothing():
    assert totals(items(0, None), spent()) == (0, 1000, 0, 5000)
