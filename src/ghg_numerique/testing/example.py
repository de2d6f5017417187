"""One small footprint, always the same, for what renders footprints. Its figures are nobody's."""

from datetime import date

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.assessment import assess
from ghg_numerique.model.activity import ActivityData, HardwareItem, SpendingLine
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Role
from ghg_numerique.testing.methodologies import DOMAINS, EMBODIED, MONETARY, USE
from ghg_numerique.testing.provider import ANY, FixedProvider


def example() -> Footprint:
    """Return a small footprint of equipment and spending."""
    units = {
        Role.EMBODIED: "kgCO2eq/item", Role.ENERGY: "kWh/item/year", Role.ELECTRICITY: "kgCO2eq/kWh",
        Role.MONETARY: "kgCO2eq/kEUR_HT",
    }  # fmt: skip
    providers = [
        FixedProvider.of(
            "example", role, {word: Coefficient("", "2", unit, role, Source(""), year=2024) for word in (ANY, "FR")}
        )
        for role, unit in units.items()
    ]
    rows: list[ActivityData] = [
        HardwareItem("a", "laptop", 3, date(2024, 5, 1), domain=DOMAINS[0]),
        SpendingLine("b", 1200, "EUR_HT", date(2024, 2, 29), domain=DOMAINS[1], nature="telecom"),
    ]
    methodology = Methodology("example", (EMBODIED, USE, MONETARY), DOMAINS, "FR", 2024)
    return assess(Inventory.of(rows), methodology, Catalogue.of(*providers))
