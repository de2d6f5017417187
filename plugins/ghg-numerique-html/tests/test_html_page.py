"""The page is one file that asks for nothing, that everyone can read, and in which no data become markup."""

import re
import shutil
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from footprints import BALANCES, METHODOLOGY, cell, footprint_of, published

import ghg_numerique as ghg
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.plugin import Activity, Amounts, Balances, Fate, Tally
from ghg_numerique.testing import check_report
from ghg_numerique_html import HtmlReport, ghg_reports
from ghg_numerique_html.page import LONGEST, typeset
from ghg_numerique_reports import svg

ROOT = Path(__file__).parents[3]
CSS = (ROOT / "plugins/ghg-numerique-html/src/ghg_numerique_html/templates/page.css").read_text("utf-8")
VOID = {"meta", "link", "br", "img", "hr", "input", "rect", "path", "circle"}
HEAVIEST = 150_000


@attrs.define
class Node:
    """An element: its tag, its attributes, what is inside it."""

    tag: str
    attributes: dict[str, str]
    inside: list["Node | str"] = attrs.Factory(list)

    def all(self, *tags: str) -> list["Node"]:
        """Return the elements of these tags below, in the order of the page; all of them where none is named."""
        found = []
        for node in self.inside:
            if isinstance(node, Node):
                found += [node] if not tags or node.tag in tags else []
                found += node.all(*tags)
        return found

    @property
    def text(self) -> str:
        """The text inside, as a reader sees it."""
        return "".join(node if isinstance(node, str) else node.text for node in self.inside)


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert self.open == [self.root], [node.tag for node in self.open]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attributes})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def page(footprint: Footprint, language: str = "fr") -> Node:
    """Return the page of a footprint, read."""
    return Reader(HtmlReport().render(footprint, language=language).decode()).root


@pytest.fixture(scope="module")
def city() -> Footprint:
    """The footprint of the example city."""
    return ghg.Folder.open(ROOT / "examples" / "ville").footprint


@pytest.mark.parametrize("report", ghg_reports())
def test_the_report_keeps_its_promises(report):
    check_report(report)


def test_the_page_of_the_example_city_is_light_and_asks_for_nothing(city):
    content = HtmlReport().render(city)
    assert len(content) <= HEAVIEST
    root = Reader(content.decode()).root
    assert not root.all("script", "link", "img", "iframe", "object", "form", "base")
    for node in root.all():
        assert not {"src", "style", "onclick", "onload"} & set(node.attributes)
        assert node.attributes.get("href", "#").startswith("#")
    assert "url(" not in CSS
    assert "@import" not in CSS
    (policy,) = [n for n in root.all("meta") if n.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policy.attributes["content"].startswith("default-src 'none'")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_built_for_everyone(city, language):
    root = page(city, language)
    assert root.all("html")[0].attributes["lang"] == language
    assert root.all("title")[0].text.strip()
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [len(root.all(tag)) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    ids = Counter(node.attributes["id"] for node in root.all() if "id" in node.attributes)
    assert set(ids.values()) == {1}
    for node in root.all():
        named = [*node.attributes.get("aria-labelledby", "").split(), node.attributes.get("href", "#")[1:]]
        assert all(name in ids for name in named if name), node.attributes
    skip = root.all("a")[0].attributes["href"]
    assert ids[skip.removeprefix("#")]


def test_tables_say_what_their_cells_are_of(city):
    tables = page(city).all("table")
    assert len(tables) >= 12
    for table in tables:
        assert table.all("caption")[0].text.strip()
        heads, *rows = table.all("tr")
        assert {node.tag for node in heads.all("th", "td")} == {"th"}
        assert {node.attributes["scope"] for node in heads.all("th")} == {"col"}
        for row in rows:
            first, *others = row.all("th", "td")
            assert first.attributes["scope"] == "row"
            assert {node.tag for node in others} <= {"td"}
            assert len(others) + 1 == len(heads.all("th"))


def test_every_chart_has_a_title_a_description_and_its_table(city):
    charts = page(city).all("figure")
    assert len(charts) >= 8
    for figure in charts:
        (drawing,) = figure.all("svg")
        title, desc = drawing.attributes["aria-labelledby"].split()
        assert drawing.attributes["role"] == "img"
        said = {node.attributes["id"]: node.text for node in drawing.all("title", "desc")}
        assert said[title]
        assert "tCO2eq" in said[desc]
    blocks = [node for node in page(city).all("div") if "drawn" in node.attributes.get("class", "").split()]
    assert len(blocks) == len(charts)
    assert all(len(block.all("table")) == 1 for block in blocks)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["ink", "soft", "blue"])
def test_text_stands_out_from_the_paper(name):
    colour = re.search(rf"--{name}: (#[0-9a-f]{{6}})", CSS)[1]
    assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(colour, "#f3f5f6") >= 4.5


def test_charts_stand_out_and_differ_by_more_than_their_colour():
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in (svg.INK, svg.SOFT))
    bars = [*svg.TEXTURES, svg.OUTSIDE]
    assert all(contrast(colour, ground) >= 3 for colour, _ in bars for ground in ("#ffffff", "#eef1f3"))
    assert len({pattern for _, pattern in bars}) == len(bars)


