"""Footprints built by hand: kgCO2eq are the activity, and their chain is the identity."""

from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from ghg_numerique.algebra.balances import Amounts, Balances, Tally
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.levers import Cell
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.decimals import millionths
from ghg_numerique.model.beside import InputFile
from ghg_numerique.model.factors import Chain, ChainKey
from ghg_numerique.model.manifest import Manifest
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.plugin import Coefficient, Match, Role, Source
from ghg_numerique.provenance import PluginRecord
from ghg_numerique.terms import Activity, DataKind, Exclusion, Fate, Gap, Kind

Build = Callable[..., Footprint]

DECLARED = ChainKey(route="declared", unit="kgCO2eq", factors=())
SEED = {
    "Environnement Utilisateur": 109,
    "Réseaux et Télécoms": 93,
    "Application": 62,
    "Environnement Serveur": 39,
    "Téléphonie": 30,
    "Impression": 26,
    "Organisation": 10,
}
METHODOLOGY = Methodology(
    title="Empreinte carbone du numérique",
    routes=(),
    domains=tuple(SEED),
    year=2024,
    rollups={
        "tier": {
            "Tiers 1": ("Environnement Utilisateur", "Téléphonie", "Impression", "Application"),
            "Tiers 2": ("Réseaux et Télécoms",),
            "Tiers 3": ("Environnement Serveur",),
        }
    },
)
SOURCE = Source("base", "Base de facteurs", "23.6", "ADEME", "https://example.org", "Etalab 2.0", "ab" * 32)
BALANCES = Balances.of(
    rows=[
        ((Activity.HARDWARE, Fate.COUNTED, ""), Tally(1200, Amounts({"item": Fraction(3400)}))),
        ((Activity.HARDWARE, Fate.EXCLUDED, Exclusion.LEFT_BEFORE), Tally(12, Amounts({"item": Fraction(12)}))),
        ((Activity.SPENDING, Fate.COUNTED, ""), Tally(310, Amounts({"EUR_HT": Fraction("1234567.89")}))),
        ((Activity.SPENDING, Fate.DETAILED, ""), Tally(20, Amounts({"EUR_HT": Fraction(1000, 3)}))),
        ((Activity.SPENDING, Fate.UNRESOLVED, Gap.NO_VAT), Tally(3, Amounts({"EUR_TTC": Fraction("77.5")}))),
    ],
    kinds=[((Kind.USE, Fate.COUNTED, ""), Tally(1200, Amounts({"item": Fraction(3400)})))],
)


def cell(domain: str, kind: str = "services", equipment: str = "", data_kind: str = "declared") -> Cell:
    """Return a cell of `METHODOLOGY`: domain, kind, stage, equipment, route, data kind."""
    return (domain, kind, "cradle_to_gate", equipment, "declared", data_kind)


def footprint_of(cells: Iterable[tuple[Cell, Fraction | int]], **others: object) -> Footprint:
    """Return the footprint that has these cells, in kgCO2eq; amounts are whole millionths."""
    chain = Chain(DECLARED, (), Match.EXACT, DataKind.DECLARED, frozenset())
    matrix = ActivityMatrix.of(((named, DECLARED), millionths(kg)) for named, kg in cells)
    made = {"matrix": matrix, "sheet": FactorSheet({DECLARED: chain}), "methodology": METHODOLOGY}
    return Footprint(**{"balances": Balances(), **made, **others})


def with_coefficient(value: str, footprint: Footprint) -> Footprint:
    """Return the footprint with one more chain, a kWh of a published mix, and activity on it."""
    mix = Coefficient(
        "26795", value, "kgCO2eq/kWh", Role.ELECTRICITY, SOURCE, "Mix moyen", year=2024, valid_to="2024-12-31"
    )
    key = ChainKey("use", "kWh", ())
    chain = Chain(key, (mix,), Match.EXACT, DataKind.GENERIC, frozenset())
    used = ActivityMatrix.of([((cell("Impression", "use", "printer", "generic"), key), millionths(1000))])
    sheet = FactorSheet({**footprint.sheet.chains, key: chain})
    return attrs.evolve(footprint, matrix=footprint.matrix + used, sheet=sheet)


def published() -> Footprint:
    """Return the published footprint of 2024: seven domains, three tiers, the BEGES with and without post 1.5."""
    manifest = Manifest(
        engine="0.1.0",
        methodology=METHODOLOGY.fingerprint,
        plugins=(PluginRecord("reports", "ghg-numerique-reports", "0.1.0"),),
        blocked=("other",),
        sources=(SOURCE,),
        inputs=(InputFile("parc.csv", "cd" * 32, 1212, "utf-8 ;"),),
    )
    return footprint_of(
        ((cell(domain), tonnes * 1000) for domain, tonnes in SEED.items()),
        organisation="Ville de Saint-Herblain",
        reference=ReferenceInventory("9141", "-805"),
        balances=BALANCES,
        manifest=manifest,
    )
