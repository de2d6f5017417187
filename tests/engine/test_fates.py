"""Every row has one fate, and says why: counted, detailed elsewhere, excluded for a reason of the list, or unresolved."""

from datetime import date

import attrs
import pytest

from ghg_numerique import (
    Catalogue,
    DeclaredEmission,
    Fate,
    Finding,
    HardwareItem,
    Inventory,
    InventoryError,
    Kind,
    Movement,
    Origin,
    Role,
    Severity,
    SpendingLine,
    State,
)
from ghg_numerique import assess as assess_inventory
from ghg_numerique import fates as all_fates
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.methodology import Assignment, Fleet, OutOfBoundary
from ghg_numerique.terms import Allocation
from town import EMBODIED, METHODOLOGY, MONETARY, USE, assess, fates, figure, providers, resolved

KNOWN = providers(
    embodied={"laptop": "100"},
    energy={"laptop": "366"},
    electricity={"FR": "0.5"},
    monetary={"C26": "200"},
    lifetime={"laptop": "4"},
)


def item(entered, left=None, **others):
    return HardwareItem("p", "laptop", 1, entered, left, domain="Office", **others)


@pytest.mark.parametrize(
    ("row", "fate", "kilograms"),
    [
        (item(date(2024, 1, 1)), ("counted", ""), 100 + 183),
        (item(date(2024, 12, 31)), ("counted", ""), 100 + 0.5),
        (item(date(2025, 1, 1)), ("excluded", "enters_after"), 0),
        (item(date(2023, 12, 31)), ("counted", ""), 183),
        (item(date(2020, 1, 1), date(2024, 1, 1)), ("excluded", "left_before"), 0),
        (item(date(2020, 1, 1), date(2024, 1, 2)), ("counted", ""), 0.5),
        (item(date(2024, 5, 1), date(2024, 5, 1)), ("counted", ""), 100),
        (item(date(2024, 1, 1), state=State.IN_STOCK), ("counted", ""), 100),
        (item(date(2023, 1, 1), state=State.IN_STOCK), ("excluded", "state"), 0),
        (item(date(2024, 1, 1), state=State.CONSUMED), ("excluded", "state"), 0),
        (item(date(2024, 1, 1), state=State.MISSING), ("counted", ""), 100),
        (item(date(2023, 1, 1), state=State.RETIRED), ("excluded", "state"), 0),
    ],
)
def test_hardware_counts_when_it_enters_and_while_it_serves(row, fate, kilograms):
    assert fates([row], KNOWN) == {"p": fate}
    assert float(assess([row], KNOWN).exact_total()) == kilograms


def test_the_methodology_says_which_states_draw_power():
    rows = [item(date(2023, 1, 1), state=State.IN_STOCK)]
    assert assess(rows, KNOWN, fleet=Fleet(powered=(State.IN_USE, State.IN_STOCK))).exact_total() == 183


def test_an_old_item_whose_use_lies_outside_the_boundary_causes_nothing_in_the_year():
    assert fates([item(date(2023, 1, 1))], KNOWN, routes=(EMBODIED, MONETARY)) == {"p": ("excluded", "nothing_in_year")}


def test_a_gap_is_not_hidden_behind_the_part_that_counts():
    """The laptop is counted for its use, but nobody knows its manufacture: the row is unresolved, its use is counted."""
    known = [provider for provider in KNOWN if provider.role != "embodied"]
    assert fates([item(date(2024, 1, 1))], known) == {"p": ("unresolved", "no_factor")}
    footprint = assess([item(date(2024, 1, 1))], known)
    assert footprint.exact_total() == 183
    assert {(line[0], line[1]) for line in footprint.balances.kinds} == {
        (Kind.EMBODIED, Fate.UNRESOLVED),
        (Kind.USE, Fate.COUNTED),
    }


def test_a_row_without_a_result_names_the_keys_that_nothing_answered():
    known = [provider for provider in KNOWN if provider.role not in ("embodied", "electricity")]
    (row,) = all_fates(*resolved([item(date(2024, 1, 1))], known))
    assert [str(key) for key in row.missing] == ["embodied(equipment=laptop)", "electricity(place=FR, year=2024)"]
    (row,) = all_fates(*resolved([item(date(2024, 1, 1))], KNOWN))
    assert row.missing == ()


@pytest.mark.parametrize(
    ("changed", "fate"),
    [
        ({"spent": date(2023, 12, 31)}, ("excluded", "other_year")),
        ({"spent": date(2025, 1, 1)}, ("excluded", "other_year")),
        ({"sector": "C99"}, ("unresolved", "no_factor")),
        ({"unit": "EUR_TTC"}, ("unresolved", "no_vat")),
        ({}, ("counted", "")),
    ],
)
def test_spending_counts_in_its_year_where_a_ratio_is_known(changed, fate):
    line = {"id": "s", "amount": 10, "unit": "EUR_HT", "spent": date(2024, 6, 1), "domain": "Office", "sector": "C26"}
    assert fates([SpendingLine(**line | changed)], KNOWN) == {"s": fate}


