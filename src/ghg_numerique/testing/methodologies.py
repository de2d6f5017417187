"""Random methodologies: every choice that a person may make, made at random."""

from typing import Final

from hypothesis import strategies as st

from ghg_numerique.model.methodology import (
    DIMENSIONS,
    Assignment,
    Deflator,
    Fleet,
    Methodology,
    OutOfBoundary,
    Prices,
    Route,
)
from ghg_numerique.terms import Activity, Allocation, Expired, PriceYear, Role, Stage, State

DOMAINS: Final = ("Environnement Utilisateur", "Réseaux & Télécoms", 'Appli | "=1+1"; <b>')
RANKED: Final = ("first", "second")
"""The providers that methodologies rank, in one order or the other, or not at all."""

EMBODIED: Final = Route("embodied", Activity.HARDWARE, Stage.MANUFACTURING, (Role.EMBODIED,))
USE: Final = Route("use", Activity.HARDWARE, Stage.USE, (Role.ENERGY, Role.ELECTRICITY))
MONETARY: Final = Route("monetary", Activity.SPENDING, Stage.CRADLE_TO_GATE, (Role.MONETARY,))
RIVAL: Final = Route("end-of-life", Activity.HARDWARE, Stage.END_OF_LIFE, (Role.EMBODIED,))
SUPPLIED: Final = Route("supplied", Activity.HARDWARE, Stage.CRADLE_TO_GATE, (Role.EMBODIED,))
"""A rival tries the same kind as `EMBODIED`; what is supplied with a service counts as one, in place of `EMBODIED`."""

_CELLS: Final = (
    ("domain", "kind", "stage", "equipment", "route", "data_kind"),
    ("data_kind", "kind", "domain"),
    DIMENSIONS[::-1],
)
_STAGES: Final = (
    tuple(Stage), tuple(Stage), *(tuple(stage for stage in Stage if stage is not left_out) for left_out in Stage),
)  # fmt: skip
_FLEETS: Final = (Fleet(), Fleet((State.IN_USE,), (State.IN_USE, State.IN_STOCK)), Fleet(tuple(State), ()))
_BOUNDARY: Final = (
    OutOfBoundary("somebody else reports it", equipment="monitor"),
    OutOfBoundary("no purchase", nature="training"),
    OutOfBoundary("both at once", domain=DOMAINS[1], account="6262"),
    OutOfBoundary("no digital account", domain=DOMAINS[0], account="*", keep=("20*", "6262")),
)


@st.composite
def methodologies(
    draw: st.DrawFn, *, years: st.SearchStrategy[int] | None = None, allocation: Allocation | None = None
) -> Methodology:
    """Return methodologies of three domains, flow or straight line, generous or strict."""
    year = draw(st.sampled_from((2023, 2024)) if years is None else years)
    routes = draw(
        st.sampled_from(((EMBODIED, USE, MONETARY), (RIVAL, MONETARY, USE, EMBODIED), (SUPPLIED, USE, MONETARY)))
    )
    vat = draw(st.sampled_from(("20", "5.5", None)))
    deflators = (Deflator(year, year - 1, "0.97", "INSEE"),) if draw(st.booleans()) else ()
    ranking = draw(st.sampled_from(((), RANKED, RANKED[::-1])))
    return Methodology(
        title="any",
        routes=routes,
        domains=DOMAINS,
        place=draw(st.sampled_from(("FR", "DE", "ZZ"))),
        year=year,
        allocation=draw(st.sampled_from(Allocation)) if allocation is None else allocation,
        stages=draw(st.sampled_from(_STAGES)),
        cells=draw(st.sampled_from(_CELLS)),
        priority=dict.fromkeys(Role, ranking) if ranking else {},
        rollups=draw(rollups(DOMAINS)),
        fleet=draw(st.sampled_from(_FLEETS)),
        prices=Prices(vat, "any", draw(st.sampled_from(PriceYear)), deflators),
        expired=draw(st.sampled_from(Expired)),
        fallbacks=draw(st.booleans()),
        no_fallback=draw(st.lists(st.sampled_from([Role.ENERGY, Role.ELECTRICITY]), max_size=1).map(tuple)),
        assign=draw(st.sampled_from((Assignment(), Assignment({"server": DOMAINS[2]}, {"2051": DOMAINS[0]})))),
        boundary=draw(st.sampled_from(((), (), _BOUNDARY[1:], _BOUNDARY))),
    )


@st.composite
def rollups(draw: st.DrawFn, domains: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return a roll-up of some of the domains into two groups; the others are left out."""
    group_of = {domain: draw(st.sampled_from(("tier 1", "tier 2", ""))) for domain in domains}
    groups = {group: tuple(domain for domain in domains if group_of[domain] == group) for group in ("tier 1", "tier 2")}
    return {"tier": groups}
