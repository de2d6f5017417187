"""The report of a year as a PDF: tagged for screen readers (PDF/UA-1), set by typst with the fonts that it brings."""

import attrs

from ghg_numerique.plugin import Footprint, Report, hookimpl
from ghg_numerique_reports import bilan

__all__ = ["PdfReport", "ghg_reports"]


@attrs.frozen
class PdfReport:
    """The report `pdf`, drawn from the same view as every other form."""

    name: str = "pdf"
    media_type: str = "application/pdf"

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the document; the same footprint gives the same bytes with one version of typst."""
        from ghg_numerique_pdf.document import draw  # here, so that commands which draw no PDF do not pay for typst

        return draw(bilan(footprint, language))


@hookimpl
def ghg_reports() -> list[Report]:
    """Return the report of this plugin."""
    return [PdfReport()]
