"""Every value that flows pickles to an equal value, with every protocol, and in a process that has imported nothing."""

import pickle
import subprocess
import sys

import ghg_numerique as ghg
import pytest
from ghg_numerique.testing import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.law


@settings(max_examples=30)
@given(cases(), st.integers(2, pickle.HIGHEST_PROTOCOL))
def test_every_value_pickles_to_an_equal_value(case: Case, protocol: int) -> None:
    values = (
        case.inventory, case.resolution, case.footprint, case.footprint.matrix, case.footprint.sheet,
        case.footprint.balances, ghg.keys_of(case.inventory, case.methodology), *case.rows,
    )  # fmt: skip
    for value in values:
        again = pickle.loads(pickle.dumps(value, protocol))
        assert again == value
    assert pickle.loads(pickle.dumps(case.footprint)).cells == case.footprint.cells


def test_a_fresh_process_reads_a_quantity_and_a_footprint() -> None:
    from datetime import date

    from village import assess

    footprint = assess([ghg.HardwareItem("p", "laptop", 3, date(2024, 3, 1))])
    content = pickle.dumps((ghg.Quantity.of("12.5", "tCO2eq"), footprint))
    script = (
        "import pickle, sys; quantity, footprint = pickle.loads(sys.stdin.buffer.read());"
        "print(quantity.to('kgCO2eq').value, footprint.exact_total())"
    )
    run = subprocess.run([sys.executable, "-c", script], input=content, capture_output=True, check=True)
    assert run.stdout.decode().split() == ["12500", str(footprint.exact_total())]


@given(st.sampled_from(sorted({"unit-unknown", "no-year", "ambiguous"})), st.text(max_size=5))
def test_errors_pickle_with_their_facts(code: str, text: str) -> None:
    for kind in (ghg.UnitError, ghg.ConfigurationError, ghg.AmbiguousFactor):
        error = kind(code, unit=text, near="kWh", title=text, key=text, first=1, second=2, role="x", names="y")
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.code, again.facts, str(again)) == (kind, code, error.facts, str(error))
