"""A factor provider that says what it was told to say: for laws and tests that must not depend on shipped tables."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import attrs

from ghg_numerique.model.factors import Coefficient, FactorKey
from ghg_numerique.plugin.contracts import Offer
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role

FIT: Final = (
    ("model", Match.EXACT),
    ("place", Match.EXACT),
    ("sector", Match.EXACT),
    ("equipment", Match.FAMILY),
    ("nature", Match.FAMILY),
    ("account", Match.GENERIC),
)
"""In which part of a key a word is looked for, and how well a coefficient found there fits."""

ANY: Final = "*"
"""The word of a coefficient that stands in, as GENERIC, where a provider knows no word of a key."""


@attrs.frozen(eq=False, repr=False)
class FixedProvider:
    """Offers the coefficient of every word of `coefficients` that a key holds, and that of `ANY` where it holds none."""

    name: str
    role: Role
    coefficients: Mapping[str, Coefficient]

    @classmethod
    def of(cls, name: str, role: Role, coefficients: Mapping[str, Coefficient]) -> "FixedProvider":
        """Return a provider whose coefficients are named after their words, and cite a source named after it."""
        source = Source(name, title=name)
        named = {
            word: attrs.evolve(coefficient, id=f"{role}-{word}", label=word, source=source)
            for word, coefficient in coefficients.items()
        }
        return cls(name, role, named)

    def __repr__(self) -> str:
        said = {word: f"{coefficient.value} {coefficient.unit}" for word, coefficient in self.coefficients.items()}
        return f"FixedProvider.of({self.name!r}, {self.role}, {said})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one source that all its coefficients cite."""
        return (Source(self.name, title=self.name),)

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return an offer for each word of each key that is known."""
        for key in keys:
            known = [
                (self.coefficients[word], match)
                for part, match in FIT
                if (word := getattr(key, part)) in self.coefficients
            ]
            if not known and ANY in self.coefficients:
                known = [(self.coefficients[ANY], Match.GENERIC)]
            for coefficient, match in known:
                yield Offer(key, coefficient, match)
