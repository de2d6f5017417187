"""What the tests of this plugin share: the real files, where they are at hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ghg_numerique.plugin import Document

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Document]:
    """Return a function that finds one of the real files, and skips the test where it is not at hand."""

    def finding(form: str) -> Document:
        file = SHARED / "data" / "boavizta_environmental_footprint" / f"boavizta-data-{form}.csv"
        if not file.is_file():
            pytest.skip(f"the real file {file} is not at hand")
        return Document(file.name, file.read_bytes())

    return finding
