"""The lock of a footprint: everything that was chosen, pinned, so that the same inputs give the same bytes tomorrow."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Self

import attrs

from ghg_numerique.documents import parse_toml, quoted, read_text
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.model.quality import Spread
from ghg_numerique.provenance import PluginRecord, Source
from ghg_numerique.terms import Gap, Match, Stage

LOCK_FILE: Final = "ghg.lock"

_SEAL: Final = "\n# sha256 of all lines above: "


@attrs.frozen
class LockedFactor:
    """The coefficient that answers a key, whole: it needs neither plugin nor table to be used again."""

    key: FactorKey
    provider: str
    match: str
    id: str
    value: str
    unit: str
    source: str
    label: str = ""
    stages: tuple[Stage, ...] = ()
    uncertainty: str = ""
    year: int = 0
    valid_from: str = ""
    valid_to: str = ""
    boundary: str = ""
    comment: str = ""
    derivation: str = ""
    note: str = ""

    @classmethod
    def of(cls, key: FactorKey, provider: str, match: Match, coefficient: Coefficient, note: str) -> Self:
        """Return the pinned form of a coefficient that was chosen."""
        return cls(
            key,
            provider,
            match.name.lower(),
            coefficient.id,
            coefficient.value,
            coefficient.unit,
            coefficient.source.id,
            coefficient.label,
            tuple(sorted(coefficient.stages)),
            str(coefficient.spread) if coefficient.spread else "",
            coefficient.year,
            coefficient.valid_from,
            coefficient.valid_to,
            coefficient.boundary,
            coefficient.comment,
            coefficient.derivation,
            note,
        )

    def coefficient(self, source: Source) -> Coefficient:
        """Return the coefficient, with its source."""
        return Coefficient(
            self.id,
            self.value,
            self.unit,
            self.key.role,
            source,
            self.label,
            frozenset(self.stages),
            Spread.read(self.uncertainty),
            self.year,
            self.valid_from,
            self.valid_to,
            self.boundary,
            self.comment,
            self.derivation,
        )


@attrs.frozen
class LockedGap:
    """A key that nothing answered; it stays a gap until the lock is updated."""

    key: FactorKey
    gap: Gap


@attrs.frozen
class Lock:
    """Engine, methodology, plugins and tables with their hashes, and the answer to every distinct key.

    `text()` is canonical: equal locks are equal bytes, whatever the order in which things were installed or asked. Its
    last line is the hash of all that stands above, so that a pinned figure cannot be changed by hand unseen.
    """

    engine: str
    methodology: str
    plugins: tuple[PluginRecord, ...] = ()
    sources: tuple[Source, ...] = ()
    factors: tuple[LockedFactor, ...] = ()
    gaps: tuple[LockedGap, ...] = ()

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a lock. Raises ConfigurationError with every fault of the page, and where the page was altered."""
        return cls.parse(read_text(Path(path)), name=str(path))

    @classmethod
    def parse(cls, text: str, *, name: str = LOCK_FILE) -> Self:
        """Read a lock from its text."""
        read = parse_toml(text, cls, name=name)
        body, _, sealed = text.replace("\r\n", "\n").rpartition(_SEAL)
        if sealed.strip() != _digest(body):
            raise ConfigurationError("lock-altered", path=name)
        return read

    @property
    def sha256(self) -> str:
        """The hash of the canonical text, as its last line says it."""
        return _digest(self._body())

    def answers(self) -> dict[FactorKey, LockedFactor | LockedGap]:
        """Return the pinned answer to every key."""
        pinned: tuple[LockedFactor | LockedGap, ...] = (*self.factors, *self.gaps)
        return {answer.key: answer for answer in pinned}

    def with_answers(self, answers: Iterable[LockedFactor | LockedGap], sources: Iterable[Source]) -> Self:
        """Return the lock with other answers, and with the sources that they name."""
        listed = sorted(answers, key=lambda answer: answer.key)
        factors = tuple(answer for answer in listed if isinstance(answer, LockedFactor))
        named = {source.id: source for source in (*self.sources, *sources)}
        wanted = sorted({factor.source for factor in factors} & set(named))
        return attrs.evolve(
            self,
            sources=tuple(named[name] for name in wanted),
            factors=factors,
            gaps=tuple(answer for answer in listed if isinstance(answer, LockedGap)),
        )

    def text(self) -> str:
        """Return the lock as TOML: fixed order, empty values left out, the hash of it on the last line."""
        body = self._body()
        return f"{body}{_SEAL}{_digest(body)}\n"

    def _body(self) -> str:
        parts = ["# Written by ghg-numerique lock; do not edit. `lock --update` renews it and shows what it changes."]
        parts.append(f"engine = {quoted(self.engine)}\nmethodology = {quoted(self.methodology)}")
        for name in ("plugins", "sources", "factors", "gaps"):
            parts.extend(f"[[{name}]]\n{_fields(attrs.asdict(entry))}" for entry in getattr(self, name))
        return "\n\n".join(parts) + "\n"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _fields(entry: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {_written(value)}" for name, value in entry.items() if value not in ("", 0, (), None))


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name} = {_written(part)}" for name, part in value.items() if part not in ("", 0))
        return f"{{ {inside} }}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return str(value) if isinstance(value, int) else quoted(str(value))
