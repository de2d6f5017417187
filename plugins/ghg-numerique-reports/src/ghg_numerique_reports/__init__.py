"""Four reports of a footprint: `text`, `markdown`, `csv` and `json`, drawn from one view that is rounded once."""

from collections.abc import Callable

import attrs

from ghg_numerique.plugin import Footprint, Report, hookimpl
from ghg_numerique_reports import markdown, text, tidy, tree
from ghg_numerique_reports.bilan import bilan
from ghg_numerique_reports.view import View

__all__ = ["BilanReport", "bilan", "ghg_reports"]


@attrs.frozen
class BilanReport:
    """The report of a year in one format. It rounds, translates and draws, and never computes."""

    name: str
    media_type: str
    draw: Callable[[View], str]

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the document, in UTF-8."""
        # File names of old archives may hold bytes that are no text; they are spelled out rather than refused.
        return self.draw(bilan(footprint, language)).encode("utf-8", "backslashreplace")


@hookimpl
def ghg_reports() -> list[Report]:
    """Return the reports of this plugin."""
    return [
        BilanReport("text", "text/plain", text.draw),
        BilanReport("markdown", "text/markdown", markdown.draw),
        BilanReport("csv", "text/csv", tidy.draw),
        BilanReport("json", "application/json", tree.draw),
    ]
