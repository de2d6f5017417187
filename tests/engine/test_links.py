"""Links between equipment and spending: by a page of links, by a rule, and never by likeness."""

from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import given

import ghg_numerique as ghg
from ghg_numerique import ConfigurationError, HardwareItem, Inventory, Origin, SpendingLine
from ghg_numerique.engine.details import detailed
from ghg_numerique.engine.one_sided import one_sided
from ghg_numerique.engine.pairs import pairs
from ghg_numerique.errors import Finding
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.details import DetailRule
from ghg_numerique.model.links import Links
from ghg_numerique.model.methodology import Prices
from ghg_numerique.testing.strategies import rows as any_rows
from town import EMBODIED, MONETARY, assess, fates, methodology, providers

DAY = date(2024, 3, 1)
KNOWN = providers(embodied={"laptop": "100", "server": "500"}, monetary={"21838": "200"})
ROUTES = (EMBODIED, MONETARY)
RULE = DetailRule("desks", account="2183*", equipment=("laptop", "server"))


def items(number=4, price="1000", *, id="p", equipment="laptop", entered=DAY, **others):
    priced = {} if price is None else {"unit_price": price, "price_unit": "EUR_HT"}
    row = Origin("parc.csv", int(others.pop("row", 2)))
    return HardwareItem(id, equipment, number, entered, domain="Office", origin=row, **priced, **others)


def spent(amount="5000", unit="EUR_HT", *, id="s", account="21838", spent=DAY, **others):
    row = Origin("depenses.csv", int(others.pop("row", 2)))
    return SpendingLine(id, amount, unit, spent, domain="Office", account=account, origin=row, **others)


def money(*rows, **chosen):
    """Return what was detailed and what the ratio counts, in euros without tax."""
    balance = assess(rows, KNOWN, routes=ROUTES, **chosen).balances.money
    return balance.detailed.in_unit("EUR_HT"), balance.monetary.in_unit("EUR_HT")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((items(4), spent()), (4000, 1000)),
        ((items(4), items(1, "500", id="q"), spent(), spent("4000", id="t")), (4500, 4500)),
        ((items(4, None), spent()), (5000, 0)),
        ((items(4, entered=date(2023, 3, 1)), spent()), (0, 5000)),
        ((items(4, equipment="widget"), spent()), (0, 5000)),
        ((items(4, order="BC-1"), spent()), (0, 5000)),
        ((items(4), spent(order="BC-1")), (0, 5000)),
        ((items(4), spent(spent=date(2023, 3, 1))), (0, 0)),
        ((items(4), spent(account="2051")), (0, 0)),
    ],
    ids=["partial", "several", "unpriced", "entered before", "another type", "items have an order",
         "spending has an order", "spent before", "another account"],
)  # fmt: skip
def test_a_rule_links_the_expenses_and_the_equipment_of_the_year_that_have_no_order(rows, expected):
    assert money(*rows, details=(RULE,)) == expected


def test_what_a_rule_links_is_explained_by_its_name():
    rows = [items(4), spent()]
    inventory, chosen = Inventory.of(rows), methodology(routes=ROUTES, details=(RULE,))
    resolution = ghg.resolve(ghg.keys_of(inventory, chosen), KNOWN, chosen)
    assert resolution.coverage == {"details: desks": Fraction(4, 5)}
    found = [one for one in ghg.explain(inventory, resolution) if one.id == "s"]
    assert next(str(link.identity) for one in found for link in one.chain) == "#order-details: desks"
    assert fates([items(5), spent()], KNOWN, routes=ROUTES, details=(RULE,))["s"] == ("detailed", "")


def test_parts_that_a_rule_links_add_up_to_the_whole():
    rows, chosen = [items(4), spent(), spent("2000", id="t")], methodology(routes=ROUTES, details=(RULE,))
    parts = [Inventory.of([row]) for row in rows]
    keys = sum_of(ghg.keys_of(part, chosen) for part in parts)
    resolution = ghg.resolve(keys, KNOWN, chosen)
    whole = ghg.postings(Inventory.of(rows), resolution)
    first, *others = [ghg.postings(part, resolution) for part in parts]
    assert sum(others, start=first) == whole


