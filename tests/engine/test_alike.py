"""The same export under two names, and the same serial in two files: told, and told only where that is likely."""

from datetime import date

import attrs
import pytest

from ghg_numerique import HardwareItem, Inventory, Origin, SpendingLine
from ghg_numerique.engine.alike import told_alike
from ghg_numerique.model.beside import Serials

DAY = date(2024, 3, 1)


def spent(file: str, *amounts: int, sheet: str = "") -> Inventory:
    return Inventory.of(
        SpendingLine(f"{file}-{row}", amount, "EUR_HT", DAY, origin=Origin(file, row, sheet))
        for row, amount in enumerate(amounts, start=2)
    )


def told(*parts: Inventory) -> list[tuple[str, str, str, dict[str, str]]]:
    return [(f.code, str(f.origin), f.value, dict(f.facts)) for f in told_alike(Inventory.concat(parts))]


def test_an_export_read_twice_under_other_names_and_ids_is_told_in_whatever_order():
    (found,) = told(spent("parc.csv", 10, 20, 30), spent("parc (copie).csv", 30, 10, 20))
    assert found == ("files-alike", "parc (copie).csv", "parc.csv", {"count": "3", "rows": "3"})


def test_two_sheets_of_one_workbook_are_two_files():
    (found,) = told(spent("a.xlsx", 10, 20, 30, sheet="Mai"), spent("a.xlsx", 10, 20, 30, sheet="Copie"))
    assert found[1:3] == ("a.xlsx [Copie]", "a.xlsx [Mai]")


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((10, 20, 30), (10, 20), []),  # two kinds of rows say little
        ((10, 10, 10), (10, 10, 10), []),  # one kind says nothing
        ((10, 20, 30, 30), (10, 20, 30, 30, 50), ["4"]),  # a copy that went on
        ((10, 20, 30), (10, 20, 30, 30, 30, 30), ["3"]),
        ((10, 20, 30, 30, 30, 30), (10, 20, 30, 40, 50, 60), []),  # a row is a copy of one row alone
        (range(1, 11), (*range(1, 10), 99), ["9"]),  # one row in ten is another
        (range(1, 11), (*range(1, 9), 98, 99), []),
    ],
)
def test_a_copy_may_have_one_row_in_ten_of_its_own(first, second, count):
    found = told(spent("a.csv", *first), spent("b.csv", *second))
    assert [facts["count"] for *_, facts in found] == count


def test_files_that_say_other_things_of_the_same_amounts_are_no_copies():
    parks = [
        Inventory.of(
            HardwareItem(f"{site}{n}", name, n, DAY, site=site, origin=Origin(f"{site}.csv", n))
            for n, name in enumerate(("laptop", "server", "monitor"), start=1)
        )
        for site in ("Mairie", "École")
    ]
    assert told(*parks) == []


def serials(file: str, **rows: int) -> Inventory:
    return attrs.evolve(spent(file, 1), serials=(Serials(Origin(file, column="série"), rows),))


def test_a_serial_of_two_files_is_told_once_for_both_with_the_number_of_those_that_they_share():
    (found,) = told(serials("a.csv", CZ1234=2, CZ1235=3), serials("b.csv", CZ1236=2, CZ1235=7, CZ1234=9))
    assert found == ("serial-shared", "b.csv:9", "CZ1234", {"first": "a.csv:2", "count": "2"})


def test_a_serial_of_many_files_names_no_thing():
    assert told(*(serials(f"{n}.csv", TOBEFILLED0=2) for n in range(5))) == []
