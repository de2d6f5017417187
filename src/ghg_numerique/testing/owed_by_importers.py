"""What every importer of an inventory owes, each promise tried for itself on samples and on damaged copies of them."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from hypothesis import given

from ghg_numerique.audit.ambient import kept
from ghg_numerique.errors import GhgError
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.plugin.contracts import Document, Importer
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Severity
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED, damaged
from ghg_numerique.testing.steady import STEADY, try_steady
from ghg_numerique.wording import LANGUAGES

PROMISES: Final = (
    "importer-contract", "named", "sentences", "reads", "inventory", "leaves-document", "same-bytes", "placed", "aside-told",
    "one-place", "worded", "no-line-lost", "pickles", "inventory-pickles", *STEADY, "damage",
)  # fmt: skip

_BLANK: Final = re.compile(r"[\s;,\t]*")


def try_importer(importer: Importer, samples: Iterable[Document]) -> Trial:
    """Return what was seen of each promise of an importer; without samples, those of reading are not tried."""
    listed = list(samples)
    trial = Trial(PROMISES, unseen="no-case" if listed else "no-sample")
    with trial.trying("importer-contract"):
        if trial.owes(isinstance(importer, Importer), "importer-contract", type(importer)):
            _try_all(importer, listed, trial)
    return trial


def _try_all(importer: Importer, listed: list[Document], trial: Trial) -> None:
    trial.owes(bool(importer.name), "named", type(importer))
    sentences = {**importer.options, **importer.companions}
    trial.owes(all(name and sentence for name, sentence in sentences.items()), "sentences", sentences)
    for sample in listed:
        _try_sample(importer, sample, trial)
    if listed:
        with trial.trying("damage"), kept():
            _try_damage(importer, listed, trial)


def _try_sample(importer: Importer, sample: Document, trial: Trial) -> None:
    inventory = None
    with trial.trying("reads"), kept():
        inventory = _read_twice(importer, sample, trial)
    if inventory is None:
        return
    _look_at(inventory, sample, trial)
    _look_for_lines(inventory, sample, trial)
    with trial.trying("pickles"), kept():
        copy = pickled(importer)
        trial.owes(_same(copy.read(sample), inventory), "pickles", importer.name)
    with trial.trying("inventory-pickles"), kept():
        trial.owes(_same(pickled(inventory), inventory), "inventory-pickles", sample.name)
    try_steady(trial, partial(_told, importer, sample), importer.name)


def _try_damage(importer: Importer, samples: list[Document], trial: Trial) -> None:
    @CHECKED
    @given(damaged(samples))
    def a_damaged_file_stops_nobody(document: Document) -> None:
        try:
            inventory = _read_twice(importer, document, trial)
        except GhgError:
            return
        if inventory is not None:
            _look_at(inventory, document, trial)

    a_damaged_file_stops_nobody()


def _read_twice(importer: Importer, document: Document, trial: Trial) -> Inventory | None:
    """Return what an importer reads, once it was seen whether it reads the same again from a copy."""
    copy = pickled(document)
    inventory = importer.read(document)
    if not trial.owes(isinstance(inventory, Inventory), "inventory", type(inventory)):
        return None
    trial.owes(document == copy, "leaves-document", document.name)
    trial.owes(_same(importer.read(copy), inventory), "same-bytes", document.name)
    return inventory


def _told(importer: Importer, document: Document) -> tuple[Any, ...]:
    """Return what an importer reads in a form that can be compared."""
    inventory = importer.read(document)
    return inventory.findings, inventory.set_aside, inventory.ids, inventory.profiles, inventory.amount.tobytes()


def _same(one: Inventory, other: Inventory) -> bool:
    return one == other and one.set_aside == other.set_aside and one.inputs == other.inputs


def _look_at(inventory: Inventory, document: Document, trial: Trial) -> None:
    """Every row says where it was read; a row that was set aside has an error, and is not in the inventory too."""
    told = {_place(finding.origin) for finding in inventory.findings if finding.severity is Severity.ERROR}
    kept_rows = {_place(inventory.origin(index)) for index in range(len(inventory))}
    aside = {_place(row.origin) for row in inventory.set_aside}
    trial.owes(all(file and row for file, _, row in kept_rows | aside), "placed", document.name)
    trial.owes(aside <= told, "aside-told", sorted(aside - told))
    trial.owes(not kept_rows & aside, "one-place", sorted(kept_rows & aside))
    for finding in inventory.findings:
        trial.owes(all(finding.is_said(language) for language in LANGUAGES), "worded", finding.code)


def _look_for_lines(inventory: Inventory, document: Document, trial: Trial) -> None:
    """Below the first row of data, each line that says anything is in the inventory or set aside."""
    if b'"' in document.content or b"\0" in document.content:
        return  # a record may span lines, and a byte may not be a character: rows cannot be told from here
    origins = [
        *(inventory.origin(index) for index in range(len(inventory))),
        *(row.origin for row in inventory.set_aside),
    ]
    seen = {origin.row for origin in origins if origin.file == document.name}
    lines = document.content.decode("cp1252", errors="replace").split("\n")
    said = {number for number, line in enumerate(lines, start=1) if not _BLANK.fullmatch(line)}
    lost = {number for number in said if seen and number > min(seen)} - seen
    trial.owes(not lost, "no-line-lost", f"{document.name}, lines {sorted(lost)}")


def _place(origin: Origin) -> tuple[str, str, int]:
    return origin.file, origin.sheet, origin.row
