"""What a plugin owes, each promise by its name, and what was seen when it was tried.

The sentences of the promises are in `wording/audit.*.toml`, under `owes`.
"""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

import attrs

from ghg_numerique.errors import CheckError
from ghg_numerique.wording import say

_LONGEST: Final = 400
"""Characters of what was seen that are told: the value of a stranger may print a whole file."""
_DRAWS: Final = frozenset(("cases", "methodologies", "random_input", "strategies"))
_CHECKS: Final = frozenset(f"owed_by_{whom}" for whom in ("drafters", "importers", "providers", "reports")) | {
    "asked",
    "promises",
    "reading",
}
"""The modules beside this one that draw input, and those that look at what a plugin gave."""


class Status(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    UNTRIED = "untried"


@attrs.frozen
class Promise:
    """A promise and what became of it: `seen` is what breaks it, `why` the code of the reason why it was not tried.

    `after` is the broken promise that it could not be tried without.
    """

    name: str
    status: Status
    seen: str = ""
    why: str = ""
    after: str = ""

    def told(self, language: str) -> str:
        """Return the promise in words, with what was seen or why it was not tried."""
        facts = {"promise": say(f"audit.owes.{self.name}", language), "seen": self.seen}
        after = say(f"audit.owes.{self.after}", language) if self.after else ""
        facts["why"] = say(f"audit.why.{self.why}", language, after=after) if self.why else ""
        return say(f"audit.promise.{self.status}", language, **facts)


class Trial:
    """Promises, each with the one that it cannot be tried without, and what was seen of each so far.

    A broken one stops none of the others. `unseen` is the code of the reason why one is not tried that nothing stopped.
    """

    def __init__(self, promises: Mapping[str, str], *, unseen: str = "no-case") -> None:
        self._promises = promises
        self._seen: dict[str, str] = {}
        self.unseen = unseen
        self.raised: Exception | None = None

    def owes(self, kept: bool, promise: str, what: object = "") -> bool:
        """Note whether a promise was kept this time, and return it; the first thing that breaks it is remembered."""
        if promise not in self._promises:
            raise CheckError("check-at-fault", promise=promise, reason="no promise of that name")
        if not self._seen.get(promise):
            self._seen[promise] = "" if kept else _short(repr(what))
        return kept

    @contextmanager
    def trying(self, promise: str) -> Iterator[None]:
        """Note what is raised as what breaks a promise: a stranger's plugin may raise anything.

        Raises CheckError where a check itself is at fault.
        """
        try:
            yield
        except CheckError:
            raise
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            if _is_ours(error):
                raise CheckError("check-at-fault", promise=promise, reason=told) from error
            self.raised = self.raised or error
            self.owes(False, promise)
            self._seen[promise] = _short(told)
        else:
            self.owes(True, promise)

    def outcome(self) -> tuple[Promise, ...]:
        """Return every promise. One that nothing was seen of was not tried."""
        return tuple(map(self._outcome, self._promises))

    def _outcome(self, name: str) -> Promise:
        if name not in self._seen:
            after = self._broken_before(name)
            return Promise(name, Status.UNTRIED, why="after" if after else self.unseen, after=after)
        seen = self._seen[name]
        return Promise(name, Status.BROKEN if seen else Status.KEPT, seen)

    def _broken_before(self, name: str) -> str:
        """Return the nearest broken promise that one cannot be tried without, if there is one."""
        needed = self._promises[name]
        return needed if not needed or self._seen.get(needed) else self._broken_before(needed)

    def demand(self) -> None:
        """Raise one AssertionError that names every broken promise, if there is one."""
        broken = [promise.told("en") for promise in self.outcome() if promise.status is Status.BROKEN]
        if broken:
            raise AssertionError("\n".join(f"the plugin owes {told}" for told in broken)) from self.raised


def _is_ours(error: Exception) -> bool:
    """Tell whether an error was raised on a line of a check, or while input was drawn: no plugin has a part in that."""
    package = __name__.rpartition(".")[0]
    names = [str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = [name.rpartition(".")[2] if name.startswith(f"{package}.") else "" for name in names]
    return ours[-1] in _CHECKS or not _DRAWS.isdisjoint(ours)


def _short(text: str) -> str:
    line = " ".join(text.split()) or "''"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
