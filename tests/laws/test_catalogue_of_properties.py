"""Every property of the catalogue holds of random inventories: the same functions that audit a user's own files."""

import pytest
from hypothesis import given, settings

from ghg_numerique.audit import PROPERTIES, Subject
from ghg_numerique.testing import Case, cases

pytestmark = pytest.mark.law


@settings(max_examples=settings.default.max_examples // 2)  # each example is 70 properties
@given(cases())
def test_every_property_holds_of_any_inventory(case: Case) -> None:
    subject = Subject(case.inventory, case.methodology, case.providers)
    for name, law in PROPERTIES.items():
        assert [trial for trial in law.check(subject, 2) if trial is not None] == [], name
