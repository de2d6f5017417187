"""The life of a folder as a machine of hypothesis: each rule is a step on the disk, and in a book that is kept by hand."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, precondition, rule

import ghg_numerique as ghg
from book import Book, Item, Place
from ghg_numerique.audit import PROPERTIES, Subject
from ghg_numerique.folders.export import INPUTS, told_export
from ghg_numerique.result.reading import parse_result, write_result
from ghg_numerique.verifier import verify

items = st.builds(
    Item,
    st.sampled_from(("laptop", "server")),
    st.sampled_from(("", "X1")),
    st.integers(0, 9),
    st.sampled_from((0, 300, 1000)),
    st.sampled_from((2024, 2024, 2023)),
)
AFTER_EACH_STEP = ("A1", "A2", "B1", "B2", "B5", "E1")
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}


class Life(RuleBasedStateMachine):
    """A folder on disk, and the book of it."""

    equipment: Bundle[Place] = Bundle("equipment")
    spending: Bundle[Place] = Bundle("spending")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.book = Book()
        self.number = 0
        self.opened: ghg.Folder | None = None

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def changed(self) -> None:
        """Write the folder and open it; what a lock does not hold is refused, and pinned then."""
        if not self.book.keys:
            return  # a folder without files is none
        self.book.write(self.folder)
        if self.book.pinned is not None and self.book.keys - set(self.book.pinned):
            with pytest.raises(ghg.ConfigurationError) as refused:
                _ = self.open().footprint
            assert refused.value.code == "lock-keys"
            self.pin()
        self.opened = self.open()

    def open(self, folder: Path | None = None, *, locked: bool = True) -> ghg.Folder:
        return ghg.Folder.open(folder or self.folder, catalogue=self.book.catalogue, locked=locked)

    def pin(self) -> None:
        (self.folder / "ghg.lock").write_text(self.open(locked=False).pinned().text(), encoding="utf-8")
        self.book.pinned = self.book.told

    def next(self, name: str) -> Place:
        self.number += 1
        return f"{name}-{self.number}.csv", f"r{self.number}"

    @rule(target=equipment, rows=st.lists(items, min_size=1, max_size=3))
    def import_equipment(self, rows: list[Item]) -> Any:
        name, _ = self.next("parc")
        places = [(name, f"{name} {row}") for row in range(len(rows))]
        self.book.items.update(zip(places, rows, strict=True))
        self.changed()
        return multiple(*places)

    @rule(target=spending, amount=st.integers(1, 9000))
    def import_spending(self, amount: int) -> Place:
        place = self.next("depenses")
        self.book.lines[place] = amount
        self.changed()
        return place

    @rule(place=equipment, quantity=st.integers(0, 9))
    def amend(self, place: Place, quantity: int) -> None:
        self.book.items[place] = attrs.evolve(self.book.items[place], quantity=quantity)
        self.changed()

    @rule(line=spending)
    def credit(self, line: Place) -> None:
        self.book.lines[self.next("depenses")] = -self.book.lines[line]
        self.changed()

    @rule(line=spending, item=equipment)
    def link(self, line: Place, item: Place) -> None:
        taken = {place for both in self.book.links.values() for place in both}
        if self.book.items[item].year == 2024 and not taken & {line, item}:
            self.number += 1
            self.book.links[f"BC{self.number}"] = (line, item)
            self.changed()

    @precondition(lambda self: self.book.links)
    @rule()
    def unlink(self) -> None:
        self.book.links.pop(next(iter(self.book.links)))
        self.changed()

    @rule()
    def add_or_remove_a_plugin(self) -> None:
        self.book.maker = not self.book.maker
        self.changed()

    @rule()
    def the_table_has_a_new_edition(self) -> None:
        """What is pinned and stands here otherwise is refused; then the edition before comes back."""
        before, self.book.edition = self.book.edition, self.book.edition + 7
        if self.book.pinned is not None and any(equipment == "laptop" for equipment, _ in self.book.pinned):
            with pytest.raises(ghg.ConfigurationError) as refused:
                self.open()
            assert refused.value.code == "lock-differs"
            self.book.edition = before
        self.changed()

    @precondition(lambda self: self.opened)
    @rule()
    def lock(self) -> None:
        self.pin()
        self.changed()

    @precondition(lambda self: self.book.pinned is not None)
    @rule()
    def unlock(self) -> None:
        (self.folder / "ghg.lock").unlink()
        self.book.pinned = None
        self.changed()

    @precondition(lambda self: self.opened)
    @rule()
    def export(self) -> None:
        assert self.opened is not None
        with tempfile.TemporaryDirectory() as parent:
            target = Path(parent) / "export"
            told_export(self.opened, str(target), "fr")
            head = (self.folder / "ghg.toml").read_text(encoding="utf-8").partition("links")[0]
            (target / "ghg.toml").write_text(head + (target / INPUTS).read_text(encoding="utf-8"), encoding="utf-8")
            for name in ("methodologie.toml", "ghg.lock"):
                if (self.folder / name).exists():
                    shutil.copy(self.folder / name, target)
            assert self.open(target).footprint.cells == self.opened.footprint.cells

    @precondition(lambda self: self.opened)
    @rule()
    def recompute_elsewhere(self) -> None:
        assert self.opened is not None
        content = write_result(self.opened.footprint)
        assert write_result(parse_result(content)) == content
        sealed = self.folder / "result.json"
        sealed.write_bytes(content)
        command = [sys.executable, "-I", str(verify.__file__), str(sealed), "--lang", "en"]
        told = subprocess.run(command, env={**os.environ, **ELSEWHERE}, capture_output=True, text=True, check=False)
        assert (told.returncode, told.stderr) == (0, ""), told.stdout

    @invariant()
    def the_total_is_that_of_the_book(self) -> None:
        if self.opened is not None:
            assert self.opened.footprint.exact_total() == self.book.total()

    @invariant()
    def the_balances_are_those_of_the_book(self) -> None:
        if self.opened is not None:
            balances = self.opened.footprint.balances
            hardware, spending = balances.total("hardware"), balances.total("spending")
            assert (hardware.rows, spending.rows) == (len(self.book.items), len(self.book.lines))
            assert hardware.amounts.in_unit("item") == sum(item.quantity for item in self.book.items.values())
            assert spending.amounts.in_unit("EUR_HT") == sum(self.book.lines.values())

    @invariant()
    def the_audit_holds(self) -> None:
        if self.opened is not None:
            subject = Subject.of(self.opened)
            for name in AFTER_EACH_STEP:
                assert [trial for trial in PROPERTIES[name].check(subject, 1) if trial is not None] == [], name
