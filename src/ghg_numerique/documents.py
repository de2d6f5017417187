"""TOML documents read strictly into frozen values: an unknown key, a missing one or a wrong type is said, all at once."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import attrs
import cattrs
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote

from ghg_numerique.errors import ConfigurationError

T = TypeVar("T")

_PLACE = re.compile(r"line ([0-9]+), column ([0-9]+)")


def read_toml(path: Path, kind: type[T]) -> T:
    """Return a document as a value of `kind`. Raises ConfigurationError that names every fault with its place."""
    return parse_toml(read_text(path), kind, name=str(path))


def read_text(path: Path) -> str:
    """Return the text of a document. Raises ConfigurationError where it is missing or cannot be read."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise ConfigurationError("file-special", path=path)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigurationError("file-missing", path=path) from error
    except UnicodeDecodeError as error:
        byte, place = f"0x{error.object[error.start]:02X}", error.start + 1
        raise ConfigurationError("file-not-utf8", path=path, byte=byte, place=place) from error
    except OSError as error:
        raise ConfigurationError("file-unreadable", path=path, reason=error) from error


def parse_toml(text: str, kind: type[T], *, name: str) -> T:
    """Return the text of a TOML document as a value of `kind`; `name` is where a reader finds it."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line, column = place.groups() if place else ("?", "?")
        raise ConfigurationError("toml", path=name, line=line, column=column) from error
    return structure(document, kind, name=name)


def quoted(text: str) -> str:
    """Return a TOML basic string; JSON escapes the same characters, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def structure(document: Mapping[str, Any], kind: type[T], *, name: str) -> T:
    """Return a mapping as a value of `kind`, strictly: no coercion, no unknown key."""
    try:
        return _converter().structure(document, kind)
    except BaseValidationError as error:
        raise ConfigurationError("document", path=name, faults=tuple(_faults(error, ""))) from None


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True, use_alias=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    return converter


def _exactly(value: Any, kind: type[T]) -> T:
    """Return a value that has the very type; a text where a vocabulary is closed must be one of its words."""
    if issubclass(kind, Enum):
        member: T = _member(value, kind)
        return member
    if type(value) is not kind:
        raise ConfigurationError(f"fault-{kind.__name__}", value=repr(value))
    return value


def _member(value: Any, kind: type[Enum]) -> Any:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise ConfigurationError("fault-choice", value=repr(value), known=known) from None


def _faults(error: BaseException, place: str) -> Iterator[ConfigurationError]:
    """Return every fault inside a validation error, each with its place in the document."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, IterableValidationNote):
            place = _inside(place, note.index) if isinstance(note.index, str) else f"{place}[{note.index}]"
        elif hasattr(note, "name"):
            place += f".{note.name}" if place else str(note.name)
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _faults(inner, place)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(attribute.alias for attribute in attrs.fields(error.cl))
        for extra in sorted(error.extra_fields):
            yield ConfigurationError("fault-key", place=_inside(place, extra), known=known)
    elif isinstance(error, KeyError):
        yield ConfigurationError("fault-missing", place=place or str(error.args[0]))
    elif not place and isinstance(error, ConfigurationError):
        yield error  # it speaks of the page as a whole, and says itself what is where
    else:
        yield ConfigurationError("fault", place=place, reason=error)


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
