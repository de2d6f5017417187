"""A name that means nothing here is said with the nearest that does: it never ranks, assigns or leaves out in silence."""

from datetime import date

import pytest

import ghg_numerique as ghg
from ghg_numerique.engine.names import idle_blocks, idle_priorities, idle_words
from ghg_numerique.model.methodology import Assignment, OutOfBoundary
from ghg_numerique.wording import NOTHING_NEAR
from town import methodology, providers

LAPTOP = ghg.Inventory.of([ghg.HardwareItem("a", "laptop", 1, date(2024, 1, 1), domain="Office")])


def said(findings):
    """Return the codes, values and nearest names of findings."""
    return [(finding.code, finding.value, dict(finding.facts).get("near", "")) for finding in findings]


def test_a_priority_that_ranks_nobody_is_said_with_the_nearest_name():
    known = providers(embodied={"laptop": "100"})
    name = known[0].name
    asked = methodology(priority={ghg.Role.EMBODIED: (f"{name}e", name), ghg.Role.LIFETIME: ("nobody",)})
    assert said(idle_priorities(asked, known)) == [
        ("priority-unknown", f"{name}e", name),
        ("priority-unknown", "nobody", NOTHING_NEAR),
    ]


def test_a_table_may_be_ranked_by_its_own_name():
    known = providers(embodied={"laptop": "100"})
    source = known[0].sources[0].id
    assert said(idle_priorities(methodology(priority={ghg.Role.EMBODIED: (source,)}), known)) == []


@pytest.mark.parametrize(
    ("word", "near"),
    [("laptopp", "laptop"), ("ordinateur portable", "laptop"), ("Écran", "monitor"), ("xyzzy", NOTHING_NEAR)],
)
def test_equipment_that_the_house_does_not_know_is_said(word, near):
    left_out = methodology(boundary=(OutOfBoundary("elsewhere", equipment=word),))
    assigned = methodology(assign=Assignment(equipment={word: "Office"}))
    for asked in (left_out, assigned):
        assert said(idle_words(asked, LAPTOP)) == [("word-unknown", word, near)]


def test_equipment_of_a_row_or_of_the_house_is_known():
    own = ghg.Inventory.of([ghg.HardwareItem("a", "drone", 1, date(2024, 1, 1), domain="Office")])
    asked = methodology(assign=Assignment(equipment={"drone": "Office", "server": "Office"}))
    assert said(idle_words(asked, own)) == []


def test_a_nature_that_no_row_has_is_left_out_in_vain():
    asked = methodology(boundary=(OutOfBoundary("elsewhere", nature="clood"),))
    assert said(idle_words(asked, LAPTOP)) == [("boundary-idle", "clood", "")]


def test_a_plugin_that_is_not_installed_cannot_be_left_out():
    assert said(idle_blocks(("monetery", "ademe"), ("ademe", "monetary"))) == [
        ("block-unknown", "monetery", "monetary")
    ]
