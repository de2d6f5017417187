"""What is read from the footprint of a hamlet, in `readings.txt`: groups, columns, shares, other values, and rounded parts.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

import io
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from unittest import mock

import attrs
import pytest

import ghg_numerique as ghg
import told
from ghg_numerique.algebra import frames
from ghg_numerique.algebra.balances import Amounts, Balances, Tally, amount_of
from ghg_numerique.algebra.breakdown import Breakdown
from ghg_numerique.algebra.evaluation import Evaluation
from ghg_numerique.algebra.rounding import largest_remainder, rounding_gap, rounds_apart
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.terms import Activity, Display, Fate
from hamlet import KNOWN, TOWN, item, spent
from town import Figures, assess, figure

LISTED = told.listed(Path(__file__).with_name("readings.txt"))
TIERS = {"tier": {"far": ("Rooms",), "near": ("Office",), "none": ()}, "part": {"near": ("Office",)}}
VALUES = {"invented-table#embodied-laptop": "50", "invented-table#monetary-telecom": "100"}
PARTS = [Fraction(part) for part in ("1.5", "2.25", "-0.75", "4.25", "0.25", "0.57")]


def the_town(**said: Any) -> ghg.Footprint:
    return attrs.evolve(assess(TOWN, KNOWN, rollups=TIERS), **said)


def grouped(name: str, found: Breakdown) -> Iterator[str]:
    """Return a breakdown with what it leaves out."""
    yield f"{name} | {found} = {found.total()}, {len(found)} groups of {found.dimension}"
    yield from (f"{group} | {amount} = {found[group]}" for group, amount in found)
    yield from (f"left out: {group} | {amount}" for group, amount in found.left_out)


def groups() -> Iterator[str]:
    footprint = the_town()
    yield f"{footprint.total()} = {footprint.exact_total()}"
    for name in (*footprint.dimensions, *TIERS):
        yield from grouped(name, footprint.by(name))
    for names in ((), ("domain",), ("kind", "domain")):
        yield from (f"{'/'.join(key)} | {amount}" for key, amount in footprint.cross(*names).items())
    yield " ".join(one.identity for one in footprint.coefficients)
    yield from grouped("nothing", assess([], KNOWN).by("domain"))
    alike = Figures(ghg.Role.EMBODIED, {"laptop": "100", "server": "100"})
    yield from grouped("a tie", assess([item(2, "server"), item(3, domain="Rooms")], [alike]).by("equipment"))
    elsewhere = {"domains": ("Rooms", "Office", "Cellar")}
    yield from grouped("in the order of the methodology", assess(TOWN, KNOWN, **elsewhere).by("domain"))


def columns() -> Iterator[str]:
    third = Figures(ghg.Role.EMBODIED, {"laptop": figure(ghg.Role.EMBODIED, "0.1", "kgCO2eq/item")})
    footprint = assess([*TOWN, item(12, number="0.000001")], [third, *KNOWN[1:]])
    yield from (f"{name} | {'/'.join(map(str, values))}" for name, values in footprint.columns().items())


def tables() -> Iterator[str]:
    pyarrow, *_ = (pytest.importorskip(name, reason="an extra brings it") for name in ("pyarrow", "pandas", "polars"))
    from pyarrow.parquet import read_table

    footprint = the_town()
    for table in (footprint.to_arrow(), read_table(io.BytesIO(frames.parquet(footprint.columns())))):
        yield f"arrow | {' '.join(f'{field.name}:{field.type}' for field in table.schema)} | {table.num_rows}"
    yield f"pandas | {' '.join(footprint.to_pandas().columns)} | {len(footprint.to_pandas())}"
    long = table.schema.set(table.schema.get_field_index("exact"), pyarrow.field("exact", pyarrow.large_string()))
    yield f"asked for | {pyarrow.RecordBatchReader.from_stream(footprint, schema=long).schema.field('exact').type}"
    nothing = assess([], KNOWN)
    yield f"arrow of no cell | {' '.join(str(field.type) for field in nothing.to_arrow().schema)}"
    yield f"polars of no cell | {' '.join(map(str, nothing.to_polars().dtypes))}"
    polars = footprint.to_polars()
    yield f"polars | {' '.join(f'{name}:{kind}' for name, kind in polars.schema.items())} | {len(polars)}"


def shown() -> Iterator[str]:
    yield the_town()._repr_html_()
    yield the_town(organisation="<City>")._repr_html_()
    yield the_town().by("kind")._repr_html_()
    yield the_town().by("part")._repr_html_()
    yield the_town(methodology=attrs.evolve(the_town().methodology, year=None))._repr_html_()
    yield assess([item(2, domain="")], KNOWN)._repr_html_()
    yield frames.html("", {}, "nature")
    yield frames.html("", {"<a>": Fraction(1234567)}, "nature")


def shares() -> Iterator[str]:
    yield str(the_town().shares())
    for total, post in (("10", None), ("10", "2"), ("10", "-5"), ("3", "3"), ("3", "4"), ("0.5", "0")):
        yield f"{total} {post} | {the_town(reference=ReferenceInventory(total, post)).shares()}"


def other_values() -> Iterator[str]:
    """Exact with other values, and the same in floats; the values that the footprint does not use are refused below."""
    footprint = the_town()
    changed = footprint.with_factors(VALUES)
    yield from (f"{'/'.join(cell)} | {amount}" for cell, amount in changed.cells.items())
    again = changed.with_factors({"invented-table#embodied-laptop": "1"})
    yield f"{footprint.total()} {changed.total()} {again.total()}"
    evaluation = Evaluation(footprint)
    entries = evaluation.entries({name: float(value) for name, value in VALUES.items()})
    yield f"floats | {evaluation.total({}):.9g} {entries.sum():.9g} | {' '.join(f'{kg:.9g}' for kg in entries)}"
    yield f"floats of nothing | {Evaluation(assess([], KNOWN)).total({})}"
    yield f"{footprint.displayed(Display.LARGEST_REMAINDER).presentation}"


def balances() -> Iterator[str]:
    """Rows and amounts by activity, fate and file, and where every euro went."""
    rows = [*TOWN, spent(20, 70, nature="fireworks"), spent(21, 10, "EUR_TTC"), item(22)]
    found = assess(rows, KNOWN).balances
    for activity in (None, *Activity):
        yield from (f"{activity} {fate} | {told.amounts(found.total(activity, fate))}" for fate in (None, *Fate))
    money = attrs.asdict(found.money, recurse=False)
    yield from (f"{name} | {dict(amounts.by_unit)}" for name, amounts in money.items())
    yield from (f"{file} | {told.amounts(tally)}" for file, tally in found.by_file().items())
    both = Tally(2, Amounts.of({"item": Fraction(1, 3), "EUR_HT": Fraction(0), "EUR_TTC": Fraction(7)}))
    yield f"{amount_of(both)}; {amount_of(Tally())}; {both + both}; {sum([both])}; {bool(both.amounts)} {bool(Amounts())}"
    twice = sum([found, found])
    for lines in (twice.rows, twice.kinds, twice.files):
        yield f"twice | {told.amounts(sum(lines.values()))}"
    yield f"{sum([both.amounts])} {sum([Balances()])} {Balances().total()}"


def activity() -> Iterator[str]:
    """A house twice, by addition and by a number, and a house less itself."""
    matrix, none = the_town().matrix, ghg.ActivityMatrix.zero()
    yield " ".join(
        str(sum(found.entries.values())) for found in (matrix, 2 * matrix, sum([matrix, matrix]), matrix + none)
    )
    yield f"{matrix + -1 * matrix == none} {len(none.columns)} {len(matrix.columns)}"


def sent() -> Iterator[str]:
    """A worker reads what was written here."""
    footprint = the_town().with_factors(VALUES)
    read = pickle.loads(pickle.dumps(footprint))
    yield f"{read == footprint} {read.total()} {len(read.balances.rows)} {len(read.matrix.columns)} {dict(read.sheet.chosen)}"


def parts() -> Iterator[str]:
    """Parts that are rounded one by one, and so that they add up."""
    for digits in (0, 1, 2):
        yield f"{digits} | {' '.join(map(str, largest_remainder(PARTS, digits)))} | {rounds_apart(PARTS, digits)}"
    yield f"{largest_remainder([])} {rounds_apart([])} {rounds_apart(PARTS)} {' '.join(map(str, largest_remainder(PARTS)))}"
    for step, total in ((1, 10), (1, 11), (1, 12), (1, 5), (2, 16)):
        gap = rounding_gap([Fraction(part) for part in (1, 2, 5)], Fraction(total), step=Fraction(step))
        yield f"{step} {total} | {gap.gap} {gap.bound} {gap.explained}"
    yield f"{rounding_gap([Fraction(1), Fraction(2), Fraction(5)], Fraction(10))}"


def without(library: str, ask: Callable[[], object]) -> Callable[[], object]:
    """Return what is asked for where a library is not installed."""

    def asked() -> object:
        with mock.patch.dict(sys.modules, {library: None}):
            return ask()

    return asked


CASES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "groups, and what they leave out": groups,
    "columns": columns,
    "columns, as the tools read them": tables,
    "tables of a notebook": shown,
    "shares of the whole inventory of emissions": shares,
    "other values for some coefficients": other_values,
    "rows and euros, where they went": balances,
    "activity, added up": activity,
    "what is sent to a worker": sent,
    "rounded parts": parts,
}
REFUSED: Final[dict[str, Callable[[], object]]] = {
    "a coefficient that is not used": lambda: the_town().with_factors({"b": "1", "a": "1", **VALUES}),
    "a dimension that there is not": lambda: the_town().cross("colour", "domain", "taste"),
    "a group that there is not": lambda: the_town().by("domain")["Attic"],
    "Arrow where it is not installed": without("pyarrow", lambda: the_town().to_arrow()),
    "Parquet where it is not installed": without("pyarrow.parquet", lambda: frames.parquet(the_town().columns())),
    "pandas where it is not installed": without("pandas", lambda: the_town().to_pandas()),
    "polars where it is not installed": without("polars", lambda: the_town().to_polars()),
}


@pytest.mark.parametrize("title", CASES)
def test_what_is_read_is_what_is_written(title):
    assert list(CASES[title]()) == LISTED[title]


@pytest.mark.parametrize("title", REFUSED)
def test_what_cannot_be_read_is_refused_word_by_word(title):
    with pytest.raises(ghg.GhgError) as refused:
        REFUSED[title]()
    assert list(told.faults([refused.value])) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES) | set(REFUSED)
