"""The laws are worth what their cases are: every fate, reason and kind of data must come up among them.

If this fails after a change of `ghg_numerique.testing`, laws still pass and prove less than they say.
"""

from contextlib import suppress
from itertools import product

import pytest
from hypothesis import Phase, given, settings

import ghg_numerique as ghg
from ghg_numerique.testing import Case, cases

pytestmark = pytest.mark.law

EXPECTED = {
    *((ghg.Fate.EXCLUDED, reason) for reason in ghg.Exclusion),
    *((ghg.Fate.UNRESOLVED, reason) for reason in ghg.Gap),
    *((fate, "") for fate in (ghg.Fate.COUNTED, ghg.Fate.DETAILED)),
    *product(["data"], set(ghg.DataKind) - {ghg.DataKind.GENERIC}),  # a fixed provider stands in for nothing
    *product(["kind"], ghg.Kind),
    *product(["order"], ["untold", "not at all", "partly", "wholly"]),
    *product(["allocation"], ghg.Allocation),
    *product(["activity"], ghg.Activity),
}


def reached(case: Case) -> set[tuple[str, str]]:
    """Return what a case has of all that may happen."""
    found = {(str(fate.fate), str(fate.reason)) for fate in ghg.fates(case.inventory, case.resolution)}
    found |= {("data", name) for name, amount in case.footprint.by("data_kind").groups.items() if amount}
    found |= {("kind", name) for name, amount in case.footprint.by("kind").groups.items() if amount}
    found |= {("activity", profile.activity) for profile in case.inventory.profiles}
    found.add(("allocation", case.methodology.allocation))
    for share in case.resolution.coverage.values():
        extent = "untold" if share is None else "not at all" if share == 0 else "wholly" if share == 1 else "partly"
        found.add(("order", extent))
    return found


class EverythingSeen(Exception):  # noqa: N818 - the search ends well
    """There is nothing left to look for."""


def test_everything_that_may_happen_does() -> None:
    seen: set[tuple[str, str]] = set()

    @settings(max_examples=1500, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases())
    def look(case: Case) -> None:
        seen.update(reached(case))
        if seen >= EXPECTED:
            raise EverythingSeen

    with suppress(EverythingSeen):
        look()
    assert EXPECTED - seen == set()
