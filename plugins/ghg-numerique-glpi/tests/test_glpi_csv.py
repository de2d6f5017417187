"""GLPI's CSV export, byte for byte as GLPI writes it."""

from datetime import date

import pytest
from workbooks import xlsx

from ghg_numerique.plugin import Document, HardwareItem, Inventory, Origin
from ghg_numerique.testing import check_importer
from ghg_numerique_glpi import GlpiCsv

GROUP = "Informations financières et administratives"
FRENCH = ["Nom", "Entité", "Statut", "Fabricant", "Numéro de série", "Type", "Modèle", "Lieu", "ID",
          f"{GROUP} - Date d'achat", f"{GROUP} - Valeur"]  # fmt: skip
ENGLISH = ["Name", "Entity", "Status", "Manufacturer", "Serial number", "Type", "Model", "Location", "ID",
           "Financial and administrative information - Date of purchase",
           "Financial and administrative information - Value"]  # fmt: skip
ROW = ["PC-1", "Ville", "En service", "Dell", "X1", "Portable", "Latitude 14''", "Mairie", "12", "2024-03-01", "899,90"]


def exported(header, *rows, delimiter=";"):
    """Write as GLPI does: a mark, every cell quoted and followed by the delimiter, a quote as two apostrophes."""
    lines = ["".join(f'"{cell}"{delimiter}' for cell in row) for row in (header, *rows)]
    return "\ufeff" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("header", [FRENCH, ENGLISH])
def test_an_export_in_either_language_and_with_either_delimiter_gives_one_item(read, header, delimiter):
    row = [*ROW[:-1], ROW[-1] if delimiter == ";" else "899.90"]
    inventory = read("glpi-csv", exported(header, row, delimiter=delimiter), tax_basis="TTC")
    expected = HardwareItem(
        "12", "laptop", 1, date(2024, 3, 1), model='Latitude 14"', site="Mairie", unit_price="899.9",
        price_unit="EUR_TTC", origin=Origin("f.csv", 2),
    )  # fmt: skip
    assert inventory == Inventory.of([expected], findings=inventory.findings)
    assert [f.code for f in inventory.findings] == ["dialect"]


def test_an_export_may_be_a_workbook_and_a_serial_that_comes_twice_is_said(read):
    other = [*ROW[:8], "13", *ROW[9:]]
    inventory = read("glpi-csv", xlsx(Feuille1=[FRENCH, [*ROW[:-1], 899.9], [*other[:-1], 12]]), tax_basis="TTC")
    assert (len(inventory), inventory.price.tolist()) == (2, [899_900_000, 12_000_000])
    assert inventory.profiles[0].model == 'Latitude 14"'
    warned = [(f.code, f.origin.row, f.value) for f in inventory.findings if f.severity == "warning"]
    assert warned == [("serial-twice", 3, "X1")]


def changed(**cells):
    places = {"state": 2, "serial": 4, "type": 5, "model": 6, "id": 8, "bought": 9, "value": 10}
    row = list(ROW)
    for name, cell in cells.items():
        row[places[name]] = cell
    return row


@pytest.mark.parametrize(
    ("cells", "options", "fault"),
    [
        ({"bought": "05-03-2024"}, {}, ("glpi-day-order", 2, FRENCH[9])),
        ({"bought": "31-02-2024"}, {"days": "day-first"}, ("date", 2, FRENCH[9])),
        ({"bought": ""}, {}, ("glpi-no-entry", 2, FRENCH[9])),
        ({"state": "Prêté"}, {}, ("choice", 2, "Statut")),
        ({"state": ""}, {}, ("cell-empty", 2, "Statut")),
        ({"type": ""}, {}, ("cell-empty", 2, "Type")),
        ({"value": "-1"}, {}, ("number-negative", 2, FRENCH[10])),
    ],
)
def test_faults_of_a_row(read, codes, cells, options, fault):
    inventory = read("glpi-csv", exported(FRENCH, changed(**cells)), tax_basis="TTC", **options)
    assert codes(inventory) == [fault]
    assert [(aside.origin, aside.unit, aside.amount) for aside in inventory.set_aside] == [
        (Origin("f.csv", 2), "item", 1_000_000)
    ]


@pytest.mark.parametrize(("order", "day"), [("day-first", date(2024, 3, 5)), ("month-first", date(2024, 5, 3))])
def test_an_option_says_which_number_is_the_day(read, order, day):
    inventory = read("glpi-csv", exported(FRENCH, changed(bought="05-03-2024")), tax_basis="HT", days=order)
    assert inventory.start.tolist() == [day.toordinal()]


def test_values_need_a_tax_basis(read, codes):
    assert codes(read("glpi-csv", exported(FRENCH, ROW))) == [("option-missing", 0, "")]
    assert read("glpi-csv", exported(FRENCH, ROW), tax_basis="none").price.tolist() == [-1]
    assert read("glpi-csv", exported(FRENCH, changed(value="0,0000")), tax_basis="HT").price.tolist() == [-1]


