"""Which part of its bearer each virtual machine or application claims, by the allocation rules of NumEcoEval.

Source: data model of G4IT (version 2, sheet "Virtual equipment"): an allocation factor is free, and goes before all;
machines of the type `calcul` share by vCPU, those of the type `stockage` by capacity. Of applications the file says no
size: those of one machine share it equally, as G4IT does, which divides by their number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.plugin import Finding, Origin, Severity, Share
from ghg_numerique_files.spelling import folded

MEASURES: Final = {"calcul": "cores", "stockage": "storage"}
"""What machines of a type are measured by."""


@attrs.frozen
class Claim:
    """A sound row that rests on another: its key, and what else is said of its size."""

    origin: Origin
    name: str
    bearer: Origin
    bears: str
    key: Decimal | None = None
    kind: str = ""
    sizes: Mapping[str, Decimal | None] = attrs.Factory(dict)

    @property
    def size(self) -> Decimal | None:
        """The size by which machines of this type are compared, None where it is not told."""
        return self.sizes.get(MEASURES.get(folded(self.kind), "")) or None


def by_bearer(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Return the claims on each bearer, in the order of their first rows."""
    found: dict[Origin, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.bearer, []).append(claim)
    yield from found.values()


def by_rule(claims: Sequence[Claim]) -> list[Share] | Finding:
    """Return the parts of the machines of one server; where they cannot be told, why."""
    keys = [claim.key for claim in claims if claim.key is not None]
    sizes = [claim.size for claim in claims if claim.size is not None]
    if len(keys) == len(claims):
        return _parts(claims, keys, Fraction(1)) if sum(keys) <= 1 else untold_of("share-keys", claims, sum(keys))
    if keys or len(sizes) < len(claims) or len({folded(claim.kind) for claim in claims}) > 1:
        return untold_of("share-untold", claims, len(claims))
    return _parts(claims, sizes, Fraction(sum(sizes)))


def equally(claims: Sequence[Claim]) -> list[Share]:
    """Return the parts of the applications of one machine."""
    return _parts(claims, [Decimal(1)] * len(claims), Fraction(len(claims)))


def _parts(claims: Sequence[Claim], sizes: Sequence[Decimal], whole: Fraction) -> list[Share]:
    return [
        Share(claim.origin, claim.name, claim.bearer, Fraction(size) / whole)
        for claim, size in zip(claims, sizes, strict=True)
    ]


def untold_of(code: str, claims: Sequence[Claim], total: object) -> Finding:
    """Return why nobody's part of a bearer can be told."""
    return Finding.of(code, Severity.WARNING, claims[0].origin, claims[0].bears, total=total)
