"""What every provider of factors owes, each promise tried for itself on its own words and on random ones."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.audit.ambient import kept
from ghg_numerique.model.factors import UNIT_OF, Coefficient, FactorKey
from ghg_numerique.plugin.contracts import FactorProvider, Offer
from ghg_numerique.terms import Match
from ghg_numerique.testing.asked import keys_of_tables
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED
from ghg_numerique.testing.steady import STEADY, try_steady
from ghg_numerique.testing.strategies import factor_keys

PROMISES: Final = (
    "provider-contract", "provider-named", "sources", "answers", "answers-known", "only-asked", "role", "unit",
    "positive", "identified", "match", "offers-pickle", "one-identity", "one-rank", "nothing-asked",
    "pickles", "order", "batch", *STEADY,
)  # fmt: skip

Answers = dict[FactorKey, frozenset[Offer]]


def try_provider(provider: FactorProvider, keys: Collection[FactorKey]) -> Trial:
    """Return what was seen of each promise of a provider."""
    trial = Trial(PROMISES)
    with trial.trying("provider-contract"):
        if trial.owes(isinstance(provider, FactorProvider), "provider-contract", type(provider)):
            _Asking(provider, trial).try_all(keys)
    return trial


class _Asking:
    """A provider that is asked, and the trial of what it answers."""

    def __init__(self, provider: FactorProvider, trial: Trial) -> None:
        self.provider, self.trial = provider, trial

    def try_all(self, keys: Collection[FactorKey]) -> None:
        owes, provider = self.trial.owes, self.provider
        owes(bool(provider.name) and provider.role in UNIT_OF, "provider-named", (provider.name, provider.role))
        owes(bool(provider.sources) and all(source.id for source in provider.sources), "sources", provider.sources)
        known: list[FactorKey] = []
        with self.trial.trying("answers"), kept():
            known = sorted({*keys, *keys_of_tables(provider)})
            answers = self.answers(known)
            if owes(any(answers.values()), "answers-known", known[:3]):
                self.look_at(answers)
        with self.trial.trying("nothing-asked"), kept():
            owes(not self.answers(()), "nothing-asked", provider.name)
        with self.trial.trying("pickles"), kept():
            copy = _Asking(pickled(provider), Trial(PROMISES))
            owes(copy.answers(known) == self.answers(known), "pickles", provider.name)
        try_steady(self.trial, lambda: self.answers(known), provider.name)
        if known:
            with self.trial.trying("answers"), kept():
                self.try_batches(known)

    def try_batches(self, known: list[FactorKey]) -> None:
        """Ask in batches drawn at random: an answer depends on the key alone."""
        batches = st.lists(st.sampled_from(known) | factor_keys(self.provider.role), max_size=8, unique=True)
        answers = self.answers(known)

        @CHECKED
        @given(batches, batches, st.sampled_from((list, tuple, frozenset)))
        def an_answer_depends_on_the_key_alone(
            batch: list[FactorKey], other: list[FactorKey], gather: Callable[[list[FactorKey]], Collection[FactorKey]]
        ) -> None:
            together = self.answers(gather(batch))
            self.answers(other)
            self.trial.owes(self.answers(gather(batch[::-1])) == together, "order", batch)
            alone: Answers = {}
            for key in batch:
                alone |= self.answers([key])
            self.trial.owes(alone == together, "batch", batch)
            for key in set(batch) & set(known):
                self.trial.owes(together.get(key) == answers.get(key), "batch", key)
            self.look_at(together)

        an_answer_depends_on_the_key_alone()

    def answers(self, keys: Collection[FactorKey]) -> Answers:
        """Return the offers of each key that has some; offers for other keys break a promise, and are left out."""
        found: dict[FactorKey, set[Offer]] = {}
        asked = frozenset(keys)
        for offer in self.provider.offers(keys):
            if self.trial.owes(offer.key in asked, "only-asked", offer.key):
                found.setdefault(offer.key, set()).add(offer)
        return {key: frozenset(offers) for key, offers in found.items()}

    def look_at(self, answers: Answers) -> None:
        for offers in answers.values():
            for offer in offers:
                self.look_at_offer(offer)
        self.look_at_ranks(answers.items())

    def look_at_offer(self, offer: Offer) -> None:
        owes, coefficient = self.trial.owes, offer.coefficient
        owes(coefficient.role is self.provider.role, "role", coefficient)
        owes(coefficient.measures(), "unit", coefficient)
        owes(coefficient.exact > 0, "positive", coefficient)
        owes(bool(coefficient.id) and coefficient.source in self.provider.sources, "identified", coefficient)
        owes(isinstance(offer.match, Match), "match", offer.match)
        with self.trial.trying("offers-pickle"):
            owes(pickled(offer) == offer, "offers-pickle", offer)

    def look_at_ranks(self, answers: Iterable[tuple[FactorKey, frozenset[Offer]]]) -> None:
        """Two offers of one rank never differ, and what has one identity is one coefficient."""
        identified: dict[str, Coefficient] = {}
        for key, offers in answers:
            ranked: dict[Match, Coefficient] = {}
            for offer in offers:
                one = offer.coefficient
                self.trial.owes(identified.setdefault(one.identity, one) == one, "one-identity", one.identity)
                rival = ranked.setdefault(offer.match, one)
                same = (rival.exact, rival.unit, rival.stages, rival.year) == (
                    one.exact,
                    one.unit,
                    one.stages,
                    one.year,
                )
                self.trial.owes(same, "one-rank", key)
