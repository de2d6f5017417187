"""What is rounded from true values is always found consistent; what is not has a proof that anybody can add up.

- the roundings of true values stand together, and the witness prints as published
- a verdict of impossible comes with bounds that contradict each other, checked by additions
- one sum stands if, and only if, its intervals meet; a small cross table if, and only if, some half-whole cells fit
- a figure altered by less than the stated power stands, and from it on it does not
"""

import itertools
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.decimals import plain
from ghg_numerique.printed.certificate import Certificate
from ghg_numerique.printed.edges import true_values
from ghg_numerique.printed.system import Proof
from ghg_numerique.printed.table import PrintedTable, Share, Sum
from ghg_numerique.terms import Rounding

pytestmark = pytest.mark.law

roundings = st.sampled_from(Rounding)
thousandths = st.integers(-20_000, 20_000).map(lambda value: Fraction(value, 1000))
printed_sums = st.lists(st.integers(-30, 30), min_size=2, max_size=6)


def rounded_by(value: Fraction, rounding: Rounding) -> int:
    """Round by hand, in whole numbers."""
    sign, whole, rest = (-1 if value < 0 else 1), abs(value).__floor__(), abs(value) % 1
    up = {
        Rounding.NEAREST: rest >= Fraction(1, 2),
        Rounding.HALF_UP: rest >= Fraction(1, 2),
        Rounding.HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
        Rounding.DOWN: False,
        Rounding.UP: rest > 0,
    }[rounding]
    return sign * (whole + up)


def one_sum(parts: list[int], total: int, rounding: Rounding = Rounding.NEAREST) -> PrintedTable:
    cells = {**{f"part {n}": str(value) for n, value in enumerate(parts)}, "total": str(total)}
    return PrintedTable(cells, (Sum("total", tuple(cells)[:-1]),), rounding=rounding)


def crossed(cells: list[list[int]], rows: list[int], columns: list[int], total: int) -> PrintedTable:
    names = [f"c{number}" for number in range(len(columns))]
    lines = [["", *names, "Total"], *([f"r{n}", *row, rows[n]] for n, row in enumerate(cells))]
    lines.append(["Total", *columns, total])
    return PrintedTable.of_csv("\n".join(",".join(map(str, line)) for line in lines))


def check_proof(table: PrintedTable) -> None:
    outcome = table.system.solve()
    assert isinstance(outcome, Proof)
    assert outcome.holds(table.system)
    wrong = attrs.evolve(outcome, terms=outcome.terms[1:])
    assert not wrong.holds(table.system)


@given(thousandths, roundings)
def test_a_true_value_lies_where_its_rounding_says(value: Fraction, rounding: Rounding) -> None:
    printed = Fraction(rounded_by(value, rounding))
    bounds = true_values(printed, Fraction(1), rounding)
    low, high = bounds.ends
    assert low <= (value, 0) <= high
    for other in (printed - 2, printed + 2):
        assert (
            not true_values(other, Fraction(1), rounding)
            .within(true_values(value, Fraction(1, 10**9), rounding))
            .stands
        )


@given(st.lists(thousandths, min_size=1, max_size=8), roundings)
def test_roundings_of_true_values_stand_together(values: list[Fraction], rounding: Rounding) -> None:
    table = one_sum(
        [rounded_by(value, rounding) for value in values], rounded_by(sum(values, Fraction(0)), rounding), rounding
    )
    witness = table.system.solve()
    assert not isinstance(witness, Proof)
    assert sum((witness[name] for name in table.sums[0].parts), Fraction(0)) == witness["total"]
    if rounding is not Rounding.NEAREST:
        assert all(rounded_by(witness[name], rounding) == value for name, value in table.values.items())
    else:
        assert all(abs(witness[name] - value) <= Fraction(1, 2) for name, value in table.values.items())


