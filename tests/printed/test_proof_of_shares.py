"""A proof that rests on shares can be added up by hand: each line names its share, and says what it is worth."""

import re
from fractions import Fraction

from ghg_numerique.printed.certificate import Certificate
from ghg_numerique.printed.table import PrintedTable, Share, Sum
from ghg_numerique.printed.telling import told_certificate


def said(table: PrintedTable) -> list[str]:
    """Return the lines of the proof, from the verdict to the empty line."""
    lines = told_certificate(Certificate(table), form="text", language="en").splitlines()
    return lines[lines.index(next(line for line in lines if line.startswith("Impossible"))) + 1 : lines.index("")]


def test_a_share_that_cannot_be_names_itself() -> None:
    table = PrintedTable({"a": "50", "b": "100"}, shares=(Share("a", "b", "60 %"),))
    assert said(table) == [
        "  is at least 59.2025:",
        "    a - 0.595 x b >= 0  [a / b = 60 %]",
        "    b >= 99.5, x 0.595 = 59.2025",
        "  is at most 50.5:",
        "    a <= 50.5",
    ]


def test_worths_add_up_to_what_is_said_of_the_quantity() -> None:
    """Two shares of one unknown whole: no digit of a multiplier is rounded away."""
    shares = (Share("A", "W", "33.3"), Share("B", "W", "33.3"))
    lines = said(PrintedTable({"A": "10", "B": "20"}, unknown=("W",), shares=shares))
    assert lines[0] == "  is at least 25,935/1334:"
    assert "    B >= 19.5, x 665/667 = 25,935/1334" in lines
    assert Fraction("19.5") * Fraction(665, 667) == Fraction(25935, 1334) > Fraction("10.5")


def test_two_sums_of_one_total_are_a_difference() -> None:
    """The total stands within both sums; what they leave of each other is written as one."""
    sums = (Sum("T", ("a", "b")), Sum("T", ("c", "d")))
    lines = said(PrintedTable({"a": "1", "b": "2", "c": "5", "d": "6"}, unknown=("T",), sums=sums))
    assert not any(re.search(r"= [^\[]*[<>]=? 0", line) for line in lines)
    assert any("T - (c + d)" in line for line in lines)


def test_a_total_that_a_share_speaks_of_is_written_out() -> None:
    """The proof adds up a, b and c against a share of t: that t is their sum is part of it."""
    shares = (Share("t", "W", "50"), Share("a", "W", "40"))
    cells = {"a": "10", "b": "20", "c": "30", "t": "60", "u": "60"}
    sums = (Sum("t", ("a", "b", "c")), Sum("u", ("t",)))
    lines = said(PrintedTable(cells, sums, shares, unknown=("W",)))
    assert any(line.endswith("[t / W = 50 %]") for line in lines)
    assert lines[-1] == "  where t = a + b + c"
    assert not any("where u" in line for line in lines)
