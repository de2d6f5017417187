"""The PDF is tagged, says what the view says, is the same each time, and reads no text of the data as markup."""

import json
import pickle
from collections.abc import Iterator

import attrs
import pytest
from footprints import METHODOLOGY, cell, footprint_of, published

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.plugin import LANGUAGES, Kind, Report
from ghg_numerique_reports import bilan
from ghg_numerique_reports.typography import typeset

typst = pytest.importorskip("typst", reason="uv sync --group pdf brings typst")
pdf = pytest.importorskip("ghg_numerique_pdf", reason="uv sync --group pdf brings it")
document = pytest.importorskip("ghg_numerique_pdf.document")

HOSTILE = (
    '#import "/etc/passwd"',
    "*a* _b_ $x$ #pagebreak() ]",
    '"); #panic("',
    "<label> @label // comment",
    "\U0001f600 \u4e2d",
)


def words(node: object) -> Iterator[str]:
    """Yield every text below a node of a query."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        elif node.get("func") == "space":
            yield " "
        for key in ("body", "children", "child"):
            yield from words(node.get(key))
    if isinstance(node, list):
        for inner in node:
            yield from words(inner)


def asked(footprint: Footprint, selector: str) -> list[dict[str, object]]:
    """Return every element of a kind, as typst understands the document."""
    inputs = document.inputs(bilan(footprint))
    return json.loads(
        typst.query(document.TEMPLATE.read_bytes(), selector, sys_inputs=inputs, ignore_system_fonts=True)
    )


def cells(node: object) -> Iterator[str]:
    """Yield the text of every cell of a table, with the spaces of the view."""
    if isinstance(node, dict) and node.get("func") == "cell":
        yield "".join(words(node.get("body"))).replace("\u200b", "").replace("\u00a0", " ")
    elif isinstance(node, dict):
        yield from cells(node.get("children"))
    elif isinstance(node, list):
        for inner in node:
            yield from cells(inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_keeps_its_promises(language):
    # `ghg-numerique audit-plugin pdf` tries fifty footprints, each set six times: more than a run of the suite may cost.
    (report,) = pdf.ghg_reports()
    assert isinstance(report, Report)
    copy = pickle.loads(pickle.dumps(published()))
    assert report.render(copy, language=language) == report.render(published(), language=language)


def test_the_document_is_tagged_has_a_language_and_a_title_and_no_clock():
    content = pdf.PdfReport().render(published())
    assert content.startswith(b"%PDF")
    assert content == pdf.PdfReport().render(published())
    for mark in (b"/StructTreeRoot", b"/Lang", b"/MarkInfo", b"pdfuaid:part", b"/Alt"):
        assert mark in content
    assert b"1970" in content
    assert content != pdf.PdfReport().render(published(), language="en")


def test_every_title_and_every_cell_of_the_pages_is_there():
    sections = bilan(published()).pages()
    titles = ["".join(words(node["body"])).replace("\u200b", "") for node in asked(published(), "heading")]
    assert titles == [one.title for one in sections]
    drawn = [one for one in sections if one.rows]
    for section, table in zip(drawn, asked(published(), "table"), strict=True):
        shown = [column.shown for column in section.columns]
        shown += [one.shown for row in section.rows for one in row.cells]
        assert list(cells(table)) == [typeset(text, "fr").replace("\u00a0", " ") for text in shown]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_markup_and_none_stops_the_press(name):
    methodology = attrs.evolve(METHODOLOGY, title=name, domains=(name,), rollups={name: {name: (name,)}})
    hostile = footprint_of([(cell(name, Kind.USE, name), 10**4)], methodology=methodology, organisation=name)
    assert pdf.PdfReport().render(hostile).startswith(b"%PDF")
    if name.isascii():
        assert name in list(cells(asked(hostile, "table")))


def test_bytes_that_are_no_text_do_not_stop_the_press():
    hostile = footprint_of([(cell("Application", Kind.USE, "a\udcff"), 10**4)])
    assert pdf.PdfReport().render(hostile).startswith(b"%PDF")


def test_letters_that_no_font_has_are_spelled_out_and_others_are_left_alone():
    assert document.unknown(frozenset("é–−\u202f\u00a0→≤₂€Ω")) == frozenset()
    assert document.unknown(frozenset("é\U0001f600\u4e2d")) == {"\U0001f600", "\u4e2d"}
