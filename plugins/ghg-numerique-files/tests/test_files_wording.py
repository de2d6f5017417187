"""Every finding has its sentence in both languages, about the same facts; every shipped list leads to known words."""

import ast
import string
import tomllib
from importlib.resources import files

import pytest

from ghg_numerique.plugin import State
from ghg_numerique.wording import sentences
from ghg_numerique_files import vocabularies
from ghg_numerique_files.equipment_types import shipped_types
from ghg_numerique_files.spelling import shown

SPEAKERS = {"fault": 0, "warn": 0, "of": 0, "refused": 1, "_refused": 0}


def spoken():
    """Return the finding codes in the source: the first text that a speaker is given, and those returned as values."""
    found = set()
    for page in files("ghg_numerique_files").iterdir():
        if page.name.endswith(".py"):
            for node in ast.walk(ast.parse(page.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    place = SPEAKERS.get(name)
                    if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                        found.add(node.args[place].value)
    return found - {""} | {"number", "number-too-large", "too-many-decimals", "date-range", "mojibake", "quote"}


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    french, english = (
        {c: s for c, s in sentences(tongue).items() if c.startswith(("finding.", "place."))} for tongue in ("fr", "en")
    )
    assert french.keys() == english.keys()
    assert {code: placeholders(text) for code, text in french.items()} == {
        c: placeholders(t) for c, t in english.items()
    }
    assert all(french[code] != english[code] for code in french if code.startswith("finding."))


def test_no_other_page_says_what_the_page_of_findings_says():
    for tongue in ("fr", "en"):
        pages = {
            page.name: set(tomllib.loads(page.read_text("utf-8")).get("finding", {}))
            for page in (files("ghg_numerique") / "wording").iterdir()
            if page.name.endswith(f".{tongue}.toml")
        }
        own = pages.pop(f"findings.{tongue}.toml")
        assert not own & set().union(*pages.values())


def test_every_code_has_its_sentence():
    assert len(spoken()) > 30
    assert {f"finding.{code}" for code in spoken()} <= sentences("fr").keys()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (vocabularies.state_names, {state.value for state in State}),
        (vocabularies.equipment_names, {"laptop", "wifi-access-point", "ups"}),
        (vocabularies.nature_names, {"cloud", "audiovisual-equipment"}),
        (vocabularies.country_names, {"FR", "FR-20R"}),
    ],
)
def test_shipped_lists_know_their_own_words(names, words):
    assert {names().meaning(word) for word in words} == words


def test_the_types_lead_to_equipment_that_the_house_knows():
    known = set(vocabularies.equipment_names().meanings.values())
    assert set(shipped_types().known.values()) <= known | {""}


def test_what_cannot_be_seen_is_shown_and_long_cells_are_cut():
    assert shown("a\u202eb\n") == "a\\u202eb\\n"
    assert shown("x" * 100) == "x" * 60 + "…"
