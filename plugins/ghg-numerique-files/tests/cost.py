"""Run as a script in a process of its own: what it costs to read each workbook of a folder, as JSON."""

import json
import resource
import sys
from pathlib import Path

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_files.workbook import read_worksheet


def peak() -> float:
    """Return the most that this process and any child of it have held, in megabytes."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def work() -> float:
    """Return the seconds that this process and its children have worked, whatever else the machine has to do."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def said(path: Path) -> tuple[str, float]:
    """Return what is said of a workbook, and after how many seconds of work."""
    start = work()
    try:
        read_worksheet(Document(path.name, path.read_bytes()))
    except InputError as error:
        return error.code, work() - start
    return "", work() - start


if __name__ == "__main__":
    first, *others = sorted(Path(sys.argv[1]).iterdir())
    said(first)
    before = peak()
    print(json.dumps({"said": {path.name: said(path) for path in others}, "megabytes": peak() - before}))
