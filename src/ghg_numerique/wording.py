"""What the library says to people, in French and in English; the sentences are in `wording/*.fr.toml` and `*.en.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pkgutil import get_data

NOTHING_NEAR = "-"
"""The fact `near` of a message where no known word is near what was written."""

LANGUAGES = ("fr", "en")
PAGES = ("audit", "cli", "engine", "errors", "findings", "labels")
_PAGE_OF = {
    "audit": ("audit",),
    "cli": ("cli",),
    "lost": ("cli",),
    "doubt": ("cli",),
    "printed": ("cli",),
    "error": ("errors",),
    "finding": ("engine", "findings"),
    "mend": ("engine", "findings"),
}

_IF_NEAR = re.compile("‹([^›]*)›")
"""The part of a sentence that proposes the nearest word."""


def say(code: str, language: str = "fr", /, **facts: object) -> str:
    """Return the sentence of a code (`error.unit-unknown`), with its facts filled in.

    The code of a stranger's plugin, for which there is no sentence, is said as it is, with its facts.
    """
    for page in _PAGE_OF.get(code.partition(".")[0], ("labels", "findings")):
        if code in (found := _page(page, language)):
            return _proposing(found[code], facts).format_map(facts)
    return " ".join([code, *(f"{name}={fact}" for name, fact in facts.items())])


def _proposing(sentence: str, facts: Mapping[str, object]) -> str:
    """Return a sentence with its part between ‹ and ›, or without it where no word is near."""
    return _IF_NEAR.sub("" if facts.get("near") == NOTHING_NEAR else r"\1", sentence) if "‹" in sentence else sentence


def label(group: str, name: str, language: str = "fr") -> str:
    """Return the label of a name, or the name itself where nobody gave it a label."""
    return sentences(language).get(f"{group}.{name}", name)


@cache
def words(group: str, language: str = "fr") -> Mapping[str, str]:
    """Return the words of a group that the house knows, with their labels: every type of equipment, every role."""
    start = f"{group}."
    return {
        code.removeprefix(start): said for code, said in _page("labels", language).items() if code.startswith(start)
    }


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return every sentence of a language, by its code."""
    return {code: sentence for page in PAGES for code, sentence in _page(page, language).items()}


@cache
def _page(name: str, language: str) -> Mapping[str, str]:
    """Return the sentences of one page; a command that only prints its help reads no other."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not spoken here: choose one of {', '.join(LANGUAGES)}")
    content = get_data(__package__, f"wording/{name}.{language}.toml")
    return dict(_flat(tomllib.loads((content or b"").decode()), ""))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
