"""OCS Inventory's CSV export: plain headers, quoted cells, each followed by the separator."""

from datetime import date

import pytest
from workbooks import xlsx

from ghg_numerique.plugin import Document, HardwareItem, Inventory, Origin
from ghg_numerique.testing import check_importer
from ghg_numerique_glpi import OcsCsv

HEADER = ["Account info: TAG", "Dernier inventaire", "Machine", "Utilisateur connecté", "Système", "Fabricant", "Modèle",
          "Type", "Date BIOS"]  # fmt: skip
ROW = [
    "MAIRIE",
    "2024-11-05 10:00:00",
    "PC-1",
    "durand",
    "Windows 11",
    "Dell",
    "Latitude 5440",
    "Notebook",
    "06/14/2023",
]
BIOS = {"entered": "Date BIOS", "days": "month-first"}


def exported(header, *rows):
    lines = ["".join(f"{name};" for name in header), *("".join(f'"{cell}";' for cell in row) for row in rows)]
    return "\r\n".join(lines)


def test_an_export_may_be_a_workbook(read):
    inventory = read("ocs-csv", xlsx(Feuille1=[HEADER, ROW]), **BIOS)
    assert (len(inventory), date.fromordinal(int(inventory.start[0]))) == (1, date(2023, 6, 14))


def test_a_machine_becomes_an_item(read):
    inventory = read("ocs-csv", exported(HEADER, ROW), **BIOS)
    expected = HardwareItem("PC-1", "laptop", 1, date(2023, 6, 14), model="Latitude 5440", origin=Origin("f.csv", 2))
    assert inventory == Inventory.of([expected], findings=inventory.findings)
    assert [f.code for f in inventory.findings] == ["dialect"]


def test_a_machine_without_a_type_is_what_its_model_is(read):
    header, row = [*HEADER[:7], HEADER[8]], [*ROW[:7], ROW[8]]
    names = "type;model;equipment\nComputer;Latitude 5440;laptop\n"
    assert read("ocs-csv", exported(header, row), {"names": names}, **BIOS).profiles[0].equipment == "laptop"
    unknown = read("ocs-csv", exported(header, row), **BIOS)
    assert [(f.code, f.value) for f in unknown.findings[1:]] == [("type-unmapped", "Computer")]


def test_administrative_data_of_the_house_may_hold_the_day_of_entry(read):
    header, row = [*HEADER, "Account info: Achat"], [*ROW, "2022-01-31"]
    inventory = read("ocs-csv", exported(header, row), entered="account info: achat")
    assert inventory.start.tolist() == [date(2022, 1, 31).toordinal()]


def test_the_day_of_entry_is_never_guessed(read, codes):
    assert codes(read("ocs-csv", exported(HEADER, ROW))) == [("option-missing", 0, "")]
    assert codes(read("ocs-csv", exported(HEADER, ROW), entered="Achat")) == [("column-missing", 1, "")]
    assert codes(read("ocs-csv", exported(HEADER, [*ROW[:8], ""]), **BIOS)) == [("glpi-no-entry", 2, "Date BIOS")]
    assert codes(read("ocs-csv", exported(HEADER, ROW), entered="Date BIOS")) == [("date", 2, "Date BIOS")]


@pytest.mark.parametrize("column", ["ID", "Machine"])
def test_a_machine_is_named_by_its_id_where_there_is_one(read, codes, column):
    rows = ROW, [*ROW[:2], "PC-1", *ROW[3:]]
    if column == "ID":
        text = exported([*HEADER, "ID"], *([*row, str(number)] for number, row in enumerate(rows, start=7)))
        assert read("ocs-csv", text, **BIOS).ids == ("7", "8")
    else:
        assert codes(read("ocs-csv", exported(HEADER, *rows), **BIOS)) == [("id-twice", 3, "Machine")]


def test_it_keeps_the_promises_of_importers():
    text = exported(HEADER, ROW, [*ROW[:2], "PC-2", *ROW[3:8], ""])
    check_importer(
        OcsCsv(), [Document("f.csv", content, BIOS) for content in (text.encode(), text.replace('"', "").encode())]
    )