def sum_of(keys):
    found = ghg.Keys()
    for each in keys:
        found |= each
    return found


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ((RULE, attrs.evolve(RULE, name="other")), "details-twice"),
        ((RULE, RULE), "details-names"),
        ((DetailRule("x", account="2183*"),), "details-nothing"),
        ((DetailRule("x", equipment=("laptop",)),), "details-nothing"),
        ((DetailRule("x", account="6", domain="Cellar"),), "details-domain"),
    ],
)
def test_a_rule_that_cannot_be_applied_in_one_way_only_is_refused(rules, code):
    with pytest.raises(ConfigurationError) as refused:
        assess([items(4)], KNOWN, details=rules)
    assert refused.value.code == code


def page(tmp_path, *lines, header="fichier;identifiant;commande"):
    place = tmp_path / "liens.csv"
    place.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return Links.read(place, "liens.csv")


def test_a_page_of_links_gives_rows_their_order(tmp_path):
    links = page(tmp_path, "parc.csv;p;BC-7", "", "depenses.csv;s;BC-7")
    linked = links.applied(Inventory.of([items(4), spent(), spent("7", id="t")]))
    assert [linked.orders[code] if code >= 0 else "" for code in linked.order] == ["BC-7", "BC-7", ""]
    assert linked.findings == ()
    footprint = ghg.assess(linked, methodology(routes=ROUTES), ghg.Catalogue.of(*KNOWN))
    assert footprint.balances.money.detailed.in_unit("EUR_HT") == 4000


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["parc.csv;q;B"], [("link-unknown", 2)]),
        (["autre.csv;p;B"], [("link-unknown", 2)]),
        (["parc.csv;p;B", "parc.csv;p;C"], [("link-twice", 3)]),
        (["depenses.csv;s;B"], [("link-other", 2)]),
        (["parc.csv;p", "parc.csv;p;"], [("links-line", 2), ("links-line", 3)]),
    ],
)
def test_a_link_that_fits_no_row_or_two_is_an_error_with_its_place(tmp_path, lines, faults):
    linked = page(tmp_path, *lines).applied(Inventory.of([items(4), spent(order="BC-1")]))
    assert [(one.code, one.origin.row) for one in linked.findings] == faults
    assert all(one.severity is ghg.Severity.ERROR and one.origin.file == "liens.csv" for one in linked.findings)


def test_a_link_to_a_row_that_is_set_aside_is_a_warning(tmp_path):
    aside = [SetAside(Origin("parc.csv", 3))]
    inventory = attrs.evolve(Inventory.of([items(4)]), set_aside=tuple(aside))
    linked = page(tmp_path, "parc.csv;gone;B", "parc.csv;p;B").applied(inventory)
    assert [(one.code, str(one.severity)) for one in linked.findings] == [("link-unknown", "warning")]
    assert linked.orders == ("B",)


@pytest.mark.law
@given(any_rows(methodology()))
def test_a_rule_says_what_orders_written_by_hand_would_say(rows):
    rule = DetailRule("all", nature="telecom", equipment=("laptop", "server"))
    chosen = methodology(routes=ROUTES, details=(rule,), prices=Prices(vat="20"))
    inventory = Inventory.of(rows)
    by_hand = detailed(inventory, chosen)
    assert detailed(by_hand, chosen) == by_hand
    known = providers(embodied={"laptop": "100"}, monetary={"telecom": "200"})
    assessed = [
        ghg.assess(each, method, ghg.Catalogue.of(*known))
        for each, method in ((inventory, chosen), (by_hand, chosen), (by_hand, attrs.evolve(chosen, details=())))
    ]
    assert assessed[0].cells == assessed[1].cells == assessed[2].cells
    assert assessed[0].balances == assessed[1].balances == assessed[2].balances


def test_a_page_without_its_header_is_refused(tmp_path):
    linked = page(tmp_path, header="file;row;order").applied(Inventory.of([items(4)]))
    assert [one.code for one in linked.findings] == ["links-header"]


