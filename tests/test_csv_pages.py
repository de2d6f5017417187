"""A page of CSV is harmless, and gives back what was written."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.csv_pages import harmless, page, restored

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
texts = st.text(st.sampled_from([*"'=+-@\t\r ab;\"", "＝"]), max_size=6) | st.text()


@given(texts)
def test_no_text_starts_a_formula_and_every_text_comes_back(text):
    assert not harmless(text).startswith(STARTS)
    assert restored(harmless(text)) == text


@given(texts)
def test_what_is_harmless_stays_as_it_is(text):
    """An apostrophe alone is a letter like another: `'t Hart` is a name."""
    if not text.lstrip("'").startswith(STARTS):
        assert harmless(text) == restored(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("-12", "'-12"), ("'=1", "''=1"), ("l'écran", "l'écran"), ("'t Hart", "'t Hart"), ("", "")],
)
def test_texts_as_they_are_written(text, written):
    assert harmless(text) == written


@given(st.lists(st.lists(texts.filter(lambda text: "\0" not in text), min_size=2, max_size=2)))
def test_a_page_gives_its_rows_back(rows):
    read = csv.reader(io.StringIO(page(("a", "b"), rows).decode(), newline=""), delimiter=";")
    assert [[restored(cell) for cell in row] for row in read] == [["a", "b"], *rows]


def test_numbers_stay_numbers():
    assert page(("a",), [[Fraction(-5, 2)], [Fraction(3)], ["-5"]]) == b"a\r\n-2.5\r\n3\r\n'-5\r\n"
