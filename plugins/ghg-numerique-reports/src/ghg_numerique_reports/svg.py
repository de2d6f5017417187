"""A chart as SVG: complete in itself, told apart without colour, and every text escaped by the tree that holds it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from textwrap import wrap
from typing import Final
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from ghg_numerique_reports.bars import Bar
from ghg_numerique_reports.charts import Chart

WIDTH: Final = 360
_ROW, _BAR, _TOP, _LINE, _KEY, _SHEET = 38, 11, 1, 18, 24, 36
_SVG = "http://www.w3.org/2000/svg"
_LETTER, _BROAD, _NOTE, _SMALL = 7.6, 12.4, 68, "12.5"

INK, SOFT, PAPER, RULE = "#16212b", "#4a5863", "#ffffff", "#c3ccd3"
TEXTURES: Final = (("#14506e", ""), ("#b4560a", "lines"), ("#3f8577", "dots"), ("#6b4a8c", "cross"))
"""Colour and pattern of the pieces: blue, orange, green and violet stay apart for colour-blind eyes, patterns for all."""
OUTSIDE: Final = ("#5d6b76", "hatch")
FONT: Final = "'Segoe UI', 'Helvetica Neue', Roboto, Arial, 'Liberation Sans', sans-serif"


def draw(chart: Chart, *, alone: bool = True, font: str = FONT) -> str:
    """Return the SVG of a chart; `alone`, it shows its own title, which a page says beside it."""
    drawn = _drawn(chart, alone=alone)
    drawn.attrib |= {"xmlns": _SVG, "font-family": font} if alone or font != FONT else {}
    return tostring(drawn, encoding="unicode")


def sheet(title: str, charts: Sequence[Chart]) -> str:
    """Return the SVG of several charts, one below the other."""
    height = float(_SHEET)
    svg = Element("svg", {"xmlns": _SVG, "font-family": FONT, "font-size": "13.5"})
    SubElement(svg, "title").text = title
    SubElement(svg, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    _text(svg, 0, 22, _fitting(title, WIDTH * 0.92), weight="700", fill=INK)
    for chart in charts:
        drawn = _drawn(chart, alone=True)
        drawn.set("y", _number(height))
        svg.append(drawn)
        height += _height(chart, alone=True) + _SHEET
    svg.attrib |= {"viewBox": f"0 0 {WIDTH} {_number(height)}", "width": str(WIDTH), "height": _number(height)}
    return tostring(svg, encoding="unicode")


def _drawn(chart: Chart, *, alone: bool) -> Element:
    height = _height(chart, alone=alone)
    notes = _notes(chart)
    top = height - _ROW * len(chart.bars) - _LINE * len(notes) - (_LINE if alone else 0)
    svg = Element("svg", {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "font-family": FONT, "font-size": "13.5"})
    svg.set("aria-labelledby", f"{chart.name}-title {chart.name}-desc")
    SubElement(svg, "title", {"id": f"{chart.name}-title"}).text = chart.title
    SubElement(svg, "desc", {"id": f"{chart.name}-desc"}).text = chart.description
    _patterns(svg, chart)
    if alone:
        svg.attrib |= {"xmlns": _SVG, "width": str(WIDTH), "height": str(height)}
        SubElement(svg, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
        _words(svg, chart, height)
    _legend(svg, chart, top - _KEY)
    for place, line in enumerate(notes):
        _text(svg, 0, top + _ROW * len(chart.bars) + place * _LINE + 14, line, fill=SOFT, size=_SMALL)
    low, high = _span(chart)
    scale = WIDTH / (high - low or 1)
    for place, bar in enumerate(chart.bars):
        _bar(svg, chart, bar, top + place * _ROW, -low * scale, scale)
    return svg


def _height(chart: Chart, *, alone: bool) -> int:
    words = _LINE * (len(_title(chart)) + 2) + 8 if alone else 0
    return _TOP + words + (_KEY if chart.legend else 0) + _ROW * len(chart.bars) + _LINE * len(_notes(chart))


def _words(svg: Element, chart: Chart, height: int) -> None:
    """Write what a chart that stands alone must say itself: its title, its unit, and whose footprint it is."""
    lines = _title(chart)
    for place, line in enumerate(lines, start=1):
        _text(svg, 0, _TOP + place * _LINE - 4, line, weight="700", fill=INK)
    _text(svg, 0, _TOP + (len(lines) + 1) * _LINE - 4, "tCO2eq", fill=SOFT, size=_SMALL)
    _text(svg, 0, height - 5, _fitting(chart.caption, WIDTH * 1.2), fill=SOFT, size="11")


def _title(chart: Chart) -> list[str]:
    return wrap(chart.title, int(WIDTH * 0.92 / _LETTER)) or [""]


def _notes(chart: Chart) -> list[str]:
    return [line for note in chart.notes for line in wrap(note, int(WIDTH / _LETTER), break_on_hyphens=False)]


def _span(chart: Chart) -> tuple[float, float]:
    """Return how far bars reach to the left and to the right of zero."""
    ends = [
        (
            min(0, *bar.interval, sum(s.value for s in bar.segments if s.value < 0)),
            max(0, *bar.interval, sum(s.value for s in bar.segments if s.value > 0)),
        )
        for bar in chart.bars
    ]
    return float(min(low for low, _ in ends)), float(max(high for _, high in ends))


def _bar(svg: Element, chart: Chart, bar: Bar, top: float, zero: float, scale: float) -> None:
    """Draw the line of words of a bar, and the bar below it."""
    end = WIDTH - (_NOTE if bar.note else 0)
    _text(svg, 0, top + 13, _fitting(bar.label, end - (len(bar.shown) + 1) * _LETTER), fill=INK)
    _text(svg, end, top + 13, bar.shown, anchor="end", weight="700", fill=INK)
    if bar.note:
        _text(svg, WIDTH, top + 13, bar.note, anchor="end", fill=SOFT)
    y = top + 19
    SubElement(svg, "rect", {"x": "0", "y": _number(y), "width": str(WIDTH), "height": str(_BAR), "fill": "#eef1f3"})
    left = right = zero
    for segment in bar.segments:
        width = abs(float(segment.value)) * scale
        x = right if segment.value >= 0 else left - width
        right, left = (right + width, left) if segment.value >= 0 else (right, left - width)
        if segment.value:
            _piece(svg, chart, segment.texture, x, y, max(width, 1.5))
    if bar.interval:
        low, high = (zero + float(edge) * scale for edge in bar.interval)
        reach = f"M{_number(low)} {_number(y + 2)}v7M{_number(low)} {_number(y + 5.5)}H{_number(high)}m0-3.5v7"
        for colour, stroke in ((PAPER, "3.5"), (INK, "1.3")):
            SubElement(svg, "path", {"d": reach, "stroke": colour, "stroke-width": stroke})
    if zero > 0:
        SubElement(svg, "path", {"d": f"M{_number(zero)} {_number(y - 3)}v{_BAR + 6}", "stroke": INK})


def _piece(svg: Element, chart: Chart, texture: int, x: float, y: float, width: float) -> None:
    colour, pattern = _texture(texture)
    place = {"x": _number(x), "y": _number(y), "width": _number(width), "height": str(_BAR)}
    fill = f"url(#{chart.name}-{pattern})" if pattern else colour
    SubElement(svg, "rect", {**place, "fill": fill, "stroke": PAPER if not pattern else colour, "stroke-width": "1"})


def _legend(svg: Element, chart: Chart, top: float) -> None:
    x = 0.0
    for texture, label in enumerate(chart.legend):
        _piece(svg, chart, texture, x + 0.5, top + 2, 18)
        shown = _fitting(label, WIDTH / len(chart.legend) - 14)
        _text(svg, x + 24, top + 12, shown, fill=INK, size=_SMALL)
        x += 24 + len(shown) * _LETTER


def _patterns(svg: Element, chart: Chart) -> None:
    """Define the patterns that the chart uses, under names that no other chart of a page has."""
    used = {segment.texture for bar in chart.bars for segment in bar.segments} | set(range(len(chart.legend)))
    wanted = sorted({_texture(texture) for texture in used if _texture(texture)[1]}, key=lambda one: one[1])
    if not wanted:
        return
    defs = SubElement(svg, "defs")
    for colour, name in wanted:
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        tile = SubElement(defs, "pattern", {"id": f"{chart.name}-{name}", **size})
        for tag, drawn in _strokes(colour, name):
            SubElement(tile, tag, drawn)


def _strokes(colour: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Return the marks of a pattern on its ground; "left out" is drawn on white, as something that is not there."""
    yield "rect", {"width": "6", "height": "6", "fill": PAPER if name == "hatch" else colour}
    line = {"stroke": colour if name == "hatch" else PAPER, "stroke-width": "1.3"}
    if name in ("lines", "cross"):
        yield "path", {"d": "M-1 1l2-2M0 6l6-6M5 7l2-2", **line}
    if name in ("hatch", "cross"):
        yield "path", {"d": "M-1 5l2 2M0 0l6 6M5-1l2 2", **line}
    if name == "dots":
        yield "circle", {"cx": "3", "cy": "3", "r": "1.2", "fill": PAPER}


def _texture(place: int) -> tuple[str, str]:
    return OUTSIDE if place < 0 else TEXTURES[place % len(TEXTURES)]


def _text(
    svg: Element, x: float, y: float, text: str, *, fill: str, anchor: str = "", weight: str = "", size: str = ""
) -> Element:
    given = {"text-anchor": anchor, "font-weight": weight, "font-size": size}
    set_down = {name: value for name, value in given.items() if value}
    node = SubElement(svg, "text", {"x": _number(x), "y": _number(y), "fill": fill, **set_down})
    node.text = text
    return node


def _fitting(text: str, width: float) -> str:
    """Return a text that fits a width; what is cut off stands in the description and in the table."""
    reaches = list(accumulate(map(_breadth, text)))
    if not reaches or reaches[-1] <= width:
        return text
    return text[: max(bisect_right(reaches, width - _BROAD), 1)].rstrip() + "…"


def _breadth(letter: str) -> float:
    """Return how broad a letter is at most, on a page whose font nobody knows: capitals are half as broad again."""
    return _BROAD if letter.isupper() or letter in "mw@%" or east_asian_width(letter) in "WF" else _LETTER


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
