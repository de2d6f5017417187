"""Every property of the catalogue holds of random inventories: the same functions that audit a user's own files."""

import pytest
from hypothesis import given, settings

from ghg_numerique.audit import PROPERTIES, Subject
from ghg_numerique.testing import Case, cases
from ghg_numerique.testing.methodologies import CONSUMABLES

pytestmark = pytest.mark.law


@settings(max_examples=settings.default.max_examples // 2)  # each example is 70 properties
@given(cases())
def test_every_property_holds_of_any_inventory(case: Case) -> None:
    subject = Subject(case.inventory, case.methodology, case.providers)
    for name, law in PROPERTIES.items():
        if name == "B6" and CONSUMABLES in case.methodology.routes:
            continue  # that methodology asks for the manufacture of equipment twice, and B6 rightly says so
        assert [trial for trial in law.check(subject, 2) if trial is not None] == [], name
