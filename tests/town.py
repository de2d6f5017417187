"""An invented town: a methodology that tests bend, and providers of figures that nobody published.

Figures are round on purpose, so that a result can be worked out by hand next to the assertion.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs

import ghg_numerique as ghg

TABLE = ghg.Source("invented-table", title="Nobody published this", sha256="0" * 64)

UNITS = {
    ghg.Role.EMBODIED: "kgCO2eq/item",
    ghg.Role.ENERGY: "kWh/item/year",
    ghg.Role.ELECTRICITY: "kgCO2eq/kWh",
    ghg.Role.MONETARY: "kgCO2eq/kEUR_HT",
    ghg.Role.LIFETIME: "year",
}
YEARS = {ghg.Role.MONETARY: 2024}
STAGES = {ghg.Role.EMBODIED: {ghg.Stage.MANUFACTURING}, ghg.Role.MONETARY: {ghg.Stage.CRADLE_TO_GATE}}

EMBODIED = ghg.Route("embodied", ghg.Activity.HARDWARE, ghg.Stage.MANUFACTURING, (ghg.Role.EMBODIED,))
USE = ghg.Route("use", ghg.Activity.HARDWARE, ghg.Stage.USE, (ghg.Role.ENERGY, ghg.Role.ELECTRICITY))
MONETARY = ghg.Route("monetary", ghg.Activity.SPENDING, ghg.Stage.CRADLE_TO_GATE, (ghg.Role.MONETARY,))

METHODOLOGY = ghg.Methodology(
    "Invented town", routes=(EMBODIED, USE, MONETARY), domains=("Office", "Rooms"), place="FR", year=2024
)


def methodology(**chosen: Any) -> ghg.Methodology:
    """Return the methodology of the town with other choices."""
    return attrs.evolve(METHODOLOGY, **chosen)


def figure(role: ghg.Role, value: str, unit: str = "", *, id: str = "", **others: Any) -> ghg.Coefficient:
    """Return a coefficient of a role, in the usual unit of that role unless another is given."""
    given = {"stages": frozenset(STAGES.get(role, ())), "source": TABLE, "year": YEARS.get(role, 0), **others}
    return ghg.Coefficient(id or f"{role}-{value}", value, unit or UNITS[role], role, **given)


@attrs.frozen(eq=False)
class Figures:
    """A provider that knows a few names (of a model, a type, a place, a sector, ...) and one figure for each."""

    role: ghg.Role
    known: Mapping[str, str | ghg.Coefficient]
    name: str = "invented"
    match: ghg.Match = ghg.Match.FAMILY
    note: str = ""
    sources: tuple[ghg.Source, ...] = (TABLE,)

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        """Return the figure of every key that bears a known name."""
        for key in keys:
            for asked in filter(None, (key.model, key.equipment, key.place, key.sector, key.nature, key.account)):
                if asked in self.known:
                    yield ghg.Offer(key, self._coefficient(asked), self.match, self.note)

    def _coefficient(self, asked: str) -> ghg.Coefficient:
        value = self.known[asked]
        if isinstance(value, ghg.Coefficient):
            return value
        return figure(self.role, value, id=f"{self.role}-{asked}")


def providers(**known: Mapping[str, str | ghg.Coefficient]) -> tuple[Figures, ...]:
    """Return providers by the name of their role: `providers(embodied={"laptop": "100"})`."""
    return tuple(Figures(ghg.Role(role), figures) for role, figures in known.items())


def shipped() -> ghg.Catalogue:
    """Return the catalogue of the tables that come with the library, without discovering anything."""
    import ghg_numerique_abacus
    import ghg_numerique_ademe
    import ghg_numerique_monetary

    plugins = (ghg_numerique_abacus, ghg_numerique_ademe, ghg_numerique_monetary)
    return ghg.Catalogue.of(*(provider for plugin in plugins for provider in plugin.ghg_factor_providers()))


def assess(
    rows: Iterable[ghg.ActivityData], known: Iterable[Any] | ghg.Catalogue = (), /, **chosen: Any
) -> ghg.Footprint:
    """Return the footprint of rows under the methodology of the town, with other choices where they are given."""
    catalogue = known if isinstance(known, ghg.Catalogue) else ghg.Catalogue.of(*known)
    return ghg.assess(ghg.Inventory.of(rows), methodology(**chosen), catalogue)


def resolved(
    rows: Iterable[ghg.ActivityData], known: Iterable[Any] = (), /, **chosen: Any
) -> tuple[ghg.Inventory, ghg.Resolution]:
    """Return an inventory with its resolution, for what looks behind a footprint."""
    inventory, chosen_methodology = ghg.Inventory.of(rows), methodology(**chosen)
    return inventory, ghg.resolve(ghg.keys_of(inventory, chosen_methodology), tuple(known), chosen_methodology)


def fates(rows: Iterable[ghg.ActivityData], known: Iterable[Any] = (), /, **chosen: Any) -> dict[str, tuple[str, str]]:
    """Return the fate and the reason of every row, by its id."""
    return {row.id: (str(row.fate), str(row.reason)) for row in ghg.fates(*resolved(rows, known, **chosen))}


def messages(footprint: ghg.Footprint) -> Iterator[str]:
    """Return what the findings say, in English."""
    return (finding.text("en") for finding in footprint.findings)
