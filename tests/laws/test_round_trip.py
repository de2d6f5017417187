"""Everything that flows goes through pickle unchanged, and into a process that has imported nothing.

A pickle holds values: no registry, no plugin that was discovered, no hash that another process would compute otherwise.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from canonical import canonical
from ghg_numerique.testing import Case, cases
from village import METHODOLOGY, PROVIDERS, SPREAD_PROVIDERS, assess

pytestmark = pytest.mark.law

READER = """
import pickle, sys
assert not [name for name in sys.modules if name.split(".")[0] in ("ghg_numerique", "pint", "attr")]
values = pickle.load(sys.stdin.buffer)
footprint, resolution = values["footprint"], values["resolution"]
total = footprint.total().to("tCO2eq")
assert total.value * 1000 == footprint.exact_total() == sum(footprint.cells.values())
assert all(key in resolution.chains for key in footprint.matrix.columns)
assert resolution.sheet == footprint.sheet
assert values["quantity"] + values["quantity"] == values["quantity"] * 2
sys.stdout.buffer.write(pickle.dumps(values))
"""


def values(case: Case) -> Iterator[Any]:
    inventory, resolution, footprint = case.inventory, case.resolution, case.footprint
    yield from case.rows
    yield from (case.methodology, inventory.set_aside, resolution, resolution.sheet, resolution.methodology)
    yield from (ghg.keys_of(inventory, case.methodology), ghg.postings(inventory, resolution), footprint)
    yield from (footprint.matrix, footprint.balances, footprint.balances.money, footprint.by("tier"), footprint.total())
    yield from (list(ghg.explain(inventory, resolution)), list(ghg.fates(inventory, resolution)))
    yield from (footprint.interval(draws=3, seed=1), footprint.findings, inventory.profiles)


@given(cases(), st.sampled_from((2, 3, 4, 5)))
def test_every_value_pickles_to_an_equal_value(case: Case, protocol: int) -> None:
    for value in values(case):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    read = pickle.loads(pickle.dumps(case.inventory, protocol))
    assert read == case.inventory
    assert (read.set_aside, read.inputs) == (case.inventory.set_aside, case.inventory.inputs)
    assert canonical(pickle.loads(pickle.dumps(case.footprint, protocol))) == canonical(case.footprint)


@given(cases())
def test_a_worker_may_post_with_a_resolution_that_it_was_sent(case: Case) -> None:
    inventory, resolution = pickle.loads(pickle.dumps((case.inventory, case.resolution)))
    assert ghg.postings(inventory, resolution) == ghg.postings(case.inventory, case.resolution)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_errors_pickle_with_all_that_they_know(protocol: int) -> None:
    finding = ghg.Finding.of("number", ghg.Severity.ERROR, ghg.Origin("a.csv", 7), "12,5", expected="12.5")
    errors = [
        ghg.UnitError("unit-unknown", unit="ton", near="t"),
        ghg.ConfigurationError("document", path="x", faults=(ghg.RowError("negative-quantity", value=-1),)),
        ghg.InventoryError([finding]),
    ]
    for error in errors:
        read = pickle.loads(pickle.dumps(error, protocol))
        assert type(read) is type(error)
        assert (read.text("fr"), read.text("en")) == (error.text("fr"), error.text("en"))
    assert pickle.loads(pickle.dumps(errors[-1], protocol)).findings == (finding,)


@pytest.mark.parametrize("protocol", [2, 5])
def test_a_process_that_has_imported_nothing_reads_them(protocol: int, tmp_path: Path) -> None:
    """Its strings hash otherwise, and it has no unit registry: both are there in pickles that hold too much."""
    rows: list[ghg.ActivityData] = [
        ghg.HardwareItem("p", "laptop", 3, date(2024, 3, 1), domain=METHODOLOGY.domains[0], order="BC1", unit_price=800,
                         price_unit="EUR_HT"),
        ghg.SpendingLine("s", 3000, "EUR_HT", date(2024, 5, 1), nature="telecom", order="BC1"),
        ghg.DeclaredEmission("d", 1, "tCO2eq", date(2024, 12, 31), ghg.Kind.SERVICES),
    ]  # fmt: skip
    inventory = ghg.Inventory.of(rows)
    footprint = assess(rows, providers=SPREAD_PROVIDERS)
    hash(footprint.total())
    sent = {
        "footprint": footprint,
        "quantity": ghg.Quantity.of("12.5", "kgCO2eq/kEUR_HT"),
        "resolution": ghg.resolve(ghg.keys_of(inventory, METHODOLOGY), SPREAD_PROVIDERS, METHODOLOGY),
        "inventory": inventory,
        "providers": [(one.name, one.role, dict(one.coefficients)) for one in PROVIDERS],
    }
    environment = {**os.environ, "PYTHONHASHSEED": "2024"}
    child = subprocess.run(
        [sys.executable, "-c", READER],
        input=pickle.dumps(sent, protocol),
        capture_output=True,
        cwd=tmp_path,
        env=environment,
    )
    assert child.returncode == 0, child.stderr.decode()
    returned = pickle.loads(child.stdout)
    assert returned == sent
    assert canonical(returned["footprint"]) == canonical(footprint)
