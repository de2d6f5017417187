"""A chart as a Vega-Lite specification: a plain dictionary, for notebooks and dashboards that draw for themselves."""

from typing import Any, Final

from ghg_numerique.plugin import Footprint
from ghg_numerique_reports.bilan import bilan
from ghg_numerique_reports.charts import Chart, charts
from ghg_numerique_reports.svg import OUTSIDE, TEXTURES

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"


def vega_lite(footprint: Footprint, *, language: str = "fr") -> dict[str, dict[str, Any]]:
    """Return the charts of the report as Vega-Lite specifications by their names; lengths are in tCO2eq."""
    return {chart.name: _specification(chart) for chart in charts(bilan(footprint, language)).values()}


def _specification(chart: Chart) -> dict[str, Any]:
    """Return bars with the data inside; `shown` is what the report prints, for labels and tooltips."""
    colours = [colour for colour, _ in TEXTURES]
    rows = [
        {
            "label": bar.label,
            "piece": chart.legend[segment.texture] if chart.legend else "",
            "tCO2eq": float(segment.value / 1000),
            "shown": bar.shown,
            "colour": OUTSIDE[0] if segment.texture < 0 else colours[segment.texture % len(colours)],
        }
        for bar in chart.bars
        for segment in bar.segments
    ]
    colour = {"field": "colour", "type": "nominal", "scale": None}
    legend = {
        "field": "piece",
        "type": "nominal",
        "scale": {"domain": list(chart.legend), "range": colours},
        "title": None,
    }
    return {
        "$schema": SCHEMA,
        "title": chart.title,
        "description": chart.description,
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 400}},
            "x": {"field": "tCO2eq", "type": "quantitative", "title": "tCO2eq"},
            "color": legend if chart.legend else colour,
        },
    }
