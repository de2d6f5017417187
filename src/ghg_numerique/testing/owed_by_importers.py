"""What every importer of an inventory owes, each promise tried for itself on samples and on damaged copies of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ghg_numerique.audit.ambient import kept
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.plugin.contracts import Document, Importer
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.reading import OF_WHAT_IS_READ, OWED, Reading

PROMISES: Final = {
    "importer-contract": "",
    **dict.fromkeys(OWED, "importer-contract"),
    "inventory": "reads",
    **dict.fromkeys(
        ("placed", "aside-told", "one-place", "once", "no-line-lost", "inventory-pickles", *OF_WHAT_IS_READ),
        "inventory",
    ),
}

_BLANK: Final = re.compile(r"[\s;,\t]*")

Place = tuple[str, str, int]


def try_importer(importer: Importer, samples: Iterable[Document]) -> Trial:
    """Return what was seen of each promise of an importer; without samples, those of reading are not tried."""
    listed = list(samples)
    trial = Trial(PROMISES, unseen="no-case" if listed else "no-sample")
    with trial.trying("importer-contract"):
        if trial.owes(isinstance(importer, Importer), "importer-contract", type(importer)):
            _Importing(importer, trial).try_all(listed, {**importer.options, **importer.companions})
    return trial


class _Importing(Reading[Importer, Inventory]):
    """An importer, and the trial of its inventories."""

    kind = "inventory", Inventory

    def of(self, reader: Importer, document: Document) -> Inventory:
        return reader.read(document)

    def told(self, read: Inventory) -> tuple[Any, ...]:
        return read, read.set_aside, read.inputs

    def look_at(self, read: Inventory, document: Document) -> None:
        """Every row says where it was read; a row that was set aside has an error, and is not in the inventory too."""
        owes = self.trial.owes
        told = {_place(finding.origin) for finding in read.findings if finding.severity is Severity.ERROR}
        kept_rows = {_place(read.origin(index)) for index in range(len(read))}
        aside = {_place(row.origin) for row in read.set_aside}
        owes(all(file and row for file, _, row in kept_rows | aside), "placed", document.name)
        owes(aside <= told, "aside-told", sorted(aside - told))
        owes(not kept_rows & aside, "one-place", sorted(kept_rows & aside))
        for said in (_ids(read), _contents(read)):
            owes(not (twice := [place for place, count in Counter(said).items() if count > 1]), "once", twice[:3])
        self.look_at_words(read.findings)

    def look_closer(self, read: Inventory, sample: Document) -> None:
        self.look_for_lines(read, sample)
        with self.trial.trying("inventory-pickles"), kept():
            self.trial.owes(self.told(pickled(read)) == self.told(read), "inventory-pickles", sample.name)

    def look_for_lines(self, read: Inventory, sample: Document) -> None:
        """Below the first row of data, each line that says anything is in the inventory or set aside."""
        if b'"' in sample.content or b"\0" in sample.content:
            return  # a record may span lines, and a byte may not be a character: rows cannot be told from here
        origins = [*(read.origin(index) for index in range(len(read))), *(row.origin for row in read.set_aside)]
        seen = {origin.row for origin in origins if origin.file == sample.name}
        lines = sample.content.decode("cp1252", errors="replace").split("\n")
        said = {number for number, line in enumerate(lines, start=1) if not _BLANK.fullmatch(line)}
        lost = {number for number in said if seen and number > min(seen)} - seen
        self.trial.owes(not lost, "no-line-lost", f"{sample.name}, lines {sorted(lost)}")


def _ids(inventory: Inventory) -> Iterator[tuple[Place, str]]:
    """Return the place and the id of each row that has one: rows of one line have ids of their own."""
    for index, name in enumerate(inventory.ids):
        if name:
            yield _place(inventory.origin(index)), name


def _contents(inventory: Inventory) -> Iterator[tuple[Place, Any]]:
    """Return the place and all that each row says but its id: two rows of one line do not say the same."""
    columns = (inventory.profile, inventory.amount, inventory.start, inventory.end, inventory.order, inventory.price)
    for index, (profile, *said) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        yield _place(inventory.origin(index)), (inventory.profiles[profile], *said)


def _place(origin: Origin) -> Place:
    return origin.file, origin.sheet, origin.row
