"""The page as a browser shows it: no fault that axe knows of, on a wide and a narrow screen, by keyboard and on paper."""

from pathlib import Path

import pytest

from ghg_numerique.folders.years import Years
from ghg_numerique_html import HtmlReport
from series import two_years

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]


@pytest.fixture(scope="module", params=["fr", "en"])
def address(request, tmp_path_factory) -> str:
    """The address of the page of two years of the example city, with its decisions."""
    folder = tmp_path_factory.mktemp("page")
    path = folder / "page.html"
    path.write_bytes(HtmlReport().render(Years.open(two_years(folder)).footprint, language=request.param))
    return path.as_uri()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_no_violation_and_nothing_overflows(browser, address, width):
    axe = pytest.importorskip("axe_playwright_python", reason="uv sync --group browser brings axe")
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(address)
    tab.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    found = tab.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 30
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_the_keyboard_reaches_the_result_first_then_every_chapter_and_table(browser, address):
    tab = browser.new_page()
    tab.goto(address)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "result"
    reached = set()
    for _ in range(tab.locator("a, .scroll").count() + 1):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("[...document.querySelectorAll('a, .scroll')].indexOf(document.activeElement)"))
    assert reached >= set(range(tab.locator("a, .scroll").count()))
    tab.close()


def test_the_page_asks_for_nothing_and_prints(browser, address):
    tab = browser.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(address)
    assert asked == [address]
    assert said == []
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    tab.close()
