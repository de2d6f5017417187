"""Every number in text, Markdown, page, chart, workbook and data comes from one result: all are read back and compared.

Emissions by domain, by tier, by equipment and by kind are parsed out of each form. What people read is the exact result
rounded once, the same in every form; what programs read is the exact result, in a workbook to its 15 digits.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from footprints import cell, footprint_of
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import ghg_numerique as ghg
from ghg_numerique import Kind
from ghg_numerique.decimals import exact, written
from ghg_numerique.plugin import Album, label
from ghg_numerique.publishing.publication import Publication
from ghg_numerique.publishing.redaction import Redaction
from ghg_numerique_reports import vega_lite

pytestmark = pytest.mark.law

REPORTS = {report.name: report for report in ghg.Catalogue.discover().reports}
DOMAINS = ("Environnement Utilisateur", "Réseaux et Télécoms", "Organisation")
EQUIPMENT = ("", "laptop", "type-1", "type-2")
AMOUNTS = st.one_of(st.integers(0, 10**17), st.integers(0, 10**10)).map(lambda count: Fraction(count, 10**6))
CELLS = st.lists(
    st.tuples(
        st.builds(cell, st.sampled_from(DOMAINS), st.sampled_from(list(Kind)), st.sampled_from(EQUIPMENT)), AMOUNTS
    ),
    min_size=1,
    max_size=12,
)
SHEETS = {"domain": "Domaines", "tier": "Tiers", "equipment": "Matériels", "kind": "Énergie grise, usage, services"}
TITLES = {
    "domain": "par domaine",
    "tier": "par tiers",
    "equipment": "par type de matériel",
    "kind": "entre énergie grise",
}
CHARTS = {"domain": "domain", "tier": "rollups-tier", "equipment": "equipment", "kind": "kind-all"}


def amounts(footprint: ghg.Footprint, name: str) -> list[Fraction]:
    """Return the exact tonnes of a grouping in the order in which reports print it, without the total."""
    found = footprint.by(name)
    groups = dict(found.groups)
    if name == "kind":
        groups = {kind: groups.get(kind, Fraction(0)) for kind in Kind}
    if name == "equipment" and "" in groups:
        groups[""] = groups.pop("")
    return [kg / 1000 for kg in (*groups.values(), *found.left_out.groups.values())]


def shown(tonnes: Fraction, digits: int) -> str:
    """Return a printed number, worked out here from the exact one."""
    text = written(tonnes, digits, "fr")
    if tonnes and not re.search("[1-9]", text):
        return f"< {written(Fraction(1, 2 * 10**digits), digits + 1, 'fr')}"
    return text


def markdown(page: str, name: str) -> list[str]:
    section = next(part for part in page.split("\n## ") if TITLES[name] in part.splitlines()[0])
    return [line.split("|")[2].strip() for line in section.splitlines() if line.startswith("|")][2:-1]


def text(page: str, name: str) -> list[str]:
    lines = page.splitlines()
    start = next(
        place for place, line in enumerate(lines) if TITLES[name] in line and lines[place + 1].startswith("--")
    )
    rows = lines[start + 4 : next(place for place in range(start, len(lines)) if lines[place].startswith("Total"))]
    return [re.split(r" {2,}", row.strip())[1] for row in rows]


def html(page: str, name: str) -> list[str]:
    table = next(part for part in re.findall("<table>.*?</table>", page, re.S) if TITLES[name] in part.split("\n")[1])
    cells = re.findall(r'<th scope="row">.*?</th><td class="n">(.*?)</td>', table)
    return [cell.replace("&lt;", "<") for cell in cells][:-1]


def chart(drawing: bytes) -> tuple[list[str], list[float]]:
    """Return the numbers printed at the ends of the bars, and the lengths of the bars."""
    root = ElementTree.fromstring(drawing)
    texts = [node.text or "" for node in root if node.tag.endswith("text") and node.get("text-anchor") == "end"]
    texts = [text for text in texts if not text.endswith("%") and text != "s.o."]
    bars, grounds = {}, [node for node in root if node.tag.endswith("rect") and node.get("fill") == "#eef1f3"]
    for ground in grounds:
        bars[ground.get("y")] = 0.0
    for node in root:
        if node.tag.endswith("rect") and node.get("y") in bars and node not in grounds:
            bars[node.get("y")] += float(node.get("width", "0"))
    return texts, list(bars.values())


@settings(max_examples=15)
@given(CELLS)
def test_every_form_prints_the_one_exact_result(cells):
    footprint = footprint_of(cells)
    total = footprint.exact_total() / 1000
    record = json.loads(REPORTS["json"].render(footprint))
    digits = len(
        re.search(r"représente [^,]*?(?:,([0-9]+))?\u00a0tCO2eq", REPORTS["text"].render(footprint).decode())[1] or ""
    )
    pages = {name: REPORTS[name].render(footprint).decode() for name in ("text", "markdown", "html")}
    book = CalamineWorkbook.from_filelike(io.BytesIO(REPORTS["xlsx"].render(footprint)))
    svg = REPORTS["svg"]
    assert isinstance(svg, Album)
    charts = svg.leaves(footprint)
    data = {
        "domain": record["domain"], "tier": record["rollups"]["tier"], "equipment": record["equipment"],
        "kind": record["kind"]["all"],
    }  # fmt: skip
    for name in TITLES:
        parts = amounts(footprint, name)
        printed = [shown(part, digits) for part in parts]
        if not parts:
            assert not any(TITLES[name] in page for page in pages.values())
            continue
        assert markdown(pages["markdown"], name) == text(pages["text"], name) == html(pages["html"], name) == printed
        assert [exact(row["emissions"]["exact"]) / 1000 for row in data[name]] == parts
        column = [row[-2] for row in book.get_sheet_by_name(SHEETS[name]).to_python()[1 : 2 + len(parts)]]
        assert column == pytest.approx([float(part) for part in (*parts, total)], rel=1e-15, abs=0)
        assert any(parts) == (CHARTS[name] in charts)
        if any(parts):
            ends, lengths = chart(charts[CHARTS[name]])
            assert ends == printed
            longest = float(max(parts))
            for part, length in zip(parts, lengths, strict=True):
                drawn = float(part) / longest * 360
                assert length == (pytest.approx(max(drawn, 1.5), abs=0.01) if part else 0)
    assert exact(record["total"]["exact"]) / 1000 == total == sum(amounts(footprint, "domain"))


@settings(max_examples=15)
@given(CELLS)
def test_the_long_table_holds_the_same_numbers(cells):
    footprint = footprint_of(cells)
    lines = list(csv.DictReader(io.StringIO(REPORTS["csv"].render(footprint).decode())))
    for name, section in (
        ("domain", "domain"),
        ("tier", "rollups.tier"),
        ("equipment", "equipment"),
        ("kind", "kind.all"),
    ):
        found = [Fraction(line["value"]) / 1000 for line in lines if line["section"] == section]
        assert found == amounts(footprint, name)


def summed(rows: Iterable[tuple[str, Fraction]]) -> dict[str, Fraction]:
    """Return amounts by name."""
    groups: dict[str, Fraction] = {}
    for name, amount in rows:
        groups[name] = groups.get(name, Fraction(0)) + amount
    return groups


def lines(page: bytes, mark: str = ",") -> list[dict[str, str]]:
    """Return the lines of a published table."""
    return list(csv.DictReader(io.StringIO(page.decode("utf-8-sig"), newline=""), delimiter=mark))


@settings(max_examples=15)
@given(CELLS)
def test_open_data_holds_the_same_numbers(cells):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow brings it")
    footprint = footprint_of(cells)
    redaction = Redaction(footprint.methodology, b"k" * 32, shown=frozenset({"equipment"}))
    pages = Publication(footprint, "etalab-2.0", redaction, parquet=True).pages()
    programs, office = lines(pages["results.csv"]), lines(pages["results-excel-fr.csv"], ";")
    columns = parquet.read_table(io.BytesIO(pages["results.parquet"])).to_pydict()
    for name in ("domain", "equipment", "kind"):
        groups = summed((cell[footprint.dimensions.index(name)], kg) for cell, kg in footprint.cells.items())
        assert {group: kg for group, kg in footprint.by(name).groups.items() if kg} == {
            group: kg for group, kg in groups.items() if kg
        }
        assert summed((line[name], Fraction(line["exact"])) for line in programs) == groups
        assert summed((line[name], Fraction(line["kgCO2eq"])) for line in programs) == groups
        assert summed(zip(columns[name], map(Fraction, columns["exact"]), strict=True)) == groups
        heading = label("column", name)
        french = ((line[heading], Fraction(line["Émissions (kgCO2eq)"].replace(",", "."))) for line in office)
        assert summed(french) == {label(name, group): kg for group, kg in groups.items()}
    assert columns["kgCO2eq"] == [float(Fraction(amount)) for amount in columns["exact"]]
    assert Fraction(json.loads(pages["datapackage.json"])["totalKgCO2eq"]) == footprint.exact_total()


@settings(max_examples=15)
@given(CELLS)
def test_the_charts_of_notebooks_hold_the_same_numbers(cells):
    footprint = footprint_of(cells)
    specified = vega_lite(footprint)
    for name, chart_name in CHARTS.items():
        if not any(parts := amounts(footprint, name)):
            continue
        bars = [row["tCO2eq"] for row in specified[chart_name]["data"]["values"]]
        assert bars == [float(part) for part in parts]