HOSTILE = (
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "]]>&amp;",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_markup(name):
    methodology = attrs.evolve(
        METHODOLOGY, title=name, domains=(name,), rollups={name: {name: (name,)}, f"{name} ": {name: ()}}
    )
    hostile = footprint_of([(cell(name, "use", name), 10**4)], methodology=methodology, organisation=name)
    shown = HtmlReport().render(hostile).decode()
    root = Reader(shown).root
    assert not root.all("script", "img")
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)
    assert {node.tag for node in root.all("table")[0].all()} <= {"caption", "thead", "tbody", "tr", "th", "td"}
    if name.isascii():
        assert root.all("tbody")[0].all("th")[0].text == name
    ids = [node.attributes["id"] for node in root.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z0-9-]+", one) for one in ids)


def test_a_long_table_says_how_much_it_does_not_show_and_keeps_its_total():
    names = tuple(f"domain {place}" for place in range(300))
    many = footprint_of(
        [(cell(name), 1000) for name in names], methodology=attrs.evolve(METHODOLOGY, domains=names, rollups={})
    )
    content = HtmlReport().render(many)
    assert len(content) <= HEAVIEST
    table, *_ = Reader(content.decode()).root.all("table")
    rows = table.all("tbody")[0].all("tr")
    assert len(rows) == LONGEST + 1
    assert rows[-1].text.startswith("Total300")
    assert f"{300 - LONGEST} lignes de plus" in content.decode()


def test_the_key_figure_stands_with_its_interval_and_its_shares(city):
    (key,) = [node for node in page(city).all("section") if node.attributes.get("class") == "key"]
    low, high = (edge.to("tCO2eq").value for edge in city.interval())
    shown = " ".join(key.text.split())
    assert "162 tCO2eq" in shown
    assert f"entre {round(low)} et {round(high)} tCO2eq" in shown
    assert "2,6 %" in shown
    assert "2,4 %" in shown


def test_what_is_missing_is_a_warning():
    lost = Balances.of([((Activity.HARDWARE, Fate.QUARANTINED, ""), Tally(7, Amounts({"item": Fraction(7)})))], [])
    both = attrs.evolve(published(), balances=BALANCES + lost)
    for footprint, rows in ((published(), ["3"]), (both, ["3", "7"])):
        warned = [node.text for node in page(footprint).all("p") if node.attributes.get("class") == "warning"]
        assert [re.findall("[0-9]+", text) for text in warned] == [[count] for count in rows]


def test_lines_do_not_break_before_a_mark_or_a_unit():
    assert typeset("« a » : 12 tCO2eq ; fin ?", "fr") == "«\u202fa\u202f»\u00a0: 12\u00a0tCO2eq\u202f; fin\u202f?"
    assert typeset("a : 12 tCO2eq ;", "en") == "a : 12\u00a0tCO2eq ;"


def test_real_inputs_make_light_pages(shared, tmp_path):
    from ghg_numerique.folders.starter import start

    source = shared / "cases" / "g4it_inventory_1971"
    start(str(tmp_path / "parc"))
    for name in ("equipementPhysique.csv", "datacenter.csv"):
        shutil.copy(source / name, tmp_path / "parc" / name)
    (tmp_path / "parc" / "ghg.toml").write_text(
        'organisation = "Test"\nyear = 2022\nmethodology = "methodologie.toml"\n[[inputs]]\n'
        'file = "equipementPhysique.csv"\nimporter = "numecoeval"\nfaults = "set_aside"\n'
        'companions = { datacentres = "datacenter.csv" }\n'
    )
    content = HtmlReport().render(ghg.Folder.open(tmp_path / "parc").footprint)
    assert len(content) <= HEAVIEST
    warned = [node.text for node in Reader(content.decode()).root.all("p") if node.attributes.get("class") == "warning"]
    assert [re.findall("[0-9]+", text) for text in warned] == [["244"], ["137"]]
