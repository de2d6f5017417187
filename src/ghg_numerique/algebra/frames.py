"""Columns, handed to the tools that people compute with; none of them is needed until it is asked for."""

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from importlib import import_module
from typing import Any

from ghg_numerique.decimals import written
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.wording import label

Columns = Mapping[str, Sequence[str] | Sequence[float]]


def arrow(columns: Columns) -> Any:
    """Return columns as a `pyarrow.Table`; texts and floats keep their types where there is no row."""
    pyarrow = _needed("pyarrow", "arrow")
    kinds = {name: pyarrow.float64() if name == "kgCO2eq" else pyarrow.string() for name in columns}
    return pyarrow.table({name: pyarrow.array(values, kinds[name]) for name, values in columns.items()})


def parquet(columns: Columns) -> bytes:
    """Return columns as a Parquet file."""
    sink = io.BytesIO()
    table = arrow(columns)
    _needed("pyarrow.parquet", "arrow").write_table(table, sink)
    return sink.getvalue()


def pandas(columns: Columns) -> Any:
    """Return columns as a `pandas.DataFrame`."""
    return _needed("pandas", "pandas").DataFrame(dict(columns))


def polars(columns: Columns) -> Any:
    """Return columns as a `polars.DataFrame`; texts and floats keep their types where there is no row."""
    library = _needed("polars", "polars")
    kinds = {name: library.Float64 if name == "kgCO2eq" else library.String for name in columns}
    return library.DataFrame(dict(columns), schema=kinds)


def html(title: str, groups: Mapping[str, Fraction], dimension: str) -> str:
    """Return groups in kgCO2eq as a small table in tonnes, in the language of reports, every text escaped."""
    total = sum(groups.values(), start=Fraction(0))
    rows = [(label(dimension, name), kg) for name, kg in groups.items()]
    lines = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{_tonnes(kg)}</td></tr>" for name, kg in rows)
    foot = f"<tr><th scope='row'>{label('column', 'total')}</th><td>{_tonnes(total)}</td></tr>"
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    head = "<thead><tr><td></td><th scope='col'>tCO2eq</th></tr></thead>"
    return f"<table>{caption}{head}<tbody>{lines}</tbody><tfoot>{foot}</tfoot></table>"


def _tonnes(kg: Fraction) -> str:
    return written(kg / 1000, 3)


def _needed(name: str, extra: str) -> Any:
    """Return a library that an extra brings."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError("extra-missing", name=name, extra=extra) from error
