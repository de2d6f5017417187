"""Whether a call gives the same wherever it is made, and leaves everything around it as it was."""

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from ghg_numerique.audit.ambient import SURROUNDINGS, kept, snapshot
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.turns import Turns

T = TypeVar("T")

STEADY: Final = ("leaves", "surroundings", "threads")
"""The promises that are tried here."""

THREADS: Final = 8
SCHEDULES: Final = 8
"""In so many ways two threads take turns inside the call."""


def check_steady(call: Callable[[], Any], name: str) -> None:
    """Check that a call touches nothing around it, and gives the same in other surroundings and in threads.

    Surroundings are the decimal context, numpy's errors, time zone, locale and current folder. Threads run freely, and
    take turns inside the code of the call's own package. Raises AssertionError.
    """
    trial = Trial(dict.fromkeys(STEADY, ""))
    try_steady(trial, call, lambda call: call(), name)
    trial.demand()


def try_steady(
    trial: Trial, thing: T, ask: Callable[[T], Any], name: str, *, shortly: Callable[[T], Any] | None = None
) -> None:
    """Note whether a thing is steady when it is asked; what it changes around it is put back. What it raises breaks a promise.

    Threads take turns inside copies of the thing as it is given, so that they share what it builds up when it is asked:
    `shortly`, where there is such a question, since the shorter it is, the more of it is cut.
    """
    untouched = copied(thing)
    with trial.trying("leaves"), kept():
        before = snapshot()
        ask(thing)
        after = snapshot()
        changed = [what for what, state in before.items() if after[what] != state]
        trial.owes(not changed, "leaves", f"{name} ({', '.join(changed)})")
    with trial.trying("surroundings"), kept():
        first = ask(thing)
        for what, elsewhere in SURROUNDINGS.items():
            with elsewhere():
                found = ask(thing)
            trial.owes(bool(found == first), "surroundings", f"{name} ({what})")
    with trial.trying("threads"), kept():
        first = ask(thing)
        with ThreadPoolExecutor(THREADS) as pool:
            freely = list(pool.map(lambda _: ask(thing), range(THREADS)))
        trial.owes(all(found == first for found in freely), "threads", name)
        short = shortly or ask
        first = short(copied(untouched))
        in_turns = [found for seed in range(SCHEDULES) for found in _in_turns(untouched, short, seed)]
        trial.owes(all(found == first for found in in_turns), "threads", name)


def _in_turns(thing: T, ask: Callable[[T], Any], seed: int) -> list[Any]:
    """Return what two threads are told that take turns inside one copy."""
    shared = copied(thing)
    return Turns(thing.__module__.partition(".")[0], seed).run(lambda: ask(shared))


def copied(thing: T) -> T:
    """Return a copy; where there is none, the thing itself."""
    try:
        return copy.deepcopy(thing)
    except Exception:  # a stranger's class may raise anything: that it does not pickle is another promise
        return thing
