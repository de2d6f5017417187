"""Formats by which a workbook shows another amount than the one that is stored."""

import pytest
from workbooks import altered, ods

from ghg_numerique.plugin import Document
from ghg_numerique_files import HardwareCsv, SpendingCsv
from ghg_numerique_files.number_formats import FOREIGN, PERCENT, SCALED, WHOLE, kind_of

SPENT = ["identifiant", "montant", "date"]
FLEET = ["identifiant", "équipement", "quantité", "date_entrée"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ('0" k€"', SCALED), ("#,##0,", SCALED), ('0.0,,"M"', SCALED), ('[>=1000]0.0,"k";0', SCALED), ('0" MWh"', SCALED),
        ("0\\ \\k\\€", SCALED), ('0" millions"', SCALED), ('0" KEUR"', SCALED), ("#,##0.00 [$$-409]", FOREIGN),
        ('_("$"* #,##0_)', FOREIGN), ("$#,##0", FOREIGN), ("[$CHF] 0", FOREIGN), ("0%", PERCENT), ("#,##0", WHOLE),
        ("#,##0.00", ""), ('#,##0.00\\ "€"', ""), ("_-* #,##0.00\\ [$€-40C]_-", ""), ("[$EUR] 0.0", ""), ('0.0" kWh/an"', ""),
        ("[$-40C]d mmm", ""), ('0" kg"', ""), ('0.0" km"', ""), ("MM/YYYY", ""),
    ],
)  # fmt: skip
def test_a_format_says_how_it_shows_a_number(code, kind):
    assert kind_of(code) == kind


def shown(code: str, header: list[object], row: list[object]) -> bytes:
    """Return a workbook whose style 3 has a format, in the column that the row gives it to."""
    format_ = (
        f'<numFmts count="1"><numFmt numFmtId="1" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts><cellXfs'
    )
    return altered({"F": [header, row]}, "xl/styles.xml", "<cellXfs", format_)


@pytest.mark.parametrize(
    ("code", "fault"), [('0" k€"', "shown-scaled"), ("#,##0,", "shown-scaled"), ("0 [$$-409]", "shown-currency")]
)
def test_an_amount_that_is_shown_as_another_one_refuses_its_column(code, fault):
    page = shown(code, SPENT, ["a", b'<c r="B2" s="3"><v>5</v></c>', "2024-03-01"])
    inventory = SpendingCsv().read(Document("f.xlsx", page, {"tax_basis": "HT"}))
    errors = [(f.code, f.origin.row, f.origin.column, f.value) for f in inventory.findings if f.severity == "error"]
    assert errors == [(fault, 2, "montant", "1")]
    assert len(inventory) == 0


def test_a_column_of_currencies_says_what_the_format_shows():
    row = ["a", b'<c r="B2" s="3"><v>5</v></c>', "2024-03-01", "EUR"]
    page = shown("0 [$$-409]", [*SPENT, "devise"], row)
    assert len(SpendingCsv().read(Document("f.xlsx", page, {"tax_basis": "HT"}))) == 1


@pytest.mark.parametrize(("code", "kept"), [("#,##0,", 0), ('0" $"', 1)])
def test_a_quantity_is_refused_where_it_is_scaled(code, kept):
    page = shown(code, FLEET, ["a", "laptop", b'<c r="C2" s="3"><v>1234</v></c>', "2024-03-01"])
    assert len(HardwareCsv().read(Document("f.xlsx", page))) == kept


def test_an_ods_says_the_currency_of_a_cell():
    money = '<table:table-cell office:value-type="currency" office:currency="USD" office:value="5"/>'
    rows = [[*map(text_cell, SPENT)], [text_cell("a"), money, text_cell("2024-03-01")]]
    page = ods("".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows))
    found = SpendingCsv().read(Document("f.ods", page, {"tax_basis": "HT"})).findings
    assert [(f.code, f.origin.row) for f in found if f.severity == "error"] == [("shown-currency", 2)]


def text_cell(text: str) -> str:
    """Return a cell of an ODS that holds a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
