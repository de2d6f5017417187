"""The workbook computes what the report says: each formula is worked out again here, and gives the value kept beside it."""

import io
import re
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

import attrs
import pytest
from footprints import METHODOLOGY, SEED, cell, footprint_of, published, with_coefficient
from python_calamine import CalamineWorkbook

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import Finding
from ghg_numerique.plugin import Display, Origin, Severity
from ghg_numerique.testing import check_report
from ghg_numerique_reports import bilan
from ghg_numerique_xlsx import WorkbookReport, ghg_reports

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def drawn(footprint: Footprint, language: str = "fr") -> bytes:
    """Return the workbook of a footprint."""
    return WorkbookReport().render(footprint, language=language)


def rows(content: bytes, sheet: str) -> list[list[object]]:
    """Return the values of a sheet, as a reader that computes nothing finds them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def parts(content: bytes, folder: str = "xl/worksheets/") -> dict[str, ElementTree.Element]:
    """Return the XML parts of a folder of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith(folder) and name.endswith(".xml")
        }


def values(sheet: ElementTree.Element) -> dict[str, float]:
    """Return the numbers of a sheet by the name of their cell."""
    cells = sheet.findall(".//x:c", SPACE)
    return {c.get("r", ""): float(c.findtext("x:v", "0", SPACE)) for c in cells if c.get("t") in (None, "n")}


def worked_out(formula: str, known: dict[str, float]) -> float:
    """Return what a formula gives: a sum of cells of a column or a row, or a division."""
    if ranged := re.fullmatch(r"SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)", formula):
        left, top, right, bottom = ranged[1], int(ranged[2]), ranged[3], int(ranged[4])
        inside = re.compile(r"([A-Z]+)(\d+)")
        places = ((name, inside.fullmatch(name)) for name in known)
        return sum(known[name] for name, at in places if left <= at[1] <= right and top <= int(at[2]) <= bottom)
    above, below = formula.replace("$", "").split("/")
    return known[above] / known[below]


@pytest.mark.parametrize("report", ghg_reports())
def test_the_report_keeps_its_promises(report):
    check_report(report)


def test_every_formula_gives_the_value_kept_beside_it():
    found = 0
    for sheet in parts(drawn(published())).values():
        known = values(sheet)
        for at in sheet.findall(".//x:c", SPACE):
            formula = at.findtext("x:f", None, SPACE)
            if formula and "!" not in formula:
                assert worked_out(formula, known) == pytest.approx(known[at.get("r", "")], rel=1e-12)
                found += 1
    assert found >= 40


def test_totals_shares_and_money_are_live_and_the_cover_points_at_the_total():
    sheets = list(parts(drawn(published())).values())
    formulas = [node.text or "" for sheet in sheets for node in sheet.findall(".//x:f", SPACE)]
    assert formulas[0] == "Domaines!B9"
    assert "SUM(B2:B8)" in formulas
    assert "B2/B$9" in formulas
    assert "SUM(C2:G2)" in formulas
    assert rows(drawn(published()), "Bilan")[2][0] == 369


def test_numbers_are_numbers_in_tonnes_and_shares_of_one():
    heading, *lines = rows(drawn(published()), "Domaines")
    assert heading == ["Domaine du SI", "tCO2eq", "Part"]
    assert {line[0]: line[1] for line in lines[:7]} == SEED
    assert lines[7] == ["Total", 369, 1]
    assert lines[0][2] == pytest.approx(109 / 369)
    assert rows(drawn(published()), "BEGES")[1][1:3] == [9141, 369]


