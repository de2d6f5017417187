"""Pinning: from what was resolved to a lock, and from a lock to what has changed since."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.lock import Lock, LockedFactor, LockedGap
from ghg_numerique.provenance import PluginRecord, Source

ENGINE = "ghg-numerique"


def pin(resolution: Resolution, plugins: tuple[PluginRecord, ...]) -> Lock:
    """Return the lock of a resolution: the answer to every key that providers were asked, or that stayed a gap."""
    answers: list[LockedFactor | LockedGap] = []
    sources: list[Source] = []
    for key, choice in resolution.choices.items():
        if key.asks_nobody:
            continue
        if choice.winner is None:
            answers.append(LockedGap(key, choice.gap))
        else:
            offer = choice.winner
            answers.append(LockedFactor.of(key, choice.provider, offer.match, offer.coefficient, offer.note))
            sources.append(offer.coefficient.source)
    empty = Lock(version(ENGINE), resolution.methodology.fingerprint, plugins)
    return empty.with_answers(answers, sources)


def differences(
    lock: Lock, methodology: str, plugins: Iterable[PluginRecord], sources: Iterable[Source]
) -> Iterator[ConfigurationError]:
    """Return what stands here otherwise than in the lock; what was added or removed beside it does not matter."""
    if lock.engine != version(ENGINE):
        yield ConfigurationError("lock-engine", locked=lock.engine, here=version(ENGINE))
    if lock.methodology != methodology:
        yield ConfigurationError("lock-methodology", locked=lock.methodology[:12], here=methodology[:12])
    installed = {record.name: record for record in plugins}
    for record in lock.plugins:
        here = installed.get(record.name, record)
        if (here.version, here.sha256) != (record.version, record.sha256):
            yield ConfigurationError(
                "lock-plugin",
                name=record.name,
                locked=f"{record.version} ({record.sha256[:12]})",
                here=f"{here.version} ({here.sha256[:12]})",
            )
    known = {source.id: source for source in sources}
    for source in lock.sources:
        found = known.get(source.id, source)
        if found.sha256 != source.sha256:
            yield ConfigurationError("lock-table", id=source.id, locked=source.sha256[:12], here=found.sha256[:12])
