"""Under which spellings a fleet may name a device."""

import re
from collections.abc import Iterable, Mapping

from ghg_numerique.plugin import folded

_MARK = re.compile(r"(?<=[0-9])[.,](?=[0-9])", re.ASCII)


def pointed(name: str) -> str:
    """Return a name with a point between digits: the form with decimal commas writes `21,5-inch` for `21.5-inch`."""
    return _MARK.sub(".", name)


def full_name(manufacturer: str, name: str) -> str:
    """Return the manufacturer and the name; a name that starts with its manufacturer says it already."""
    if not manufacturer or folded(name).startswith(f"{folded(manufacturer)} "):
        return name
    return f"{manufacturer} {name}" if name else manufacturer


def claims(names: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return which devices each spelling could mean, for the manufacturers and names of a whole file."""
    found: dict[str, set[str]] = {}
    for manufacturer, name in names:
        device = folded(pointed(full_name(manufacturer, name)))
        for spelling in (device, folded(pointed(name))):
            found.setdefault(spelling, set()).add(device)
    return {spelling: frozenset(devices) for spelling, devices in found.items()}


def spellings(manufacturer: str, name: str, claimed: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the spellings of a device: manufacturer and name; and the name alone, where it can mean nothing else.

    A name alone counts where no other device of the file bears it and it holds a digit: `Latitude 5420` names a device,
    `Wifi` does not. Where a name has decimals, each spelling stands with the point and with the comma.
    """
    full = pointed(full_name(manufacturer, name))
    kept = [full]
    if len(claimed[folded(pointed(name))]) == 1 and any(character.isdigit() for character in name):
        kept.append(pointed(name))
    return tuple(dict.fromkeys(spelling for each in kept for spelling in (each, _MARK.sub(",", each))))
