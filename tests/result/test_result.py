"""A result is one file: it reads back as an equal footprint, replays to the byte, and shows every change."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

import ghg_numerique as ghg
from ghg_numerique import cli
from ghg_numerique.model.beside import InputFile
from ghg_numerique.result.canonical import canonical, root_of
from ghg_numerique.result.replay import differing
from ghg_numerique.testing import Case, cases
from ghg_numerique.verifier import verify as verifier
from ghg_numerique.verifier.verify import verify

HOUSE = Path(__file__).parents[2]
VERIFIER = HOUSE / "src" / "ghg_numerique" / "verifier" / "verify.py"


@pytest.fixture(scope="module")
def city() -> ghg.Footprint:
    return ghg.Folder.open(HOUSE / "examples" / "ville").footprint


@pytest.fixture(scope="module")
def content(city: ghg.Footprint) -> bytes:
    return ghg.write_result(city)


@pytest.mark.law
@given(cases())
def test_a_result_reads_back_as_an_equal_footprint(case: Case) -> None:
    content = ghg.write_result(case.footprint)
    read = ghg.parse_result(content)
    assert read == case.footprint
    assert read.cells == case.footprint.cells
    assert [*read.methodology.rollups["tier"]] == [*case.methodology.rollups["tier"]]
    assert ghg.write_result(read) == content


@pytest.mark.law
@given(cases())
def test_a_verifier_that_shares_no_code_agrees(case: Case) -> None:
    assert verify(ghg.write_result(case.footprint)) == []


@pytest.mark.law
@given(cases())
def test_the_order_of_rows_leaves_no_trace_in_a_result(case: Case) -> None:
    turned = attrs.evolve(case, rows=case.rows[::-1])
    assert ghg.root(turned.footprint) == ghg.root(case.footprint)


def test_a_footprint_of_other_factors_or_odd_names_reads_back(city: ghg.Footprint) -> None:
    identity = next(link.identity for link in city.coefficients if link.role is ghg.Role.ELECTRICITY)
    read = InputFile("lyc\udce9e\u2028.csv", rows=0, options=(("tax_basis", "TTC"),))
    odd = attrs.evolve(
        city.with_factors({identity: "0.1"}),
        organisation="Ville d'\ud800",
        manifest=attrs.evolve(city.manifest, inputs=(*city.manifest.inputs, read)),
    )
    content = ghg.write_result(odd)
    assert ghg.parse_result(content) == odd
    assert verify(content) == []


def test_a_result_names_files_importers_options_and_guards(city: ghg.Footprint, content: bytes) -> None:
    manifest = json.loads(content)["manifest"]
    assert [read["importer"] for read in manifest["inputs"]] == [read.importer for read in city.manifest.inputs]
    assert all(read["sha256"] and read["dialect"] for read in manifest["inputs"])
    assert "activity_balance" in manifest["guards"]


def test_the_verifier_is_short_and_stands_alone() -> None:
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    modules = set(re.findall(r"^(?:from|import) ([a-z_]+)", source, re.M))
    assert modules <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(("language", "said"), [("fr", "recalculé à l'identique"), ("en", "recomputed to the digit")])
def test_the_verifier_runs_where_nothing_is_installed(tmp_path: Path, content: bytes, language: str, said: str) -> None:
    path = tmp_path / "ville.json"
    path.write_bytes(content)
    told = subprocess.run(
        [sys.executable, "-I", "-S", VERIFIER, path, "--lang", language], capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert said in told.stdout


def test_the_verifier_says_what_it_was_not_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([]) == 2
    assert verifier.main([str(tmp_path / "nothing.json")]) == 2
    assert "python verify.py RESULT" in capsys.readouterr().err


def numbers(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the path of every text or number that holds a digit."""
    if isinstance(tree, dict | list):
        for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from numbers(inner, (*path, key))
    elif any(character.isdigit() for character in str(tree)) and not isinstance(tree, bool):
        yield path


def flipped(record: Any, path: tuple[Any, ...], digit: int) -> dict[str, Any]:
    """Return a copy of a record in which one digit of one value is another."""
    copy = json.loads(json.dumps(record))
    *outer, last = path
    place = copy
    for step in outer:
        place = place[step]
    text, number = str(place[last]), isinstance(place[last], int)
    where = [index for index, character in enumerate(text) if character.isdigit()][digit]
    changed = text[:where] + ("1" if text[where] != "1" else "2") + text[where + 1 :]
    place[last] = int(changed) if number else changed
    return copy


def kinds_of(paths: list[tuple[Any, ...]], step: int) -> list[tuple[Any, ...]]:
    """Return the first and the last path of each kind of place, and every so many of all."""
    kind_of = {path: tuple(step for step in path if isinstance(step, str)) for path in paths}
    firsts = {kind: path for path, kind in reversed(kind_of.items())}
    return sorted({*firsts.values(), *{kind: path for path, kind in kind_of.items()}.values(), *paths[::step]}, key=str)


def test_flipping_any_digit_breaks_the_seal(content: bytes) -> None:
    record = json.loads(content)
    paths = kinds_of(list(numbers(record)), 20)
    assert len(paths) > 100
    for number, path in enumerate(paths):
        changed = flipped(record, path, -1 if number % 2 else 0)
        assert root_of(changed) != changed["root"], path


