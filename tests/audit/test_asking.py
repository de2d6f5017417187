"""A provider that answers by the company of a key, by its memory, or by anything but the key is found, with its rows."""

import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import attrs
import numpy as np
import pytest
from fleets import fleet

import ghg_numerique as ghg
from ghg_numerique.audit import PROPERTIES, Status, Subject, audit
from ghg_numerique.audit.asking import Unasked
from ghg_numerique.audit.run import Outcome, outcome
from ghg_numerique.audit.telling import FORMS, Telling
from ghg_numerique.testing import FixedProvider
from village import METHODOLOGY, PROVIDERS

EMBODIED = PROVIDERS[0]
Keys = Collection[ghg.FactorKey]


class Moved:
    """The provider of the village, whose values something moves that must not."""

    name, role, sources = EMBODIED.name, EMBODIED.role, EMBODIED.sources

    def __init__(self, by: Callable[["Moved", Keys, ghg.FactorKey], int], good: FixedProvider = EMBODIED) -> None:
        self.by, self.good = by, good
        self.first, self.calls = "", 0

    def offers(self, keys: Keys, /) -> Iterable[ghg.Offer]:
        self.first = self.first or next((key.equipment for key in keys), "")
        self.calls += 1
        for key in keys:
            for offer in self.good.offers([key]):
                value = str(offer.coefficient.exact + self.by(self, keys, key))
                yield attrs.evolve(offer, coefficient=attrs.evolve(offer.coefficient, value=value))


def company(_who: Moved, keys: Keys, _key: ghg.FactorKey) -> int:
    return len(keys) - 1


def memory(who: Moved, _keys: Keys, _key: ghg.FactorKey) -> int:
    return ord(who.first[0])


def place(_who: Moved, keys: Keys, key: ghg.FactorKey) -> int:
    return int(len(keys) > 1 and next(iter(keys)) == key)


def every_time(who: Moved, _keys: Keys, _key: ghg.FactorKey) -> int:
    return who.calls


def thread(_who: Moved, _keys: Keys, _key: ghg.FactorKey) -> int:
    return int(threading.current_thread() is not threading.main_thread())


FAULTS = {"batch": company, "memory": memory, "order": place, "twice": every_time, "threads": thread}


def asked(by: Callable[[Moved, Keys, ghg.FactorKey], int], rows: ghg.Inventory) -> Subject:
    return Subject(rows, METHODOLOGY, (Unasked.of(Moved(by)), *PROVIDERS[1:]))


def tried(subject: Subject) -> Outcome:
    return outcome(PROPERTIES["E9"], subject, 3)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_provider_whose_answer_does_not_depend_on_the_key_alone_is_told_by_what_it_depends(fault: str) -> None:
    found = tried(asked(FAULTS[fault], fleet(100)))
    assert found.status is Status.FAILS
    assert found.violation is not None
    assert (found.violation.fault, found.violation.case) == (f"E9.{fault}", "village (embodied)")
    assert found.violation.kilograms
    assert len(found.rows) == (1 if fault in ("twice", "threads") else 2)


@pytest.mark.parametrize("fault", ["batch", "memory"])
def test_fifty_thousand_rows_are_shrunk_to_two_that_make_the_difference(fault: str) -> None:
    found = tried(asked(FAULTS[fault], fleet(50_000)))
    assert {row.said.partition(" x ")[0] for row in found.rows} == {"laptop", "server"}
    assert found.violation is not None
    assert found.violation.kilograms
    only = asked(FAULTS[fault], fleet(50_000)).only([row.place for row in found.rows])
    assert found.violation in list(PROPERTIES["E9"].check(only, 3)), "the script replays what the report shows"


def test_an_instance_that_is_warm_already_hides_nothing() -> None:
    subject = asked(memory, fleet(100))
    assert subject.footprint.exact_total()
    assert tried(subject).violation is not None


def test_what_cannot_be_copied_is_asked_as_it_stands() -> None:
    provider = Moved(company)
    provider.lock = threading.Lock()  # type: ignore[attr-defined]
    assert Unasked.of(provider) is provider
    found = tried(Subject(fleet(100), METHODOLOGY, (provider, *PROVIDERS[1:])))
    assert found.violation is not None
    assert found.violation.fault == "E9.batch"


def test_what_differs_and_does_not_count_is_told_without_a_difference() -> None:
    """Equipment that entered in another year has no manufacture: its factor moves nothing."""
    rows = fleet(100)
    found = tried(asked(company, attrs.evolve(rows, start=rows.start - 3650)))
    assert found.violation is not None
    assert (found.violation.fault, found.violation.kilograms, len(found.rows)) == ("E9.batch", 0, 2)


def test_parts_of_a_file_ask_for_their_own_keys_alone() -> None:
    """Each part is one type of equipment: a provider that looks at the company answers otherwise, and A5 shows it."""
    in_turns = fleet(100).take(np.array([0, 1, 97, 2]))
    found = outcome(PROPERTIES["A5"], asked(company, in_turns), 1)
    assert found.status is Status.FAILS
    assert found.violation is not None
    assert found.violation.kilograms
    assert len(found.rows) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_report_says_plainly_what_the_answer_depends_on(form: str) -> None:
    opened = ghg.Folder.open(Path(__file__).parents[2] / "examples" / "ville")
    told = audit(asked(company, fleet(100)), properties=["E9"])
    for language, said in (("en", "answers differently by batch"), ("fr", "répond autrement selon le lot")):
        assert said in FORMS[form](Telling(opened, told, opened.footprint.exact_total(), language))
