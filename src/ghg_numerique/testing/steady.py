"""Whether a call gives the same wherever it is made, and leaves everything around it as it was."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from ghg_numerique.audit.ambient import SURROUNDINGS, kept, snapshot
from ghg_numerique.testing.promises import Trial

STEADY: Final = ("leaves", "surroundings", "threads")
"""The promises that are tried here."""

THREADS: Final = 8


def check_steady(call: Callable[[], Any], name: str) -> None:
    """Check that a call touches nothing around it, and gives the same in other surroundings and in threads.

    Surroundings are the decimal context, numpy's errors, time zone, locale and current folder. Raises AssertionError.
    """
    trial = Trial(STEADY)
    try_steady(trial, call, name)
    trial.demand()


def try_steady(trial: Trial, call: Callable[[], Any], name: str) -> None:
    """Note whether a call is steady; what it changes around it is put back. What it raises breaks the promise."""
    with trial.trying("leaves"), kept():
        before = snapshot()
        call()
        after = snapshot()
        changed = [what for what, state in before.items() if after[what] != state]
        trial.owes(not changed, "leaves", f"{name} ({', '.join(changed)})")
    with trial.trying("surroundings"), kept():
        first = call()
        for what, elsewhere in SURROUNDINGS.items():
            with elsewhere():
                found = call()
            trial.owes(bool(found == first), "surroundings", f"{name} ({what})")
    with trial.trying("threads"), kept():
        first = call()
        with ThreadPoolExecutor(THREADS) as pool:
            same = all(found == first for found in pool.map(lambda _: call(), range(THREADS)))
        trial.owes(same, "threads", name)
