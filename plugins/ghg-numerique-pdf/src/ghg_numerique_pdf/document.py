"""The document: the sections of a view, given to typst as data. No text of a footprint is ever read as markup."""

import json
import re
from pathlib import Path
from typing import Any, Final

import typst

from ghg_numerique.plugin import say
from ghg_numerique_reports.charts import charts
from ghg_numerique_reports.svg import draw as draw_chart
from ghg_numerique_reports.typography import printable, typeset
from ghg_numerique_reports.view import Section, View

TEMPLATE: Final = Path(__file__).parent / "report.typ"

FONT: Final = "Libertinus Serif"
"""It comes inside typst, as does the font of last resort: no font of the machine plays a part."""

_LONG = re.compile(r"\S{20,}")
_PIECE = re.compile(r"[^-_/.]{1,14}[-_/.]*|[-_/.]+")
"""What stays together of a long word: up to its next mark, or so many letters."""
_SHORT: Final = 24
_PROBE: Final = b"""#set document(title: "letters")
#set text(font: "Libertinus Serif")
#sys.inputs.letters #strong(sys.inputs.letters)"""


def draw(view: View) -> bytes:
    """Return the PDF of a view: tagged, with language and title, checked by typst against PDF/UA-1, without a clock."""
    return _compiled(TEMPLATE.read_bytes(), inputs(view))


def inputs(view: View) -> dict[str, str]:
    """Return a view as the template receives it: JSON in the letters of the fonts; others are spelled out."""
    data = json.dumps(_data(view), ensure_ascii=False)
    letters = unknown(frozenset(character for character in data if not character.isascii()))
    for character in letters:
        data = data.replace(character, f"[U+{ord(character):04X}]")
    return {"view": data}


def unknown(characters: frozenset[str]) -> frozenset[str]:
    """Return the characters for which the fonts have no letter: a tagged PDF may not show an empty box in their place."""
    if not characters:
        return characters
    try:
        _compiled(_PROBE, {"letters": "".join(sorted(characters))})
    except typst.TypstError:
        if len(characters) == 1:
            return characters
        ordered = sorted(characters)
        half = len(ordered) // 2
        return unknown(frozenset(ordered[:half])) | unknown(frozenset(ordered[half:]))
    return frozenset()


def _compiled(source: bytes, inputs: dict[str, str]) -> bytes:
    made = typst.compile(
        source, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, timestamp=0, pdf_standards=["ua-1"]
    )
    assert isinstance(made, bytes)
    return made


def _data(view: View) -> dict[str, Any]:
    """Return a view as the template reads it: texts and lists of texts."""
    drawn = charts(view)

    def text(said: str) -> str:
        return _breakable(typeset(printable(said), view.language))

    def section(one: Section) -> dict[str, Any]:
        chart = drawn.get(one.path)
        return {
            "title": text(one.title),
            "columns": [
                {"shown": text(column.shown), "number": column.is_number, "wide": _is_wide(one, place)}
                for place, column in enumerate(one.columns)
            ],
            "rows": [{"cells": [text(cell.shown) for cell in row.cells], "total": row.is_total} for row in one.rows],
            "notes": [text(note) for note in one.notes],
            "chart": chart and draw_chart(chart, alone=False, font=FONT),
            "words": chart and printable(f"{chart.title}. {chart.description}"),
        }

    return {
        "language": view.language,
        "title": text(view.title),
        "total": text(view.total.shown),
        "interval": text(say("html.interval", view.language, low=view.interval[0].shown, high=view.interval[1].shown))
        if view.interval
        else "",
        "lead": [{"said": text(said), "warning": said in view.warnings} for said in view.lead],
        "sections": [section(one) for one in view.pages()],
        "colophon": text(say("html.colophon", view.language, engine=view.identity["engine"] or "?")),
    }


def _is_wide(section: Section, place: int) -> bool:
    """Tell whether a column shares what the others leave of the line; a table of short cells gives it to the first."""
    longest = [max((len(row.cells[at].shown) for row in section.rows), default=0) for at in range(len(section.columns))]
    return longest[place] > _SHORT or (place == 0 and max(longest) <= _SHORT)


def _breakable(text: str) -> str:
    """Return a text in which long words (hashes, names of files) may break, so that no column runs into the next."""
    return _LONG.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)
