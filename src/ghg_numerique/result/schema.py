"""The JSON Schema of a result file, as it is shipped: for programs that check a result and know nothing of the house."""

import json
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("schema.json")
"""JSON Schema, draft 2020-12. It tells the shape; `verifier/verify.py` tells whether the figures agree."""


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema that every result file of this version conforms to; no key but those it names is allowed."""
    schema: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return schema
