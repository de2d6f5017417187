"""An amount that is not sure: sums of products of coefficients, which vary by their laws and are shared."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import fsum, prod, sqrt

import attrs
import numpy as np

from ghg_numerique.algebra.ieee import Floats
from ghg_numerique.algebra.laws import Multiple
from ghg_numerique.decimals import rounded
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.units import CO2EQ, Quantity

Term = tuple[str, ...]
"""The identities of the uncertain coefficients of a product, sorted."""

_HELD = 1 << 24
"""How many drawn numbers are held at a time."""


@attrs.frozen
class Contribution:
    """The part of a variance that one coefficient brings: `alone`, and with all its products with others (`together`).

    The parts alone and the parts of products add up to the whole, so the parts together add up to more than one.
    """

    identity: str
    alone: float
    together: float


@attrs.frozen(eq=False)
class Uncertain:
    """kgCO2eq as a polynomial of the multiples by which coefficients vary: the exact published amount of every product.

    Amounts add and subtract; what two of them share stays shared, so the difference of two years or scenarios varies
    only by what they do not have in common. Moments are exact; an interval is read from draws.
    """

    terms: Mapping[Term, Fraction]
    laws: Mapping[str, Multiple]

    @classmethod
    def of(cls, products: Iterable[tuple[Term, Fraction]], laws: Mapping[str, Multiple]) -> "Uncertain":
        """Return the sum of products; those that cancel out leave nothing behind."""
        terms: dict[Term, Fraction] = defaultdict(Fraction)
        for term, amount in products:
            terms[term] += amount
        kept = {term: amount for term, amount in sorted(terms.items()) if amount}
        return cls(kept, {identity: laws[identity] for term in kept for identity in term})

    @classmethod
    def nothing(cls) -> "Uncertain":
        """Return the amount of nothing, which is sure."""
        return cls({}, {})

    def __add__(self, other: "Uncertain") -> "Uncertain":
        return Uncertain.of([*self.terms.items(), *other.terms.items()], _merged((self, other)))

    def __neg__(self) -> "Uncertain":
        return attrs.evolve(self, terms={term: -amount for term, amount in self.terms.items()})

    def __sub__(self, other: "Uncertain") -> "Uncertain":
        return self + -other

    @property
    def published(self) -> Quantity:
        """The amount with every coefficient as published: exact."""
        return Quantity(sum(self.terms.values(), start=Fraction(0)), CO2EQ)

    @cached_property
    def mean(self) -> float:
        """The mean, in kgCO2eq."""
        return fsum(float(amount) * self._means(term) for term, amount in self.terms.items())

    @cached_property
    def deviation(self) -> float:
        """The standard deviation, in kgCO2eq."""
        return sqrt(fsum(self._variances.values()))

    def contributions(self) -> tuple[Contribution, ...]:
        """Return what each coefficient brings to the variance, the largest first."""
        whole = fsum(self._variances.values())
        found = [
            Contribution(
                identity,
                self._variances[(identity,)] / whole if whole else 0.0,
                fsum(part for term, part in self._variances.items() if identity in term) / whole if whole else 0.0,
            )
            for identity in self.laws
        ]
        return tuple(sorted(found, key=lambda one: (-one.together, one.identity)))

    def draws(self, count: int = 10_000, *, seed: int = 0) -> Floats:
        """Return draws in kgCO2eq: the same bits for a seed, on every machine and whatever else is drawn."""
        drawn: Floats = drawn_together([self], count, seed=seed)[0]
        return drawn

    def interval(self, level: float = 0.95, *, draws: int = 10_000, seed: int = 0) -> tuple[Quantity, Quantity]:
        """Return the interval that holds the amount in `level` of the draws."""
        return middle(self.draws(draws, seed=seed), level)

    @cached_property
    def _variances(self) -> dict[Term, float]:
        """The variance by the set of coefficients that brings it, exactly: Hoeffding's decomposition.

        With X = mean + deviation x H for every coefficient, a product of sums opens into products of distinct H, which
        are uncorrelated and of variance one. (Hoeffding 1948; Sobol 1993.)
        """
        effects: dict[Term, list[float]] = defaultdict(list)
        for term, amount in self.terms.items():
            for size in range(1, len(term) + 1):
                for chosen in combinations(term, size):
                    others = tuple(identity for identity in term if identity not in chosen)
                    effects[chosen].append(float(amount) * self._means(others))
        squares = {term: fsum(parts) * fsum(parts) for term, parts in sorted(effects.items())}
        return {term: square * prod(self.laws[one].variance for one in term) for term, square in squares.items()}

    def _means(self, term: Term) -> float:
        return prod(self.laws[identity].mean for identity in term)


def middle(draws: Floats, level: float = 0.95) -> tuple[Quantity, Quantity]:
    """Return the ends of the middle `level` of some draws, to 10^-6 kgCO2eq: the draws nearest in rank, as they are.

    Raises ConfigurationError for a level outside 0 to 1, and where there is no draw.
    """
    if not (0 <= level <= 1 and len(draws)):  # a level that is no number fails too
        raise ConfigurationError("level", value=level)
    ranked, edge = np.sort(draws), (1 - level) / 2
    low, high = (float(ranked[round(share * (len(ranked) - 1))]) for share in (edge, 1 - edge))
    return Quantity(rounded(Fraction(low), 6), CO2EQ), Quantity(rounded(Fraction(high), 6), CO2EQ)


def drawn_together(amounts: Sequence[Uncertain], count: int, *, seed: int = 0) -> Floats:
    """Return draws of several amounts, of shape (amounts, count): each coefficient is drawn once for all of them.

    Memory is that of the result: draws are made in blocks. Raises ConfigurationError where two amounts know one
    coefficient by two laws.
    """
    laws = _merged(amounts)
    size = max(512, min(count, _HELD // max(len(laws), 1)))
    streams = {identity: multiples(identity, law, count, seed, size) for identity, law in laws.items()}
    places: dict[Term, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for row, amount in enumerate(amounts):
        for term, published in amount.terms.items():
            places[term][0].append(row)
            places[term][1].append(float(published))
    result = np.zeros((len(amounts), count))
    for start in range(0, count, size):
        block = {identity: next(stream) for identity, stream in streams.items()}
        part = result[:, start : start + size]
        for term, (rows, weights) in sorted(places.items()):
            product: Floats | float = 1.0
            for identity in term:
                product = product * block[identity]
            for row, weight in zip(rows, weights, strict=True):
                part[row] += weight * product
    return result


def multiples(identity: str, law: Multiple, count: int, seed: int, size: int) -> Iterator[Floats]:
    """Return the draws of a coefficient, `size` at a time.

    Its stream is keyed by seed and identity, so it does not move with the order or the number of other coefficients.
    The raw Philox stream is the one that numpy promises never to change.
    """
    key = int.from_bytes(hashlib.sha256(f"{seed}|{identity}".encode()).digest()[:16], "big")
    stream = np.random.Philox(key=key)
    for start in range(0, count, size):
        share = (stream.random_raw(min(size, count - start)) >> np.uint64(11)).astype(np.float64)
        share += 0.5
        share *= 2.0**-53
        yield law.at(share)


def _merged(amounts: Iterable[Uncertain]) -> dict[str, Multiple]:
    laws: dict[str, Multiple] = {}
    for amount in amounts:
        for identity, law in amount.laws.items():
            if laws.setdefault(identity, law) != law:
                raise ConfigurationError("two-laws", identity=identity)
    return laws
