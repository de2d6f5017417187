"""Checked by mypy and pyright, never run: what the public face promises to a type checker."""

from fractions import Fraction
from typing import assert_type

import ghg_numerique as ghg

folder = ghg.Folder.open("examples/ville")
footprint = folder.footprint
assert_type(footprint, ghg.Footprint)
assert_type(footprint.exact_total(), Fraction)
assert_type(footprint.total().to("tCO2eq"), ghg.Quantity)
assert_type(footprint.by("tier").left_out, ghg.Breakdown)

for name, amount in footprint.by("domain"):
    assert_type(name, str)
    assert_type(amount, ghg.Quantity)

methodology = ghg.Methodology.read("methodologie.toml").for_year(2024)
catalogue = ghg.Catalogue.discover(block={"example"})
inventory = ghg.Inventory.empty() + catalogue.read("parc.csv", importer="hardware-csv")
assert_type(inventory, ghg.Inventory)

resolution = ghg.resolve(ghg.keys_of(inventory, methodology), catalogue.providers, methodology)
matrix = sum((ghg.post(part, resolution) for part in [inventory]), start=ghg.ActivityMatrix.zero())
for row in ghg.explain(inventory, resolution, domain="Application"):
    assert_type(row, ghg.Explanation)

scenario = ghg.Scenario("half").replace(equipment="desktop", by="laptop", share="0.5")
assert_type(footprint.under(scenario).total() - footprint.total(), ghg.Quantity)
low, high = footprint.interval(0.9, draws=1000, seed=2024)
assert_type(low, ghg.Quantity)
change = footprint.under(scenario).uncertain() - footprint.uncertain()
assert_type(change, ghg.Uncertain)
assert_type(ghg.exposures(footprint)[0].coefficient, ghg.Coefficient)
assert_type(ghg.Certificate(ghg.PrintedTable.read("bilan.toml")).consistent, bool)


class Provider:
    """A provider is any class that keeps the protocol; nothing is inherited."""

    name = "mine"
    role = ghg.Role.ENERGY

    @property
    def sources(self) -> tuple[ghg.Source, ...]:
        return (ghg.Source("mine"),)

    def offers(self, keys: "object", /) -> list[ghg.Offer]:
        return []


provider: ghg.FactorProvider = Provider()
