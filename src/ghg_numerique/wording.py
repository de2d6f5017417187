"""What the library says to people, in French and in English; the sentences are in `wording/*.fr.toml` and `*.en.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return every sentence of a language, by its code (`unit.unknown`, `label.domain`, ...)."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not spoken here: choose one of {', '.join(LANGUAGES)}")
    pages = [page for page in (files(__package__) / "wording").iterdir() if page.name.endswith(f".{language}.toml")]
    return {code: text for page in pages for code, text in _flat(tomllib.loads(page.read_text("utf-8")), "")}


def say(code: str, language: str = "fr", /, **facts: object) -> str:
    """Return the sentence of a code, with its facts filled in."""
    return sentences(language)[code].format_map(facts)


def label(group: str, name: str, language: str = "fr") -> str:
    """Return the label of a name, or the name itself where nobody gave it a label."""
    return sentences(language).get(f"{group}.{name}", name)


def _flat(table: Mapping[str, object], prefix: str) -> "list[tuple[str, str]]":
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_flat(value, f"{prefix}{key}."))
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found
