"""From a footprint to its record: numbers as texts, what is used often said once and pointed at by its place."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any, Final

import attrs

from ghg_numerique.algebra.balances import Amounts, Line, Money, Tally
from ghg_numerique.algebra.footprint import Footprint, Shares
from ghg_numerique.model.factors import ChainKey, Coefficient
from ghg_numerique.provenance import Source
from ghg_numerique.result.canonical import root_of

SCHEMA: Final = "ghg-numerique-result/1"

SHORT: Final = 16
"""How many digits of a root are printed on a report."""


LINES: Final = {
    "rows": ("activity", "fate", "reason"),
    "kinds": ("kind", "fate", "reason"),
    "files": ("file", "activity", "fate", "reason"),
}
"""The tables of the balances, and what the parts of their lines are."""


def record_of(footprint: Footprint) -> dict[str, Any]:
    """Return the record of a footprint, with its root. The order of rows, files of tables and plugins leaves no trace."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "organisation": footprint.organisation,
        "methodology": plain(footprint.methodology),
        "reference": plain(footprint.reference),
        "findings": [plain(finding) for finding in footprint.findings],
        **_factors(footprint),
        "totals": _totals(footprint),
        "balances": {
            **{name: _tallies(getattr(footprint.balances, name), parts) for name, parts in LINES.items()},
            "money": _money(footprint.balances.money),
        },
    }
    return {**record, "root": root_of(record)}


def root(footprint: Footprint) -> str:
    """Return the root of a footprint: SHA-256 over all that it rests on and all that it says."""
    return str(record_of(footprint)["root"])


def plain(value: Any) -> Any:
    """Return a frozen value as JSON: its fields by name, vocabularies by their words, exact numbers as texts."""
    if attrs.has(type(value)):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, Fraction):
        return str(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"no exact text for {value!r}")


def _factors(footprint: Footprint) -> dict[str, Any]:
    """Return sources, coefficients, chains and A; what comes later points at what came before."""
    chains = footprint.sheet.chains
    keys = sorted(chains)
    links = {link for chain in chains.values() for link in chain.links}
    coefficients = sorted(links, key=lambda link: (link.identity, link.role, link.value, link.unit, repr(link)))
    manifest = footprint.manifest
    sources = sorted({link.source for link in links} | set(manifest.sources))
    place_of, source_of = _places(coefficients), _places(sources)
    chain_of: dict[ChainKey, int] = _places(keys)
    entries = sorted((*cell, chain_of[key], amount) for (cell, key), amount in footprint.matrix.entries.items())
    return {
        "sources": [plain(source) for source in sources],
        "coefficients": [_coefficient(link, source_of) for link in coefficients],
        "chosen": dict(footprint.sheet.chosen),
        "chains": [
            {
                "key": plain(key),
                "links": [place_of[link] for link in chains[key].links],
                "scale": str(chains[key].scale),
                "match": plain(chains[key].match),
                "data_kind": plain(chains[key].data_kind),
                "stages": plain(chains[key].stages),
            }
            for key in keys
        ],
        "matrix": [{"cell": list(cell), "chain": chain, "millionths": str(amount)} for *cell, chain, amount in entries],
        "manifest": {**plain(manifest), "sources": [source_of[source] for source in manifest.sources]},
    }


def _coefficient(link: Coefficient, source_of: Mapping[Source, int]) -> dict[str, Any]:
    return {**plain(attrs.evolve(link, source=Source(""))), "source": source_of[link.source]}


def _places(things: Iterable[Any]) -> dict[Any, int]:
    return {thing: place for place, thing in enumerate(things)}


def _totals(footprint: Footprint) -> dict[str, Any]:
    """Return the total in kgCO2eq and every way in which it is told apart; lists keep the order of the methodology."""
    rollups = {name: footprint.by(name) for name in footprint.methodology.rollups}
    return {
        "kgCO2eq": str(footprint.exact_total()),
        "shares": _shares(footprint.shares()),
        "cells": [{"cell": list(cell), "kgCO2eq": str(amount)} for cell, amount in footprint.cells.items()],
        "dimensions": {name: _named(footprint.by(name).groups) for name in footprint.dimensions},
        "rollups": [
            {"name": name, "groups": _named(found.groups), "left_out": _named(found.outside)}
            for name, found in rollups.items()
        ],
    }


def _shares(shares: Shares | None) -> dict[str, Any] | None:
    return None if shares is None else {name: plain(getattr(shares, name)) for name in ("total", "without_post_1_5")}


def _named(groups: Mapping[str, Fraction]) -> list[dict[str, str]]:
    return [{"name": name, "kgCO2eq": str(amount)} for name, amount in groups.items()]


def _tallies(lines: Mapping[Line, Tally], parts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {**dict(zip(parts, map(str, line), strict=True)), "rows": tally.rows, "amounts": plain(tally.amounts.by_unit)}
        for line, tally in lines.items()
    ]


def _money(money: Money) -> dict[str, dict[str, str]]:
    parts: dict[str, Amounts] = {field.name: getattr(money, field.name) for field in attrs.fields(Money)}
    return {name: plain(amounts.by_unit) for name, amounts in parts.items()}
