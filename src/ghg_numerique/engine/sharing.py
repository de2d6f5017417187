"""Results shared out: what a server causes, by virtual machine; what a machine causes, by application. Nothing is added."""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from ghg_numerique.engine.explain import explain
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.shares import Share
from ghg_numerique.provenance import Origin


@attrs.frozen
class Sharing:
    """Shares with what falls to each in kgCO2eq, exact; None where what bears it has no result.

    `borne` is what all equipment causes that bears something; `borne == shared + rest`, where the rest falls to nobody.
    """

    results: tuple[tuple[Share, Fraction | None], ...]
    borne: Fraction

    @property
    def shared(self) -> Fraction:
        """What falls to somebody."""
        return sum((result for _, result in self.results if result is not None), start=Fraction(0))

    @property
    def rest(self) -> Fraction:
        """What falls to nobody: parts that nobody claims, or whose rule is not told."""
        return self.borne - self.shared


def shared_out(inventory: Inventory, resolution: Resolution, *, applications: bool = False) -> Sharing:
    """Return what falls to each share of equipment, or to each share of a share, in the order of their files."""
    shares = {share.origin: share for share in inventory.shares}
    firsts = [share for share in shares.values() if share.bearer not in shares]
    caused = _caused(inventory, resolution, {share.bearer for share in firsts})
    wanted = [share for share in shares.values() if share.bearer in shares] if applications else firsts
    return Sharing(
        tuple((share, _falls_to(share, shares, caused)) for share in wanted), sum(caused.values(), start=Fraction(0))
    )


def _caused(inventory: Inventory, resolution: Resolution, bearers: set[Origin]) -> Mapping[Origin, Fraction]:
    """Return what each bearer causes, by all chains that its row goes through; one without a result is not there."""
    caused: dict[Origin, Fraction] = {}
    for found in explain(inventory, resolution):
        if found.origin in bearers:
            caused[found.origin] = caused.get(found.origin, Fraction(0)) + found.result.value
    return caused


def _falls_to(share: Share, shares: Mapping[Origin, Share], caused: Mapping[Origin, Fraction]) -> Fraction | None:
    above = shares.get(share.bearer)
    borne = caused.get(share.bearer) if above is None else _falls_to(above, shares, caused)
    return None if borne is None else share.part * borne
