"""The published table of a town (../shared/bilan-2024.txt): seven domains in tonnes, three tiers, two shares of the BEGES.

109 + 93 + 62 + 39 + 30 + 26 + 10 = 369, and 368 is printed: both are right, each number was rounded by itself.
"""

from datetime import date
from fractions import Fraction

import pytest

from ghg_numerique import (
    Catalogue,
    DeclaredEmission,
    Inventory,
    Kind,
    Methodology,
    ReferenceInventory,
    assess,
    rounding_gap,
)
from ghg_numerique.decimals import rounded

TONNES = {
    "Environnement Utilisateur": 109,
    "Réseaux et Télécoms": 93,
    "Application": 62,
    "Environnement Serveur": 39,
    "Téléphonie": 30,
    "Impression": 26,
    "Organisation": 10,
}
PRINTED = 368

METHODOLOGY = Methodology.parse(
    """
title = "Bilan 2024"
year = 2024
routes = []
domains = [
    "Environnement Utilisateur", "Réseaux et Télécoms", "Application", "Environnement Serveur", "Téléphonie",
    "Impression", "Organisation",
]

[rollups.tier]
"tier 1" = ["Environnement Utilisateur", "Téléphonie", "Impression", "Application"]
"tier 2" = ["Réseaux et Télécoms"]
"tier 3" = ["Environnement Serveur"]
"""
)


def footprint(beges: ReferenceInventory | None = None):
    """Return the footprint of the domains, each fed as emissions that an earlier report declares."""
    rows = [
        DeclaredEmission(domain, tonnes, "tCO2eq", date(2024, 12, 31), Kind.SERVICES, domain=domain)
        for domain, tonnes in TONNES.items()
    ]
    return assess(Inventory.of(rows), METHODOLOGY, Catalogue.of(), reference=beges)


def tonnes(breakdown) -> dict[str, Fraction]:
    return {name: amount.to("tCO2eq").value for name, amount in breakdown}


def test_the_domains_come_out_as_they_went_in_and_in_the_order_of_the_methodology():
    assert list(tonnes(footprint().by("domain")).items()) == list(TONNES.items())
    assert footprint().total().to("tCO2eq").value == 369


def test_the_tiers_and_what_they_leave_out_make_the_whole():
    """Tier 1: 109 + 30 + 26 + 62 = 227. Tier 2: 93. Tier 3: 39. Organisation is in no tier: 10. 227 + 93 + 39 + 10 = 369."""
    tiers = footprint().by("tier")
    assert tonnes(tiers) == {"tier 1": 227, "tier 2": 93, "tier 3": 39}
    assert tonnes(tiers.left_out) == {"Organisation": 10}
    assert tiers.exact_total() + tiers.left_out.exact_total() == footprint().exact_total()


def test_the_share_grows_smaller_without_post_1_5():
    """369 / 9141 = 4.04 %. Post 1.5 is a removal of about 805 t: 9141 + 805 = 9946, and 369 / 9946 = 3.71 %."""
    shares = footprint(ReferenceInventory("9141", "-805")).shares()
    assert rounded(shares.total * 100, 1) == 4
    assert rounded(shares.without_post_1_5 * 100, 1) == Fraction("3.7")
    assert (shares.denominator, shares.denominator_without_post_1_5) == (9141, 9946)


def test_without_post_1_5_the_second_share_is_not_made_up():
    shares = footprint(ReferenceInventory("9141")).shares()
    assert (shares.without_post_1_5, shares.denominator_without_post_1_5) == (None, None)
    assert footprint().shares() is None


@pytest.mark.parametrize(
    ("printed", "explained"), [(PRINTED, True), (369, True), (365, True), (373, True), (364, False), (374, False)]
)
def test_rounding_explains_a_gap_of_four_at_most(printed, explained):
    """Seven parts and a total, each at most half a tonne from the truth: (7 + 1) / 2 = 4. A gap of 5 is a mistake."""
    gap = rounding_gap([Fraction(part) for part in TONNES.values()], Fraction(printed))
    assert (gap.gap, gap.bound, gap.explained) == (369 - printed, 4, explained)


def test_nothing_is_adjusted_in_secret():
    """368 is nowhere in the result: what is computed is 369, and a report that prints parts says what they make."""
    assert footprint().exact_total() == 369_000
    assert PRINTED * 1000 not in footprint().cells.values()
    assert footprint().balances.total().rows == 7
    assert footprint().findings == ()
