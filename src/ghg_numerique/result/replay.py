"""Replaying a result: every figure of the file worked out again from the activity and the factors inside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ghg_numerique.decimals import written
from ghg_numerique.errors import InputError
from ghg_numerique.result.canonical import parse
from ghg_numerique.result.reading import read_result, write_result
from ghg_numerique.verifier.verify import verify
from ghg_numerique.wording import say


def told_replay(path: str, language: str) -> str:
    """Recompute a result without any plugin, say that each of its bytes came out the same, and verify its balances.

    Raises InputError that names the first places which did not, and where the file cannot be read or was altered.
    """
    footprint = read_result(path)
    told, found = Path(path).read_bytes(), write_result(footprint)
    record = parse(found, name=path)
    contradicted = [f".{place}" for _, place, *_ in verify(told)]
    if places := [*differing(parse(told, name=path), record, ""), *contradicted] or ["-"] * (told != found):
        raise InputError("result-differs", path=path, count=len(places), places=", ".join(dict.fromkeys(places[:5])))
    return say(
        "cli.replayed", language, path=path, root=record["root"], factors=len(footprint.coefficients),
        entries=len(footprint.matrix.entries), total=written(footprint.exact_total(), 3, language),
    )  # fmt: skip


def differing(one: Any, other: Any, place: str) -> Iterator[str]:
    """Return the places at which two records differ: `.totals.kgCO2eq`, `.matrix[3].millionths`."""
    if isinstance(one, dict) and isinstance(other, dict) and set(one) == set(other):
        for name in one:
            yield from differing(one[name], other[name], f"{place}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other)):
            yield from differing(left, right, f"{place}[{number}]")
    elif one != other:
        yield place
