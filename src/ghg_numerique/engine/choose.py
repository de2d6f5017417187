"""The choice between offers: a rank that can be printed, ties refused, losers kept with the reason."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from ghg_numerique.errors import AmbiguousFactor, ConfigurationError, GhgError, PluginError
from ghg_numerique.model.factors import UNIT_OF, Coefficient, FactorKey
from ghg_numerique.model.lock import Lock, LockedGap
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.plugin.contracts import FactorProvider, Offer
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Expired, Gap, Match, Role, Stage
from ghg_numerique.units import factor, same_dimension


class Lost(StrEnum):
    """By what a candidate lost."""

    MATCH = "match"
    PRIORITY = "priority"
    SAME_VALUE = "same_value"
    STAGE_OVERLAP = "stage_overlap"
    EXPIRED = "expired"
    PREMATURE = "premature"
    FALLBACK = "fallback"


@attrs.frozen
class Candidate:
    """An offer, the provider behind it, and by what it lost, if it did."""

    provider: str
    offer: Offer
    lost: Lost | None = None


@attrs.frozen
class Choice:
    """What answers a key: the winner, or the gap where nothing does; and every candidate that lost."""

    key: FactorKey
    winner: Offer | None
    provider: str = ""
    losers: tuple[Candidate, ...] = ()
    gap: Gap = Gap.NO_FACTOR


def choose(
    keys: Iterable[FactorKey],
    providers: Iterable[FactorProvider],
    methodology: Methodology,
    lock: Lock | None = None,
) -> dict[FactorKey, Choice]:
    """Return the choice for every key: the lowest (match, priority of the provider in the methodology) wins.

    With a lock no provider is asked: the pinned answer counts. Raises ConfigurationError that names every key which
    the lock does not hold.
    """
    listed = tuple(keys)
    own = {key: _own(key, methodology) for key in listed}
    asked = tuple(key for key in listed if own[key] is None)
    if lock is not None:
        pinned = _pinned(asked, lock)
        return {key: own[key] or pinned[key] for key in listed}
    offered = _offered(asked, providers)
    return {key: own[key] or _chosen(key, offered.get(key, ()), methodology) for key in listed}


def _pinned(keys: tuple[FactorKey, ...], lock: Lock) -> dict[FactorKey, Choice]:
    answers, sources = lock.answers(), {source.id: source for source in lock.sources}
    if unknown := [key for key in keys if key not in answers]:
        raise ConfigurationError("lock-keys", keys=", ".join(map(str, unknown)))
    pinned = {}
    for key in keys:
        answer = answers[key]
        if isinstance(answer, LockedGap):
            pinned[key] = Choice(key, None, gap=answer.gap)
        else:
            coefficient = answer.coefficient(sources.get(answer.source, Source(answer.source)))
            offer = Offer(key, coefficient, Match[answer.match.upper()], answer.note)
            pinned[key] = Choice(key, offer, answer.provider)
    return pinned


def _offered(keys: tuple[FactorKey, ...], providers: Iterable[FactorProvider]) -> dict[FactorKey, list[Candidate]]:
    """Ask each provider once for all keys of its role, and check what it answers."""
    offered: dict[FactorKey, list[Candidate]] = {}
    for provider in sorted(providers, key=lambda provider: (provider.role, provider.name)):
        mine = tuple(key for key in keys if key.role is provider.role)
        known = frozenset(mine)
        for offer in _answers(provider, mine) if mine else ():
            if offer.key not in known:
                raise PluginError("offer-not-asked", provider=provider.name, key=offer.key)
            if offer.coefficient.role is not provider.role or not offer.coefficient.measures():
                raise PluginError(
                    "offer-unit", provider=provider.name, id=offer.coefficient.identity, unit=offer.coefficient.unit
                )
            if provider.role is Role.MONETARY and not offer.coefficient.year:
                raise PluginError("offer-price-year", provider=provider.name, id=offer.coefficient.identity)
            offered.setdefault(offer.key, []).append(Candidate(provider.name, offer))
    return offered


def _answers(provider: FactorProvider, keys: tuple[FactorKey, ...]) -> list[Offer]:
    """Return what a provider offers; whatever a stranger's code raises, or returns instead, is a fault of that provider."""
    try:
        offers = list(provider.offers(keys))
    except GhgError:
        raise
    except (Exception, SystemExit) as error:
        raise PluginError("plugin-runs", name=provider.name, reason=f"{type(error).__name__}: {error}") from error
    if strangers := [offer for offer in offers if not isinstance(offer, Offer)]:
        contract = f"FactorProvider.offers -> Offer ({provider.name})"
        raise PluginError("plugin-contract", culprit=repr(strangers[0]), contract=contract)
    return offers


def _chosen(key: FactorKey, candidates: Iterable[Candidate], methodology: Methodology) -> Choice:
    ranked = sorted(candidates, key=lambda candidate: _order(candidate, methodology))
    judged = [Candidate(one.provider, one.offer, _refusal(one.offer, key, methodology)) for one in ranked]
    refused = [one for one in judged if one.lost is not None]
    able = [one for one in judged if one.lost is None]
    if not able:
        return Choice(key, None, losers=tuple(refused), gap=_gap(refused))
    winner, *others = able
    _refuse_tie(winner, others, key, methodology)
    losers = [attrs.evolve(other, lost=_lost(winner, other, methodology)) for other in others]
    return Choice(key, winner.offer, winner.provider, (*losers, *refused))


