"""What every provider of factors owes, each promise tried for itself on its own words and on random ones."""

from collections.abc import Callable, Collection, Iterable
from itertools import zip_longest
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.audit.ambient import kept
from ghg_numerique.audit.asking import Unasked, afresh, answered, ways
from ghg_numerique.model.factors import UNIT_OF, Coefficient, FactorKey
from ghg_numerique.plugin.contracts import FactorProvider, Offer
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match
from ghg_numerique.testing.asked import keys_for, keys_of_tables
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED
from ghg_numerique.testing.steady import STEADY, THREADS, try_steady
from ghg_numerique.testing.strategies import factor_keys

PROMISES: Final = {
    "provider-contract": "",
    **dict.fromkeys(("provider-named", "sources", "answers", "nothing-asked", "pickles"), "provider-contract"),
    **dict.fromkeys(("offers", "answers-known", "order", "batch", "forgets", *STEADY), "answers"),
    **dict.fromkeys(("only-asked", "match", "offers-pickle"), "answers-known"),
    **dict.fromkeys(("role", "unit", "positive", "identified", "one-identity", "one-rank"), "answers-known"),
}

FEW: Final = 4
"""Keys that two threads ask for by turns, and how often."""
WAYS: Final = {"twice": "order", "order": "order", "batch": "batch", "memory": "forgets", "threads": "threads"}
"""Which promise each way of asking tries."""

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
        owes, provider, unasked = self.trial.owes, self.provider, Unasked.of(self.provider)
        owes(bool(provider.name) and provider.role in tuple(UNIT_OF), "provider-named", (provider.name, provider.role))
        sources = provider.sources if isinstance(provider.sources, tuple | list) else ()
        named = all(isinstance(source, Source) and source.id for source in sources)
        owes(bool(sources) and named, "sources", provider.sources)
        known = keys_for(provider, keys)
        with self.trial.trying("answers"), kept():
            known = self.try_known(known, given=bool(keys))
            for way, expected, found in ways(unasked, known, THREADS):
                owes(expected == found, WAYS[way], sorted(str(offer.key) for offer in expected ^ found)[:3])
        with self.trial.trying("nothing-asked"), kept():
            owes(not self.answers(()), "nothing-asked", provider.name)
        with self.trial.trying("pickles"), kept():
            copy = _Asking(pickled(provider), Trial(PROMISES))
            owes(copy.answers(known) == self.answers(known), "pickles", provider.name)
        try_steady(
            self.trial, afresh(unasked), lambda one: answered(one, known), provider.name,
            shortly=lambda one: [answered(one, known[:FEW]) for _ in range(FEW)],
        )  # fmt: skip
        with self.trial.trying("answers"), kept():
            self.try_batches(known)

    def try_known(self, known: tuple[FactorKey, ...], *, given: bool) -> tuple[FactorKey, ...]:
        """Ask for keys, and return them, those that are answered and those that are not by turns: races show among these.

        Where nobody could say which keys it knows, that none is answered proves nothing.
        """
        answers = self.answers(known)
        if answers:
            self.trial.owes(True, "answers-known")
            self.look_at(answers)
        elif given or any(True for _ in keys_of_tables(self.provider)):
            self.trial.owes(False, "answers-known", known[:3])
        else:
            self.trial.unseen = "no-keys"
        pairs = zip_longest((key for key in known if key not in answers), (key for key in known if key in answers))
        return tuple(key for pair in pairs for key in pair if key is not None)

    def try_batches(self, known: tuple[FactorKey, ...]) -> None:
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
        offers = self.provider.offers(keys)
        listed = list(offers) if isinstance(offers, Iterable) else [offers]
        for offer in listed:
            if self.trial.owes(_is_offer(offer), "offers", offer) and self.trial.owes(
                offer.key in asked, "only-asked", offer.key
            ):
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


def _is_offer(thing: object) -> bool:
    return isinstance(thing, Offer) and isinstance(thing.key, FactorKey) and isinstance(thing.coefficient, Coefficient)