def test_a_flipped_file_is_refused_by_replay_and_verifier(tmp_path: Path, content: bytes) -> None:
    digits = [found.start() for found in re.finditer(rb"[0-9]", content)]
    for where in digits[:: len(digits) // 40]:
        other = b"1" if content[where : where + 1] != b"1" else b"2"
        changed = content[:where] + other + content[where + 1 :]
        assert verify(changed)
        with pytest.raises(ghg.InputError):
            ghg.parse_result(changed)


def is_recomputed(record: Any, path: tuple[Any, ...]) -> bool:
    """Tell whether a number follows from others of the file, or is one that others follow from."""
    used = {link for entry in record["matrix"] for link in record["chains"][entry["chain"]]["links"]}
    carrying = {entry["chain"] for entry in record["matrix"]}
    match path:
        case ("matrix", _, "millionths") | ("balances", "money", *_) | ("manifest", "methodology"):
            return True
        case ("totals", *_):
            return path[-1] == "kgCO2eq"
        case ("coefficients", place, "value"):
            return place in used
        case ("chains", place, "scale"):
            return place in carrying
        case ("balances", "rows", place, "amounts", _):
            return bool(record["balances"]["rows"][place]["activity"] == "spending")
    return False


def test_whoever_seals_a_changed_figure_again_is_still_found(content: bytes) -> None:
    """A new root hides nothing: A, the factors in use, scales, totals and balances all have to agree."""
    record = json.loads(content)
    paths = kinds_of([path for path in numbers(record) if is_recomputed(record, path)], 3)
    assert len(paths) > 60
    missed = []
    for number, path in enumerate(paths):
        changed = flipped(record, path, -1 if number % 2 else 0)
        changed["root"] = root_of(changed)
        found = verify(canonical(changed))
        assert not {"root", "json"} & {code for code, *_ in found}, path
        missed += [] if found else [path]
    assert missed == []


def resealed(content: bytes, **changes: Any) -> bytes:
    record = {**json.loads(content), **changes}
    return canonical({**record, "root": root_of(record)})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda record: record["coefficients"][-1].update(unit="kgCO2eq/kg"), "unit"),
        (lambda record: record["coefficients"][0].update(id=""), "source"),
        (lambda record: record["manifest"].update(guards=[]), "guard"),
        (lambda record: record["balances"]["rows"][0].update(fate="lost"), "json"),
        (lambda record: record["balances"]["kinds"][0]["amounts"].update(item="1"), "activity"),
        (lambda record: record["manifest"]["inputs"][0].update(rows=10**6), "sum"),
        (lambda record: record["totals"]["rollups"][0]["left_out"].clear(), "sum"),
        (lambda record: record["methodology"].update(place="DE"), "fingerprint"),
        (lambda record: record["matrix"][0]["cell"].__setitem__(4, "use"), "words"),
        (lambda record: record.update(schema="other/1"), "schema"),
        (lambda record: record.pop("matrix"), "shape"),
        (lambda record: record["matrix"][0].update(millionths="1e5"), "json"),
    ],
)
def test_each_check_of_the_verifier_can_fail(content: bytes, change: Any, code: str) -> None:
    record = json.loads(content)
    change(record)
    changed = canonical({**record, "root": root_of(record)})
    assert code in {found for found, *_ in verify(changed)}


@pytest.mark.parametrize(
    "damage",
    [b"[]", b"{}", b"\xff", b"[" * 10**5, b'{"schema": 1.5}', b'{"schema": NaN}', b'{"schema": 1, "schema": 1}'],
)
def test_what_is_no_result_is_refused_by_both(damage: bytes) -> None:
    assert verify(damage)
    with pytest.raises(ghg.InputError):
        ghg.parse_result(damage)


def test_another_schema_and_a_missing_part_are_said(content: bytes) -> None:
    for changes in ({"schema": "ghg-numerique-result/2"}, {"matrix": [{"cell": []}]}):
        with pytest.raises(ghg.InputError):
            ghg.parse_result(resealed(content, **changes))


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    return int(left.value.code or 0)


def test_the_command_writes_a_result_and_replays_it(
    tmp_path: Path, content: bytes, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "ville.json"
    assert run("assess", str(HOUSE / "examples" / "ville"), "--result", str(path)) == 0
    report = capsysbinary.readouterr().out.decode()
    assert path.read_bytes() == content
    root = json.loads(content)["root"]
    assert root[:16] in report
    assert run("replay", str(path), "--lang", "en") == 0
    assert root in capsysbinary.readouterr().out.decode()


def test_replay_says_what_it_cannot_vouch_for(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    record = json.loads(content)
    record["totals"]["kgCO2eq"] = "1"
    changed = {
        "altered": json.dumps(record).encode(), "differs": canonical({**record, "root": root_of(record)}), "json": b"no",
    }  # fmt: skip
    for said, damaged in zip(("sealed", ".totals.kgCO2eq", "not a result file"), changed.values(), strict=True):
        path.write_bytes(damaged)
        assert run("replay", str(path), "--lang", "en") == 1
        assert said in capsys.readouterr().err
    assert run("replay", str(tmp_path / "nothing"), "--lang", "en") == 1
    assert run("replay", str(tmp_path), "--lang", "en") == 1


def test_a_reformatted_result_is_no_longer_canonical(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "spaced.json"
    path.write_bytes(content.replace(b"\n", b"\n "))
    assert verify(path.read_bytes())[0][0] == "json"
    assert run("replay", str(path)) == 1
    assert list(differing(json.loads(content), json.loads(path.read_bytes()), "")) == []
