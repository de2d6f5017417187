"""Reports of a footprint that need nothing but Python: `text`, `markdown`, `csv`, `json`, and `svg` for its charts.

All are drawn from one view, which is rounded once.
"""

from collections.abc import Callable, Mapping

import attrs

from ghg_numerique.plugin import Footprint, Report, hookimpl
from ghg_numerique_reports import markdown, svg, text, tidy, tree
from ghg_numerique_reports.bilan import bilan
from ghg_numerique_reports.charts import charts
from ghg_numerique_reports.vega import vega_lite
from ghg_numerique_reports.view import View

__all__ = ["BilanReport", "ChartReport", "bilan", "ghg_reports", "vega_lite"]


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


@attrs.frozen
class ChartReport:
    """The charts of the report: all on one sheet, or each alone."""

    name: str = "svg"
    media_type: str = "image/svg+xml"

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return one sheet with every chart."""
        view = bilan(footprint, language)
        return svg.sheet(view.title, tuple(charts(view).values())).encode("utf-8", "backslashreplace")

    def leaves(self, footprint: Footprint, /, *, language: str = "fr") -> Mapping[str, bytes]:
        """Return each chart as a document of its own, by its name."""
        drawn = charts(bilan(footprint, language)).values()
        return {chart.name: svg.draw(chart).encode("utf-8", "backslashreplace") for chart in drawn}


@hookimpl
def ghg_reports() -> list[Report]:
    """Return the reports of this plugin."""
    return [
        BilanReport("text", "text/plain", text.draw),
        BilanReport("markdown", "text/markdown", markdown.draw),
        BilanReport("csv", "text/csv", tidy.draw),
        BilanReport("json", "application/json", tree.draw),
        ChartReport(),
    ]
