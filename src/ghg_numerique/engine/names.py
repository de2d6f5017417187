"""Names that a methodology or a folder says and that mean nothing here: said with the nearest that does."""

import difflib
from collections.abc import Collection, Iterable, Iterator

from ghg_numerique.errors import Finding
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.terms import Severity
from ghg_numerique.wording import LANGUAGES, NOTHING_NEAR, words


def idle_priorities(methodology: Methodology, providers: Iterable[FactorProvider]) -> Iterator[Finding]:
    """Return a warning for each name of `[priority]` that is neither a provider nor one of its tables: it ranks nothing."""
    known: dict[str, set[str]] = {}
    for provider in providers:
        known.setdefault(provider.role, set()).update({provider.name, *(source.id for source in provider.sources)})
    for role, names in methodology.priority.items():
        for name in names:
            if name not in known.get(role, ()):
                near = _nearest(name, known.get(role, ()))
                yield Finding.of("priority-unknown", Severity.WARNING, value=name, role=role, near=near)


def idle_words(methodology: Methodology, inventory: Inventory) -> Iterator[Finding]:
    """Return a warning for each type of equipment that the methodology names and that neither the house nor a row knows.

    And a note for each nature that it leaves out of the boundary and that no row has.
    """
    met = {profile.equipment for profile in inventory.profiles}
    lines = {line.equipment for line in methodology.boundary if line.equipment}
    for word in sorted({*methodology.assign.equipment, *lines} - met - words("equipment").keys()):
        yield Finding.of("word-unknown", Severity.WARNING, value=word, near=_meant(word))
    natures = {profile.nature for profile in inventory.profiles}
    for nature in sorted({line.nature for line in methodology.boundary if line.nature} - natures):
        yield Finding.of("boundary-idle", Severity.NOTE, value=nature)


def idle_blocks(blocked: Iterable[str], installed: Collection[str]) -> Iterator[Finding]:
    """Return a note for each plugin that is left out and that is not installed: leaving it out changes nothing."""
    for name in sorted(set(blocked) - set(installed)):
        yield Finding.of("block-unknown", Severity.NOTE, value=name, near=_nearest(name, installed))


def _meant(word: str) -> str:
    """Return the word of the house that a word may stand for: the one that people call so, else the nearest."""
    for language in LANGUAGES:
        for name, said in words("equipment", language).items():
            if said.casefold() == word.casefold():
                return name
    return _nearest(word, words("equipment"))


def _nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)), NOTHING_NEAR)
