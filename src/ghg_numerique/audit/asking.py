"""A provider asked in every way that may not change its answers: what differs is told from the way that shows it.

Each way starts from a copy of the provider as it was before anybody had asked it: what an instance remembers cannot hide
behind what it was asked earlier.
"""

import copy
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import attrs

from ghg_numerique.audit.behind import Behind
from ghg_numerique.model.factors import FactorKey
from ghg_numerique.plugin.contracts import FactorProvider, Offer

Answers: TypeAlias = frozenset[Offer]
Keys: TypeAlias = tuple[FactorKey, ...]


@attrs.frozen(eq=False)
class Unasked(Behind):
    """A provider, and a copy of it that nobody asks."""

    kept: FactorProvider

    @classmethod
    def of(cls, provider: FactorProvider) -> FactorProvider:
        """Keep how a provider is now. One that cannot be copied breaks a promise of its own, and stays what it is."""
        try:
            return cls(provider, copy.deepcopy(provider))
        except Exception:  # a stranger's class may raise anything
            return provider

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return the offers of the provider, which remembers what it likes."""
        return self.provider.offers(keys)


def ways(provider: FactorProvider, keys: Keys, workers: int) -> Iterator[tuple[str, Answers, Answers]]:
    """Return each way of asking with what is expected of it and what is answered.

    An answer that comes with the company of a key is `batch`; one that comes with earlier questions, `memory`.
    """
    one, other = afresh(provider), afresh(provider)
    whole = answered(one, keys)
    yield "twice", whole, answered(one, keys)
    alone = _one_by_one(other, keys[::-1])
    yield "memory", alone, _one_by_one(one, keys[::-1])
    yield "order", whole, answered(afresh(provider), keys[::-1])
    yield "batch", whole, alone
    shared = afresh(provider)
    with ThreadPoolExecutor(workers) as pool:
        for found in set(pool.map(lambda _: answered(shared, keys), range(workers))):
            yield "threads", whole, found


def afresh(provider: FactorProvider) -> FactorProvider:
    """Return a copy that nobody has asked; where there is none, the provider as it stands."""
    return copy.deepcopy(provider.kept) if isinstance(provider, Unasked) else provider


def answered(provider: FactorProvider, keys: Collection[FactorKey]) -> Answers:
    """Return all that a provider offers for keys."""
    return frozenset(provider.offers(keys))


def _one_by_one(provider: FactorProvider, keys: Keys) -> Answers:
    return frozenset(offer for key in keys for offer in provider.offers((key,)))
