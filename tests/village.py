"""A village: one methodology, and one round coefficient for each word, so that a law can say by hand what comes out."""

from collections.abc import Iterable
from fractions import Fraction

import attrs

import ghg_numerique as ghg
from ghg_numerique.testing import FixedProvider
from ghg_numerique.testing.methodologies import DOMAINS, EMBODIED, MONETARY, SUPPLIED, USE

METHODOLOGY = ghg.Methodology(
    "village", (EMBODIED, USE, MONETARY), DOMAINS, "FR", 2024, rollups={"tier": {"tier 1": DOMAINS[:1]}}
)  # fmt: skip

UNIT = {
    ghg.Role.EMBODIED: "kgCO2eq/item",
    ghg.Role.ENERGY: "kWh/item/year",
    ghg.Role.ELECTRICITY: "kgCO2eq/kWh",
    ghg.Role.MONETARY: "kgCO2eq/kEUR_HT",
    ghg.Role.LIFETIME: "year",
}
SAID = {
    ghg.Role.EMBODIED: {"laptop": "193", "server": "600"},
    ghg.Role.ENERGY: {"laptop": "30", "server": "1900.5"},
    ghg.Role.ELECTRICITY: {"FR": "0.052", "DE": "0.4"},
    ghg.Role.MONETARY: {"telecom": "170", "2051": "80"},
    ghg.Role.LIFETIME: {"laptop": "4.25", "server": "7"},
}
STAGES = {
    ghg.Role.EMBODIED: frozenset({ghg.Stage.MANUFACTURING}),
    ghg.Role.MONETARY: frozenset({ghg.Stage.CRADLE_TO_GATE}),
}


def village(**chosen: object) -> ghg.Methodology:
    """Return the methodology with other choices."""
    return attrs.evolve(METHODOLOGY, **chosen)  # type: ignore[arg-type]


def with_supplied(**chosen: object) -> ghg.Methodology:
    """Return the methodology in which equipment is supplied with a service, and counts as one."""
    return village(routes=(SUPPLIED, USE, MONETARY), **chosen)


def provider(role: ghg.Role, words: dict[str, str], spread: str = "") -> FixedProvider:
    """Return a provider of values in the usual unit of its role."""
    stages = STAGES.get(role, frozenset[ghg.Stage]())
    said = {
        word: ghg.Coefficient(
            "",
            value,
            UNIT[role],
            role,
            ghg.Source(""),
            "",
            stages,
            ghg.Spread(spread) if spread else None,
            2024 if role is ghg.Role.MONETARY else 0,
        )
        for word, value in words.items()
    }
    return FixedProvider.of("village", role, said)


PROVIDERS = tuple(provider(role, words) for role, words in SAID.items())
SPREAD_PROVIDERS = tuple(provider(role, words, "50") for role, words in SAID.items() if role is not ghg.Role.LIFETIME)


def assess(
    rows: Iterable[ghg.ActivityData],
    methodology: ghg.Methodology = METHODOLOGY,
    providers: Iterable[FixedProvider] = PROVIDERS,
) -> ghg.Footprint:
    """Return the footprint of rows."""
    return ghg.assess(ghg.Inventory.of(rows), methodology, ghg.Catalogue.of(*providers))


def kind(footprint: ghg.Footprint, name: ghg.Kind) -> Fraction:
    """Return what a footprint holds of one kind of emissions, in kgCO2eq."""
    return footprint.by("kind").groups.get(name, Fraction(0))
