"""The page: the sections of a view in chapters, each chart beside the table that holds its numbers."""

from collections.abc import Iterator
from typing import Final

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ghg_numerique.plugin import say
from ghg_numerique_reports.charts import charts, names_of
from ghg_numerique_reports.svg import draw as draw_chart
from ghg_numerique_reports.typography import printable, typeset
from ghg_numerique_reports.view import Reader, Row, Section, View

LONGEST: Final = 40
"""How many rows of a table the page shows; a line below the table says how many it does not show, and who does."""

_CHAPTERS: Final = {"years": "decisions", "scenarios": "decisions", "sensitivity": "decisions",
                    "method": "method", "balances": "balances", "findings": "findings", "coefficients": "evidence",
                    "manifest": "evidence"}  # fmt: skip


@attrs.frozen
class Block:
    """A section as the page shows it: its id, its rows, how many are left out, and its chart, if it has one."""

    id: str
    section: Section
    rows: tuple[Row, ...]
    cut: int
    chart: Markup


@attrs.frozen
class Chapter:
    """Blocks under one heading."""

    name: str
    title: str
    blocks: tuple[Block, ...]


def draw(view: View) -> str:
    """Return the page of a view. Every text of the data is escaped by the template, or by the tree of the chart."""
    environment = Environment(
        loader=PackageLoader("ghg_numerique_html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = lambda code, **facts: say(f"html.{code}", view.language, **facts)
    environment.filters["typeset"] = lambda text: typeset(text, view.language)
    environment.filters["printable"] = printable
    return environment.get_template("page.html").render(view=view, chapters=_chapters(view), facts=list(_facts(view)))


def _chapters(view: View) -> list[Chapter]:
    names, drawn = names_of(section.path for section in view.sections), charts(view)
    found: dict[str, list[Block]] = {}
    for section in view.pages():
        rows = _cut(section.rows)
        # An XML tree wrote it, and escaped what the data say.
        chart = Markup(draw_chart(drawn[section.path], alone=False) if section.path in drawn else "")  # noqa: S704
        block = Block(names[section.path], section, rows, len(section.rows) - len(rows), chart)
        found.setdefault(_CHAPTERS.get(section.path[0], "result"), []).append(block)
    return [
        Chapter(name, _chapter_title(name, found[name], view.language), tuple(found[name]))
        for name in dict.fromkeys(("result", *_CHAPTERS.values()))
        if name in found
    ]


def _chapter_title(name: str, blocks: list[Block], language: str) -> str:
    """Return the title of a chapter; one that has the levers alone says no more than they do."""
    if [block.section.path for block in blocks] == [("sensitivity",)]:
        return blocks[0].section.title
    return say(f"html.chapter-{name}", language)


def _cut(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the first rows, and every total: a table may end early, but not without its sum."""
    return (*rows[:LONGEST], *(row for row in rows[LONGEST:] if row.is_total))


def _facts(view: View) -> Iterator[tuple[str, str]]:
    """Return the shares that stand beside the key figure, each with what it is a share of."""
    for section in view.sections:
        if section.path in (("beges",), ("measure",)):
            for row in section.rows:
                share = row.cells[section.place("share")]
                if not row.is_total and row.reader is not Reader.DATA and share.value not in ("", "0"):
                    yield share.shown, say(f"html.fact-{section.path[0]}", view.language, name=row.cells[0].shown)
