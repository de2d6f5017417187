"""The view as plain text: aligned columns that fit a terminal of a hundred characters."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from ghg_numerique_reports.view import Section, View

WIDTH: Final = 100
_GUTTER: Final = 2
_NARROWEST: Final = 8


def draw(view: View) -> str:
    """Return the text of a view, headings underlined."""
    lines = [*_wrapped(view.title, WIDTH), "=" * min(len(view.title), WIDTH), ""]
    for sentence in view.lead:
        lines += _wrapped(sentence, WIDTH)
    for section in view.pages():
        lines += ["", section.title, "-" * len(section.title), *_table(section)]
        for note in section.notes:
            lines += textwrap.wrap(note, WIDTH, initial_indent="* ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(section: Section) -> Iterator[str]:
    """Return the lines of a table; a cell that is too wide for its column goes on below itself."""
    if not section.rows:
        return
    widths = _widths(section)
    headings = [column.shown for column in section.columns]
    yield from _row(section, headings, widths)
    yield (" " * _GUTTER).join("-" * width for width in widths)
    for row in section.rows:
        yield from _row(section, [cell.shown for cell in row.cells], widths)


def _row(section: Section, texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [_wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        yield (" " * _GUTTER).join(
            text.rjust(width) if column.is_number else text.ljust(width)
            for text, width, column in zip(line, widths, section.columns, strict=True)
        )


def _widths(section: Section) -> list[int]:
    """Return widths that fit the page where they can: columns of words give way, the widest first; numbers never."""
    widths = []
    for place, column in enumerate(section.columns):
        heading = max(map(len, column.shown.split() or [""])) if column.is_number else len(column.shown)
        widths.append(max(1, heading, *(len(row.cells[place].shown) for row in section.rows)))
    while sum(widths) + _GUTTER * (len(widths) - 1) > WIDTH:
        words = [place for place, column in enumerate(section.columns) if not column.is_number]
        widest = max(words, key=lambda place: widths[place])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