def found(*rows, days=60, **chosen):
    """Return the pairs of rows by their ids, those in doubt in brackets."""
    inventory = Inventory.of(rows)
    told = pairs(inventory, methodology(**chosen), days)
    named = [(inventory.ids[pair.spending], *(inventory.ids[row] for row in pair.items), pair.only) for pair in told]
    return [" ".join(names) if only else f"({' '.join(names)})" for *names, only in named]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((items(4), spent("4000")), ["s p"]),
        ((items(4), spent("4000.004")), ["s p"]),
        ((items(4), spent("4000.01")), []),
        ((items(4), spent("4800", "EUR_TTC")), []),
        ((items(4), items(1, "500", id="q"), spent("4500")), ["s p q"]),
        ((items(4), items(1, "500", id="q", entered=date(2024, 3, 2)), spent("4500")), []),
        ((items(4, supplier="ACME "), spent("4000", supplier="acme")), ["s p"]),
        ((items(4, supplier="ACME"), spent("4000", supplier="Other")), []),
        ((items(4, supplier="ACME"), spent("4000")), ["s p"]),
        ((items(4), spent("4000", spent=date(2024, 4, 30))), ["s p"]),
        ((items(4), spent("4000", spent=date(2024, 5, 1))), []),
        ((items(4), spent("4000", spent=date(2023, 12, 31))), []),
        ((items(4, order="B"), spent("4000")), []),
        ((items(4), spent("4000", order="B")), []),
        ((items(4), spent("4000", movement=ghg.Movement.REVENUE)), []),
        ((items(4), spent("4000"), spent("4000", id="t")), ["(s p)", "(t p)"]),
        ((items(4, None), spent("4000")), []),
    ],
)  # fmt: skip
def test_what_looks_like_one_purchase_is_proposed(rows, expected):
    assert found(*rows) == expected


def test_pairs_of_two_tax_bases_meet_through_the_rate():
    assert found(items(3, "33.33"), spent("119.99", "EUR_TTC"), prices=Prices(vat="20")) == ["s p"]


def test_a_pair_changes_no_figure():
    rows = [items(4), spent("4000")]
    assert found(*rows)
    assert money(*rows) == (0, 4000)


def told(*rows) -> list[Finding]:
    footprint = assess(rows, KNOWN, routes=ROUTES)
    return [one for one in footprint.findings if one.code in ("items-without-spending", "spending-without-items")]


def test_orders_that_stand_on_one_side_alone_are_both_told():
    rows = [items(4, order="A"), items(2, id="q", order="B"), spent(order="B"), spent("7.5", id="t", order="C")]
    one, other = told(*rows)
    assert (one.code, one.value, dict(one.facts)["count"]) == ("items-without-spending", "A", "1")
    assert (other.code, other.value, dict(other.facts)["amount"]) == ("spending-without-items", "C", "7.5 EUR_HT")
    assert "7,5 € HT" in other.text("fr")


def test_orders_that_stand_on_one_side_alone_are_listed_by_name_with_their_rows_and_amounts():
    rows = [items(4, id="q", order="Z"), items(2, order="A"), items(1, id="r", order="A"), items(3, id="t", order="B"),
            spent(order="B"), spent("7.5", id="v", order="C"), spent("2.5", "EUR_TTC", id="w", order="C")]  # fmt: skip
    alone = one_sided(Inventory.of(rows), methodology())
    told = [(name, tally.rows, dict(tally.amounts.by_unit)) for side in (alone.items, alone.spending)
            for name, tally in side.items()]  # fmt: skip
    assert told == [
        ("A", 2, {"item": 3}), ("Z", 1, {"item": 4}), ("C", 2, {"EUR_HT": Fraction("7.5"), "EUR_TTC": Fraction("2.5")})
    ]  # fmt: skip


def test_a_finding_names_five_orders_that_stand_alone_and_says_that_there_are_more():
    five, six = ([items(1, id=name, order=name) for name in names] for names in ("ABCDE", "ABCDEF"))
    assert [one.value for one in told(*five)] == ["A, B, C, D, E"]
    assert [one.value for one in told(*six)] == ["A, B, C, D, E, ..."]


@pytest.mark.parametrize(
    "rows",
    [
        (items(4, order="A", entered=date(2023, 1, 1)), spent("7", order="B", spent=date(2023, 1, 1))),
        (items(4, order="A"), spent("7", order="A", spent=date(2023, 12, 1))),
        (items(4, order="A", entered=date(2025, 1, 5)), spent("7", order="A")),
        (items(4), spent()),
    ],
    ids=["other years", "paid before", "entering later", "no order"],
)
def test_an_order_whose_other_side_is_in_another_year_is_not_told(rows):
    assert told(*rows) == []
