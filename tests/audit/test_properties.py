"""Each property of the catalogue holds of an ordinary inventory, and notices the fault that was made for it."""

from datetime import date
from pathlib import Path

import attrs
import pytest
from faults import FAULTS, broken

import ghg_numerique as ghg
from ghg_numerique.audit import PROPERTIES, Property, Status, Subject
from ghg_numerique.audit.run import outcome
from village import METHODOLOGY, PROVIDERS, provider

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def city() -> Subject:
    return Subject.of(ghg.Folder.open(HOUSE / "examples" / "ville"))


@pytest.fixture(scope="module")
def worn(city: Subject) -> Subject:
    """The city with its equipment written off over its lifetime, under the methodology of a village."""
    rows = [
        ghg.HardwareItem(str(place), kind, place, date(2020 + place % 5, 1 + place, 28), domain=METHODOLOGY.domains[0])
        for place, kind in enumerate(("laptop", "server", "laptop", "server"), start=1)
    ]
    methodology = attrs.evolve(METHODOLOGY, allocation=ghg.Allocation.STRAIGHT_LINE)
    return Subject(ghg.Inventory.of(rows), methodology, PROVIDERS)


def subject_for(name: str, city: Subject, worn: Subject) -> Subject:
    return worn if name == "C1" else city


@pytest.mark.parametrize("law", PROPERTIES.values(), ids=list(PROPERTIES))
def test_a_property_holds_of_the_example(law: Property, city: Subject, worn: Subject) -> None:
    found = outcome(law, subject_for(law.id, city, worn), 3)
    assert (found.status, found.violation) == (Status.HOLDS, None)
    assert found.cases > 0


@pytest.mark.parametrize("law", PROPERTIES.values(), ids=list(PROPERTIES))
def test_a_property_notices_its_fault(law: Property, city: Subject, worn: Subject) -> None:
    subject, in_place = broken(law.id, attrs.evolve(subject_for(law.id, city, worn)))
    with in_place:
        trials = [trial for trial in law.check(subject, 3) if trial is not None]
    assert trials
    assert all(trial.case and trial.expected != trial.found for trial in trials)


def test_every_property_has_a_fault_and_its_words() -> None:
    assert set(FAULTS) == set(PROPERTIES)
    for law in PROPERTIES.values():
        for language in ("fr", "en"):
            for said in (law.law(language), law.needs(language), law.catches(language)):
                assert said
                assert not said.startswith("audit.")
    assert len(PROPERTIES) >= 50


def test_a_property_without_a_case_does_not_apply() -> None:
    nothing = Subject(ghg.Inventory.empty(), METHODOLOGY, (provider(ghg.Role.EMBODIED, {"laptop": "193"}),))
    empty = {name for name, law in PROPERTIES.items() if outcome(law, nothing, 3).status is Status.NOT_APPLICABLE}
    assert {"A4", "A8", "A12", "B4", "C2", "E5"} <= empty


def test_the_page_of_properties_says_what_they_say() -> None:
    page = (HOUSE / "docs" / "reference" / "properties.md").read_text(encoding="utf-8")
    for law in PROPERTIES.values():
        said = (law.law("en"), law.needs("en"), law.catches("en"))
        assert f"| {law.id} | {' | '.join(said)} |" in page
