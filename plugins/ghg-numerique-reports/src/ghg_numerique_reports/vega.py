"""A chart as a Vega-Lite specification: a plain dictionary, for notebooks and dashboards that draw for themselves."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from ghg_numerique.plugin import Footprint
from ghg_numerique_reports.bars import Bar
from ghg_numerique_reports.bilan import bilan
from ghg_numerique_reports.charts import Chart, charts
from ghg_numerique_reports.svg import OUTSIDE, TEXTURES

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"

_COLOURS: Final = [colour for colour, _ in TEXTURES]
_NAMES: Final = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 400}}
_TONNES: Final = {"field": "tCO2eq", "type": "quantitative", "title": "tCO2eq"}
_INTERVALS: Final = {
    "mark": {"type": "rule"},
    "transform": [{"filter": "isValid(datum.low)"}],
    "encoding": {"y": _NAMES, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
}


def vega_lite(footprint: Footprint, *, language: str = "fr") -> dict[str, dict[str, Any]]:
    """Return the charts of the report as Vega-Lite specifications by their names; lengths are in tCO2eq."""
    return {chart.name: _specification(chart) for chart in charts(bilan(footprint, language)).values()}


def _specification(chart: Chart) -> dict[str, Any]:
    """Return bars with the data inside, and a thin line for each interval.

    `shown` is what the report prints at the end of the bar, for labels and tooltips.
    """
    said = {"text": chart.title, "subtitle": list(chart.notes)} if chart.notes else chart.title
    bars = {"mark": {"type": "bar", "tooltip": True}, "encoding": _lengths(chart)}
    drawn = {"layer": [bars, _INTERVALS]} if any(bar.interval for bar in chart.bars) else bars
    specification = {
        "$schema": SCHEMA,
        "title": said,
        "description": chart.description,
        "data": {"values": [row for bar in chart.bars for row in _rows(bar, chart)]},
        **drawn,
    }
    return deepcopy(specification)  # whoever changes a chart changes no other


def _rows(bar: Bar, chart: Chart) -> Iterator[dict[str, Any]]:
    """Yield a row for each piece of a bar; the interval stands with the first, so that it is drawn once."""
    ends = {name: float(end / 1000) for name, end in zip(("low", "high"), bar.interval, strict=False)}
    for place, segment in enumerate(bar.segments):
        yield {
            "label": bar.label,
            "piece": chart.legend[segment.texture] if chart.legend else "",
            "tCO2eq": float(segment.value / 1000),
            "shown": bar.shown,
            "colour": OUTSIDE[0] if segment.texture < 0 else _COLOURS[segment.texture % len(_COLOURS)],
            **({} if place else ends),
        }


def _lengths(chart: Chart) -> dict[str, Any]:
    """Return how bars are placed, measured and coloured."""
    plain = {"field": "colour", "type": "nominal", "scale": None}
    scale = {"domain": list(chart.legend), "range": _COLOURS}
    legend = {"field": "piece", "type": "nominal", "scale": scale, "title": None}
    return {"y": _NAMES, "x": _TONNES, "color": legend if chart.legend else plain}
