"""What the tests of this plugin share: a text read by an importer, and the real files where they are at hand."""

from pathlib import Path

import pytest

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_files import ghg_importers

IMPORTERS = {importer.name: importer for importer in ghg_importers()}
SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture(scope="session")
def read():
    """Return a function that reads a text with an importer; keywords are options, companions are texts."""

    def reading(
        importer: str, text: str | bytes, companions: dict[str, str] | None = None, **options: str
    ) -> Inventory:
        content = text if isinstance(text, bytes) else text.encode()
        others = {name: Document(f"{name}.csv", other.encode()) for name, other in (companions or {}).items()}
        return IMPORTERS[importer].read(Document("f.csv", content, options, others))

    return reading


@pytest.fixture(scope="session")
def shared():
    """Return a function that finds a real file, and skips the test where it is not at hand."""

    def finding(path: str) -> Document:
        file = SHARED / path
        if not file.is_file():
            pytest.skip(f"the real file {file} is not at hand")
        return Document(file.name, file.read_bytes())

    return finding


@pytest.fixture(scope="session")
def codes():
    """Return a function that lists (code, row, column) of the errors of an inventory."""

    def listing(inventory: Inventory) -> list[tuple[str, int, str]]:
        return [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity == "error"]

    return listing
