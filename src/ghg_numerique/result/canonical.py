"""Canonical JSON: equal records are equal bytes, and no text is read in two ways."""

import hashlib
import json
import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from ghg_numerique.errors import InputError

_LONE: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, as names of files of old archives may hold: UTF-8 has no bytes for them, JSON an escape."""


def canonical(record: Mapping[str, Any]) -> bytes:
    """Return a record as UTF-8: keys sorted, one value a line, no number but whole ones, no escape that can be spared."""
    text = _written(record, "\n")
    return (_LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n").encode()


def _written(value: Any, line: str) -> str:
    """Return a value as `json.dumps` does with `indent=1`, which it has no fast way to; `line` starts a line at its depth."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = line + " "
    if isinstance(value, dict) and value:
        fields = [f"{encode_basestring(key)}: {_written(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(fields)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([_written(each, inner) for each in value])}{line}]"
    return str(value) if type(value) is int else json.dumps(value, allow_nan=False)


def root_of(record: Mapping[str, Any]) -> str:
    """Return SHA-256 of the canonical bytes of a record without its `root`."""
    return hashlib.sha256(canonical({key: value for key, value in record.items() if key != "root"})).hexdigest()


def parse(content: bytes, *, name: str) -> dict[str, Any]:
    """Return the record of canonical bytes. Raises InputError for any other text, a key said twice or a float."""
    try:
        record = json.loads(content.decode(), object_pairs_hook=_once, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise InputError("result-json", path=name, reason=error) from error
    if not isinstance(record, dict):
        raise InputError("result-json", path=name, reason=type(record).__name__)
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(", ".join(name for name, _ in pairs))
    return found


def _refused(text: str) -> Any:
    raise ValueError(text)
