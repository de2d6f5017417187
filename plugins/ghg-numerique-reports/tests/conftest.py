"""What the tests of reports share: a builder of footprints, and the published one."""

from collections.abc import Callable

import pytest
from footprints import Build, footprint_of, published, with_coefficient

from ghg_numerique.algebra.footprint import Footprint


@pytest.fixture(scope="session")
def build() -> Build:
    """Return the builder of footprints from cells."""
    return footprint_of


@pytest.fixture(scope="session")
def seed() -> Footprint:
    """Return the published footprint of 2024."""
    return published()


@pytest.fixture(scope="session")
def with_mix() -> Callable[[str, Footprint], Footprint]:
    """Return what adds 1 000 kWh of a published mix to a footprint."""
    return with_coefficient