def _rank(candidate: Candidate, methodology: Methodology) -> tuple[int, int]:
    coefficient = candidate.offer.coefficient
    return (candidate.offer.match, methodology.rank(coefficient.role, candidate.provider, coefficient.source.id))


def _order(candidate: Candidate, methodology: Methodology) -> tuple[object, ...]:
    """Return the place of a candidate; of equals the factor decides, so that renaming a provider changes no result."""
    return (*_rank(candidate, methodology), candidate.offer.coefficient.identity, candidate.provider)


def _refuse_tie(winner: Candidate, others: list[Candidate], key: FactorKey, methodology: Methodology) -> None:
    best = winner.offer.coefficient
    for other in others:
        rival = other.offer.coefficient
        if _says(rival) != _says(best) and _rank(other, methodology) == _rank(winner, methodology):
            raise AmbiguousFactor(
                "ambiguous", key=key, first=f"{winner.provider}: {best}", second=f"{other.provider}: {rival}",
                role=key.role, names=_ranking((winner, other), key.role, methodology),
            )  # fmt: skip


def _says(coefficient: Coefficient) -> tuple[object, ...]:
    """Return all of a coefficient that a result depends on, whatever the unit that it was published in."""
    known = next(unit for unit in UNIT_OF[coefficient.role] if same_dimension(coefficient.unit, unit))
    value = coefficient.exact * factor(coefficient.unit, known)
    return (value, coefficient.year, coefficient.stages, coefficient.spread)


def _ranking(tied: tuple[Candidate, ...], role: Role, methodology: Methodology) -> str:
    """Return the priorities of a role with the rivals told apart: by their providers, else by their tables.

    Who is ranked already stays so; the rivals stand where the two of them stood.
    """
    names = {one.provider for one in tied}
    if len(names) == 1:
        names = {one.offer.coefficient.source.id for one in tied}
    ranked = list(methodology.priority.get(role, ()))
    place = _rank(tied[0], methodology)[1]
    listed = [*ranked[:place], *sorted(names), *ranked[place:]]
    return ", ".join(f'"{name}"' for name in listed)


def _refusal(offer: Offer, key: FactorKey, methodology: Methodology) -> Lost | None:
    """Return why an offer may not be used at all, whatever its rank."""
    year = methodology.reporting_year
    if key.role is Role.EMBODIED and Stage.USE in offer.coefficient.stages and _counts_use(methodology):
        return Lost.STAGE_OVERLAP
    if methodology.expired is Expired.REFUSE and offer.coefficient.expired(year):
        return Lost.EXPIRED
    if methodology.expired is Expired.REFUSE and offer.coefficient.premature(year):
        return Lost.PREMATURE
    if offer.stands_in and not methodology.accepts_fallback(key.role):
        return Lost.FALLBACK
    return None


def _counts_use(methodology: Methodology) -> bool:
    return any(route.stage is Stage.USE and Stage.USE in methodology.stages for route in methodology.routes)


def _lost(winner: Candidate, other: Candidate, methodology: Methodology) -> Lost:
    best, rank = _rank(winner, methodology), _rank(other, methodology)
    if rank == best:
        return Lost.SAME_VALUE
    return Lost.MATCH if rank[0] != best[0] else Lost.PRIORITY


def _gap(refused: list[Candidate]) -> Gap:
    reasons: Mapping[Lost | None, Gap] = {
        Lost.STAGE_OVERLAP: Gap.STAGE_OVERLAP, Lost.EXPIRED: Gap.EXPIRED, Lost.PREMATURE: Gap.EXPIRED,
    }  # fmt: skip
    return reasons.get(refused[0].lost, Gap.NO_FACTOR) if refused else Gap.NO_FACTOR


def _own(key: FactorKey, methodology: Methodology) -> Choice | None:
    """Return the choice for a key that no provider is asked: the calendar, the tax, and what a row declares itself."""
    if key.role is Role.CALENDAR:
        days = (date(key.year + 1, 1, 1) - date(key.year, 1, 1)).days
        source = Source("calendar", title="Gregorian calendar")
        return _sure(key, Coefficient(f"year-{key.year}", f"1/{days}", "year/day", key.role, source))
    if key.role is Role.PRICE:
        if methodology.prices.vat is None:
            return Choice(key, None, gap=Gap.NO_VAT)
        rate = 1 + Fraction(methodology.prices.vat) / 100
        source = Source("methodology", title=methodology.prices.vat_source)
        label = f"{methodology.prices.vat} %"
        return _sure(
            key, Coefficient(f"vat-{methodology.prices.vat}", str(1 / rate), "EUR_HT/EUR_TTC", key.role, source, label)
        )
    if key.asks_nobody:
        unit = "1" if key.role is Role.OVERHEAD else "kWh/item/year"
        source = Source("inventory", title="declared by the row")
        stages = frozenset({Stage.USE})
        return _sure(
            key, Coefficient(f"{key.role}-{key.declared}", key.declared, unit, key.role, source, stages=stages)
        )
    return None


def _sure(key: FactorKey, coefficient: Coefficient) -> Choice:
    return Choice(key, Offer(key, coefficient, Match.EXACT), coefficient.source.id)
