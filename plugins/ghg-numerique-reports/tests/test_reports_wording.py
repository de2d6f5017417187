"""Every word that a report says exists in both languages, and both languages say the same things."""

import ast
import string
from enum import StrEnum
from pathlib import Path

import pytest

import ghg_numerique_reports
from ghg_numerique.terms import (
    Activity,
    Allocation,
    DataKind,
    Exclusion,
    Expired,
    Fate,
    Gap,
    Kind,
    PriceYear,
    Severity,
    Stage,
    State,
)
from ghg_numerique.wording import LANGUAGES, sentences

GROUPS: dict[str, type[StrEnum]] = {
    "activity": Activity,
    "data_kind": DataKind,
    "exclusion": Exclusion,
    "fate": Fate,
    "gap": Gap,
    "kind": Kind,
    "severity": Severity,
    "stage": Stage,
    "state": State,
}
OURS = {
    "label",
    "column",
    "choice",
    "domain",
    "html",
    "measure",
    "rollup",
    "route",
    "sheet",
    "equipment",
    "unit",
    *GROUPS,
}
UNSTATED = {
    *(f"allocation-{way}" for way in Allocation),
    *(f"method-expired-{way}" for way in Expired),
    *(f"method-price-{way}" for way in PriceYear),
    "section-balances-rows",
    "section-balances-kinds",
}
"""Sentences whose code is put together where it is said."""


def ours(language: str) -> dict[str, str]:
    """Return the sentences of `labels.*.toml`."""
    return {code: text for code, text in sentences(language).items() if code.partition(".")[0] in OURS}


def said(verb: str) -> set[str]:
    """Return every literal that the package gives to a method of `Voice`, either side of a condition too."""
    calls = [
        node
        for page in Path(ghg_numerique_reports.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == verb and node.args
    ]
    literals = {leaf.value for call in calls for leaf in ast.walk(call.args[0]) if isinstance(leaf, ast.Constant)}
    return {literal for literal in literals if isinstance(literal, str) and not literal.endswith("-")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_and_heading_exists(language):
    known = ours(language)
    missing = {code for code in said("say") | UNSTATED if f"label.{code}" not in known} - {"_", "-"}
    assert not missing
    assert {name for name in said("column") if f"column.{name}" not in known} <= {*Kind}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_term_has_a_label(language, group):
    assert not [term for term in GROUPS[group] if f"{group}.{term}" not in ours(language)]


def test_both_languages_have_the_same_keys_and_the_same_facts():
    french, english = ours("fr"), ours("en")
    assert set(french) == set(english)

    def facts(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert not [code for code in french if facts(french[code]) != facts(english[code])]
