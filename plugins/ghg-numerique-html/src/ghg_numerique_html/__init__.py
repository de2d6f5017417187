"""The report of a year as one HTML page: no network, no script, fit for paper, for screen readers and for telephones."""

import attrs

from ghg_numerique.plugin import Footprint, Report, hookimpl
from ghg_numerique_reports import bilan

__all__ = ["HtmlReport", "ghg_reports"]


@attrs.frozen
class HtmlReport:
    """The report `html`, drawn from the same view as every other form."""

    name: str = "html"
    media_type: str = "text/html"

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the page, in UTF-8."""
        from ghg_numerique_html.page import draw  # here, so that commands which draw no page do not pay for Jinja

        return draw(bilan(footprint, language)).encode("utf-8", "backslashreplace")


@hookimpl
def ghg_reports() -> list[Report]:
    """Return the report of this plugin."""
    return [HtmlReport()]
