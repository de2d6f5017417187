"""What servers cause, shared out: to the last fraction, without adding anything, and never a silent zero."""

from datetime import date
from fractions import Fraction

import attrs

from ghg_numerique import HardwareItem, Inventory, Origin
from ghg_numerique.engine.sharing import shared_out
from ghg_numerique.model.shares import Share
from town import providers, resolved

KNOWN = providers(embodied={"server": "100"}, energy={"server": "36.6"}, electricity={"FR": "0.5"})
SERVER, UNKNOWN = Origin("park.csv", 2), Origin("park.csv", 3)
ROWS = [
    HardwareItem("s", "server", 3, date(2024, 1, 1), domain="Rooms", origin=SERVER),
    HardwareItem("u", "mainframe", 1, date(2024, 1, 1), domain="Rooms", origin=UNKNOWN),
    HardwareItem("o", "server", 7, date(2024, 1, 1), domain="Rooms", origin=Origin("park.csv", 4)),
]
ONE, TWO, LOST = (Origin("vm.csv", row) for row in (2, 3, 4))
SHARES = (
    Share(ONE, "one", SERVER, Fraction(1, 3)),
    Share(TWO, "two", SERVER, Fraction(1, 2)),
    Share(LOST, "lost", UNKNOWN, Fraction(1)),
    Share(Origin("app.csv", 2), "a", ONE, Fraction(1, 7)),
    Share(Origin("app.csv", 3), "b", LOST, Fraction(1)),
)


def sharing(*, applications: bool):
    inventory, resolution = resolved(ROWS, KNOWN)
    return shared_out(attrs.evolve(inventory, shares=SHARES), resolution, applications=applications)


def test_machines_share_what_their_server_causes_and_the_rest_falls_to_nobody():
    """3 servers: 3 x (100 + 36.6 x 0.5) = 354.9 kg."""
    found = sharing(applications=False)
    assert [(share.name, result) for share, result in found.results] == [
        ("one", Fraction("118.3")), ("two", Fraction("177.45")), ("lost", None),
    ]  # fmt: skip
    assert (found.borne, found.rest) == (Fraction("354.9"), Fraction("59.15"))
    assert found.borne == found.shared + found.rest


def test_applications_share_what_falls_to_their_machine():
    found = sharing(applications=True)
    assert [(share.name, result) for share, result in found.results] == [("a", Fraction("118.3") / 7), ("b", None)]
    assert found.borne == Fraction("354.9")


def test_nothing_to_share_out_is_nothing():
    found = shared_out(Inventory.empty(), resolved([], KNOWN)[1])
    assert (found.results, found.borne, found.rest) == ((), 0, 0)
