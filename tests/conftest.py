"""What all tests share: the profiles of hypothesis, and where the material beside the checkout lies."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

# What hypothesis remembers stays out of the tree.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir()) / "ghg-numerique-hypothesis"))

_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_SOON = settings(_ANY_MACHINE, stateful_step_count=15)  # at night a life has the fifty steps that hypothesis gives it
settings.register_profile("dev", _SOON, max_examples=50)
settings.register_profile("ci", _SOON, max_examples=100, derandomize=True, database=None, print_blob=True)
settings.register_profile(  # a mutant is noticed or not: what notices it need not be small
    "mutants", _ANY_MACHINE, max_examples=15, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)
settings.register_profile("nightly", _ANY_MACHINE, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs and notes that lies beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"the material shared between checkouts is not here: {SHARED}")
    return SHARED