def test_the_list_that_was_exported_speaks_for_rows_without_a_type(read):
    inventory = read("glpi-csv", exported(FRENCH, changed(type="")), tax_basis="HT", kind="Monitor")
    assert inventory.profiles[0].equipment == "monitor"


def test_types_that_no_list_knows_are_kept_counted_and_said_once(read):
    kinds = ("Borne", "1"), ("Borne", "2"), ("Écran", "3")
    rows = [changed(type=kind, id=name, serial=f"X{name}") for kind, name in kinds]
    inventory = read("glpi-csv", exported(FRENCH, *rows), tax_basis="HT")
    assert [inventory.profiles[code].equipment for code in inventory.profile] == ["Borne", "Borne", "monitor"]
    assert [(f.code, f.value, dict(f.facts)["count"]) for f in inventory.findings[1:]] == [
        ("type-unmapped", "Borne", "2")
    ]


def test_lists_of_the_house_replace_the_shipped_ones(read, codes):
    companions = {
        "names": 'type;model;equipment\nPortable;"Latitude 14""";tablet\n',
        "states": "name;state\nEn service;in_stock\n",
    }
    inventory = read("glpi-csv", exported(FRENCH, ROW), companions, tax_basis="HT")
    assert [(p.equipment, p.state) for p in inventory.profiles] == [("tablet", "in_stock")]
    faulty = {"states": "name;state\nEn service;brûlé\nPrêté;in_use\nprêté;retired\n"}
    refused = read("glpi-csv", exported(FRENCH, ROW), faulty, tax_basis="HT")
    assert codes(refused) == [("choice", 2, "state"), ("list-twice", 4, "name")]
    assert len(refused) == 0


def test_a_date_that_stands_in_is_said_and_an_option_orders_the_dates(read):
    header = [*FRENCH[:9], f"{GROUP} - Date d'achat", f"{GROUP} - Date de mise en service"]
    row = [*ROW[:9], "", "2024-04-01"]
    inventory = read("glpi-csv", exported(header, row))
    assert [(f.code, f.value, f.origin.column) for f in inventory.findings[1:]] == [
        ("glpi-entry-stands-in", "use_date", header[10])
    ]
    assert header[10] in inventory.findings[1].text("en")
    assert [f.code for f in read("glpi-csv", exported(header, row), entered="use_date").findings] == ["dialect"]


@pytest.mark.parametrize("order", ["achat", "use_date,use_date", "use_date,"])
def test_an_order_of_dates_that_means_nothing_is_refused(read, codes, order):
    assert codes(read("glpi-csv", exported(FRENCH, ROW), tax_basis="HT", entered=order)) == [("option-value", 0, "")]


def test_a_header_in_no_list_refuses_the_file_with_the_nearest(read, codes):
    text = exported([*FRENCH, "Réseau - IP"], [*ROW, "10.0.0.1"])
    assert codes(read("glpi-csv", text, tax_basis="HT")) == [("column-unknown", 1, "Réseau - IP")]
    assert codes(read("glpi-csv", text, tax_basis="HT", ignore="Réseau - IP")) == []


def test_it_keeps_the_promises_of_importers():
    rows = [changed(id=str(number), bought="" if number == 3 else "2024-03-01") for number in range(5)]
    text = exported(FRENCH, *rows)
    options = {"tax_basis": "HT"}
    check_importer(
        GlpiCsv(),
        [Document("f.csv", text.encode(), options), Document("g.csv", text.replace('"', "").encode(), options)],
    )


MAPPING = """
[columns]
"Genre" = "Type"
[words.type]
"Bécane" = "laptop"
[words.state]
"Chez l'agent" = "in_use"
"""


def test_a_mapping_says_what_the_headers_types_and_statuses_of_a_house_are(read, codes):
    header = ["Genre" if text == "Type" else text for text in FRENCH]
    page = exported(header, changed(type="Bécane", state="Chez l''agent".replace("''", "'")))
    assert codes(read("glpi-csv", page, tax_basis="TTC")) != []
    inventory = read("glpi-csv", page, {"mapping": MAPPING}, tax_basis="TTC")
    assert [(profile.equipment, profile.state) for profile in inventory.profiles] == [("laptop", "in_use")]
    assert [f.code for f in inventory.findings] == ["dialect"]


def test_a_mapping_is_proposed_for_the_words_that_no_list_has():
    page = exported(FRENCH, changed(type="Bécane", state="Chez nous"), changed(id="13"))
    proposal = GlpiCsv().propose(Document("f.csv", page.encode(), {"tax_basis": "TTC"}), language="en")
    assert '# "Bécane" = ' in proposal.partition("[words.type]")[2]
    assert '# "Chez nous" = ""' in proposal.partition("[words.state]")[2]
    assert "Portable" not in proposal
