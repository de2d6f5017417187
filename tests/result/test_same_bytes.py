"""One folder is one root: whatever the seed of hashes, the time zone, the locale, the thread or the process."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ghg_numerique as ghg

HOUSE = Path(__file__).parents[2]
CITY = HOUSE / "examples" / "ville"
WAYS = [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()]


@pytest.mark.parametrize(
    ("seed", "zone", "words", "ways"),
    [
        ("0", "Pacific/Kiritimati", "C", WAYS),
        ("1", "America/Los_Angeles", "C.UTF-8", []),
        ("4242", "Europe/Paris", "POSIX", []),
    ],
)
def test_a_root_does_not_depend_on_where_it_is_computed(seed, zone, words, ways):
    child = subprocess.run(
        [sys.executable, Path(__file__).with_name("roots.py"), CITY, *ways], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": words, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert child.stdout.split() == [ghg.root(ghg.Folder.open(CITY).footprint)]
