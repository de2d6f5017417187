"""Links that a person declares beside the files: which row belongs to which purchase order."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
import numpy as np

from ghg_numerique.csv_pages import restored
from ghg_numerique.documents import read_text
from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity

HEADERS: Final = (("fichier", "identifiant", "commande"), ("file", "id", "order"))
"""The columns of a page of links, in French or in English."""


@attrs.frozen
class Link:
    """A row, by its file and its id, and the purchase order that it belongs to."""

    file: str
    id: str
    order: str
    origin: Origin = Origin()


@attrs.frozen
class Links:
    """What a page of links says, and the faults of its lines."""

    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, path: Path, name: str) -> "Links":
        """Return the links of a page (`;` between columns). Raises ConfigurationError where it cannot be read."""
        header, *lines = list(csv.reader(io.StringIO(read_text(path), newline=""), delimiter=";")) or [[]]
        if tuple(cell.strip() for cell in header) not in HEADERS:
            said, expected = ";".join(header), ";".join(HEADERS[0])
            return cls((), (Finding.of("links-header", Severity.ERROR, Origin(name, 1), said, expected=expected),))
        links: list[Link] = []
        faults: list[Finding] = []
        for row, cells in enumerate(lines, start=2):
            origin, texts = Origin(name, row), [restored(cell.strip()) for cell in cells]
            if len(texts) == len(header) and all(texts):
                links.append(Link(texts[0], texts[1], texts[2], origin))
            elif any(texts):
                faults.append(Finding.of("links-line", Severity.ERROR, origin, ";".join(cells)))
        return cls(tuple(links), tuple(faults))

    def applied(self, inventory: Inventory) -> Inventory:
        """Return the inventory with the order of each row that is named.

        A link that fits no row, or a row that bears another order, is an error; where rows of its file are set aside, the
        one that it names may be among them, and it is a warning.
        """
        wanted = {(link.file, link.id): link for link in self.links}
        found = {key: index for key, index in _named(inventory, wanted) if key in wanted}
        whole = inventory.with_findings([*self.findings, *self._faults(inventory, found)])
        orders = {name: code for code, name in enumerate(inventory.orders)}
        column = inventory.order.copy()
        for key, index in found.items():
            column[index] = orders.setdefault(wanted[key].order, len(orders))
        return attrs.evolve(whole, order=np.asarray(column), orders=tuple(orders))

    def _faults(self, inventory: Inventory, found: dict[tuple[str, str], int]) -> Iterator[Finding]:
        aside = {row.origin.file for row in inventory.set_aside}
        first: dict[tuple[str, str], Link] = {}
        for link in self.links:
            key = link.file, link.id
            own = inventory.order[found[key]] if key in found else -1
            if key not in found:
                severity = Severity.WARNING if link.file in aside else Severity.ERROR
                yield Finding.of("link-unknown", severity, link.origin, link.id, file=link.file)
            elif first.setdefault(key, link) is not link:
                yield Finding.of("link-twice", Severity.ERROR, link.origin, link.id, first=first[key].origin)
            elif own >= 0 and inventory.orders[own] != link.order:
                yield Finding.of("link-other", Severity.ERROR, link.origin, link.order, order=inventory.orders[own])


def _named(inventory: Inventory, wanted: dict[tuple[str, str], Link]) -> Iterator[tuple[tuple[str, str], int]]:
    """Return the rows whose id is one of those wanted, each with its file and id."""
    ids = {name for _, name in wanted}
    for index, name in enumerate(inventory.ids):
        if name in ids:
            yield (inventory.origin(index).file, name), index
