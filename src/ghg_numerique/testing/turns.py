"""Two threads that take turns inside a plugin's own code, the same way each time: a race that can be lost is lost here.

Threads that run freely race by luck: a call that is over in a millisecond is hardly ever cut in two. Here one of two
threads runs at a time, and hands over in the middle of the plugin's code after a few instructions of Python, as many as a
fixed seed says.
"""

import random
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, Final

LONGEST: Final = 40
"""Instructions between two handovers, at most."""
HANDOVERS: Final = 200
"""After so many handovers both threads run freely: a long call is not cut everywhere."""
PATIENCE: Final = 0.005
"""Seconds after which a thread that does not come back is taken to wait for a lock, or to be in code that is not cut."""


class Turns:
    """A schedule of two threads. Only frames of modules of one package are cut; a lock of the plugin is respected."""

    def __init__(self, package: str, seed: int) -> None:
        self._package = package
        self._lengths = random.Random(seed)  # noqa: S311 - the same schedule each time
        self._changed = threading.Condition()
        self._turn = self._left = self._handed = 0
        self._away: set[int] = set()

    def run(self, call: Callable[[], Any]) -> list[Any]:
        """Return what the call gives in each of two threads; what it raises in either is raised."""
        both = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            found = [pool.submit(self._cut, call, me, both) for me in range(2)]
        return [each.result() for each in found]

    def _cut(self, call: Callable[[], Any], me: int, both: threading.Barrier) -> Any:
        def inside(_frame: FrameType, event: str, _what: Any) -> Any:
            if event == "opcode":
                self._step(me)
            return inside

        def entered(frame: FrameType, _event: str, _what: Any) -> Any:
            mine = str(frame.f_globals.get("__name__", "")).partition(".")[0] == self._package
            if not mine or self._handed > HANDOVERS:
                return None
            frame.f_trace_opcodes = True
            return inside

        both.wait()
        before = sys.gettrace()
        sys.settrace(entered)
        try:
            return call()
        finally:
            sys.settrace(before)
            self._leave(me)

    def _step(self, me: int) -> None:
        """Go on with what is left of a turn; else let the other have its own, and wait for the next."""
        if (self._turn == me and self._left > 0) or self._handed > HANDOVERS:
            self._left -= 1
            return
        with self._changed:
            self._away.discard(me)
            if self._turn == me:
                self._left = self._lengths.randint(1, LONGEST)
                if 1 - me in self._away:
                    return
                self._hand_to(1 - me)
            if not self._changed.wait_for(lambda: self._turn == me, PATIENCE):
                self._away.add(1 - me)
                self._turn = me

    def _leave(self, me: int) -> None:
        with self._changed:
            self._away.add(me)
            self._hand_to(1 - me)

    def _hand_to(self, other: int) -> None:
        self._turn = other
        self._handed += 1
        self._changed.notify_all()
