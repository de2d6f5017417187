"""Whether a call gives the same wherever it is made, and leaves everything around it as it was."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from ghg_numerique.audit.ambient import SURROUNDINGS, kept, snapshot

T = TypeVar("T")

THREADS: Final = 8


def check_steady(call: Callable[[], T], name: str) -> None:
    """Check that a call touches nothing around it, and gives the same in other surroundings and in threads.

    Surroundings are the decimal context, numpy's errors, time zone, locale and current folder. Raises AssertionError.
    """
    with kept():
        before = snapshot()
        first = call()
        after = snapshot()
    changed = [what for what, state in before.items() if after[what] != state]
    if changed:
        raise AssertionError(f"the plugin owes to leave what is around it as it was ({', '.join(changed)}): {name!r}")
    for what, elsewhere in SURROUNDINGS.items():
        with elsewhere():
            found = call()
        if found != first:
            raise AssertionError(f"the plugin owes the same whatever the surroundings ({what}): {name!r}")
    with ThreadPoolExecutor(THREADS) as pool:
        if any(found != first for found in pool.map(lambda _: call(), range(THREADS))):
            raise AssertionError(f"the plugin owes the same in any thread: {name!r}")
