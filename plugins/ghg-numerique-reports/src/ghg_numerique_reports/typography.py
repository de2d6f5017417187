"""How words and numbers are set: what stays on one line, the spaces of French, a minus that is no hyphen."""

import re
import unicodedata

_UNIT = re.compile(r"(?<=[0-9]) (?=tCO2eq|kgCO2eq|€)")
_MARK = re.compile(r"(?<=«) | (?=[;!?»])")
_COLON = re.compile(r" (?=:)")


def typeset(text: str, language: str) -> str:
    """Return a text whose lines do not break where they must not: inside quotes, before a mark, before a unit."""
    spaced = _UNIT.sub("\u00a0", text)
    return _COLON.sub("\u00a0", _MARK.sub("\u202f", spaced)) if language == "fr" else spaced


def minus(number: str) -> str:
    """Return a written number with a minus sign (U+2212) in the place of its hyphen."""
    return number.replace("-", "\u2212")


def printable(text: str) -> str:
    """Return a text that stays on its line and cannot steer a terminal: controls become spaces."""
    if text.isprintable():
        return text
    return "".join(" " if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    # The spaces that typography sets are no line ends, though `isprintable` does not count them as printable.
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp")
