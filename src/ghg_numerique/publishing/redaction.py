"""What stays at home: words that nobody published are replaced by a keyed hash, so that equal things stay equal."""

import hmac
import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.errors import ConfigurationError, InputError
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.methodology import DIMENSIONS, Methodology
from ghg_numerique.terms import Role
from ghg_numerique.wording import words

PRIVATE: Final = frozenset({"site"})
"""Dimensions that may name a place of work or a person."""

_TYPED: Final = frozenset({"equipment", "place", "account", "nature"})
"""Dimensions whose words come from rows, as somebody typed them: only those that are known elsewhere are public."""

KEY_BYTES: Final = 32
"""As long as the hash, below which the key would be the easier thing to guess (RFC 2104, section 3)."""

_CODES: Final = {
    "account": re.compile(r"[0-9]+", re.ASCII),
    "place": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII),
}
_APART: Final = r"[ \u00a0\u202f\u2009./-]?"
_PERSONAL: Final = re.compile(
    r"[^\s@\uff20<>]+[@\uff20][^\s@<>]+\.\w+|\w ?[(\[] ?(at|arobase) ?[)\]] ?\w|\w arobase \w"
    rf"|(?<![0-9.,])0[1-9]({_APART}[0-9]){{8}}(?![0-9])"
    rf"|(?<![0-9.,])(\+|00)[1-9][0-9]{{0,2}}{_APART}(\(0\))?({_APART}[0-9]){{6,12}}(?![0-9])"
    rf"|\bt[eé]l\w*[. :]+[0-9]({_APART}[0-9]){{8,}}",
    re.IGNORECASE,
)
"""An address of mail, also as people hide it from machines, or a number of telephone: French, or with its country."""
_PUBLIC_ADDRESS: Final = re.compile(r"https?://[^/\s]+\.\w+(/\S*)?", re.IGNORECASE)
_OPEN_SOURCES: Final = frozenset({"calendar", "methodology"})
_SHORT: Final = 16


def drawn() -> bytes:
    """Return a new key."""
    return secrets.token_hex(KEY_BYTES).encode()


def kept(path: str) -> bytes:
    """Return the key that a file holds, so that hashes agree from year to year; a file that is not there is made.

    Nobody else may read it, not even while it is being written. Raises InputError where it cannot be made or read.
    """
    file = Path(path)
    try:
        if not file.exists():
            file.touch(mode=0o600, exist_ok=False)
            file.write_bytes(drawn() + b"\n")
        return file.read_bytes().strip()
    except OSError as error:
        raise InputError("file-unreadable", path=path, reason=error.strerror or error) from error


@attrs.frozen
class Redaction:
    """Which words of a footprint may be published, and what stands in the place of the others.

    `hidden` dimensions have no public word. Equipment and natures are public where the vocabulary of the house or the
    methodology has them, or `own_words` (types and natures that a table declares); accounts where they are numbers; places
    where they are codes (ISO 3166). `shown` dimensions are published as they are.

    The hash is HMAC-SHA256 under `key`: whoever has not the key cannot try names. A key that is not given is drawn, and
    forgotten: hashes then agree within one publication, and with nothing else.
    """

    methodology: Methodology
    key: bytes = attrs.field(factory=drawn, repr=False)
    hidden: frozenset[str] = PRIVATE
    shown: frozenset[str] = frozenset()
    own_words: frozenset[str] = frozenset()

    def __attrs_post_init__(self) -> None:
        if unknown := sorted((self.hidden | self.shown) - set(DIMENSIONS)):
            raise ConfigurationError("dimension", name=", ".join(unknown), known=", ".join(DIMENSIONS))
        if len(self.key) < KEY_BYTES:
            raise ConfigurationError("key-short", bytes=len(self.key), least=KEY_BYTES)

    def column(self, name: str, words: Sequence[str]) -> list[str]:
        """Return the words of a dimension as they may be published; each distinct word is looked at once."""
        told = {word: self._word(name, word) for word in set(words)}
        return [told[word] for word in words]

    def withheld(self, cells: Iterable[Sequence[str]]) -> dict[str, int]:
        """Return how many distinct words of each dimension are replaced."""
        words = {
            name: set(column) for name, column in zip(self.methodology.cells, zip(*cells, strict=True), strict=False)
        }
        counts = {name: sum(self._word(name, word) != word for word in said) for name, said in words.items()}
        return {name: count for name, count in sorted(counts.items()) if count}

    def coefficient(self, used: Coefficient) -> tuple[str, str, str]:
        """Return the name, the label and the value of a coefficient as they may be published.

        What no published table says loses its name; the share of an order, which tells a unit price, its value too.
        """
        if used.source.sha256 or used.source.id in _OPEN_SOURCES:
            return self.text(used.identity), self.text(used.label), used.value
        return self.hashed(used.identity), "", "" if used.role is Role.SHARE else used.value

    def text(self, said: str) -> str:
        """Return a text of a table or a source, or a hash where it holds an address of mail or a number of telephone."""
        return self.hashed(said) if _PERSONAL.search(said) else said

    def address(self, said: str) -> str:
        """Return an address of the web that names nobody; nothing of any other, which may be a path of somebody's machine."""
        return said if _PUBLIC_ADDRESS.fullmatch(said) and self.text(said) == said else ""

    def hashed(self, text: str) -> str:
        """Return what stands in the place of a text."""
        digest = hmac.digest(self.key, text.encode("utf-8", "backslashreplace"), "sha256")
        return f"hmac:{digest.hex()[:_SHORT]}"

    def _word(self, name: str, word: str) -> str:
        if name in self.shown or not word:
            return word
        return self.text(word) if self._is_public(name, word) else self.hashed(word)

    def _is_public(self, name: str, word: str) -> bool:
        if name in self.hidden:
            return False
        if name not in _TYPED:
            return True
        code = _CODES.get(name)
        return word in self._vocabulary.get(name, ()) or bool(code and code.fullmatch(word))

    @cached_property
    def _vocabulary(self) -> dict[str, Collection[str]]:
        """The words that the house or the methodology says itself."""
        assigned, details = self.methodology.assign, self.methodology.details
        return {
            "equipment": {
                *words("equipment"),
                *self.own_words,
                *assigned.equipment,
                *chain.from_iterable(rule.equipment for rule in details),
            },
            "nature": {*self.own_words, *assigned.nature, *(rule.nature for rule in details)},
        }
