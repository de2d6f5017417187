"""What the checks of plugins see and of whom they say it: plain classes, memory, races, lines read twice, and their own faults."""

import re
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import attrs
import pytest

import ghg_numerique as ghg
import ghg_numerique_abacus
from ghg_numerique.errors import CheckError
from ghg_numerique.model.tables import FactorTable
from ghg_numerique.plugin import Document, SetAside, Source
from ghg_numerique.testing import FixedProvider, check_importer, check_provider, check_report
from ghg_numerique.testing.owed_by_drafters import try_factor_importer
from ghg_numerique.testing.owed_by_importers import try_importer
from ghg_numerique.testing.owed_by_providers import try_provider
from ghg_numerique.testing.promises import Status, Trial
from ghg_numerique_example import ExampleTotal
from village import PROVIDERS, provider

GOOD = PROVIDERS[0]
KEYS = [ghg.FactorKey(GOOD.role, word) for word in ("laptop", "server")]
ABACUS = ghg_numerique_abacus.ghg_factor_providers()[0]  # type: ignore[index]


@dataclass
class Dated:
    """An honest provider that is a dataclass, over tables in a list."""

    tables: list[FactorTable] = field(default_factory=lambda: list(ABACUS.tables))
    name: str = ABACUS.name
    role: ghg.Role = ABACUS.role

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(table.source for table in self.tables)

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        return ABACUS.offers(keys)


class Plain:
    """An honest provider that is a plain class with an equality of its own."""

    name, role, sources = GOOD.name, GOOD.role, GOOD.sources

    def __init__(self, good: FixedProvider = GOOD) -> None:
        self.good = good

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain)

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        return self.good.offers(keys)


class Remembering(Plain):
    """A provider whose first key decides for ever after."""

    first = ""

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        for key in keys:
            self.first = self.first or key.equipment
            for offer in self.good.offers([key]):
                value = str(100 + ord(self.first[0]))
                yield attrs.evolve(offer, coefficient=attrs.evolve(offer.coefficient, value=value))


class Racing(Plain):
    """A provider that keeps the key it works on where every thread sees it."""

    current = ghg.FactorKey(GOOD.role)

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        found = []
        for key in keys:
            self.current = key
            found += self.looked_up()
        return found

    def looked_up(self) -> list[ghg.Offer]:
        return list(self.good.offers([self.current]))


class Filling(Plain):
    """A provider that shows its table to other threads before it is filled."""

    table: dict[str, Any] | None = None

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        if self.table is None:
            self.table = {}
            for word, coefficient in self.good.coefficients.items():
                self.table[word] = coefficient
        return [offer for offer in self.good.offers(keys) if offer.key.equipment in self.table]


