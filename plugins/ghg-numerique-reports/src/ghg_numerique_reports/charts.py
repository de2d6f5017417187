"""The charts of a view: bars whose words are those of the tables, and whose lengths are their exact numbers."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, count
from typing import Final, TypeAlias

import attrs

from ghg_numerique.plugin import Kind, say
from ghg_numerique_reports import outlook
from ghg_numerique_reports.bars import Bar, Segment
from ghg_numerique_reports.typography import typeset
from ghg_numerique_reports.view import Reader, Row, Section, View

SHOWN: Final = 20
"""How many bars a chart has room for; the table beside it says how many more there are."""


@attrs.frozen
class Chart:
    """Bars on one scale. `name` is fit for a file name and for an id; `description` says it to who cannot see it.

    `caption` says whose footprint it is, wherever the chart ends up; `notes` say below the bars what its lines are, and
    how many bars it has no room for.
    """

    name: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()


def charts(view: View) -> dict[tuple[str, ...], Chart]:
    """Return the charts of a view by the path of their section; a section without a number is not drawn."""
    drawn: dict[tuple[str, ...], Chart] = {}
    for path, name in names_of(section.path for section in view.sections).items():
        (section,) = (section for section in view.sections if section.path == path)
        bars, legend, notes = _bars(section, view)
        if any(segment.value for bar in bars for segment in bar.segments):
            kept = tuple(bars[:SHOWN])
            if cut := len(bars) - len(kept):
                notes = (*notes, say("label.more-bars", view.language, count=cut))
            notes = tuple(typeset(note, view.language) for note in notes)
            said = _description(kept, notes, view.language)
            drawn[path] = Chart(name, section.title, said, kept, legend, view.title, notes)
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


Drawn: TypeAlias = tuple[list[Bar], tuple[str, ...], tuple[str, ...]]
"""Bars, the legend of their pieces, and the notes below them."""


def _bars(section: Section, view: View) -> Drawn:
    rows = [row for row in section.rows if row.reader is not Reader.DATA and not row.is_total]
    match section.path:
        case ("domain",) | ("equipment",) | ("measure",) | ("data_kind",) | ("kind", "all") | ("rollups", _):
            return [_single(section, row) for row in rows], (), ()
        case ("kind", "domain"):
            kinds = [column for column in section.columns[1:] if column.reader is not Reader.PAGE]
            return [_stacked(row, len(kinds)) for row in rows], tuple(column.shown for column in kinds), ()
        case ("beges",):
            return _compared(section, rows, view.language), (), ()
        case ("years", "totals"):
            return list(outlook.years(section, rows, view)), (), ()
        case ("years", "bridge"):
            return list(outlook.causes(section, rows)), (), outlook.zero(view)
        case ("scenarios",):
            return list(outlook.differences(section, rows)), (), outlook.today(view)
        case ("sensitivity",):
            return list(outlook.swings(section, rows, view)), outlook.ends(view), outlook.published(view)
    return [], (), ()


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


def _description(bars: Sequence[Bar], notes: Sequence[str], language: str) -> str:
    """Return the chart in words: the unit, every bar with what is printed at its end, and the notes."""
    said = "; ".join(f"{bar.label} {bar.shown}" + (f" ({bar.note})" if bar.note else "") for bar in bars)
    return say("label.chart", language, bars=said, notes=" ".join(f"{note.rstrip('.')}." for note in notes)).strip()
