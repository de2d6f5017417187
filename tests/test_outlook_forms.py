"""Years, decisions and levers in every form of the report: each printed number is the exact one, rounded once."""

import csv
import html
import io
import json
import re
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import attrs
import pytest
from python_calamine import CalamineWorkbook

import ghg_numerique as ghg
from ghg_numerique.algebra.laws import multiple_of
from ghg_numerique.algebra.sensitivity import ENDS, swings
from ghg_numerique.decimals import exact
from ghg_numerique.folders.years import Years
from ghg_numerique.plugin import Album, Display, digits_within
from ghg_numerique_reports import bilan
from series import two_years

REPORTS = {report.name: report for report in ghg.Catalogue.discover().reports}
SECTIONS = {
    ("years", "totals"): "Années",
    ("years", "bridge"): "Pont entre années",
    ("years", "parts"): "Parts du pont",
    ("scenarios",): "Décisions",
    ("sensitivity",): "Sensibilité",
}


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> Years:
    return Years.open(two_years(tmp_path_factory.mktemp("years")))


@pytest.fixture(scope="module")
def record(years) -> dict:
    return json.loads(REPORTS["json"].render(years.footprint))


def within(shown: str, value: Fraction) -> bool:
    """Tell whether a printed number is within half a step of an exact one, and is zero only where that is."""
    match = re.fullmatch(r"([<>] )?([+−]?)([0-9\u202f]+)(?:,([0-9]+))?", shown.replace("\u202f%", ""))
    assert match, shown
    bound, sign, whole, decimals = match[1], match[2], match[3].replace("\u202f", ""), match[4] or ""
    number = Fraction(f"{'-' if sign == '−' else ''}{whole}.{decimals or 0}")
    if bound:
        return min(number, Fraction(0)) < value < max(number, Fraction(0))
    return abs(number - value) <= Fraction(1, 2 * 10 ** len(decimals)) and bool(number) == bool(value)


def value_of(cell) -> Fraction:
    """Return the exact number of a record, in tonnes or in percent."""
    return Fraction(cell["exact"]) / (1000 if "kgCO2eq" in cell else 1)


def place(record: dict, path: tuple[str, ...]) -> list[dict]:
    for name in path:
        record = record[name]
    return record


