"""What is listed as no change of behaviour still stands in the code, word for word, and differs from it."""

import csv
import inspect
from pathlib import Path
from pkgutil import resolve_name

import pytest

PAGE = Path(__file__).with_name("equivalents.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", list(csv.DictReader(PAGE.splitlines())), ids=lambda row: row["function"])
def test_an_equivalent_is_a_line_of_the_code_and_says_why(row):
    code = inspect.getsource(inspect.unwrap(resolve_name(row["function"])))
    assert row["before"] in " ".join(code.split())
    assert row["after"] != row["before"]
    assert row["reason"]