@given(printed_sums, st.integers(-150, 150), st.sampled_from([Rounding.NEAREST, Rounding.HALF_UP, Rounding.DOWN]))
def test_one_sum_stands_just_where_its_intervals_meet(parts: list[int], total: int, rounding: Rounding) -> None:
    table = one_sum(parts, total, rounding)
    ends = [true_values(Fraction(part), Fraction(1), rounding).ends for part in parts]
    low = (sum(end[0][0] for end in ends), sum(end[0][1] for end in ends))
    high = (sum(end[1][0] for end in ends), sum(end[1][1] for end in ends))
    least, most = true_values(Fraction(total), Fraction(1), rounding).ends
    if least <= high and low <= most:
        assert not isinstance(table.system.solve(), Proof)
    else:
        check_proof(table)


@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2), st.data())
def test_a_small_cross_table_stands_just_where_half_whole_cells_fit(
    cells: list[list[int]], data: st.DataObject
) -> None:
    """Rows, columns and their total are unimodular: what can be fitted at all can be fitted by ends and middles."""
    off = st.integers(-3, 3)
    rows = [sum(row) + data.draw(off) for row in cells]
    columns = [sum(column) + data.draw(off) for column in zip(*cells, strict=True)]
    total = sum(map(sum, cells)) + data.draw(off)
    table = crossed(cells, rows, columns, total)
    flat = [value for row in cells for value in row]
    half = Fraction(1, 2)
    fits = any(
        all(abs(a + b - row) <= half for (a, b), row in zip((tried[:2], tried[2:]), rows, strict=True))
        and all(abs(tried[n] + tried[n + 2] - columns[n]) <= half for n in range(2))
        and abs(sum(tried) - total) <= half
        for tried in itertools.product(*((value - half, Fraction(value), value + half) for value in flat))
    )
    if fits:
        assert not isinstance(table.system.solve(), Proof)
    else:
        check_proof(table)


@given(st.lists(st.integers(1, 400), min_size=2, max_size=5), st.sampled_from([1, 7, 250]), st.data())
def test_the_power_is_just_what_an_altered_figure_shows(parts: list[int], whole: int, data: st.DataObject) -> None:
    """With a share beside the sum, so that more than one statement bears on a figure."""
    total = sum(parts)
    percent = rounded_by(Fraction(total * 100, total + whole), Rounding.HALF_UP)
    plain_table = one_sum(parts, total)
    table = attrs.evolve(
        plain_table,
        cells={**plain_table.cells, "all": str(total + whole)},
        shares=(Share("total", "all", f"{percent} %"),),
    )
    certificate = Certificate(table)
    assert certificate.consistent
    name = data.draw(st.sampled_from(list(table.cells)))
    power = certificate.power[name]
    for by in (power.down, power.up):
        if by is not None:
            for off, stands in ((by, False), (by - (1 if by > 0 else -1), True)):
                altered = attrs.evolve(table, cells={**table.cells, name: plain(table.values[name] + off)})
                assert Certificate(altered).consistent is stands


@given(st.lists(st.lists(thousandths, min_size=3, max_size=3), min_size=1, max_size=12))
def test_a_rounded_cross_table_stands(values: list[list[Fraction]]) -> None:
    to = Rounding.HALF_UP
    cells = [[rounded_by(value, to) for value in row] for row in values]
    rows = [rounded_by(sum(row, Fraction(0)), to) for row in values]
    columns = [rounded_by(sum(column, Fraction(0)), to) for column in zip(*values, strict=True)]
    table = crossed(cells, rows, columns, rounded_by(sum((sum(row, Fraction(0)) for row in values), Fraction(0)), to))
    assert Certificate(table).consistent


@given(st.lists(st.integers(0, 9), min_size=2, max_size=3), st.integers(-1, 1), st.integers(-3, 3), roundings)
def test_what_one_way_of_rounding_shows_of_another_is_what_solving_shows(
    parts: list[int], off: int, percents: int, rounding: Rounding
) -> None:
    """Values that were found under one way are tried under the others, shares and all, before these are solved."""
    whole = max(sum(parts) + off, 1)
    share = Share("part 0", "total", f"{rounded_by(Fraction(parts[0] * 100, whole), Rounding.HALF_UP) + percents} %")
    table = attrs.evolve(one_sum(parts, whole, rounding), shares=(share,))
    solved = {way: not isinstance(table.stated(way).solve(), Proof) for way in Rounding}
    assert Certificate(table).other_roundings == solved
