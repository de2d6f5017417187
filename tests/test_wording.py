"""Every sentence is said in both languages with the same facts; every code has its sentence, every sentence its code."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ghg_numerique import errors, wording
from ghg_numerique.terms import Gap

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")]
TREES = {path: ast.parse(path.read_text()) for path in SOURCES}
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.GhgError)}

FINDING = {"of": 0, "fault": 0, "warn": 0, "refused": 1, "_finding": 0}
"""What takes the code of a finding, and as which argument."""

BUILT = {
    "error": {
        "fault-str",
        "fault-int",
        "fault-bool",
        "option-unknown",
        "companion-unknown",
        "inventory",
        "inventory-all",
        "inventory-none",
        "inventory-some",
    },
    "finding": {f"gap-{gap}" for gap in Gap},
}
"""Codes that are put together from a closed list, and so stand nowhere as one text."""


def placeholders(sentence: str) -> set[str]:
    """Return the facts that a sentence speaks of."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def texts(node: ast.AST) -> Iterator[str]:
    """Return every text inside an expression."""
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def literal(node: ast.AST) -> Iterator[str]:
    """Return the texts that an expression may be, where it is a text or a choice between texts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literal(node.body)
        yield from literal(node.orelse)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Return every call with the last part of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def raised() -> Iterator[tuple[str, str]]:
    """Return every code that an error of the house is made with, and where."""
    for path, tree in TREES.items():
        for name, call in calls(tree):
            if name in ERRORS and call.args:
                yield from ((code, f"{path.name}:{call.lineno}") for code in literal(call.args[0]))


def found() -> Iterator[tuple[str, str]]:
    """Return every code that a finding is made with, but for plugins that bring the sentence themselves."""
    for path, tree in TREES.items():
        for name, call in calls(tree):
            if name not in FINDING or len(call.args) <= FINDING[name]:
                continue
            if name == "of" and getattr(getattr(call.func, "value", None), "id", "") != "Finding":
                continue
            if not any(keyword.arg is None for keyword in call.keywords) or name != "of":
                yield from ((code, f"{path.name}:{call.lineno}") for code in literal(call.args[FINDING[name]]))


def spoken(group: str, language: str = "fr") -> dict[str, str]:
    """Return the sentences of a group, by what follows its name."""
    start = f"{group}."
    return {
        code.removeprefix(start): said for code, said in wording.sentences(language).items() if code.startswith(start)
    }


def test_both_languages_have_the_same_codes():
    assert sorted(wording.sentences("fr")) == sorted(wording.sentences("en"))


@pytest.mark.parametrize("code", wording.sentences("fr"))
def test_both_languages_speak_of_the_same_facts(code):
    french, english = wording.sentences("fr")[code], wording.sentences("en")[code]
    assert placeholders(french) == placeholders(english)
    assert french.strip()
    assert english.strip()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_no_sentence_stands_on_two_pages(language):
    pages = (ROOT / "src" / "ghg_numerique" / "wording").glob(f"*.{language}.toml")
    codes = Counter(
        f"{group}.{code}" for page in pages for group, said in tomllib.loads(page.read_text()).items() for code in said
    )
    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_page_that_lies_there_is_read(language):
    lying = {
        page.name.removesuffix(f".{language}.toml")
        for page in (ROOT / "src" / "ghg_numerique" / "wording").glob(f"*.{language}.toml")
    }
    assert lying == set(wording.PAGES)


@pytest.mark.parametrize(("group", "codes"), [("error", sorted(set(raised()))), ("finding", sorted(set(found())))])
def test_every_code_has_a_sentence(group, codes):
    known = spoken(group)
    assert len(codes) > 20, "the scan found next to nothing: it has gone blind"
    assert [where for where in codes if where[0] not in known] == []


@pytest.mark.parametrize("group", ["error", "finding"])
def test_every_sentence_has_a_use(group):
    """A sentence counts as used where its code stands anywhere in the sources as a text of its own."""
    used = {text for tree in TREES.values() for text in texts(tree)} | BUILT[group]
    assert sorted(set(spoken(group)) - used) == []


def test_the_codes_that_are_put_together_have_sentences_too():
    assert BUILT["error"] <= set(spoken("error"))
    assert BUILT["finding"] <= set(spoken("finding"))


def test_the_code_of_a_stranger_is_said_as_it_is_and_a_language_that_nobody_speaks_is_refused():
    assert wording.say("error.of-a-stranger", "en", row=3) == "error.of-a-stranger row=3"
    with pytest.raises(ValueError, match="choose one of fr, en"):
        wording.sentences("de")


def test_a_plugin_brings_a_sentence_that_the_house_does_not_have():
    own = errors.Finding.of("own", errors.Severity.NOTE, fr="rien à voir", en="nothing to see")
    assert (own.text("fr"), own.text("en")) == ("rien à voir", "nothing to see")
    assert errors.Finding.of("own", errors.Severity.NOTE, value="x").text() == "own: x"


@pytest.mark.parametrize(
    ("near", "said"),
    [("USD", "« X » n'est pas dans la liste : a / b. Le mot le plus proche est : USD."),
     (wording.NOTHING_NEAR, "« X » n'est pas dans la liste : a / b.")],
)  # fmt: skip
def test_no_word_is_proposed_where_none_is_near(near, said):
    assert wording.say("finding.choice", value="X", expected="a / b", near=near) == said


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_finding_that_proposes_the_nearest_word_can_do_without_it(language):
    facts = {"value": "X", "expected": "a", "known": "a", "file": "f", "count": 1, "role": "r"}
    proposing = [
        code for code, said in wording.sentences(language).items() if code.startswith("finding.") and "{near}" in said
    ]
    proposing.remove("finding.binary-noise")  # there it is a number
    assert len(proposing) > 5
    for code in proposing:
        assert "Q-1" in wording.say(code, language, near="Q-1", **facts)
        assert not {"-", "‹", "›"} & set(wording.say(code, language, near=wording.NOTHING_NEAR, **facts).split()), code
        assert ": -" not in wording.say(code, language, near=wording.NOTHING_NEAR, **facts)
