"""What a plugin owes, each promise by its name, and what was seen when it was tried.

The sentences of the promises are in `wording/audit.*.toml`, under `owes`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

import attrs

from ghg_numerique.wording import say

_LONGEST: Final = 400
"""Characters of what was seen that are told: the value of a stranger may print a whole file."""


class Status(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    UNTRIED = "untried"


@attrs.frozen
class Promise:
    """A promise and what became of it: `seen` is what breaks it, `why` the code of the reason why it was not tried."""

    name: str
    status: Status
    seen: str = ""
    why: str = ""

    def told(self, language: str) -> str:
        """Return the promise in words, with what was seen or why it was not tried."""
        facts = {"promise": say(f"audit.owes.{self.name}", language), "seen": self.seen}
        facts["why"] = say(f"audit.why.{self.why}", language) if self.why else ""
        return say(f"audit.promise.{self.status}", language, **facts)


class Trial:
    """A list of promises, and what was seen of each so far: a broken one stops none of the others."""

    def __init__(self, promises: Sequence[str], *, unseen: str = "no-case") -> None:
        self._promises = promises
        self._seen: dict[str, str] = {}
        self._unseen = unseen
        self.raised: Exception | None = None

    def owes(self, kept: bool, promise: str, what: object = "") -> bool:
        """Note whether a promise was kept this time, and return it; the first thing that breaks it is remembered."""
        if promise not in self._promises:
            raise KeyError(promise)
        if not self._seen.get(promise):
            self._seen[promise] = "" if kept else _short(repr(what))
        return kept

    @contextmanager
    def trying(self, promise: str) -> Iterator[None]:
        """Note what is raised as what breaks a promise: a stranger's plugin may raise anything."""
        try:
            yield
        except Exception as error:
            self.raised = self.raised or error
            self.owes(False, promise)
            self._seen[promise] = _short(f"{type(error).__name__}: {error}")
        else:
            self.owes(True, promise)

    def outcome(self) -> tuple[Promise, ...]:
        """Return every promise. One that nothing was seen of was not tried."""
        stopped = any(self._seen.values())
        return tuple(self._outcome(name, "after" if stopped else self._unseen) for name in self._promises)

    def _outcome(self, name: str, why: str) -> Promise:
        if name not in self._seen:
            return Promise(name, Status.UNTRIED, why=why)
        seen = self._seen[name]
        return Promise(name, Status.BROKEN if seen else Status.KEPT, seen)

    def demand(self) -> None:
        """Raise one AssertionError that names every broken promise, if there is one."""
        broken = [promise.told("en") for promise in self.outcome() if promise.status is Status.BROKEN]
        if broken:
            raise AssertionError("\n".join(f"the plugin owes {told}" for told in broken)) from self.raised


def _short(text: str) -> str:
    line = " ".join(text.split()) or "''"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
