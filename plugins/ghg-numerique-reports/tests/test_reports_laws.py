"""What must hold of any footprint: printed numbers are near, data are exact, names are harmless."""

import csv
import io
import json
import re
from fractions import Fraction
from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.csv_pages import harmless
from ghg_numerique.decimals import exact
from ghg_numerique.terms import DataKind, Kind
from ghg_numerique_reports import ghg_reports

pytestmark = pytest.mark.law

REPORTS = {report.name: report for report in ghg_reports()}
MILLIONTH = Fraction(1, 10**6)

DOMAINS = ("Environnement Utilisateur", "Réseaux et Télécoms", "Organisation", "")
EQUIPMENT = ("", "laptop", *(f"type-{place}" for place in range(18)))
AMOUNTS = st.one_of(st.integers(-(10**12), 10**18), st.integers(-(10**4), 10**4)).map(lambda count: count * MILLIONTH)
CELLS = st.lists(
    st.tuples(
        st.tuples(
            st.sampled_from(DOMAINS),
            st.sampled_from(list(Kind)),
            st.just("use"),
            st.sampled_from(EQUIPMENT),
            st.just("declared"),
            st.sampled_from(list(DataKind)),
        ),
        AMOUNTS,
    ),
    max_size=30,
)
LANGUAGES = st.sampled_from(["fr", "en"])


def number(shown: str, language: str) -> tuple[Fraction, Fraction]:
    """Return the interval in which a printed number says that the exact value is."""
    bare = shown.replace("\u202f", "") if language == "fr" else shown.replace(",", "")
    bare = bare.replace("\u2212", "-")
    match = re.fullmatch(r"([<>] )?(-?[0-9]+)(?:[.,]([0-9]+))?", bare)
    assert match, shown
    sign, whole, decimals = match[1], match[2], match[3] or ""
    value = Fraction(f"{whole}.{decimals or 0}")
    if sign:
        return min(value, Fraction(0)), max(value, Fraction(0))
    half = Fraction(1, 2 * 10 ** len(decimals))
    return value - half, value + half


def agrees(shown: str, tonnes: Fraction, language: str) -> bool:
    """Tell whether a printed number is within half a step of the exact one, and is not zero unless that is."""
    low, high = number(shown, language)
    return low <= tonnes <= high and bool(tonnes) == bool(re.search("[1-9]", shown))


def tables(footprint: Footprint, name: str, language: str) -> list[list[list[str]]]:
    """Return the tables of a page as rows of cells, without their headings."""
    page = REPORTS[name].render(footprint, language=language).decode()
    found, rows = [], []
    for line in [*page.splitlines(), ""]:
        cells = re.split(r" \| ", line.strip("| ")) if name == "markdown" else re.split(r" {2,}", line.strip())
        if line.startswith("|") if name == "markdown" else len(cells) > 1 and not line.startswith("  "):
            rows.append(cells)
        elif rows:
            found.append([row for row in rows if not set("".join(row)) <= set("-: ")][1:])
            rows = []
    return found


@settings(deadline=None)
@given(CELLS, LANGUAGES, st.sampled_from(["text", "markdown"]))
def test_every_printed_emission_is_within_half_a_step(build, cells, language, page):
    footprint = build(cells)
    domains, tiers, *_ = tables(footprint, page, language)
    amounts = [*footprint.by("domain").groups.values(), footprint.exact_total()]
    assert len(domains) == len(amounts)
    assert all(agrees(row[1], kg / 1000, language) for row, kg in zip(domains, amounts, strict=True))
    tier = footprint.by("tier")
    amounts = [*tier.groups.values(), *tier.left_out.groups.values(), footprint.exact_total()]
    assert all(agrees(row[1], kg / 1000, language) for row, kg in zip(tiers, amounts, strict=True))


