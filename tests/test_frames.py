"""The cells of a footprint in the tools that people compute with, and what is said where a tool is not installed."""

import json
import sys
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique_reports import vega_lite

VILLE = Path(__file__).parents[1] / "examples" / "ville"


@pytest.fixture(scope="module")
def city() -> ghg.Footprint:
    return ghg.Folder.open(VILLE).footprint


@pytest.fixture
def empty(city) -> ghg.Footprint:
    return attrs.evolve(city, matrix=ghg.ActivityMatrix.zero())


def test_columns_hold_every_cell_and_sum_exactly(city):
    columns = city.columns()
    assert list(columns) == [*city.dimensions, "kgCO2eq", "exact"]
    assert {len(values) for values in columns.values()} == {len(city.cells)}
    assert sum(map(Fraction, columns["exact"])) == city.exact_total()
    assert columns["kgCO2eq"] == [float(kg) for kg in city.cells.values()]


def test_arrow_reads_back(city, empty):
    pyarrow = pytest.importorskip("pyarrow", reason="the extra arrow brings it")
    table = city.to_arrow()
    assert table.to_pydict() == city.columns()
    assert pyarrow.table(city) == table
    assert empty.to_arrow().schema == table.schema


def test_pandas_reads_back(city, empty):
    pytest.importorskip("pandas", reason="the extra pandas brings it")
    frame = city.to_pandas()
    assert frame.to_dict("list") == city.columns()
    assert frame.groupby("domain")["kgCO2eq"].sum()["Application"] == pytest.approx(
        float(city.by("domain")["Application"].value)
    )
    assert list(empty.to_pandas().columns) == list(frame.columns)


def test_polars_reads_back(city, empty):
    pytest.importorskip("polars", reason="the extra polars brings it")
    assert city.to_polars().to_dict(as_series=False) == city.columns()
    assert empty.to_polars().schema == city.to_polars().schema


@pytest.mark.parametrize(("method", "module", "extra"), [
    ("to_arrow", "pyarrow", "arrow"), ("__arrow_c_stream__", "pyarrow", "arrow"), ("to_pandas", "pandas", "pandas"),
    ("to_polars", "polars", "polars"),
])  # fmt: skip
def test_a_tool_that_is_not_there_is_named_with_its_extra(city, monkeypatch, method, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ghg.ConfigurationError) as raised:
        getattr(city, method)()
    assert module in raised.value.text("en")
    assert f"ghg-numerique[{extra}]" in raised.value.text("fr")


def test_a_notebook_shows_the_total_by_domain(city):
    shown = city._repr_html_()
    assert "Ville d&#x27;Exemple" in shown
    assert "<th scope='row'>Application</th><td>23,378</td>" in shown
    assert "<th scope='row'>Total</th><td>161,549</td>" in shown
    assert "hors" not in city.by("tier")._repr_html_()
    assert "161,549" in city.by("tier")._repr_html_()
    assert "<th scope='row'>Énergie grise</th><td>69,468</td>" in city.by("kind")._repr_html_()


def test_a_notebook_runs_no_markup_of_the_data(city):
    named = attrs.evolve(city, organisation="<script>x</script>")
    assert "<script>" not in named._repr_html_()


def test_vega_lite_draws_the_same_tonnes(city):
    drawn = vega_lite(city)
    assert set(drawn) >= {"domain", "rollups-tier", "equipment", "kind-all", "kind-domain", "beges"}
    assert json.loads(json.dumps(drawn)) == drawn
    rows = drawn["domain"]["data"]["values"]
    exact = {name: float(kg / 1000) for name, kg in city.by("domain").groups.items()}
    assert {row["label"]: row["tCO2eq"] for row in rows} == pytest.approx(exact, abs=1e-9)
    assert "tCO2eq" in drawn["domain"]["description"]
    stacked = drawn["kind-domain"]
    assert {row["piece"] for row in stacked["data"]["values"]} == set(stacked["encoding"]["color"]["scale"]["domain"])
    assert vega_lite(city, language="en")["domain"]["title"] != drawn["domain"]["title"]


def test_vega_lite_draws_intervals_as_the_report_does(city):
    drawn = vega_lite(city)["scenarios"]
    bars, lines = drawn["layer"]
    assert (bars["mark"]["type"], lines["mark"]["type"]) == ("bar", "rule")
    assert all(row["low"] <= row["tCO2eq"] <= row["high"] for row in drawn["data"]["values"])
    assert drawn["title"]["subtitle"]
    lines["encoding"]["x"].clear()
    assert vega_lite(city)["scenarios"] != drawn
