"""The audit of an installed plugin: every promise of what it brings, here and in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from ghg_numerique.audit.ambient import kept
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import Document
from ghg_numerique.testing.fingerprints import catalogue_of, fingerprints
from ghg_numerique.testing.owed_by_drafters import try_factor_importer
from ghg_numerique.testing.owed_by_importers import try_importer
from ghg_numerique.testing.owed_by_providers import try_provider
from ghg_numerique.testing.owed_by_reports import try_report
from ghg_numerique.testing.promises import Promise, Status
from ghg_numerique.wording import say

PROCESSES: Final = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)
"""Other hash seeds, time zones and locales, each in a process of its own."""


@attrs.frozen
class Thing:
    """One thing that a plugin brings, and what became of each of its promises."""

    name: str
    promises: tuple[Promise, ...]

    @property
    def status(self) -> Status:
        """The worst of its promises: broken, then kept; not tried only where there was nothing to read or to ask for."""
        found = {promise.status for promise in self.promises}
        if Status.BROKEN in found:
            return Status.BROKEN
        idle = any(promise.why in ("no-sample", "no-keys") for promise in self.promises)
        return Status.UNTRIED if idle or Status.KEPT not in found else Status.KEPT


def told_plugin(name: str, samples: Sequence[tuple[str, str]], form: str, language: str) -> tuple[str, int]:
    """Return the report of the audit of a plugin as `text` or `json`, and how many promises it breaks.

    `samples` are pairs of an importer and a file that it reads: without one, what an importer reads is not tried.
    """
    catalogue = catalogue_of(name)
    found = [*_things(catalogue, samples), *_processes(name, catalogue)]
    told = {"text": _text, "json": _json}[form](name, found, language)
    return told, sum(promise.status is Status.BROKEN for thing in found for promise in thing.promises)


def _text(name: str, found: Sequence[Thing], language: str) -> str:
    lines = [say("audit.plugin", language, name=name)]
    for thing in found:
        lines.append(say(f"audit.{thing.status}", language, thing=thing.name))
        for promise in thing.promises:
            lines.append(f"  {say(f'audit.{promise.status}', language, thing=promise.told(language))}")
    return "\n".join([*lines, say("audit.note-plugin", language)])


def _json(name: str, found: Sequence[Thing], language: str) -> str:
    things = [
        {
            "thing": thing.name,
            "status": thing.status,
            "promises": [
                {
                    "promise": one.name,
                    "status": one.status,
                    "seen": one.seen,
                    "why": one.why,
                    "told": one.told(language),
                }
                for one in thing.promises
            ],
        }
        for thing in found
    ]
    record = {"plugin": name, "note": say("audit.note-plugin", language), "things": things}
    return json.dumps(record, ensure_ascii=False, indent=2)


def _things(catalogue: Catalogue, samples: Sequence[tuple[str, str]]) -> Iterator[Thing]:
    for provider in catalogue.providers:
        yield Thing(f"provider {provider.role}/{provider.name}", try_provider(provider, ()).outcome())
    for report in catalogue.reports:
        yield Thing(f"report {report.name}", try_report(report).outcome())
    for importer in catalogue.importers:
        mine = _samples_of(importer.name, samples)
        yield Thing(f"importer {importer.name}", try_importer(importer, mine).outcome())
    for drafter in catalogue.factor_importers:
        mine = _samples_of(drafter.name, samples)
        yield Thing(f"importer {drafter.name}", try_factor_importer(drafter, mine).outcome())


def _samples_of(importer: str, samples: Sequence[tuple[str, str]]) -> list[Document]:
    paths = [Path(file) for name, file in samples if name == importer]
    return [Document(path.name, path.read_bytes()) for path in paths]


def _processes(name: str, catalogue: Catalogue) -> Iterator[Thing]:
    """Return whether processes of their own, with other seeds of hashes, zones and locales, hear the same answers."""
    with kept():
        here = fingerprints(catalogue)
    told = [(surroundings, *_elsewhere(name, surroundings)) for surroundings in PROCESSES]
    for thing, one in here.items():
        different = [
            f"{surroundings}: {fault or ('another answer' if thing in found else 'not there')}"
            for surroundings, found, fault in told
            if found.get(thing) != one
        ]
        status = Status.BROKEN if different else Status.KEPT
        yield Thing(f"{thing}, processes", (Promise("processes", status, "; ".join(different)),))


def _elsewhere(name: str, surroundings: dict[str, str]) -> tuple[dict[str, str], str]:
    """Return the hashes that a process tells, or the last line of what it died of."""
    child = subprocess.run(  # noqa: S603 - this very Python, and a module of this house
        [sys.executable, "-m", "ghg_numerique.testing.fingerprints", name],
        capture_output=True, check=False, env={**os.environ, **surroundings},
    )  # fmt: skip
    if child.returncode:
        *_, last = ["", *child.stderr.decode(errors="replace").split("\n")[:-1]]
        return {}, f"exit {child.returncode} {last}".strip()
    found: dict[str, str] = json.loads(child.stdout)
    return found, ""