class Locking(Racing):
    """The racing provider, with a lock around it."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()

    def __reduce__(self) -> tuple[object, ...]:
        return Locking, ()

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        with self.lock:
            return list(super().offers(keys))


def broken(trial: Trial) -> set[str]:
    return {promise.name for promise in trial.outcome() if promise.status is Status.BROKEN}


@pytest.mark.parametrize("honest", [Dated(), Plain(), Locking()], ids=lambda one: type(one).__name__)
def test_an_honest_provider_of_any_class_is_asked_for_what_it_knows(honest: Any) -> None:
    check_provider(honest)


@pytest.mark.parametrize(
    ("kind", "promises"), [(Remembering, {"forgets"}), (Racing, {"threads"}), (Filling, {"threads"})]
)
def test_what_a_provider_keeps_between_questions_is_found_with_keys_and_without(
    kind: type[Plain], promises: set[str]
) -> None:
    for keys in (KEYS, ()):
        assert broken(try_provider(kind(), keys)) >= promises


class Emptying(Plain):
    """A provider that empties what it is given."""

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        answers = list(self.good.offers(keys))
        keys.clear()  # type: ignore[attr-defined]
        return answers


def test_whoever_changes_the_keys_that_it_is_given_is_told_so() -> None:
    with pytest.raises(AssertionError, match="'tuple' object has no attribute 'clear'"):
        check_provider(Emptying(), KEYS)


def test_a_provider_whose_words_nobody_knows_is_not_told_that_it_broke_a_promise() -> None:
    strange = Plain(provider(GOOD.role, {"zorglub-3000": "12"}))
    trial = try_provider(strange, ())
    assert not broken(trial)
    untried = {promise.name: promise.told("en") for promise in trial.outcome() if promise.status is Status.UNTRIED}
    assert "check_provider(provider, keys)" in untried["unit"]
    with pytest.raises(AssertionError, match="keys to ask for are needed"):
        check_provider(strange)
    check_provider(strange, [ghg.FactorKey(GOOD.role, "zorglub-3000")])


@pytest.mark.parametrize("given", [None, [None], [ghg.Offer("laptop", None, None)], 7])  # type: ignore[arg-type]
def test_what_is_no_offer_is_the_fault_of_the_provider(given: Any) -> None:
    class Giving(Plain):
        def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
            return given  # type: ignore[no-any-return]

    assert {"offers", "answers-known"} <= broken(try_provider(Giving(), KEYS))


@attrs.frozen
class Lines:
    """An honest importer of `equipment;number`."""

    mark: str = ""
    name: str = "lines"
    options: Mapping[str, str] = {}
    companions: Mapping[str, str] = {}

    def read(self, document: Document, /) -> ghg.Inventory:
        rows, findings, aside = [], [], []
        for number, line in enumerate(document.content.decode(errors="replace").split("\n"), start=1):
            origin = ghg.Origin(document.name, number)
            if said := re.fullmatch(r"(\w+);([0-9]{1,9})", line, re.ASCII):
                rows.append(ghg.HardwareItem(f"r{number}", said[1], int(said[2]), date(2024, 1, 1), origin=origin))
            elif line.strip():
                aside.append(SetAside(origin))
                findings.append(ghg.Finding.of("cell-empty", ghg.Severity.ERROR, origin))
        return ghg.Inventory.of(rows, findings=findings, set_aside=aside)


class Twice(Lines):
    """An importer that gives one line of the document twice."""

    def read(self, document: Document, /) -> ghg.Inventory:
        read = Lines.read(self, document)
        again = attrs.evolve(read, ids=tuple(f"{name}{self.mark}" for name in read.ids))
        return ghg.Inventory.concat([read, again.take(range(len(again)))])


@pytest.mark.parametrize("mark", ["", "-bis"])
def test_an_importer_that_gives_a_line_twice_is_found_whatever_the_ids(mark: str) -> None:
    with pytest.raises(AssertionError, match="each line once"):
        check_importer(Twice(mark), [Document("a.csv", b"laptop;3\nserver;4\n")])


class Halving(Lines):
    """An honest importer that makes two rows of a line, one for each of two months."""

    def read(self, document: Document, /) -> ghg.Inventory:
        read = Lines.read(self, document)
        later = attrs.evolve(read, ids=tuple(f"{name}/2" for name in read.ids), start=read.start + 31)
        return ghg.Inventory.concat([read, later.take(range(len(later)))])


def test_an_importer_may_make_two_rows_of_a_line() -> None:
    check_importer(Halving(), [Document("a.csv", b"laptop;3\nserver;4\n")])


def test_a_promise_that_nobody_wrote_down_is_the_fault_of_the_check() -> None:
    trial = Trial({"named": ""})
    with pytest.raises(CheckError, match="shape"), trial.trying("named"):
        trial.owes(True, "shape")


@pytest.mark.parametrize(
    ("module", "part", "check"),
    [
        ("owed_by_providers", "Match", lambda: check_provider(GOOD, KEYS)),
        ("owed_by_reports", "LANGUAGES", lambda: check_report(ExampleTotal())),
        ("random_input", "attrs", lambda: check_importer(Lines(), [Document("a.csv", b"laptop;many\n")])),
        ("reading", "LANGUAGES", lambda: check_importer(Lines(), [Document("a.csv", b"laptop;many\n")])),
    ],
)
def test_a_fault_of_a_check_is_never_told_of_the_plugin(
    monkeypatch: pytest.MonkeyPatch, module: str, part: str, check: Callable[[], None]
) -> None:
    monkeypatch.setattr(sys.modules[f"ghg_numerique.testing.{module}"], part, 7)
    with pytest.raises(CheckError, match="bibliothèque est en faute") as raised:
        check()
    assert raised.value.code == "check-at-fault"
    assert isinstance(raised.value.__cause__, TypeError | AttributeError)


def test_what_is_not_tried_says_what_it_takes() -> None:
    class Raising(Lines):
        def read(self, document: Document, /) -> ghg.Inventory:
            raise ZeroDivisionError(document.name)

    told = {one.name: one.told("en") for one in try_importer(Raising(), [Document("a.csv", b"x")]).outcome()}
    assert told["once"].endswith('not reached: it takes "to read a sample without raising an error", which is broken')
    unread = {one.name: one.why for one in try_factor_importer(Lines(), ()).outcome()}  # type: ignore[arg-type]
    assert unread["draft"] == "after"
    rows = [ghg.HardwareItem("a", "laptop", 1, date(2024, 1, 1), origin=ghg.Origin("a.csv", 1))]

    class Quoted(Lines):
        def read(self, document: Document, /) -> ghg.Inventory:
            return ghg.Inventory.of(rows)

    quoted = {one.name: one for one in try_importer(Quoted(), [Document("a.csv", b'"x"')]).outcome()}
    assert (quoted["no-line-lost"].status, quoted["no-line-lost"].why) == (Status.UNTRIED, "no-case")
