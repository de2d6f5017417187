"""The audit of an installed plugin: a plugin that keeps its promises, and one plugin for each promise that it breaks."""

import decimal
import json
import os
import random
import threading
import time
from importlib import import_module
from pathlib import Path

import attrs
import numpy as np
import pytest

from ghg_numerique import cli
from ghg_numerique.testing import (
    check_report,
    check_steady,
    owed_by_drafters,
    owed_by_importers,
    owed_by_providers,
)
from ghg_numerique.testing.owed_by_reports import PROMISES
from ghg_numerique.testing.promises import Status
from ghg_numerique.wording import LANGUAGES, say

HOUSE = Path(__file__).parents[2]


def sets_decimals() -> int:
    decimal.getcontext().prec = 6
    return 1


def sets_numpy() -> int:
    np.seterr(all="ignore")
    return 1


def sets_environment() -> int:
    os.environ["GHG_NUMERIQUE_TRACE"] = "1"
    return 1


def moves() -> int:
    os.chdir(Path.cwd().parent)
    return 1


def draws() -> float:
    return float(np.random.random() * 0)


def shuffles() -> float:
    return random.random() * 0


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (sets_decimals, "decimal"),
        (sets_numpy, "numpy"),
        (sets_environment, "environment"),
        (moves, "folder"),
        (draws, "random"),
        (shuffles, "random"),
    ],
)
def test_what_touches_its_surroundings_is_found(call, what, monkeypatch):
    monkeypatch.delenv("GHG_NUMERIQUE_TRACE", raising=False)
    with pytest.raises(AssertionError, match=rf"around it as it was: .*\({what}\)"):
        check_steady(call, "a plugin")
    assert (decimal.getcontext().prec, "GHG_NUMERIQUE_TRACE" in os.environ) == (28, False)


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: str(decimal.Decimal(1) / 3), "decimal-context"),
        (lambda: time.localtime(0).tm_hour, "time-zone"),
        (lambda: str(Path.cwd()), "folder"),
    ],
)
def test_what_depends_on_its_surroundings_is_found(call, what):
    with pytest.raises(AssertionError, match=rf"whatever the surroundings: .*\({what}\)"):
        check_steady(call, "a plugin")


def test_what_depends_on_the_thread_is_found():
    with pytest.raises(AssertionError, match="the same in any thread"):
        check_steady(lambda: threading.current_thread().name, "a plugin")


def test_what_is_steady_passes():
    check_steady(lambda: [1, 2], "a plugin")


@attrs.frozen
class Installed:
    """A folder of plugins that stand as if they were installed."""

    folder: Path

    def add(self, name: str, source: str) -> None:
        (self.folder / f"{name}_plugin.py").write_text(source, encoding="utf-8")
        info = self.folder / f"{name}_plugin-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-plugin\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[ghg_numerique]\n{name} = {name}_plugin\n", encoding="utf-8")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Installed(tmp_path)


HEAD = """
import ghg_numerique as ghg
from ghg_numerique.plugin import hookimpl
import attrs

@attrs.frozen
class Total:
    name: str = "{name}-total"
    media_type: str = "text/plain"

    def render(self, footprint, /, *, language="fr"):
        return ({body}).encode()

@hookimpl
def ghg_reports():
    return [Total()]
"""


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("seeded", "f'{hash(language)}'", "another answer"),
        (
            "dying",
            "__import__('os').environ.get('PYTHONHASHSEED') == '4242' and __import__('os')._exit(7) or 'x'",
            "exit 7",
        ),
        ("silent", "'' if language == 'en' else 'rien'", "BROKEN    bytes"),
        ("raising", "str(1 // 0)", "ZeroDivisionError"),
    ],
)
def test_a_plugin_that_breaks_a_promise_is_told_which(installed, capsys, monkeypatch, name, body, said):
    if name not in ("seeded", "dying"):
        monkeypatch.setattr("ghg_numerique.testing.plugin_audit.PROCESSES", ())
    installed.add(name, HEAD.format(name=name, body=body))
    assert run("audit-plugin", name, "--lang", "en") == 1
    told = capsys.readouterr()
    assert "BROKEN" in told.out
    assert said in told.out
    assert "breaks" in told.err