def test_what_no_route_leads_to_is_unresolved():
    line = SpendingLine("s", 10, "EUR_HT", date(2024, 6, 1), domain="Office", sector="C26")
    assert fates([line], KNOWN, routes=(EMBODIED, USE)) == {"s": ("unresolved", "no_route")}


def test_declared_emissions_need_no_factor():
    emission = DeclaredEmission("d", "1.5", "tCO2eq", date(2024, 6, 1), Kind.SERVICES, domain="Office")
    assert fates([emission]) == {"d": ("counted", "")}
    assert assess([emission]).exact_total() == 1500
    assert fates([attrs.evolve(emission, day=date(2023, 6, 1))]) == {"d": ("excluded", "other_year")}


@pytest.mark.parametrize(
    ("line", "excluded"),
    [
        ({"domain": "Office"}, {"p", "s"}),
        ({"equipment": "laptop"}, {"p"}),
        ({"account": "2183"}, {"s"}),
        ({"account": "2183", "domain": "Rooms"}, set()),
        ({"nature": "training"}, set()),
    ],
)
def test_the_boundary_leaves_out_what_it_names_and_the_amounts_stay_in_the_balance(line, excluded):
    rows = [
        item(date(2024, 1, 1)),
        SpendingLine("s", 10, "EUR_HT", date(2024, 6, 1), domain="Office", sector="C26", account="2183"),
    ]
    found = fates(rows, KNOWN, boundary=(OutOfBoundary("reported elsewhere", **line),))
    assert {name for name, fate in found.items() if fate == ("excluded", "boundary")} == excluded
    balances = assess(rows, KNOWN, boundary=(OutOfBoundary("reported elsewhere", **line),)).balances
    assert balances.total().rows == 2
    assert balances.money.spent.by_unit == {"EUR_HT": 10}


@pytest.mark.parametrize(
    ("line", "excluded"),
    [
        ({"account": "2*"}, {"2183", "2051"}),
        ({"account": "218*"}, {"2183"}),
        ({"account": "2183*"}, {"2183"}),
        ({"account": "*"}, {"2183", "2051", "6156"}),
        ({"account": "*", "keep": ("2183", "61*")}, {"2051"}),
        ({"account": "*", "keep": ("218",)}, {"2183", "2051", "6156"}),
        ({"account": "2*", "domain": "Rooms"}, set()),
    ],
)
def test_the_boundary_may_name_the_beginning_of_accounts(line, excluded):
    """A row without an account, of equipment or of spending, is meant by no pattern."""
    bare = SpendingLine("", 10, "EUR_HT", date(2024, 6, 1), domain="Office", sector="C26")
    rows = [item(date(2024, 1, 1)), *(attrs.evolve(bare, id=a or "-", account=a) for a in ("2183", "2051", "6156", ""))]
    found = fates(rows, KNOWN, boundary=(OutOfBoundary("elsewhere", **line),))
    assert {name for name, fate in found.items() if fate == ("excluded", "boundary")} == excluded


@pytest.mark.parametrize("movement", [movement for movement in Movement if movement is not Movement.EXPENSE])
def test_a_line_of_accounts_that_is_no_expense_is_set_apart_for_that_whatever_the_methodology(movement):
    line = SpendingLine("s", 10, "EUR_TTC", date(2020, 6, 1), domain="Office", sector="C26", movement=movement)
    outside = (OutOfBoundary("elsewhere", domain="Office"),)
    assert fates([line], KNOWN) == fates([line], KNOWN, boundary=outside) == {"s": ("excluded", str(movement))}


def test_what_is_no_expense_is_kept_and_not_spent():
    """Revenue is in the balance of rows with its euros; the balance of money speaks of what was spent."""
    spent = SpendingLine("s", 10, "EUR_HT", date(2024, 6, 1), domain="Office", sector="C26")
    received = attrs.evolve(spent, id="r", amount=1000, movement=Movement.REVENUE)
    footprint = assess([spent, received], KNOWN)
    assert footprint.exact_total() == assess([spent], KNOWN).exact_total() == 2
    assert footprint.balances.rows["spending", Fate.EXCLUDED, "revenue"].amounts.by_unit == {"EUR_HT": 1000}
    assert footprint.balances.total().amounts.by_unit["EUR_HT"] == 1010
    assert footprint.balances.money.spent.by_unit == footprint.balances.money.monetary.by_unit == {"EUR_HT": 10}


