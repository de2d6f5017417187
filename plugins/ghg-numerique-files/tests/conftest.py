"""What the tests of this plugin share: a text read by an importer, and the real files where they are at hand."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from decimal import Decimal
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


@pytest.fixture(scope="session")
def movements():
    """Return a function that lists what the lines of an inventory move; nothing for an expense."""

    def listing(inventory: Inventory) -> list[str]:
        return [str(inventory.profiles[code].movement) for code in inventory.profile]

    return listing


@pytest.fixture(scope="session")
def accounts_of():
    """Return a function that lists (movement, cents, account) of every LigneBudget of a budget document that we know.

    It reads the raw file without a line of the importer.
    """

    def listing(document: Document) -> Iterator[tuple[str, int, str]]:
        space = "http://www.minefi.gouv.fr/cp/demat/docbudgetaire"
        for line in ElementTree.fromstring(document.content).iter(f"{{{space}}}LigneBudget"):
            said = {child.tag.partition("}")[2]: child.get("V") for child in line}
            cents = int(Decimal(said.get("MtReal") or 0) * 100)
            if said["CodRD"] == "R":
                movement = "revenue"
            elif said["OpBudg"] == "1":
                movement = "internal_transfer"
            else:
                movement = "" if cents else "unrealised"
            yield movement, cents, said["Nature"]

    return listing
