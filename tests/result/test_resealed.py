"""Whoever changes a result and seals it again is found, but where nothing else depends on what was changed.

Those places are a closed list, in docs/explanation/audit.md: a test keeps it closed, and free of places that are found.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ghg_numerique as ghg
from ghg_numerique.result.canonical import canonical, root_of
from ghg_numerique.result.replay import told_replay
from ghg_numerique.verifier.verify import verify

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "explanation" / "audit.md").read_text(encoding="utf-8")
LISTED = re.findall(r"`([a-z_.*]+)`", PAGE.partition("## What a new seal can hide")[2].partition("\n## ")[0])

Place = tuple[str | int, ...]


@pytest.fixture(scope="module")
def content() -> bytes:
    return ghg.write_result(ghg.Folder.open(HOUSE / "examples" / "ville").footprint)


def places(tree: Any, path: Place = ()) -> Iterator[Place]:
    """Return the path of every leaf, and of every list or table that somebody could empty."""
    if path and path != ("root",):
        yield path
    if isinstance(tree, dict | list):
        for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from places(inner, (*path, key))


def pattern(path: Place) -> str:
    return ".".join("*" if isinstance(step, int) else step for step in path)


def other(value: Any) -> Any:
    """Return another value of the same form: a text with another digit, a number plus one, a list without members."""
    if isinstance(value, dict | list):
        return type(value)() if value else ([["x", "y"]] if isinstance(value, list) else {"x": "1"})
    if isinstance(value, int):
        return value + 1
    digit = re.search(r"[0-9](?=[^0-9]*$)", value or "")
    return value[: digit.start()] + str((int(digit[0]) + 1) % 10) + value[digit.end() :] if digit else f"{value or ''}x"


def resealed(content: bytes, path: Place, value: Any) -> bytes:
    """Return a result with another value at a place, under a root, and a fingerprint of the methodology, of its own."""
    record = inner = json.loads(content)
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    if path[0] == "methodology":
        choices = json.dumps(record["methodology"], sort_keys=True, ensure_ascii=False)
        record["manifest"]["methodology"] = hashlib.sha256(choices.encode()).hexdigest()
    return canonical({**record, "root": root_of(record)})


def at(record: Any, path: Place) -> Any:
    for step in path:
        record = record[step]
    return record


def is_listed(path: str) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in LISTED)


def idle(record: dict[str, Any], path: Place) -> bool:
    """Tell whether a place belongs to a chain that A does not use, or to a coefficient of such chains alone."""
    used = {entry["chain"] for entry in record["matrix"]}
    links = {link for chain in used for link in record["chains"][chain]["links"]}
    return len(path) > 1 and path[1] not in {"chains": used, "coefficients": links}.get(str(path[0]), {path[1]})


def test_a_new_seal_hides_a_change_at_listed_places_alone(content: bytes) -> None:
    record, by_pattern = json.loads(content), {}
    for path in places(record):
        if not idle(record, path):
            by_pattern.setdefault(pattern(path), []).append(path)
    hidden = {
        name
        for name, paths in by_pattern.items()
        for path in {paths[0], paths[-1]} if not is_listed(name) or path == paths[0]
        if not verify(resealed(content, path, other(at(record, path))))
    }  # fmt: skip
    assert len(by_pattern) > 120
    assert sorted(name for name in hidden if not is_listed(name)) == []
    assert [each for each in LISTED if not any(name == each or name.startswith(f"{each}.") for name in hidden)] == []


def test_the_list_is_short() -> None:
    assert 10 < len(LISTED) < 30


@pytest.mark.parametrize("table", ["rows", "kinds", "files"])
def test_a_line_of_the_balances_that_is_told_twice_or_shifted_is_found(content: bytes, table: str) -> None:
    lines = json.loads(content)["balances"][table]
    assert verify(resealed(content, ("balances", table), [*lines, lines[0]]))
    assert verify(resealed(content, ("balances", table), lines[1:]))
    for number, line in enumerate(lines):
        for unit, amount in line["amounts"].items():
            more = str(int(amount) + 10**6)
            assert verify(resealed(content, ("balances", table, number, "amounts", unit), more)), (table, line)


@pytest.mark.parametrize(
    "path",
    [
        ("totals", "cells"),
        ("totals", "rollups"),
        ("totals", "rollups", 0, "groups"),
        ("totals", "rollups", 0, "left_out"),
        ("totals", "dimensions", "kind"),
        ("matrix",),
    ],
)
def test_a_group_that_is_told_twice_is_found(content: bytes, path: Place) -> None:
    groups = at(json.loads(content), path)
    assert verify(resealed(content, path, [*groups, groups[0]]))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("manifest", "inputs"), []),
        (("manifest", "guards"), ["row_balance"]),
        (("manifest", "methodology"), ""),
        (("manifest", "sources"), []),
        (("findings",), []),
        (("reference",), None),
        (("totals", "shares"), None),
        (("totals", "rollups"), []),
    ],
)
def test_a_part_that_is_dropped_is_found(content: bytes, path: Place, value: Any) -> None:
    assert verify(resealed(content, path, value))


def test_days_beyond_those_of_the_items_are_found(content: bytes) -> None:
    """Item-days have to fit in the items that the balance counts, even where all totals were carried along."""
    record = json.loads(content)
    use = next(line for line in record["balances"]["kinds"] if line["kind"] == "use" and line["fate"] == "counted")
    fewer = {**use, "amounts": {"item": "1"}}
    lines = [fewer if line == use else line for line in record["balances"]["kinds"]]
    assert "activity" in {code for code, *_ in verify(resealed(content, ("balances", "kinds"), lines))}


def test_replay_says_all_that_the_verifier_says(tmp_path: Path, content: bytes) -> None:
    """A balance that A contradicts reads and writes back to the byte: replay compares it all the same."""
    path, place = tmp_path / "other.json", ("balances", "kinds", 0, "amounts", "item")
    path.write_bytes(resealed(content, place, "431"))
    with pytest.raises(ghg.InputError) as refused:
        told_replay(str(path), "en")
    assert "balances.kinds" in str(refused.value)
    for _, found, *_ in verify(path.read_bytes())[:1]:
        assert found in str(refused.value)