def test_headings_stay_in_sight_and_every_table_has_its_sheet():
    names = CalamineWorkbook.from_filelike(io.BytesIO(drawn(published()))).sheet_names
    assert names[:4] == ["Bilan", "Domaines", "Tiers", "Matériels"]
    assert len(names) == len(set(names)) == 1 + len(bilan(published()).sections)
    assert all(len(name) <= 31 for name in names)
    cover, *sheets = parts(drawn(published())).values()
    assert all(sheet.find(".//x:pane[@state='frozen']", SPACE) is not None for sheet in sheets)
    assert cover.find(".//x:pane", SPACE) is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_name_becomes_a_formula_or_a_link(start):
    name = f'{start}HYPERLINK("https://example.org","x")'
    wrong = Finding.of("no-rows", Severity.WARNING, Origin(name), name)
    hostile = footprint_of(
        [(cell(name, "use", name), 10**4)],
        methodology=attrs.evolve(METHODOLOGY, title=name, domains=(name,), rollups={name: {name: (name,)}}),
        organisation=name,
        findings=(wrong,),
    )
    content = drawn(hostile)
    for sheet in parts(content).values():
        for formula in sheet.findall(".//x:f", SPACE):
            assert re.fullmatch(
                r"SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+/[A-Z]+\$?\d+|Domaines![A-Z]+\d+", formula.text or ""
            )
        assert sheet.find(".//x:hyperlink", SPACE) is None
    (styles,) = parts(content, "xl/styles").values()
    assert any(xf.get("quotePrefix") == "1" for xf in styles.findall(".//x:cellXfs/x:xf", SPACE))
    assert rows(content, "Domaines")[1][0].strip() == name.strip()


@pytest.mark.parametrize("names", [("a/b", "a:b", "a b"), ("'x'", "X"), ("é" * 40, "é" * 41)])
def test_any_rollup_has_a_sheet_of_its_own(names):
    methodology = attrs.evolve(METHODOLOGY, rollups={name: {"all": tuple(SEED)} for name in names})
    footprint = footprint_of([(cell("Application"), 10**6)], methodology=methodology)
    content = drawn(footprint)
    found = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert len({name.casefold() for name in found}) == len(found) == 1 + len(bilan(footprint).sections)


@pytest.mark.parametrize(
    ("kilograms", "pattern"),
    [(3, '0.0000" (< 0,5)"'), (-3, '0.0000" (> −0,5)"'), (Fraction(1, 10**6), '0.0000000000" (< 0,5)"')],
)
def test_what_is_not_zero_is_shown_itself_with_its_bound_beside_it(kilograms, pattern):
    content = drawn(footprint_of([(cell("Application"), 10**6), (cell("Impression"), kilograms)]))
    (styles,) = parts(content, "xl/styles").values()
    patterns = {node.get("formatCode") for node in styles.findall(".//x:numFmt", SPACE)}
    assert pattern in patterns
    assert not any(re.fullmatch(r'"[^"]*"', code or "") for code in patterns), "a text would mask the number"
    assert {line[0]: line[1] for line in rows(content, "Domaines")[1:]}["Impression"] == float(
        Fraction(kilograms) / 1000
    )


def test_a_ratio_is_shown_as_a_number_and_noted_as_published():
    content = drawn(with_coefficient("1/366", published()))
    heading, *lines = rows(content, "Facteurs")
    assert lines[0][heading.index("Valeur")] == pytest.approx(1 / 366, rel=1e-14)
    (notes,) = parts(content, "xl/comments").values()
    assert {"".join(node.itertext()) for node in notes.findall(".//x:comment", SPACE)} == {"1/366"}


def test_every_row_is_there_where_a_page_shows_fifteen():
    many = footprint_of([(cell("Application", "embodied", f"kind-{place:02}"), 10_000 - place) for place in range(40)])
    lines = rows(drawn(many), "Matériels")
    assert sum(str(line[0]).startswith("kind-") for line in lines) == 40
    assert lines[41][0] == "Total"


def test_the_same_footprint_gives_the_same_bytes_in_each_language():
    assert drawn(published()) == drawn(published())
    assert rows(drawn(published(), "en"), "Domains")[0] == ["Domain", "tCO2eq", "Share"]


def test_a_part_that_the_largest_remainder_moves_is_shown_so_and_stays_exact():
    three = footprint_of([(cell(name), 10_333) for name in ("Application", "Impression", "Organisation")])
    content = drawn(three.displayed(Display.LARGEST_REMAINDER))
    (styles,) = parts(content, "xl/styles").values()
    assert '#,##0" (11 *)"' in {node.get("formatCode") for node in styles.findall(".//x:numFmt", SPACE)}
    assert [line[1] for line in rows(content, "Domaines")[1:] if line[1]][:3] == [10.333] * 3
