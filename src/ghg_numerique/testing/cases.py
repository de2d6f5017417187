"""A whole case: a methodology, providers, and rows; random, and yet always something that can be assessed."""

from functools import cache, cached_property
from typing import Final

import attrs
from hypothesis import strategies as st

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.assessment import computed
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.model.activity import ActivityData
from ghg_numerique.model.beside import SetAside
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.terms import Role
from ghg_numerique.testing.methodologies import RANKED, methodologies
from ghg_numerique.testing.provider import ANY, FixedProvider
from ghg_numerique.testing.strategies import (
    ACCOUNTS,
    EQUIPMENT,
    MODELS,
    NATURES,
    PLACES,
    SECTORS,
    coefficients,
    rows,
    rows_set_aside,
)

WORDS: Final = {
    Role.EMBODIED: (ANY, *EQUIPMENT[:-1], MODELS[-1]),
    Role.ENERGY: (ANY, *EQUIPMENT[:-1], MODELS[-1]),
    Role.ELECTRICITY: (ANY, *PLACES[1:-1]),
    Role.MONETARY: (*SECTORS[1:], *NATURES[1:], *ACCOUNTS[1:-1]),
    Role.LIFETIME: EQUIPMENT[:-1],
}
"""For which words the providers of each role may have a coefficient."""


@attrs.frozen(eq=False)
class Case:
    """Rows, the methodology to assess them by, and the providers to ask."""

    methodology: Methodology
    providers: tuple[FixedProvider, ...]
    rows: tuple[ActivityData, ...]
    aside: tuple[SetAside, ...] = ()

    @cached_property
    def inventory(self) -> Inventory:
        """The rows as an inventory."""
        return Inventory.of(self.rows, set_aside=self.aside)

    @cached_property
    def resolution(self) -> Resolution:
        """The coefficients that the methodology chooses for the inventory."""
        return resolve(keys_of(self.inventory, self.methodology), self.providers, self.methodology)

    @cached_property
    def footprint(self) -> Footprint:
        """The footprint of the inventory."""
        return computed(self.inventory, self.resolution, Catalogue.of(*self.providers))


@st.composite
def providers(draw: st.DrawFn, methodology: Methodology) -> tuple[FixedProvider, ...]:
    """Return two providers for each role. They differ in one role, and only if the methodology ranks them."""
    found: list[FixedProvider] = []
    rivalry = draw(st.sampled_from(tuple(WORDS))) if methodology.priority else None
    for role in WORDS:
        said = _said(role, methodology.reporting_year)
        first = draw(said)
        second = draw(said) if role is rivalry else first
        found += [FixedProvider.of(name, role, said) for name, said in zip(RANKED, (first, second), strict=True)]
    return tuple(found)


@cache
def _said(role: Role, year: int) -> st.SearchStrategy[dict[str, Coefficient]]:
    """Return what a provider may say: a coefficient for every word, or for all but `ANY`, or but that and another."""
    words = WORDS[role]
    known = st.fixed_dictionaries(dict.fromkeys(words, coefficients(role, year=year)))
    return st.builds(_without, known, st.sampled_from(((), (ANY,), *((ANY, word) for word in words))))


def _without(said: dict[str, Coefficient], forgotten: tuple[str, ...]) -> dict[str, Coefficient]:
    return {word: coefficient for word, coefficient in said.items() if word not in forgotten}


@st.composite
def cases(draw: st.DrawFn, methods: st.SearchStrategy[Methodology] | None = None, *, most: int = 5) -> Case:
    """Return cases of a few rows; every fate, exclusion and gap comes up among them."""
    methodology = draw(methodologies() if methods is None else methods)
    known = draw(providers(methodology))
    return Case(methodology, known, draw(rows(methodology, most=most)), draw(rows_set_aside()))


def footprints(methods: st.SearchStrategy[Methodology] | None = None) -> st.SearchStrategy[Footprint]:
    """Return footprints of random cases, the empty one included."""
    return cases(methods).map(lambda case: case.footprint)
