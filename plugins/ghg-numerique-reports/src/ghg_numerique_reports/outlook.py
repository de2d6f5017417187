"""The bars of what changes: years, the causes of a change, decisions, and the factors that move the total."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ghg_numerique.plugin import say
from ghg_numerique_reports.bars import Bar, Segment
from ghg_numerique_reports.view import Row, Section, View

OUTSIDE = -1
"""The texture of what is not there: a line to a target."""


def years(section: Section, rows: Sequence[Row], view: View) -> Iterator[Bar]:
    """Yield a bar for each year, and below it what the line to the target allows, if there is one."""
    has_target = any(column.name == "allowed" for column in section.columns)
    for row in rows:
        year, total = row.cells[0].shown, row.cells[section.place("emissions")]
        if total.is_number:
            yield Bar(year, total.shown, (Segment(Fraction(total.value)),))
        if has_target:
            allowed = row.cells[section.place("allowed")]
            said = say("label.target-line", view.language, year=year)
            yield Bar(said, allowed.shown, (Segment(Fraction(allowed.value), OUTSIDE),))


def causes(section: Section, rows: Sequence[Row]) -> Iterator[Bar]:
    """Yield a bar for each cause of each step from a year to the next."""
    for row in rows:
        for column, cell in list(zip(section.columns, row.cells, strict=True))[2:-1]:
            yield Bar(f"{row.cells[0].shown}, {column.shown}", cell.shown, (Segment(Fraction(cell.value)),))


def differences(section: Section, rows: Sequence[Row]) -> Iterator[Bar]:
    """Yield a bar for each decision that was computed: what it changes, with its interval."""
    place, low, high = (section.place(name) for name in ("difference", "low", "high"))
    for row in rows:
        change = row.cells[place]
        if change.is_number:
            interval = (Fraction(row.cells[low].value), Fraction(row.cells[high].value))
            yield Bar(row.cells[0].shown, change.shown, (Segment(Fraction(change.value)),), interval=interval)


def swings(section: Section, rows: Sequence[Row], view: View) -> Iterator[Bar]:
    """Yield a bar for each lever, from the total at its low end to the total at its high end, around the total."""
    total = Fraction(view.total.value)
    for row in rows:
        low, high = (row.cells[section.place(name)] for name in ("at_low", "at_high"))
        pieces = (Segment(Fraction(low.value) - total, 1), Segment(Fraction(high.value) - total, 0))
        yield Bar(row.cells[0].shown, f"{low.shown}\u202f–\u202f{high.shown}", pieces)


def ends(view: View) -> tuple[str, ...]:
    """Return the legend of a swing; textures are those of its pieces."""
    return (say("label.end-high", view.language), say("label.end-low", view.language))


def zero(view: View) -> tuple[str, ...]:
    """Return what the vertical line of the causes is."""
    return (say("label.axis-nothing", view.language),)


def today(view: View) -> tuple[str, ...]:
    """Return what the lines of the decisions are."""
    return say("label.axis-today", view.language), say("label.whisker", view.language)


def published(view: View) -> tuple[str, ...]:
    """Return what the vertical line of the levers is."""
    return (say("label.axis-total", view.language, total=view.total.shown),)
