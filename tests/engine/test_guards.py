"""The guards that run after every assessment: each of them can fail, and what it says has words."""

from datetime import date
from fractions import Fraction
from types import MappingProxyType

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique.algebra.balances import Tally
from ghg_numerique.algebra.breakdown import Breakdown
from ghg_numerique.engine import checks
from village import METHODOLOGY, PROVIDERS

DOMAIN = METHODOLOGY.domains[0]
ROWS = [
    ghg.HardwareItem("a", "laptop", 3, date(2024, 5, 1), domain=DOMAIN, origin=ghg.Origin("parc.csv", 2)),
    ghg.SpendingLine("b", 1200, "EUR_HT", date(2024, 2, 29), domain=DOMAIN, nature="telecom"),
]


def assessed() -> tuple[ghg.Inventory, ghg.Footprint]:
    inventory = ghg.Inventory.of(ROWS)
    return inventory, ghg.assess(inventory, METHODOLOGY, ghg.Catalogue.of(*PROVIDERS))


def without_a_row(footprint: ghg.Footprint) -> ghg.Footprint:
    rows = dict(list(footprint.balances.rows.items())[1:])
    return attrs.evolve(footprint, balances=attrs.evolve(footprint.balances, rows=MappingProxyType(rows)))


def without_a_row_of_a_file(footprint: ghg.Footprint) -> ghg.Footprint:
    files = {line: tally for line, tally in footprint.balances.files.items() if line[0] != "parc.csv"}
    return attrs.evolve(footprint, balances=attrs.evolve(footprint.balances, files=MappingProxyType(files)))


def with_more_activity(footprint: ghg.Footprint) -> ghg.Footprint:
    kinds = {
        line: tally + Tally(0, ghg.Amounts.of({"item": Fraction(1)}))
        for line, tally in footprint.balances.kinds.items()
    }
    return attrs.evolve(footprint, balances=attrs.evolve(footprint.balances, kinds=MappingProxyType(kinds)))


def without_source(footprint: ghg.Footprint) -> ghg.Footprint:
    chains = {
        key: attrs.evolve(chain, links=tuple(attrs.evolve(link, source=ghg.Source("")) for link in chain.links))
        for key, chain in footprint.sheet.chains.items()
    }
    return attrs.evolve(footprint, sheet=attrs.evolve(footprint.sheet, chains=MappingProxyType(chains)))


class Leaking(ghg.Footprint):
    """A footprint whose groupings lose a kilogram."""

    def by(self, name: str) -> Breakdown:
        groups = dict(super().by(name).groups)
        groups[next(iter(groups))] -= 1
        return Breakdown(groups)


def leaking(footprint: ghg.Footprint) -> ghg.Footprint:
    return Leaking(**{field.name: getattr(footprint, field.name) for field in attrs.fields(ghg.Footprint)})


LOST = [("balance-rows", {"expected": "2"}, "1"), ("balance-amounts", {"unit": "item", "expected": "3"}, "0")]
MORE = [("balance-activity", {"kind": kind, "unit": "item"}, "-1") for kind in ("embodied", "services")]
SOURCES = {"#electricity-FR": "electricity", "#embodied-laptop": "embodied", "#energy-laptop": "energy",
           "#monetary-telecom": "monetary", "#year-2024": "calendar"}  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "damage", "place", "said"),
    [
        (checks.row_balance, without_a_row, "", LOST),
        (checks.row_balance, without_a_row_of_a_file, "parc.csv", [("balance-rows", {"expected": "1"}, "0"), LOST[1]]),
        (checks.activity_balance, with_more_activity, "", MORE),
        (checks.dimension_balance, leaking, "", [("balance-dimension", {}, name) for name in METHODOLOGY.cells]),
        (checks.rollup_balance, leaking, "", [("balance-rollup", {}, name) for name in METHODOLOGY.rollups]),
        (checks.provenance, without_source, "", [("provenance", {"role": r}, link) for link, r in SOURCES.items()]),
    ],
)
def test_each_guard_can_fail_and_says_all_that_is_wrong(guard, damage, place, said):
    inventory, footprint = assessed()
    assert list(guard(inventory, footprint)) == []
    found = list(guard(inventory, damage(footprint)))
    assert [(finding.code, dict(finding.facts), finding.value) for finding in found] == said
    assert {(str(finding.origin), finding.severity) for finding in found} == {(place, ghg.Severity.ERROR)}
    assert all(finding.is_said("fr") and finding.is_said("en") for finding in found)


def test_every_guard_is_on_record():
    _, footprint = assessed()
    assert footprint.manifest.guards == tuple(guard.__name__ for guard in checks.CHECKS)


def test_an_assessment_that_fails_a_guard_is_refused(monkeypatch):
    def fails(_inventory, _footprint):
        yield ghg.Finding.of("balance-rows", ghg.Severity.ERROR, value="1", expected=2)

    monkeypatch.setattr("ghg_numerique.assessment.CHECKS", (fails,))
    with pytest.raises(ghg.InventoryError, match="2 ont été lues"):
        assessed()
