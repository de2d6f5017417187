"""The charts of a view: bars whose words are those of the tables, and whose lengths are their exact numbers."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, count
from typing import Final

import attrs

from ghg_numerique.plugin import Kind, say
from ghg_numerique_reports.view import Reader, Row, Section, View

SHOWN: Final = 20
"""How many bars a chart has room for; the table beside it says how many more there are."""


@attrs.frozen
class Segment:
    """A piece of a bar: an exact number, and the place of its texture in the legend; -1 is "left out"."""

    value: Fraction
    texture: int = 0


@attrs.frozen
class Bar:
    """What a bar is called, what is printed at its end, and its pieces from left to right."""

    label: str
    shown: str
    segments: tuple[Segment, ...]
    note: str = ""


@attrs.frozen
class Chart:
    """Bars on one scale. `name` is fit for a file name and for an id; `description` says it to who cannot see it.

    `caption` says whose footprint it is, wherever the chart ends up.
    """

    name: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    caption: str = ""


def charts(view: View) -> dict[tuple[str, ...], Chart]:
    """Return the charts of a view by the path of their section; a section without a number is not drawn."""
    drawn: dict[tuple[str, ...], Chart] = {}
    for path, name in names_of(section.path for section in view.sections).items():
        (section,) = (section for section in view.sections if section.path == path)
        bars, legend = _bars(section, view.language)
        if any(segment.value for bar in bars for segment in bar.segments):
            kept = tuple(bars[:SHOWN])
            said = _description(kept, len(bars), view.language)
            drawn[path] = Chart(name, section.title, said, kept, legend, view.title)
    return drawn


def names_of(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return a name for each path that is fit for files and ids, and that no other has."""
    names: dict[tuple[str, ...], str] = {}
    for path in paths:
        plain = unicodedata.normalize("NFKD", "-".join(path)).encode("ascii", "ignore").decode().lower()
        name = re.sub("[^a-z0-9]+", "-", plain).strip("-") or "section"
        numbered = (f"{name}-{number}" for number in count(2))
        names[path] = next(free for free in chain([name], numbered) if free not in names.values())
    return names


def _bars(section: Section, language: str) -> tuple[list[Bar], tuple[str, ...]]:
    rows = [row for row in section.rows if row.reader is not Reader.DATA and not row.is_total]
    match section.path:
        case ("domain",) | ("equipment",) | ("measure",) | ("data_kind",) | ("kind", "all") | ("rollups", _):
            return [_single(section, row) for row in rows], ()
        case ("kind", "domain"):
            kinds = [column for column in section.columns[1:] if column.reader is not Reader.PAGE]
            return [_stacked(row, len(kinds)) for row in rows], tuple(column.shown for column in kinds)
        case ("beges",):
            return _compared(section, rows, language), ()
    return [], ()


def _single(section: Section, row: Row) -> Bar:
    """Return a bar of one piece; a part that a roll-up leaves out looks left out, and kinds keep their textures."""
    amount, share = row.cells[section.place("emissions")], row.cells[section.place("share")]
    outside = any(cell.record == "left_out" for cell in row.cells)
    kinds = list(Kind) if section.path[0] == "kind" else []
    texture = -1 if outside else next((place for place, kind in enumerate(kinds) if row.cells[0].record == kind), 0)
    return Bar(row.cells[0].shown, amount.shown, (Segment(Fraction(amount.value), texture),), share.shown)


def _stacked(row: Row, kinds: int) -> Bar:
    pieces = tuple(Segment(Fraction(cell.value), place) for place, cell in enumerate(row.cells[1 : 1 + kinds]))
    return Bar(row.cells[0].shown, row.cells[-1].shown, pieces)


def _compared(section: Section, rows: Sequence[Row], language: str) -> list[Bar]:
    """Return the whole inventory and the footprint as bars of their own: one is no slice of the other."""
    whole, ours = section.place("reference"), section.place("footprint")
    bars = [
        Bar(row.cells[0].shown, row.cells[whole].shown, (Segment(Fraction(row.cells[whole].value), -1),))
        for row in rows
    ]
    return [
        *bars,
        *(
            Bar(say("label.digital", language), row.cells[ours].shown, (Segment(Fraction(row.cells[ours].value)),))
            for row in rows[:1]
        ),
    ]


def _description(bars: Sequence[Bar], found: int, language: str) -> str:
    """Return the chart in words: the unit, and every bar with what is printed at its end."""
    said = "; ".join(f"{bar.label} {bar.shown}" + (f" ({bar.note})" if bar.note else "") for bar in bars)
    more = say("label.more-bars", language, count=found - len(bars)) if found > len(bars) else ""
    return say("label.chart", language, bars=said) + more
