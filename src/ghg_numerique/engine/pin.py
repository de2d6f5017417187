"""Pinning: from what was resolved to a lock, and from a lock to what has changed since."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.lock import Lock, LockedFactor, LockedGap
from ghg_numerique.model.tables import FactorTable
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.provenance import PluginRecord, Source
from ghg_numerique.terms import Match

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
        elif found != source:
            yield ConfigurationError("lock-source", id=source.id, locked=source.title, here=found.title)


def altered(
    lock: Lock, providers: Iterable[FactorProvider], tables: Iterable[FactorTable] = ()
) -> Iterator[ConfigurationError]:
    """Return the pinned coefficients that their own source, which is here, does not give as they are.

    Whoever changes a lock can seal it again; the source stays what it is. What a provider offers must be pinned word for
    word. Of `tables` that no provider here speaks for, the coefficients are compared and not the keys that they answer.
    A source that is not here cannot be asked.
    """
    asked = tuple(providers)
    spoken = {source.id for provider in asked for source in provider.sources}
    offered = _offered(lock, asked)
    held = {row.coefficient.identity: row.coefficient for table in tables for row in table.rows}
    listed = {coefficient.source.id for coefficient in held.values()}
    for factor in lock.factors:
        identity = f"{factor.source}#{factor.id}"
        found: list[LockedFactor] = []
        if factor.source in spoken:
            found = offered.get((factor.key, factor.provider, identity), [])
        elif factor.source not in listed:
            continue
        elif (row := held.get(identity)) is not None:
            found = [LockedFactor.of(factor.key, factor.provider, Match[factor.match.upper()], row, factor.note)]
        if factor not in found:
            here = f"{found[0].value} {found[0].unit}" if found else "-"
            yield ConfigurationError(
                "lock-factor", key=factor.key, id=identity, locked=f"{factor.value} {factor.unit}", here=here
            )


def _offered(lock: Lock, providers: Iterable[FactorProvider]) -> dict[tuple[FactorKey, str, str], list[LockedFactor]]:
    """Return what providers offer for the pinned keys, as a lock would pin it; one row may answer in several ways."""
    offered: dict[tuple[FactorKey, str, str], list[LockedFactor]] = {}
    for provider in providers:
        keys = [factor.key for factor in lock.factors if factor.key.role is provider.role]
        for offer in provider.offers(keys) if keys else ():
            pinned = LockedFactor.of(offer.key, provider.name, offer.match, offer.coefficient, offer.note)
            offered.setdefault((offer.key, provider.name, offer.coefficient.identity), []).append(pinned)
    return offered
