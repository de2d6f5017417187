"""The view as JSON: stable English keys, exact numbers as texts, the same bytes for the same footprint.

An exact number is a decimal, or `p/q` where no decimal holds it. Emissions are `{"kgCO2eq": rounded to six decimals,
"exact": ...}`; shares `{"percent": rounded to six decimals, "exact": ...}`, or null where there is none; rows, items
and euros are exact numbers; years are whole numbers. Names are the stable names, in no language, except the `message`
of a finding.
"""

import json
from typing import Any, Final

from ghg_numerique.plugin import Precision
from ghg_numerique_reports.view import Section, View

SCHEMA: Final = "ghg-numerique-report/1"


def draw(view: View) -> str:
    """Return the JSON of a view, keys sorted."""
    identity = view.identity
    tree: dict[str, Any] = {
        "schema": SCHEMA,
        "organisation": identity["organisation"],
        "year": identity["year"],
        "methodology": {
            "title": identity["methodology"],
            "fingerprint": identity["fingerprint"],
            "allocation": identity["allocation"],
        },
        "total": view.total.record,
        "interval": _interval(view),
        "rollups": {},
        "manifest": {"engine": identity["engine"], "blocked": identity["blocked"], "root": identity["root"]},
    }
    for section in view.data():
        *folders, leaf = section.path
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[leaf] = _records(section)
    return json.dumps(tree, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _interval(view: View) -> dict[str, Any] | None:
    """Return the interval of the total, to six decimals: it is drawn, and no digit beyond them says anything."""
    if not view.interval:
        return None
    low, high = (edge.value for edge in view.interval)
    return {"level": str(Precision.LEVEL), "low": {"kgCO2eq": low}, "high": {"kgCO2eq": high}}


def _records(section: Section) -> list[dict[str, Any]]:
    names = [column.name for column in section.columns]
    return [dict(zip(names, (cell.record for cell in row.cells), strict=True)) for row in section.rows]