def test_what_is_no_expense_pays_for_no_item():
    """An order with a line of revenue is covered as if the line were not there."""
    spent = SpendingLine("s", 10, "EUR_HT", date(2024, 6, 1), domain="Office", sector="C26", order="BC")
    bought = item(date(2024, 1, 1), order="BC", unit_price=5, price_unit="EUR_HT")
    received = attrs.evolve(spent, id="r", amount=1000, movement=Movement.REVENUE)
    assert assess([bought, spent, received], KNOWN).cross("kind") == assess([bought, spent], KNOWN).cross("kind")
    assert fates([bought, spent, received], KNOWN)["r"] == ("excluded", "revenue")


def test_a_row_without_a_domain_takes_the_one_that_is_assigned():
    row = HardwareItem("p", "laptop", 1, date(2024, 1, 1))
    assigned = Assignment(equipment={"laptop": "Rooms"})
    assert assess([row], KNOWN, assign=assigned).by("domain")["Rooms"].value == 283
    assert assess([item(date(2024, 1, 1))], KNOWN, assign=assigned).by("domain")["Office"].value == 283


def test_spending_without_a_domain_takes_that_of_its_nature_before_that_of_its_account():
    assigned = Assignment(nature={"telecom": "Rooms"}, account={"6262": "Office"})
    lines = [SpendingLine("s", 10, "EUR_HT", date(2024, 6, 1), sector="C26", nature=nature, account="6262")
             for nature in ("telecom", "training")]  # fmt: skip
    domains = [dict(assess([line], KNOWN, assign=assigned).by("domain").groups) for line in lines]
    assert domains == [{"Office": 0, "Rooms": 2}, {"Office": 2, "Rooms": 0}]


def test_straight_line_counts_a_row_while_it_wears_off():
    """Four years are 1461 days: a laptop of 2020-01-01 wears off on 2023-12-31, its last day, and not in 2024."""
    worn = item(date(2020, 1, 1))
    straight = {"allocation": Allocation.STRAIGHT_LINE, "routes": (EMBODIED, MONETARY)}
    assert fates([worn], KNOWN, **straight) == {"p": ("excluded", "nothing_in_year")}
    assert assess([item(date(2020, 1, 2))], KNOWN, **straight).exact_total() * 1461 == 100
    assert fates([item(date(2020, 1, 2))], KNOWN, **straight) == {"p": ("counted", "")}


def test_what_wears_off_in_a_day_wears_off_on_the_day_it_enters():
    known = (*KNOWN[:-1], *providers(lifetime={"laptop": figure(Role.LIFETIME, "1", "day")}))
    straight = {"allocation": Allocation.STRAIGHT_LINE, "routes": (EMBODIED, MONETARY)}
    assert assess([item(date(2024, 12, 31))], known, **straight).exact_total() == 100
    assert fates([item(date(2023, 12, 31))], known, **straight) == {"p": ("excluded", "nothing_in_year")}


def test_straight_line_without_a_lifetime_is_a_gap():
    known = [provider for provider in KNOWN if provider.role != "lifetime"]
    straight = {"allocation": Allocation.STRAIGHT_LINE, "routes": (EMBODIED, MONETARY)}
    assert fates([item(date(2022, 1, 1))], known, **straight) == {"p": ("unresolved", "no_factor")}


def test_faults_of_the_data_are_said_all_at_once():
    rows = [
        item(date(2024, 1, 1)),
        item(date(2024, 1, 1)),
        HardwareItem("q", "laptop", 1, date(2024, 1, 1), domain="Cellar"),
    ]
    with pytest.raises(InventoryError) as refused:
        assess(rows, KNOWN)
    assert sorted(finding.code for finding in refused.value.findings) == ["domain-unknown", "id-twice"]
    assert "Cellar" in str(refused.value)


def test_a_row_set_aside_ends_in_quarantine_with_what_could_be_read_of_its_amount():
    origin = Origin("spent.csv", 4)
    aside = Inventory.of([], set_aside=[SetAside(origin, "EUR_HT", 12_500_000), SetAside(Origin("spent.csv", 5))])
    told = [(row.origin.row, str(row.amount), row.fate) for row in all_fates(aside, resolved([])[1])]
    assert told == [(4, "12.5 EUR_HT", Fate.QUARANTINED), (5, "0 1", Fate.QUARANTINED)]


def test_a_row_set_aside_is_quarantined_and_counted():
    origin = Origin("spent.csv", 4)
    fault = Finding.of("cell-empty", Severity.ERROR, origin)
    aside = Inventory.of([], findings=[fault], set_aside=[SetAside(origin, "EUR_HT", 12_500_000)])
    with pytest.raises(InventoryError):
        assess_inventory(aside, METHODOLOGY, Catalogue.of())
    footprint = assess_inventory(aside.forgiven(), METHODOLOGY, Catalogue.of())
    assert footprint.balances.money.quarantined.by_unit == {"EUR_HT": 12.5}
    assert footprint.balances.total(fate=Fate.QUARANTINED).rows == 1
    assert dict(footprint.balances.files) == {
        ("spent.csv", "spending", Fate.QUARANTINED, ""): footprint.balances.total()
    }