@settings(deadline=None)
@given(CELLS, LANGUAGES)
def test_the_grid_of_kinds_and_domains_is_within_half_a_step(build, cells, language):
    footprint = build(cells)
    grid = next(table for table in tables(footprint, "markdown", language) if len(table[0]) == 5)
    amounts = footprint.cross("domain", "kind")
    for domain, row in zip(footprint.by("domain").groups, grid, strict=False):
        exacts = [amounts.get((domain, kind), Fraction(0)) for kind in Kind]
        assert all(agrees(cell, kg / 1000, language) for cell, kg in zip(row[1:], [*exacts, sum(exacts)], strict=True))


@settings(deadline=None)
@given(CELLS)
def test_json_sums_to_the_total_exactly(build, cells):
    footprint = build(cells)
    tree = json.loads(REPORTS["json"].render(footprint))
    total = exact(tree["total"]["exact"])
    assert total == footprint.exact_total()
    for rows in (tree["domain"], tree["rollups"]["tier"], tree["equipment"], tree["kind"]["all"], tree["data_kind"]):
        assert sum(exact(row["emissions"]["exact"]) for row in rows) == total
    assert sum(exact(row[kind]["exact"]) for row, kind in product(tree["kind"]["domain"], Kind)) == total
    assert {row["domain"]: exact(row["emissions"]["exact"]) for row in tree["domain"]} == footprint.by("domain").groups


@settings(deadline=None)
@given(CELLS)
def test_json_rounds_to_the_millionth_and_does_not_speak(build, cells):
    footprint = build(cells)
    shown = REPORTS["json"].render(footprint)
    for row in json.loads(shown)["domain"]:
        assert abs(exact(row["emissions"]["kgCO2eq"]) - exact(row["emissions"]["exact"])) <= MILLIONTH / 2
    assert shown == REPORTS["json"].render(footprint, language="en")
    assert shown == REPORTS["json"].render(build(reversed(cells)))


@settings(deadline=None)
@given(CELLS)
def test_csv_reads_back(build, cells):
    footprint = build(cells)
    heading, *lines = csv.reader(io.StringIO(REPORTS["csv"].render(footprint).decode()))
    assert heading == ["section", "group", "subgroup", "value", "unit"]
    found: dict[str, list[Fraction]] = {}
    for section, _, _, value, unit in lines:
        if unit == "kgCO2eq":
            found.setdefault(section, []).append(Fraction(value))
    assert set(found) == {"total", "domain", "rollups.tier", "kind.all", "kind.domain", "measure", "data_kind"} | (
        {"equipment"} if footprint.cells else set()
    )
    for amounts in found.values():
        assert abs(sum(amounts) - footprint.exact_total()) <= MILLIONTH / 2 * len(amounts)


HOSTILE = st.text(st.sampled_from("aé=+-@|$\\`*_<>[]&#\t\r\n\x1b\u2028\u202e\"',;:% "), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(HOSTILE.filter(str.strip), min_size=1, max_size=5, unique=True), HOSTILE)
def test_names_can_neither_break_a_page_nor_become_a_formula(build, names, organisation):
    empty = build([])
    methodology = attrs.evolve(empty.methodology, domains=tuple(names), rollups={"tier": {names[0]: (names[0],)}})
    cells = [((name, "use", "use", name, "declared", "generic"), 20_000) for name in names]
    footprint = build(cells, methodology=methodology, organisation=organisation)
    pages = {name: report.render(footprint).decode() for name, report in REPORTS.items()}
    for page in ("text", "markdown"):
        assert not set(pages[page]) & set("\t\r\x1b\u2028\u202e")
        assert len(pages[page].split("\n")) == len(pages[page].splitlines()) + 1
    for line in pages["markdown"].splitlines():
        assert not re.search(r"(?<!\\)(?:\\\\)*[$`*\[\]]", line), line
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) in (3, 4, 6)
    lines = [line for line in csv.reader(io.StringIO(pages["csv"], newline="")) if line[0] == "domain"]
    assert [line[1] for line in lines] == [harmless(name) for name in names]
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for line in lines for cell in line)
    assert [row["domain"] for row in json.loads(pages["json"])["domain"]] == names