def tables(years: Years, path: tuple[str, ...]) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of a section as the Markdown and the page show them."""
    title = next(section.title for section in bilan(years.footprint).pages() if section.path == path)
    part = next(
        part for part in REPORTS["markdown"].render(years.footprint).decode().split("\n## ") if part.startswith(title)
    )
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    page = REPORTS["html"].render(years.footprint).decode()
    found = re.findall("<table>.*?</table>", page, re.S)
    table = next(one for one in found if title in html.unescape(one.split("\n")[1]))
    rows = re.findall('<tr><th scope="row">.*?</tr>', table)
    cells = [
        [html.unescape(re.sub("<.*?>", "", cell)).replace("\u00a0", " ") for cell in re.split("</t[hd]>", row)[:-1]]
        for row in rows
    ]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines], cells


@pytest.mark.parametrize("path", SECTIONS)
def test_markdown_page_workbook_and_data_hold_one_number(years, record, path):
    section = next(one for one in bilan(years.footprint).sections if one.path == path)
    seen, data = next(one for one in bilan(years.footprint).pages() if one.path == path), place(record, path)
    markdown, page = tables(years, path)
    assert markdown == page == [[cell.shown for cell in row.cells] for row in seen.rows]
    book = CalamineWorkbook.from_filelike(io.BytesIO(REPORTS["xlsx"].render(years.footprint)))
    sheet = book.get_sheet_by_name(SECTIONS[path]).to_python(skip_empty_area=False)
    printed = 0
    for place_of, row in enumerate(data):
        for at, column in enumerate(section.columns):
            cell = row[column.name]
            if not column.is_number or cell is None:
                continue
            unit = 1 if "kgCO2eq" in cell else 100
            assert sheet[place_of + 1][at] == pytest.approx(float(value_of(cell) / unit), rel=1e-12, abs=1e-15)
            names = [one.name for one in seen.columns]
            if (
                place_of < len(markdown)
                and column.name in names
                and markdown[place_of][0] != "autres parts (3), ensemble"
            ):
                assert within(markdown[place_of][names.index(column.name)], value_of(cell))
                printed += 1
    assert printed >= 6
    lines = list(csv.DictReader(io.StringIO(REPORTS["csv"].render(years.footprint).decode())))
    numbers = [Fraction(line["value"]) for line in lines if line["section"] == ".".join(path) and line["value"]]
    told = [cell for row in data for cell in row.values() if isinstance(cell, dict)]
    assert sorted(numbers) == sorted(Fraction(cell["kgCO2eq" if "kgCO2eq" in cell else "percent"]) for cell in told)


def test_charts_say_the_numbers_of_their_tables(years):
    album = REPORTS["svg"]
    assert isinstance(album, Album)
    leaves, shown = album.leaves(years.footprint), {}
    for section in bilan(years.footprint).pages():
        shown["-".join(section.path)] = {cell.shown for row in section.rows for cell in row.cells}
    for name in ("years-totals", "years-bridge", "scenarios", "sensitivity"):
        root = ElementTree.fromstring(leaves[name])
        ends = [node.text or "" for node in root if node.tag.endswith("text") and node.get("text-anchor") == "end"]
        desc = next(node.text or "" for node in root if node.tag.endswith("desc"))
        assert len(ends) >= 4
        assert all(set(end.split("\u202f–\u202f")) <= shown[name] for end in ends)
        assert all(end in desc for end in ends)


def test_the_bridge_sums_exactly_and_the_years_are_those_of_the_command(years, record):
    (bridge,) = record["years"]["bridge"]
    steps = [value_of(bridge[name]) for name in ("before", "perimeter", "method", "factors", "activity")]
    assert sum(steps) == value_of(bridge["after"]) == years.footprint.exact_total() / 1000
    before, after, target = record["years"]["totals"]
    assert value_of(after["emissions"]) - value_of(before["emissions"]) == value_of(after["change"])
    assert value_of(after["emissions"]) - value_of(after["allowed"]) == value_of(after["gap"])
    assert target["year"] == 2030
    assert value_of(target["allowed"]) == value_of(before["emissions"]) * Fraction(60, 100)
    assert sum(value_of(part["change"]) for part in record["years"]["parts"]) == value_of(after["change"])


def test_a_decision_stands_with_its_interval_and_one_that_cannot_be_computed_with_what_is_missing(years, record):
    today, *decisions, refused = record["scenarios"]
    assert value_of(today["emissions"]) == years.footprint.exact_total() / 1000
    for scenario, row in zip(years.footprint.presentation.scenarios, decisions, strict=False):
        then = years.footprint.under(scenario)
        low, high = (then.uncertain() - years.footprint.uncertain()).interval()
        assert value_of(row["emissions"]) == then.exact_total() / 1000
        assert value_of(row["difference"]) == value_of(row["emissions"]) - value_of(today["emissions"])
        assert (value_of(row["low"]) * 1000, value_of(row["high"]) * 1000) == (low.value, high.value)
        assert sum(value_of(row[kind]) for kind in ghg.Kind) == value_of(row["difference"])
    assert (refused["emissions"], refused["difference"]) == (None, None)
    assert "drone" in refused["refused"]
    assert "drone" in REPORTS["text"].render(years.footprint).decode()


def test_a_lever_is_the_total_with_one_factor_at_either_end_of_its_own_interval(years, record):
    footprint = years.footprint
    found = swings(footprint.uncertain())
    assert [one["identity"] for one in record["sensitivity"]] == [swing.identity for swing in found]
    assert all(left.width >= right.width for left, right in pairwise(found))
    import numpy as np

    for swing in found[:4]:
        coefficient = footprint.sheet.coefficients[swing.identity]
        law = multiple_of(coefficient.spread, coefficient.exact, swing.identity)
        for multiple, end in zip(law.at(np.array(ENDS)), (swing.low, swing.high), strict=True):
            value = f"{float(coefficient.exact) * multiple:.12f}"
            again = footprint.with_factors({swing.identity: value}).exact_total()
            assert float(again) == pytest.approx(float(end), abs=1e-3)


def test_the_command_prints_decisions_with_the_decimals_of_the_report(years):
    from ghg_numerique.telling.outlook import told_scenarios

    folder = attrs.evolve(years.folders[-1], scenarios=years.folders[-1].scenarios[:5])
    said = told_scenarios(folder, form="text", language="fr").replace("-", "−")
    section = next(one for one in bilan(folder.footprint).sections if one.path == ("scenarios",))
    for row in section.rows:
        name, total, change = (cell.shown for cell in row.cells[:3])
        assert f"{name} : {total} tCO2eq" in said
        assert f"tCO2eq, {change}" in said if change else True


def test_a_difference_has_the_decimals_that_its_own_interval_bears():
    assert digits_within(Fraction(-8200), (Fraction(-12300), Fraction(-5500))) == 1
    assert digits_within(Fraction(-470), (Fraction(-60000), Fraction(-430))) == 0
    assert digits_within(Fraction(-470), ()) == 2


def test_by_largest_remainder_the_parts_sum_and_those_that_move_are_marked(years):
    footprint = years.footprint
    nearest, moved = bilan(footprint), bilan(footprint.displayed(Display.LARGEST_REMAINDER))
    marked = 0
    for before, after in zip(nearest.pages(), moved.pages(), strict=True):
        if "emissions" not in [column.name for column in after.columns] or not after.rows[-1].is_total:
            continue
        at = after.place("emissions")
        for row, again in zip(before.rows, after.rows, strict=True):
            assert row.cells[at].record == again.cells[at].record
        stars = [row.cells[at].shown for row in after.rows if row.cells[at].shown.endswith(" *")]
        marked += len(stars)
        assert bool(stars) == any(note.startswith("*") for note in after.notes)
        parts = [row.cells[at].shown.rstrip(" *") for row in after.rows]
        if not any(part.startswith("<") for part in parts):
            assert sum(map(int, parts[:-1])) == int(parts[-1])
    assert marked
    assert "plus fort reste" in " ".join(moved.lead)
    assert "plus fort reste" not in " ".join(nearest.lead)
    assert exact(moved.total.record["exact"]) == exact(nearest.total.record["exact"])
