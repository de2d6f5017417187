"""A footprint as bytes: two footprints are the same result where these are the same."""

import json
from collections.abc import Iterable, Mapping

from ghg_numerique.algebra.balances import FileLine, Line, Tally
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.model.factors import ChainKey


def canonical(footprint: Footprint) -> bytes:
    """Return cells, matrix, factors, balances and findings, each in an order of its own, every number in full."""
    content = {
        "cells": [[*cell, str(amount)] for cell, amount in sorted(footprint.cells.items())],
        "matrix": sorted([*cell, _key(key), str(amount)] for (cell, key), amount in footprint.matrix.entries.items()),
        "factors": sorted(
            [
                _key(key),
                str(chain.value()),
                str(chain.match),
                chain.data_kind,
                *sorted(chain.stages),
                *map(str, chain.links),
            ]
            for key, chain in footprint.sheet.chains.items()
        ),
        "rows": _balance(footprint.balances.rows),
        "kinds": _balance(footprint.balances.kinds),
        "files": _balance(footprint.balances.files),
        "findings": sorted(_texts(footprint)),
        "methodology": footprint.methodology.fingerprint,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


def _texts(footprint: Footprint) -> Iterable[str]:
    return (f"{finding.severity} {finding.text('fr')} {finding.text('en')}" for finding in footprint.findings)


def _balance(lines: Mapping[Line, Tally] | Mapping[FileLine, Tally]) -> list[list[str]]:
    return sorted(
        [*line, str(tally.rows), *(f"{amount} {unit}" for unit, amount in sorted(tally.amounts.by_unit.items()))]
        for line, tally in lines.items()
    )


def _key(key: ChainKey) -> str:
    return f"{key.route} {key.unit} {key.order} " + " ".join(map(str, key.factors))
