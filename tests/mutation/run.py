"""Change the code one place at a time, and count the changes that the tests notice; `README.md` says how to run it."""

import argparse
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]
TARGETS: dict[str, Any] = tomllib.loads((HOUSE / "tests/mutation/targets.toml").read_text(encoding="utf-8"))
BOUNDS = {"shipped": 85, "suite": 95}
"""Percent of the mutants that differ which must be noticed: by what is shipped alone, and by the suite."""

Change = tuple[str, str, str]
"""A function, the lines of it that a mutant replaces, and by what."""

NOTICED = ("killed", "timeout", "segfault")


def main() -> int:
    """Run the mutants of a target in copies, say how many were noticed, and show those that were not."""
    asked = options().parse_args()
    house = Path(asked.folder or tempfile.mkdtemp(prefix="mutants-"))
    target = TARGETS[asked.target]
    shipped = target.get("shipped", TARGETS["shipped"])
    found: dict[str, str] = {}
    left: dict[str, Change] = {}
    shares = []
    for number, tests in enumerate([shipped, *([] if asked.shipped else target["tests"])]):
        place = house / str(number)
        copy(place, target["modules"], tests)
        taken = unlisted(left) if found else again(asked.again) or sample(place, asked.one_in, asked.residue)
        found |= outcomes_of(place, taken, asked.children)
        left = {name: changed(place, name) for name, outcome in found.items() if outcome not in NOTICED}
        shares.append(counted(found, left, " ".join(tests)))
    for name in unlisted(left):
        print(f"{name}: {found[name]}", *left[name][1:], sep="\n  ")
    return int(shares[0] < BOUNDS["shipped"] or (not asked.shipped and shares[-1] < BOUNDS["suite"]))


def options() -> argparse.ArgumentParser:
    """Return what may be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[name for name, said in TARGETS.items() if isinstance(said, dict)])
    parser.add_argument("--shipped", action="store_true", help="only what is shipped, and the golden cases, may notice")
    parser.add_argument("--one-in", type=int, default=1, help="take one mutant in so many, the same ones every time")
    parser.add_argument("--residue", type=int, default=0, help="with --one-in, which of the samples: 0 to one less")
    parser.add_argument("--again", help="a file: take those that an earlier run printed there as not noticed")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--folder", help="where the copies lie; a temporary folder by default")
    return parser


def copy(house: Path, modules: list[str], tests: list[str]) -> None:
    """Copy what git tracks, and add the page of mutmut to its pyproject."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HOUSE / name, house / name)
    named = " and ".join(f"not {word}" for word in TARGETS["without"])
    for root in {module.partition("src/")[0] for module in modules} - {""}:  # mutmut knows one `src` alone
        shutil.copytree(house / root / "src", house / "src", dirs_exist_ok=True)
    page = {
        "source_paths": ["src/"],
        "only_mutate": [f"src/{module.partition('src/')[2]}" for module in modules],
        "also_copy": ["plugins", "factor_tables", "examples", "docs", "src"],
        "pytest_add_cli_args": ["-p", "mutation.fresh", "-k", named, "-n", "0"],
        "pytest_add_cli_args_test_selection": tests,
        "timeout_multiplier": 8,  # by the clock, on a machine that may have much else to do
    }
    with (house / "pyproject.toml").open("a", encoding="utf-8") as pyproject:
        pyproject.writelines(["\n[tool.mutmut]\n", *(f"{key} = {json.dumps(said)}\n" for key, said in page.items())])


def again(printed: str | None) -> list[str]:
    """Return the mutants that an earlier run printed."""
    lines = Path(printed).read_text(encoding="utf-8").splitlines() if printed else []
    return [name for name, colon, _ in (line.partition(": ") for line in lines) if colon and "__mutmut_" in name]


def sample(house: Path, one_in: int, residue: int) -> list[str]:
    """Return one mutant in so many, by a hash of its name; mutmut makes all before it looks for those it is asked for."""
    mutmut(house, "run", "none of them")
    hashes = {name: int(hashlib.sha256(name.encode()).hexdigest(), 16) for name in outcomes(house)}
    return sorted(name for name, number in hashes.items() if number % one_in == residue)


def outcomes_of(house: Path, taken: Sequence[str], children: int) -> dict[str, str]:
    """Run some mutants and return what became of each."""
    if not taken:
        return {}
    ran = mutmut(house, "run", "--max-children", str(children), *taken)
    if "mutations/second" not in ran:
        sys.exit(f"mutmut did not come to its end:\n{ran[-3000:]}")
    every = outcomes(house)
    return {name: every[name] for name in taken}


def mutmut(house: Path, *words: str) -> str:
    """Run a command of mutmut in the copy and return what it printed; mutmut itself puts what it changed before what is installed."""
    known = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": str(house / "tests")}
    command = [str(Path(sys.executable).with_name("mutmut")), *words]
    return subprocess.run(
        command, cwd=house, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    ).stdout


def outcomes(house: Path) -> dict[str, str]:
    """Return what became of each mutant, by its name."""
    lines = (line.strip().rpartition(": ") for line in mutmut(house, "results", "--all", "true").splitlines())
    return {name: outcome for name, colon, outcome in lines if colon}


def counted(found: Mapping[str, str], left: Mapping[str, Change], tests: str) -> float:
    """Say how many mutants are noticed by now, and return their share in percent."""
    lost = len(unlisted(left))
    differ = len(found) - len(left) + lost
    share = 100 * (differ - lost) / max(differ, 1)
    late = sum(outcome == "timeout" for outcome in found.values())
    print(f"{len(found)} mutants, {len(left) - lost} equivalent; {differ - lost} of {differ} noticed: {share:.1f} %")
    print(f"  {late} of them by the clock; after {tests}", flush=True)
    return share


def unlisted(left: Mapping[str, Change]) -> list[str]:
    """Return the mutants that no list calls equivalent."""
    known = equivalents()
    return [name for name, change in left.items() if change not in known]


def changed(house: Path, name: str) -> Change:
    """Return what a mutant changes, and where: `ghg_numerique.units.Quantity.of`."""
    lines = [line for line in mutmut(house, "show", name).splitlines() if not line.startswith(("---", "+++"))]
    function = re.sub(r"x(?:_|ǁ)(.+)__mutmut_[0-9]+$", r"\1", name).replace("ǁ", ".")
    return function, _signed(lines, "-"), _signed(lines, "+")


def _signed(lines: Iterable[str], sign: str) -> str:
    return " ".join(line[1:].strip() for line in lines if line[:1] == sign)


def equivalents() -> set[Change]:
    """Return the changes that are listed as no change of behaviour."""
    with (HOUSE / "tests/mutation/equivalents.csv").open(encoding="utf-8", newline="") as page:
        return {(row["function"], row["before"], row["after"]) for row in csv.DictReader(page)}


if __name__ == "__main__":
    sys.exit(main())
