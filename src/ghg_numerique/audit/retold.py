"""Providers that tell what others tell, changed in one thing: a value, a unit, a year, an order of answers."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.audit.behind import Behind
from ghg_numerique.engine.choose import Choice
from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.model.lock import Lock, LockedFactor
from ghg_numerique.plugin.contracts import FactorProvider, Offer
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role
from ghg_numerique.units import factor

LINEAR: Final = (Role.EMBODIED, Role.ENERGY, Role.ELECTRICITY, Role.MONETARY)
"""Roles in whose coefficients the footprint is linear; a lifetime is rounded to whole days, and decides the years."""

UNITS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.EMBODIED: ("gCO2eq/item", "tCO2eq/item", "kgCO2eq/item"),
    Role.ENERGY: ("Wh/item/year", "MWh/item/year", "kWh/item/year"),
    Role.ELECTRICITY: ("gCO2eq/kWh", "tCO2eq/MWh", "kgCO2eq/kWh"),
    Role.MONETARY: ("gCO2eq/{}", "tCO2eq/k{}", "kgCO2eq/{}"),
}
"""Other units of what each role measures; money stays in its tax basis."""


@attrs.frozen(eq=False)
class Retold(Behind):
    """A provider whose coefficients are changed on the way."""

    change: Callable[[Coefficient], Coefficient]

    def offers(self, keys: Collection[FactorKey], /) -> Iterator[Offer]:
        """Return the offers of the provider behind, their coefficients changed."""
        for offer in self.provider.offers(keys):
            yield attrs.evolve(offer, coefficient=self.change(offer.coefficient))


@attrs.frozen(eq=False)
class Shifted(Retold):
    """A provider that is asked for a year, and answers with what it says of a year so many earlier."""

    years: int = 0

    def offers(self, keys: Collection[FactorKey], /) -> Iterator[Offer]:
        """Return the offers for the keys of the earlier year, as offers for the keys that were asked."""
        earlier = {attrs.evolve(key, year=key.year - self.years) if key.year else key: key for key in keys}
        for offer in self.provider.offers(tuple(earlier)):
            yield attrs.evolve(offer, key=earlier[offer.key], coefficient=self.change(offer.coefficient))


@attrs.frozen(eq=False)
class Fixed:
    """A provider of answers that were given before, by their keys; with none, one that never answers."""

    name: str
    role: Role
    sources: tuple[Source, ...]
    answers: Mapping[FactorKey, tuple[Offer, ...]]

    def offers(self, keys: Collection[FactorKey], /) -> Iterator[Offer]:
        """Return the answers to those of the keys that it knows."""
        for key in keys:
            yield from self.answers.get(key, ())


def silent() -> tuple[Fixed, ...]:
    """Return a provider of each role that never answers."""
    return tuple(Fixed("silent", role, (Source("silent"),), {}) for role in LINEAR)


def instead(
    providers: Iterable[FactorProvider], provider: FactorProvider, offers: Iterable[Offer]
) -> Iterator[FactorProvider]:
    """Return providers of which one has nothing to say but some offers."""
    for one in providers:
        yield _fixed(one, offers) if one is provider else one


def recorded(providers: Iterable[FactorProvider], choices: Iterable[Choice]) -> Iterator[Fixed]:
    """Return providers that know by heart what was chosen of their offers, and nothing else."""
    won = [(choice.provider, choice.winner) for choice in choices if choice.winner is not None]
    for one in providers:
        yield _fixed(one, (offer for name, offer in won if (offer.key.role, name) == (one.role, one.name)))


def _fixed(provider: FactorProvider, offers: Iterable[Offer]) -> Fixed:
    answers: dict[FactorKey, tuple[Offer, ...]] = {}
    for offer in offers:
        answers[offer.key] = (*answers.get(offer.key, ()), offer)
    return Fixed(provider.name, provider.role, provider.sources, answers)


def pinned(lock: Lock) -> tuple[Fixed, ...]:
    """Return the answers of a lock as providers, under the names of those who gave them."""
    sources = {source.id: source for source in lock.sources}
    found: dict[tuple[Role, str], dict[FactorKey, tuple[Offer, ...]]] = defaultdict(dict)
    for answer in lock.factors:
        found[answer.key.role, answer.provider][answer.key] = (_offer(answer, sources),)
    return tuple(
        Fixed(name, role, tuple(sorted({offer.coefficient.source for (offer,) in answers.values()})), answers)
        for (role, name), answers in sorted(found.items())
    )


def _offer(answer: LockedFactor, sources: Mapping[str, Source]) -> Offer:
    coefficient = answer.coefficient(sources.get(answer.source, Source(answer.source)))
    return Offer(answer.key, coefficient, Match[answer.match.upper()], answer.note)


def with_value(providers: Iterable[FactorProvider], moved: Coefficient, value: Fraction) -> tuple[Retold, ...]:
    """Return providers of which those that tell a coefficient tell it with another value."""

    def change(told: Coefficient) -> Coefficient:
        same = told.role is moved.role and told.identity == moved.identity
        return attrs.evolve(told, value=str(value)) if same else told

    return tuple(Retold(provider, change) for provider in providers)


def declaring(providers: Iterable[FactorProvider], identity: str = "") -> tuple[Retold, ...]:
    """Return providers that declare nothing of how sure their coefficients are, but for one of them."""

    def change(told: Coefficient) -> Coefficient:
        return told if identity and told.identity == identity else attrs.evolve(told, spread=None)

    return tuple(Retold(provider, change) for provider in providers)


def in_unit(providers: Iterable[FactorProvider], which: int) -> tuple[Retold, ...]:
    """Return providers that say the same in other units."""

    def change(told: Coefficient) -> Coefficient:
        if told.role not in LINEAR:
            return told
        unit = UNITS[told.role][which].format("EUR_TTC" if "EUR_TTC" in told.unit else "EUR_HT")
        return attrs.evolve(told, value=str(told.exact * factor(told.unit, unit)), unit=unit)

    return tuple(Retold(provider, change) for provider in providers)
