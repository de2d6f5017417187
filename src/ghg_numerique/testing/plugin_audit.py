"""The audit of an installed plugin: every promise of what it brings, here and in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import Document
from ghg_numerique.testing.conformance import check_factor_importer, check_importer, check_provider, check_report
from ghg_numerique.testing.fingerprints import catalogue_of, fingerprints
from ghg_numerique.wording import say

PROCESSES: Final = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)
"""Other hash seeds, time zones and locales, each in a process of its own."""


@attrs.frozen
class Kept:
    """Whether one thing of a plugin keeps its promises: `broken` says which it does not; `unchecked`, that none was tried."""

    thing: str
    broken: str = ""
    unchecked: bool = False


def told_plugin(name: str, samples: Sequence[tuple[str, str]], language: str) -> tuple[str, int]:
    """Return the report of the audit of a plugin, and how many of its things break a promise.

    `samples` are pairs of an importer and a file that it reads: an importer without one is not checked.
    """
    catalogue = catalogue_of(name)
    found = [*_promises(catalogue, samples), *_processes(name, catalogue)]
    lines = [say("audit.plugin", language, name=name)]
    for each in found:
        code = "unchecked" if each.unchecked else "broken" if each.broken else "kept"
        lines.append(say(f"audit.{code}", language, thing=each.thing, broken=each.broken))
    lines.append(say("audit.note-plugin", language))
    return "\n".join(lines), sum(bool(each.broken) for each in found)


def _promises(catalogue: Catalogue, samples: Sequence[tuple[str, str]]) -> Iterator[Kept]:
    for provider in catalogue.providers:
        yield _kept(f"provider {provider.role}/{provider.name}", partial(check_provider, provider))
    for report in catalogue.reports:
        yield _kept(f"report {report.name}", partial(check_report, report))
    for importer in catalogue.importers:
        yield _read(importer.name, samples, partial(check_importer, importer))
    for drafter in catalogue.factor_importers:
        yield _read(drafter.name, samples, partial(check_factor_importer, drafter))


def _read(importer: str, samples: Sequence[tuple[str, str]], check: Callable[[list[Document]], None]) -> Kept:
    mine = [Path(file) for name, file in samples if name == importer]
    if not mine:
        return Kept(f"importer {importer}", unchecked=True)
    return _kept(f"importer {importer}", lambda: check([Document(path.name, path.read_bytes()) for path in mine]))


def _kept(thing: str, check: Callable[[], None]) -> Kept:
    try:
        check()
    except AssertionError as broken:
        return Kept(thing, str(broken).partition("\n")[0])
    except Exception as error:  # what a stranger's plugin raises is a promise that it breaks
        return Kept(thing, f"{type(error).__name__}: {error}")
    return Kept(thing)


def _processes(name: str, catalogue: Catalogue) -> Iterator[Kept]:
    """Return whether processes of their own, with other seeds of hashes, zones and locales, hear the same answers."""
    here = fingerprints(catalogue)
    told = [_elsewhere(name, surroundings) for surroundings in PROCESSES]
    for thing, one in here.items():
        others = [found.get(thing) for found in told]
        different = [str(PROCESSES[place]) for place, other in enumerate(others) if other != one]
        yield Kept(f"{thing}, processes", ", ".join(different))


def _elsewhere(name: str, surroundings: dict[str, str]) -> dict[str, str]:
    child = subprocess.run(  # noqa: S603 - this very Python, and a module of this house
        [sys.executable, "-m", "ghg_numerique.testing.fingerprints", name],
        capture_output=True, check=False, env={**os.environ, **surroundings},
    )  # fmt: skip
    found: dict[str, str] = json.loads(child.stdout) if child.returncode == 0 else {}
    return found
