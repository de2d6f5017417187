"""An inventory is columns of whole numbers: it adds up, compares by value, pickles, and never loses a row or its origin."""

import pickle
from datetime import date
from fractions import Fraction

import pytest

from ghg_numerique import (
    DeclaredEmission,
    Finding,
    HardwareItem,
    Inventory,
    InventoryError,
    Kind,
    Origin,
    Profile,
    RowError,
    Severity,
    SpendingLine,
)
from ghg_numerique.model.beside import InputFile, SetAside
from ghg_numerique.terms import Activity

DAY = date(2024, 3, 1)
ITEM = HardwareItem("p1", "laptop", 3, DAY, domain="Office", origin=Origin("park.csv", 17))
OTHER = HardwareItem("p2", "laptop", "0.5", DAY, domain="Office", origin=Origin("park.csv", 18))
LINE = SpendingLine("s1", "99.99", "EUR_TTC", DAY, order="BC-1", origin=Origin("spent.csv", 2))
EMISSION = DeclaredEmission("d1", "1.5", "tCO2eq", DAY, Kind.SERVICES)


def test_what_is_alike_is_said_once_and_amounts_are_millionths():
    inventory = Inventory.of([ITEM, OTHER])
    assert len(inventory.profiles) == 1
    assert inventory.amount.tolist() == [3_000_000, 500_000]
    assert [str(inventory.origin(index)) for index in range(2)] == ["park.csv:17", "park.csv:18"]


def test_declared_emissions_are_kept_in_kilograms():
    assert Inventory.of([EMISSION]).quantity(0) == 1500


def test_rows_come_by_activity_in_the_order_in_which_they_were_given():
    assert Inventory.of([EMISSION, LINE, OTHER, ITEM]).ids == ("p2", "p1", "s1", "d1")


def test_inventories_add_up_and_the_empty_one_changes_nothing():
    whole = Inventory.of([ITEM, OTHER, LINE])
    parts = [Inventory.of([ITEM]), Inventory.of([OTHER]), Inventory.of([LINE])]
    assert sum(parts, start=Inventory.empty()) == whole
    assert Inventory.empty() + whole == whole == whole + Inventory.empty()
    assert len(Inventory.empty()) == 0


def test_equality_sees_every_column():
    inventory = Inventory.of([ITEM, LINE])
    assert inventory == Inventory.of([ITEM, LINE])
    assert inventory != Inventory.of([OTHER, LINE])
    assert inventory != Inventory.of([ITEM])
    assert inventory != inventory.with_findings([Finding.of("no-rows", Severity.NOTE)])
    moved = HardwareItem("p1", "laptop", 3, DAY, domain="Office", origin=Origin("park.csv", 19))
    assert inventory != Inventory.of([moved, LINE])


def test_an_inventory_pickles_to_an_equal_one():
    inventory = Inventory.of([ITEM, LINE, EMISSION], findings=[Finding.of("no-rows", Severity.NOTE)])
    assert pickle.loads(pickle.dumps(inventory)) == inventory


def test_chosen_rows_are_taken_in_the_order_asked():
    taken = Inventory.of([ITEM, OTHER]).take([1, 0])
    assert (taken.ids, taken.quantity(0)) == (("p2", "p1"), Fraction(1, 2))
    assert Inventory.of([ITEM, OTHER]).take([True, False]).ids == ("p1",)


def test_only_the_faults_of_rows_set_aside_are_forgiven():
    row, file = Origin("park.csv", 3), Origin("park.csv")
    faults = [Finding.of("cell-empty", Severity.ERROR, row), Finding.of("file-empty", Severity.ERROR, file)]
    inventory = Inventory.of([], findings=faults, set_aside=[SetAside(row)]).forgiven()
    assert [finding.severity for finding in inventory.findings] == [Severity.WARNING, Severity.ERROR]


def test_columns_of_different_lengths_and_codes_without_a_profile_are_refused():
    profile = Profile(Activity.HARDWARE, "item", "Office", "laptop")
    with pytest.raises(RowError) as ragged:
        Inventory.from_columns([profile], [0, 0], [1], [0, 0], [1, 1])
    with pytest.raises(RowError) as foreign:
        Inventory.from_columns([profile], [0, 1], [1, 1], [0, 0], [1, 1])
    assert (ragged.value.code, foreign.value.code) == ("ragged", "profile-code")


def test_what_is_no_activity_is_refused():
    with pytest.raises(RowError, match="str"):
        Inventory.of([ITEM, "laptop"])


def test_parts_and_what_stands_aside_are_the_whole():
    warning = Finding.of("odd", Severity.WARNING, Origin("a.csv", 2))
    aside = SetAside(Origin("a.csv", 3), "item", 5)
    whole = Inventory.of([ITEM, OTHER], findings=[warning], set_aside=[aside]).with_input(InputFile("a.csv", "00", 3))
    again = whole.take([0]) + whole.take([1]) + whole.aside()
    assert again == whole
    assert (again.set_aside, again.inputs, len(whole.aside())) == (whole.set_aside, whole.inputs, 0)


def test_a_part_is_no_way_around_a_fault_of_the_whole():
    faulty = Inventory.of([ITEM], findings=[Finding.of("odd", Severity.ERROR, Origin("a.csv", 2))])
    with pytest.raises(InventoryError):
        faulty.take([0])
