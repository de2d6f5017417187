"""The view as Markdown with pipe tables (GitHub Flavored Markdown), ready for the report to a council."""

import re
from collections.abc import Iterator, Sequence

from ghg_numerique_reports.view import Section, View

_ACTIVE = re.compile(r"[\\`*_\[\]|~$]|[<&](?=[A-Za-z#/!?])")
"""What would be read as markup, as a formula, or as the end of a cell. An address stays a link: it shows where it goes."""


def draw(view: View) -> str:
    """Return the Markdown of a view: one heading, the lead, then a heading for each section."""
    blocks = [f"# {escaped(view.title)}", *map(escaped, view.lead)]
    for section in view.pages():
        blocks.append(f"## {escaped(section.title)}")
        if section.rows:
            blocks.append("\n".join(_table(section)))
        if section.notes:
            blocks.append("\n".join(f"- {escaped(note)}" for note in section.notes))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def _table(section: Section) -> Iterator[str]:
    yield _line([escaped(column.shown) for column in section.columns])
    yield _line(["---:" if column.is_number else "---" for column in section.columns])
    for row in section.rows:
        yield _line([escaped(cell.shown) for cell in row.cells])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
