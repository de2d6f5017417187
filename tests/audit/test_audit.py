"""The audit as a whole: what fails is shrunk to the rows that are enough, and every form of the report shows them."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import attrs
import numpy as np
import pytest
from faults import broken
from fleets import fleet
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique import cli
from ghg_numerique.audit import PROPERTIES, Status, Subject, audit
from ghg_numerique.audit.run import outcome
from ghg_numerique.audit.shrink import shrunk
from ghg_numerique.audit.subject import Providers, assessed
from ghg_numerique.audit.telling import FORMS, Telling
from village import METHODOLOGY, PROVIDERS

HOUSE = Path(__file__).parents[2]
CITY = HOUSE / "examples" / "ville"


def by_order(rows: ghg.Inventory, page: ghg.Methodology, who: Providers) -> ghg.Footprint:
    """A broken engine: 9 items of something before 7 items of something else make these count twice."""
    amount = rows.amount.copy()
    before = np.flatnonzero(amount == 9 * 10**6)
    if len(before):
        amount[(amount == 7 * 10**6) & (np.arange(len(rows)) > before[0])] *= 2
    return assessed(attrs.evolve(rows, amount=amount), page, who)


def test_fifty_thousand_rows_are_shrunk_to_the_two_that_are_enough() -> None:
    tried: list[int] = []

    def counted(rows: ghg.Inventory, page: ghg.Methodology, who: Providers) -> ghg.Footprint:
        tried.append(len(rows))
        return by_order(rows, page, who)

    subject = Subject(fleet(50_000), METHODOLOGY, PROVIDERS, engine=counted)
    found = outcome(PROPERTIES["A4"], subject, 1)
    assert found.status is Status.FAILS
    assert len(found.rows) == 2
    assert [row.said.partition(" x ")[2] for row in found.rows] == ["9 item", "7 item"]
    assert found.rows[0].origin.file == "parc.csv"
    assert found.violation is not None
    assert found.violation.kilograms
    assert sum(tried) < 40 * 50_000, "shrinking looks at few rows more than once"


@pytest.mark.law
@given(st.integers(1, 200), st.data())
def test_what_is_shrunk_fails_and_none_of_it_can_be_spared(size: int, data: st.DataObject) -> None:
    culprits = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=3))

    def fails(rows: Sequence[int]) -> bool:
        return culprits <= set(rows)

    assert set(shrunk(range(size), fails)) == culprits


def test_shrinking_stops_after_so_many_trials() -> None:
    tried: list[int] = []

    def fails(rows: Sequence[int]) -> bool:
        tried.append(len(rows))
        return len(rows) > 90

    assert len(shrunk(range(100), fails, most=10)) > 90
    assert len(tried) <= 10


@pytest.fixture(scope="module")
def opened() -> ghg.Folder:
    return ghg.Folder.open(CITY)


@pytest.fixture(scope="module")
def telling(opened: ghg.Folder) -> Telling:
    subject, _ = broken("A4", Subject.of(opened))
    found = audit(subject, properties=["A4", "B9", "C1", "E5"])
    return Telling(opened, found, opened.footprint.exact_total(), "en")


def test_a_text_shows_file_row_difference_and_a_script(telling: Telling) -> None:
    text = FORMS["text"](telling)
    assert "DOES NOT HOLD" in text
    assert "parc.csv / row " in text
    assert "tCO2eq" in text
    assert "does not apply" in text
    assert "certifies nothing" in text


def test_the_script_replays_the_counter_example(telling: Telling, capsys: pytest.CaptureFixture[str]) -> None:
    script = telling.script(telling.found.outcomes[0])
    exec(compile(script, "script", "exec"), {})
    assert capsys.readouterr().out == "\n", "our own engine keeps the property on those rows"


def test_json_and_markdown_say_the_same(telling: Telling) -> None:
    told = json.loads(FORMS["json"](telling))
    (failed,) = [each for each in told["properties"] if each["status"] == "fails"]
    assert failed["id"] == "A4"
    assert 1 <= len(failed["counter_example"]["rows"]) <= 3
    markdown = FORMS["markdown"](telling)
    assert "| A4 |" in markdown
    assert "### A4" in markdown


def test_what_takes_whole_files_is_said_so(opened: ghg.Folder) -> None:
    subject, _ = broken("E5", Subject.of(opened))
    found = outcome(PROPERTIES["E5"], subject, 1)
    assert (found.status, found.rows) == (Status.FAILS, ())
    tell = Telling(opened, audit(subject, properties=["E5"]), opened.footprint.exact_total(), "en")
    assert "the files as a whole" in FORMS["text"](tell)


def test_whoever_watches_hears_of_each_property_before_it_is_tried(opened: ghg.Folder) -> None:
    heard: list[tuple[Fraction, str]] = []
    found = audit(Subject.of(opened), properties=["A1", "A2"], watch=lambda part, law: heard.append((part, law)))
    assert heard == [(Fraction(0), "A1"), (Fraction(1, 2), "A2")]
    assert [one.property.id for one in found.outcomes] == ["A1", "A2"]


def test_what_the_engine_refuses_is_a_violation(opened: ghg.Folder) -> None:
    def refuses(rows: ghg.Inventory, page: ghg.Methodology, who: Providers) -> ghg.Footprint:
        if len(rows) != len(opened.inventory):
            raise ghg.PluginError("plugin-sources", provider="anybody")
        return assessed(rows, page, who)

    found = outcome(PROPERTIES["A11"], attrs.evolve(Subject.of(opened), engine=refuses), 1)
    assert found.status is Status.FAILS


def test_a_folder_under_a_lock_is_audited_by_the_lock(tmp_path: Path) -> None:
    import shutil

    city = tmp_path / "ville"
    shutil.copytree(CITY, city)
    (city / "ghg.lock").write_text(ghg.Folder.open(city).pinned().text(), encoding="utf-8")
    locked = ghg.Folder.open(city)
    subject = Subject.of(locked)
    assert {provider.name for provider in subject.providers} < {
        provider.name for provider in locked.catalogue.providers
    }
    assert subject.footprint.cells == locked.footprint.cells
    assert [found.violation for found in audit(subject, properties=["A8", "A9", "C6", "E9"]).outcomes] == [None] * 4


def test_the_causes_of_a_folder_are_audited_with_it(tmp_path: Path) -> None:
    import shutil

    city = tmp_path / "ville"
    shutil.copytree(CITY, city)
    cause = '[[causes]]\nname = "abacus"\nspread = "20 %"\nsource = "the town"\nwhere = { kind = "use" }\n'
    page = city / "ghg.toml"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{cause}", encoding="utf-8")
    subject = Subject.of(ghg.Folder.open(city))
    assert "cause#abacus" in subject.footprint.uncertain().laws
    found = audit(subject, properties=["F1", "F3", "F4", "F6", "F8", "F12"]).outcomes
    assert [(one.status, one.violation) for one in found] == [(Status.HOLDS, None)] * 6


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    return int(left.value.code or 0)


def test_the_command_writes_a_report_and_says_what_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.json"
    assert run("audit", str(CITY), "--format", "json", "--report", str(path), "--lang", "en") == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["root"] == ghg.root(ghg.Folder.open(CITY).footprint)
    assert {each["status"] for each in told["properties"]} <= {"holds", "not_applicable"}
    capsys.readouterr()
    monkeypatch.setattr("ghg_numerique.audit.presentation.rounded", lambda value, _digits=0: value + 1)
    assert run("audit", str(CITY), "--lang", "en") == 1
    said = capsys.readouterr()
    assert "DOES NOT HOLD" in said.out
    assert "do not hold" in said.err
