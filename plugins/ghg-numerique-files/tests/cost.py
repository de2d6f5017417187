"""Run as a script in a process of its own: what it costs to read each workbook of a folder, as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_files.workbook import read_worksheet


def peak() -> float:
    """Return the most that this process and any child of it have held, in megabytes."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def said(path: Path) -> tuple[str, float]:
    """Return what is said of a workbook, and after how many seconds."""
    start = time.perf_counter()
    try:
        read_worksheet(Document(path.name, path.read_bytes()))
    except InputError as error:
        return error.code, time.perf_counter() - start
    return "", time.perf_counter() - start


if __name__ == "__main__":
    first, *others = sorted(Path(sys.argv[1]).iterdir())
    said(first)
    before = peak()
    print(json.dumps({"said": {path.name: said(path) for path in others}, "megabytes": peak() - before}))
