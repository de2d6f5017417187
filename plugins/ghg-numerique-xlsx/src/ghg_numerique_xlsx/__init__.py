"""The report of a year as a workbook: a sheet for each table, numbers that are numbers, totals that are formulas."""

import attrs

from ghg_numerique.plugin import Footprint, Report, hookimpl
from ghg_numerique_reports import bilan

__all__ = ["WorkbookReport", "ghg_reports"]


@attrs.frozen
class WorkbookReport:
    """The report `xlsx`, drawn from the same view as every other form."""

    name: str = "xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, footprint: Footprint, /, *, language: str = "fr") -> bytes:
        """Return the workbook; the same footprint gives the same bytes."""
        from ghg_numerique_xlsx.workbook import draw  # here, so that commands which draw no workbook do not pay for it

        return draw(bilan(footprint, language))


@hookimpl
def ghg_reports() -> list[Report]:
    """Return the report of this plugin."""
    return [WorkbookReport()]
