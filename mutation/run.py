"""Break one module in many small ways, one at a time, and count what the tests notice. `mutation/README.md` is the how-to."""

import argparse
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[1]
TARGETS = tomllib.loads((HOUSE / "mutation" / "targets.toml").read_text(encoding="utf-8"))
ORDER = "start_pos_row, start_pos_col, operator_name, occurrence"


def main() -> None:
    """Mutate the module that is named in a copy of the last commit, and print what no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", choices=TARGETS["targets"])
    parser.add_argument("--by", choices=("suite", "shipped"), default="suite", help="who has to notice")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants, evenly chosen; all of them without it")
    asked = parser.parse_args()
    tests = TARGETS["targets"][asked.module]["suite"] if asked.by == "suite" else TARGETS["shipped"]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=HOUSE, capture_output=True, check=True)
        subprocess.run(["tar", "-x"], cwd=copy, input=archive.stdout, check=True)
        (copy / "mutation.conf").write_text(_configuration(asked.module, tests), encoding="utf-8")
        _cosmic_ray(copy, "init", "mutation.conf", "session.sqlite")
        _sample(copy / "session.sqlite", asked.sample)
        _cosmic_ray(copy, "baseline", "mutation.conf")
        _cosmic_ray(copy, "exec", "mutation.conf", "session.sqlite")
        _tell(copy / "session.sqlite")


def _configuration(module: str, tests: list[str]) -> str:
    """Return the page of cosmic-ray: one process, neither xdist nor the options of the house, the first failure is enough."""
    pytest = f"{sys.executable} -m pytest -q -x -p no:xdist -o addopts=--import-mode=importlib {shlex.join(tests)}"
    return (
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = 120.0\nexcluded-modules = []\n'
        f'test-command = {json.dumps(pytest)}\n[cosmic-ray.distributor]\nname = "local"\n'
    )


def _cosmic_ray(copy: Path, *arguments: str) -> None:
    """Run cosmic-ray; the sources of the copy come before those that are installed."""
    sources = [copy / "src", *sorted(copy.glob("plugins/*/src"))]
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join(map(str, sources)), "HYPOTHESIS_PROFILE": "ci",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "cosmic_ray.cli", *arguments], cwd=copy, env=environment, check=True)


def _sample(session: Path, most: int) -> None:
    """Keep so many mutants, evenly from the first line of the module to the last."""
    with sqlite3.connect(session) as known:
        jobs = [job for (job,) in known.execute(f"select job_id from mutation_specs order by {ORDER}")]
        kept = {jobs[place * len(jobs) // most] for place in range(most)} if 0 < most < len(jobs) else set(jobs)
        for job in set(jobs) - kept:
            known.execute("delete from mutation_specs where job_id = ?", (job,))
            known.execute("delete from work_items where job_id = ?", (job,))
    print(f"{len(kept)} of {len(jobs)} mutants", flush=True)


def _tell(session: Path) -> None:
    """Print how many mutants were killed, and the change of each one that was not."""
    with sqlite3.connect(session) as known:
        outcomes = known.execute(
            "select start_pos_row, operator_name, test_outcome, diff from mutation_specs join work_results"
            f" using (job_id) order by {ORDER}"
        ).fetchall()
    survived = [one for one in outcomes if "SURVIVED" in str(one[2]).upper()]
    for row, operator, _, diff in survived:
        changed = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        print(f"line {row}: {operator.rpartition('/')[2]}", *changed, sep="\n  ")
    print(f"{len(outcomes) - len(survived)} of {len(outcomes)} mutants killed")


if __name__ == "__main__":
    main()
