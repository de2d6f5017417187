"""The life of a folder, in any order: files come in, rows are amended, credited and linked, plugins come and go, factors are
pinned, the inventory is exported and the result worked out elsewhere. After each step the balances and the total are those
of a book that is kept by hand.
"""

from collections.abc import Callable, Iterator
from pkgutil import resolve_name
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import ghg_numerique as ghg
from book import Item
from life import Life

pytestmark = pytest.mark.law

LIVES = settings(max_examples=max(settings.default.max_examples // 10, 5))


def test_after_each_step_the_folder_says_what_the_book_says() -> None:
    run_state_machine_as_test(Life, settings=LIVES)


def without_the_last(read: Any) -> Any:
    return lambda *given: attrs.evolve(links := read(*given), links=links.links[:-1])


def absolute(concat: Any) -> Any:
    return lambda *given: attrs.evolve(whole := concat(*given), amount=np.abs(whole.amount))


def without_the_first(postings: Any) -> Any:
    return lambda rows, resolution: postings(rows.take(np.arange(1, len(rows))), resolution)


def remembered(read: Any) -> Any:
    known: dict[str, Any] = {}
    return lambda root, source, *given: known.setdefault(f"{root}/{source.file}", read(root, source, *given))


def unlocked(resolve: Any) -> Any:
    return lambda keys, providers, methodology, **_lock: resolve(keys, providers, methodology)


LAPTOPS, SERVERS = Item("laptop", "", 2, 300, 2024), Item("server", "X1", 1, 1000, 2024)
PARC, SPENT = ("parc-1.csv", "parc-1.csv 0"), ("depenses-2.csv", "r2")

STEPS: dict[str, Callable[[Life], Any]] = {
    "import": lambda life: life.import_equipment(rows=[LAPTOPS, SERVERS]),
    "spend": lambda life: life.import_spending(amount=900),
    "amend": lambda life: life.amend(place=PARC, quantity=1),
    "link": lambda life: life.link(line=SPENT, item=PARC),
    "export": lambda life: life.export(),
    "lock": lambda life: life.lock(),
    "plugin": lambda life: life.add_or_remove_a_plugin(),
    "edition": lambda life: life.the_table_has_a_new_edition(),
    "elsewhere": lambda life: life.recompute_elsewhere(),
    "credit": lambda life: life.credit(line=SPENT),
    "import more": lambda life: life.import_equipment(rows=[attrs.evolve(SERVERS, model="")]),
    "unlock": lambda life: life.unlock(),
    "unlink": lambda life: life.unlink(),
}
"""One life with every step in it."""

FAULTS = {
    "import": ("ghg_numerique.assessment.postings", without_the_first),
    "amend": ("ghg_numerique.folders.sources._read", remembered),
    "credit": ("ghg_numerique.folders.sources.Inventory.concat", absolute),
    "link": ("ghg_numerique.model.links.Links.read", without_the_last),
    "plugin": ("ghg_numerique.folders.folder.resolve", unlocked),
}
"""By step, what is put in the place of a part, and how it goes wrong there."""

NOTICED = (AssertionError, ghg.GhgError, pytest.fail.Exception)


def lived() -> Iterator[str]:
    """Live that life, and return each step once it was checked."""
    life = Life()
    for name, step in STEPS.items():
        try:
            step(life)
            life.the_total_is_that_of_the_book()
            life.the_balances_are_those_of_the_book()
            life.the_audit_holds()
        except NOTICED:
            life.teardown()
            raise
        yield name
    life.teardown()


def test_every_step_is_lived() -> None:
    assert list(lived()) == list(STEPS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_step_that_goes_wrong_is_noticed_at_that_step(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, change = FAULTS[fault]
    monkeypatch.setattr(place, change(resolve_name(place)))
    life, steps = lived(), list(STEPS)
    for name in steps[: steps.index(fault)]:
        assert next(life) == name
    with pytest.raises(NOTICED):
        next(life)


def test_a_step_that_goes_wrong_is_found_at_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ghg_numerique.folders.folder.resolve", unlocked(resolve_name("ghg_numerique.folders.folder.resolve"))
    )
    once = settings(LIVES, max_examples=50, phases=[Phase.generate], derandomize=True, database=None)
    with pytest.raises(NOTICED):
        run_state_machine_as_test(Life, settings=once)
