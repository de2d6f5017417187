"""The schema of a result: every result conforms to it, and nothing with a key too few, a key too many or a float does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

import ghg_numerique as ghg
from ghg_numerique.result.record import SCHEMA
from ghg_numerique.result.schema import FILE, result_schema
from ghg_numerique.terms import DataKind, Fate, Kind, Role, Severity, Stage
from ghg_numerique.testing import Case, cases

VALID = jsonschema.Draft202012Validator(result_schema())


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    city = ghg.Folder.open(Path(__file__).parents[2] / "examples" / "ville")
    found: dict[str, Any] = json.loads(ghg.write_result(city.footprint))
    return found


def test_the_schema_is_one_and_names_the_version() -> None:
    assert FILE.name == "schema.json"
    jsonschema.Draft202012Validator.check_schema(result_schema())
    assert result_schema()["properties"]["schema"] == {"const": SCHEMA}


def test_the_example_conforms(record: dict[str, Any]) -> None:
    assert [error.message for error in VALID.iter_errors(record)] == []


@pytest.mark.law
@given(cases())
def test_every_result_conforms(case: Case) -> None:
    assert VALID.is_valid(json.loads(ghg.write_result(case.footprint)))


def test_vocabularies_are_those_of_the_house() -> None:
    words = {"fate": Fate, "kind": Kind, "stage": Stage, "role": Role, "data_kind": DataKind, "severity": Severity}
    assert {name: result_schema()["$defs"][name]["enum"] for name in words} == {
        name: [str(word) for word in vocabulary] for name, vocabulary in words.items()
    }


def tables(tree: Any) -> Iterator[dict[str, Any]]:
    """Return the first table of each shape, however deep; choices of the methodology are told by its own page."""
    if isinstance(tree, dict):
        yield tree
        for key, inner in tree.items():
            yield from tables(inner) if key not in ("methodology", "dimensions", "amounts", "money", "chosen") else ()
    elif isinstance(tree, list) and tree:
        yield from tables(tree[0])


def test_a_key_that_is_missing_or_unknown_is_refused(record: dict[str, Any]) -> None:
    copy = json.loads(json.dumps(record))
    found = list(tables(copy))
    assert len(found) > 15
    for table in found:
        for key in list(table):
            value = table.pop(key)
            assert not VALID.is_valid(copy), key
            table[key] = value
        table["unknown"] = "x"
        assert not VALID.is_valid(copy), sorted(table)
        del table["unknown"]


@pytest.mark.parametrize(
    ("table", "key"), [("totals", "kgCO2eq"), ("matrix", "millionths"), ("coefficients", "value"), ("chains", "scale")]
)
def test_a_float_is_refused(record: dict[str, Any], table: str, key: str) -> None:
    copy = json.loads(json.dumps(record))
    place = copy[table] if isinstance(copy[table], dict) else copy[table][0]
    for wrong in (1.5, 1, "1e5", "1,5"):
        place[key] = wrong
        assert not VALID.is_valid(copy)