BREAKS_THREE = """
import decimal
import ghg_numerique as ghg
from ghg_numerique.plugin import hookimpl

class Total:
    name = "three"
    media_type = "text"

    def __reduce__(self):
        raise TypeError("this one stays here")

    def render(self, footprint, /, *, language="fr"):
        decimal.getcontext().prec = 6
        return language.encode()

@hookimpl
def ghg_reports():
    return [Total()]
"""
THREE = {"report-named", "pickles", "leaves"}


def test_a_plugin_that_breaks_three_promises_is_told_all_three_in_one_run(installed, capsys, monkeypatch):
    monkeypatch.setattr("ghg_numerique.testing.plugin_audit.PROCESSES", ())
    installed.add("threefold", BREAKS_THREE)
    assert run("audit-plugin", "threefold", "--lang", "fr", "--format", "json") == 1
    told = capsys.readouterr()
    thing = json.loads(told.out)["things"][0]
    by_status = {status: {one["promise"] for one in thing["promises"] if one["status"] == status} for status in Status}
    assert by_status[Status.BROKEN] == THREE
    assert by_status[Status.KEPT] == set(PROMISES) - THREE
    assert all(one["seen"] and one["seen"] in one["told"] for one in thing["promises"] if one["promise"] in THREE)
    assert "3" in told.err


def test_an_attribute_that_raises_breaks_the_contract(installed):
    installed.add("dividing", BREAKS_THREE.replace('media_type = "text"', "media_type = property(lambda self: 1 // 0)"))
    total = import_module("dividing_plugin").Total()
    with pytest.raises(AssertionError, match=r"the plugin owes a name, a media type and render.*ZeroDivisionError"):
        check_report(total)


def test_the_check_of_an_author_names_every_broken_promise(installed):
    installed.add("three", BREAKS_THREE)
    total = import_module("three_plugin").Total()
    with pytest.raises(AssertionError) as raised:
        check_report(total)
    assert str(raised.value).count("the plugin owes") == 3
    assert isinstance(raised.value.__cause__, TypeError)


def test_what_an_importer_without_a_sample_reads_is_not_tried_and_says_why(capsys, monkeypatch):
    monkeypatch.setattr("ghg_numerique.testing.plugin_audit.PROCESSES", ())
    monkeypatch.setattr("ghg_numerique.testing.plugin_audit.fingerprints", lambda _catalogue: {})
    assert run("audit-plugin", "example", "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "not tried importer example-lines" in told
    assert "  not tried every line, in the inventory or set aside: give it a file, --sample IMPORTER=FILE" in told
    assert "  kept      a sentence for each option" in told


def test_every_promise_has_its_words_in_both_languages():
    for language in LANGUAGES:
        for promises in (PROMISES, owed_by_providers.PROMISES, owed_by_importers.PROMISES, owed_by_drafters.PROMISES):
            assert all(not say(f"audit.owes.{name}", language).startswith("audit.") for name in promises)


def test_a_plugin_that_keeps_its_promises_passes_with_a_sample(capsys, tmp_path):
    sample = tmp_path / "lines.txt"
    sample.write_text("a;laptop;3;2024-05-01\nb;server;many;2024-05-01\n", encoding="utf-8")
    assert run("audit-plugin", "example", "--lang", "en", "--sample", f"example-lines={sample}") == 0
    told = capsys.readouterr().out
    assert "kept      importer example-lines" in told
    assert "kept      provider energy/example-abacus, processes" in told


def test_a_plugin_that_is_not_there_is_said_with_those_that_are(capsys):
    assert run("audit-plugin", "nobody", "--lang", "en") == 1
    assert "abacus" in capsys.readouterr().err


def test_without_hypothesis_the_command_says_what_to_install(capsys, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "ghg_numerique.testing.plugin_audit", None)
    assert run("audit-plugin", "abacus", "--lang", "en") == 1
    assert "ghg-numerique[testing]" in capsys.readouterr().err
