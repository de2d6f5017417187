"""Under which spellings a fleet may name a device."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import folded

NOUN: Final = " monitor"
"""The word of its type with which the name of a monitor may end; fleets leave it out (`DELL P2419H`)."""

_MARK = re.compile(r"(?<=[0-9])[.,](?=[0-9])", re.ASCII)


@attrs.frozen
class Device:
    """Who makes a device, and how the file calls it."""

    manufacturer: str
    name: str
    subcategory: str = ""

    @property
    def full(self) -> str:
        """The manufacturer and the name; a name that starts with its manufacturer says it already."""
        return self.name if self._says_its_manufacturer else f"{self.manufacturer} {self.name}".strip()

    @property
    def identity(self) -> str:
        """What makes two rows speak of one device, in either form of the file."""
        return folded(pointed(self.full))

    @property
    def designations(self) -> tuple[str, ...]:
        """What the device may be called, the full name first; those after it count only where they are no other's."""
        return tuple(dict.fromkeys(pointed(text) for text in self._called()))

    def spellings(self, claimed: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
        """Return the designations that can mean nothing else; each with decimal points, then with decimal commas."""
        kept = [text for text in self.designations if text == pointed(self.full) or len(claimed[folded(text)]) == 1]
        return tuple(dict.fromkeys(spelling for text in kept for spelling in (text, _MARK.sub(",", text))))

    @property
    def _says_its_manufacturer(self) -> bool:
        return folded(self.name).startswith(f"{folded(self.manufacturer)} ")

    def _called(self) -> Iterator[str]:
        """Return the full name; manufacturer and name as a stock list joins them; the name alone, if it tells a device.

        `Latitude 5420` does, `Wifi` and `24` do not. Of a monitor, each stands without the word Monitor at its end too.
        """
        monitor = folded(self.subcategory) == NOUN.strip() and folded(self.name).endswith(NOUN)
        for text in (self.full, f"{self.manufacturer} {self.name}", self.name):
            for called in (text, text[: -len(NOUN)].rstrip()) if monitor else (text,):
                if text != self.name or text == self.full or _tells(called):
                    yield called


def _tells(name: str) -> bool:
    """Tell whether a name alone may be that of a device: it holds a digit and a letter."""
    return any(map(str.isdigit, name)) and any(map(str.isalpha, name))


def pointed(name: str) -> str:
    """Return a name with a point between digits: the form with decimal commas writes `21,5-inch` for `21.5-inch`."""
    return _MARK.sub(".", name)


def claims(devices: Iterable[Device]) -> Mapping[str, frozenset[str]]:
    """Return which devices each folded designation could mean, over a whole file."""
    found: dict[str, set[str]] = {}
    for device in devices:
        for text in device.designations:
            found.setdefault(folded(text), set()).add(device.identity)
    return {text: frozenset(identities) for text, identities in found.items()}
