"""From a record back to an equal footprint: no row, no table and no plugin is needed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from ghg_numerique.algebra.balances import Amounts, Balances, Tally
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.matrix import ActivityMatrix
from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.documents import structure
from ghg_numerique.errors import Finding, InputError
from ghg_numerique.model.factors import Chain, ChainKey, Coefficient
from ghg_numerique.model.manifest import Manifest
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.provenance import Source
from ghg_numerique.result.canonical import canonical, parse, root_of
from ghg_numerique.result.record import LINES, SCHEMA, record_of
from ghg_numerique.terms import DataKind, Fate, Match, Stage


def write_result(footprint: Footprint) -> bytes:
    """Return a footprint as the bytes of a result file: equal footprints are equal bytes."""
    return canonical(record_of(footprint))


def read_result(path: str | Path) -> Footprint:
    """Return the footprint of a result file. `parse_result(write_result(footprint)) == footprint`.

    Raises InputError where the file cannot be read, was altered since it was sealed, or is of another schema.
    """
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError("file-missing", path=path) from error
    except OSError as error:
        raise InputError("file-unreadable", path=path, reason=error) from error
    return parse_result(content, name=str(path))


def parse_result(content: bytes, *, name: str = "result") -> Footprint:
    """Return the footprint of the bytes of a result file; `name` is where a reader finds them."""
    record = parse(content, name=name)
    if record.get("schema") != SCHEMA:
        raise InputError("result-schema", path=name, schema=record.get("schema"), known=SCHEMA)
    if record.get("root") != root_of(record):
        raise InputError("result-altered", path=name)
    try:
        return _footprint(record, name)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise InputError("result-json", path=name, reason=error) from error


def _footprint(record: Mapping[str, Any], name: str) -> Footprint:
    sources = [structure(source, Source, name=name) for source in record["sources"]]
    coefficients = _coefficients(record, name)
    chains = [_chain(chain, coefficients, name) for chain in record["chains"]]
    reference = record["reference"]
    return Footprint(
        _matrix(record["matrix"], [chain.key for chain in chains]),
        FactorSheet(MappingProxyType({chain.key: chain for chain in chains}), MappingProxyType(record["chosen"])),
        _methodology(record, name),
        Balances.of(**{name: _tallies(record["balances"][name], parts) for name, parts in LINES.items()}),
        tuple(structure(finding, Finding, name=name) for finding in record["findings"]),
        _manifest(record["manifest"], sources, name),
        record["organisation"],
        None if reference is None else structure(reference, ReferenceInventory, name=name),
    )


def _coefficients(record: Mapping[str, Any], name: str) -> list[Coefficient]:
    return [
        structure({**link, "source": record["sources"][link["source"]]}, Coefficient, name=name)
        for link in record["coefficients"]
    ]


def _chain(chain: Mapping[str, Any], coefficients: Sequence[Coefficient], name: str) -> Chain:
    return Chain(
        structure(chain["key"], ChainKey, name=name),
        tuple(coefficients[place] for place in chain["links"]),
        Match[chain["match"].upper()],
        DataKind(chain["data_kind"]),
        frozenset(map(Stage, chain["stages"])),
    )


def _matrix(
    entries: Sequence[Mapping[str, Any]], keys: Sequence[ChainKey]
) -> ActivityMatrix[tuple[str, ...], ChainKey]:
    return ActivityMatrix.of(
        ((tuple(entry["cell"]), keys[entry["chain"]]), int(entry["millionths"])) for entry in entries
    )


def _methodology(record: Mapping[str, Any], name: str) -> Methodology:
    """Return the methodology, its roll-ups in the order in which the totals tell them."""
    read = structure(record["methodology"], Methodology, name=name)
    order = {told["name"]: [group["name"] for group in told["groups"]] for told in record["totals"]["rollups"]}
    rollups = {rollup: {group: read.rollups[rollup][group] for group in groups} for rollup, groups in order.items()}
    return attrs.evolve(read, rollups=rollups)


def _manifest(manifest: Mapping[str, Any], sources: Sequence[Source], name: str) -> Manifest:
    bare = structure({**manifest, "sources": []}, Manifest, name=name)
    return attrs.evolve(bare, sources=tuple(sources[place] for place in manifest["sources"]))


def _tallies(lines: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> list[tuple[Any, Tally]]:
    return [
        (
            _line([line[part] for part in parts], parts.index("fate")),
            Tally(line["rows"], Amounts.of({unit: Fraction(amount) for unit, amount in line["amounts"].items()})),
        )
        for line in lines
    ]


def _line(words: list[str], fate: int) -> tuple[str, ...]:
    return (*words[:fate], Fate(words[fate]), *words[fate + 1 :])
