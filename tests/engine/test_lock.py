"""A lock pins answers: what is added or removed beside it changes no byte; what differs is refused and named."""

import hashlib
import json
import shutil
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique.engine.pin import altered, differences
from ghg_numerique.model.lock import LOCK_FILE
from ghg_numerique.model.table_pages import canonical_sha256, table_records

CITY = Path(__file__).parents[2] / "examples" / "ville"
TABLES = Path(__file__).parents[2] / "factor_tables"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the example city, with its lock."""
    folder = tmp_path / "ville"
    shutil.copytree(CITY, folder)
    opened = ghg.Folder.open(folder)
    (folder / LOCK_FILE).write_text(opened.pinned().text(), encoding="utf-8")
    return folder


def newer_abacus(folder: Path) -> Path:
    """Return a release of the abacus in which a laptop draws 30 W and not 26.5."""
    copy = folder / "abaque-suivant"
    shutil.copytree(TABLES / "publicodes-energy-2.2.0", copy)
    page, rows = copy / "table.toml", copy / "table.csv"
    text = rows.read_text(encoding="utf-8").replace("29017.5,26.5 W", "32850,30 W")
    rows.write_text(text, encoding="utf-8", newline="")
    said = page.read_text(encoding="utf-8").replace('"publicodes-energy-2.2.0"', '"abaque-suivant"')
    old = said.split('sha256 = "')[1][:64]
    page.write_text(said.replace(old, canonical_sha256(table_records(copy))), encoding="utf-8")
    return copy


def report(opened: ghg.Folder) -> bytes:
    return opened.catalogue.render(opened.footprint, report="json")


def test_a_lock_that_was_edited_is_refused(city: Path):
    path = city / LOCK_FILE
    whole = path.read_text(encoding="utf-8")
    assert ghg.Lock.parse(whole.replace("\n", "\r\n")) == ghg.Lock.parse(whole)
    for edited in (whole.replace('value = "156"', 'value = "15.6"'), whole.replace("etalab", "Etalab"), whole[:-66]):
        assert edited != whole
        path.write_text(edited, encoding="utf-8")
        with pytest.raises(ghg.ConfigurationError) as refused:
            ghg.Folder.open(city)
        assert (refused.value.code, refused.value.facts["path"]) == ("lock-altered", str(path))


def test_the_lock_gives_the_figure_that_the_providers_give(city: Path):
    free, locked = ghg.Folder.open(city, locked=False), ghg.Folder.open(city)
    assert locked.footprint.exact_total() == free.footprint.exact_total()
    assert locked.footprint.cells == free.footprint.cells
    assert locked.footprint.balances == free.footprint.balances
    assert all(choice.key == key for key, choice in locked.resolution.choices.items())


def test_an_added_table_a_newer_release_and_another_order_change_no_byte(city: Path):
    before = report(ghg.Folder.open(city))
    assert report(ghg.Folder.open(city, factors=[newer_abacus(city)])) == before
    found = ghg.Catalogue.discover()
    shuffled = attrs.evolve(found, providers=found.providers[::-1], importers=found.importers[::-1])
    assert report(ghg.Folder.open(city, catalogue=shuffled)) == before


def test_a_locked_assessment_outlives_its_provider_plugins(city: Path):
    before = report(ghg.Folder.open(city))
    alone = ghg.Catalogue.discover(block={"abacus", "ademe", "monetary"})
    assert not [provider for provider in alone.providers if provider.name in ("ademe", "abacus", "monetary")]
    assert report(ghg.Folder.open(city, catalogue=alone)) == before


def test_without_the_lock_a_newer_release_ties_and_its_table_can_be_ranked(city: Path):
    newer = newer_abacus(city)
    with pytest.raises(
        ghg.AmbiguousFactor, match=r'energy = \["abaque-suivant", "publicodes-energy-2.2.0", "abacus", .*\]'
    ):
        _ = ghg.Folder.open(city, factors=[newer], locked=False).footprint


def test_the_bridge_names_each_change_and_adds_up_exactly(city: Path):
    old = ghg.Lock.read(city / LOCK_FILE)
    page = city / "methodologie.toml"
    page.write_text(
        page.read_text(encoding="utf-8").replace('energy = ["abacus"', 'energy = ["abaque-suivant", "abacus"'), "utf-8"
    )
    opened = ghg.Folder.open(city, factors=[newer_abacus(city)], locked=False)
    new = opened.pinned()
    crossed = ghg.bridge(opened.inventory, opened.keys, opened.methodology, old, new)
    assert crossed.old == ghg.Folder.open(CITY).footprint.exact_total()
    assert crossed.new == opened.footprint.exact_total()
    assert crossed.old + sum(step.effect for step in crossed.steps) == crossed.new
    assert [str(step.key) for step in crossed.steps if step.effect] == ["energy(equipment=laptop)"]


def test_equal_locks_are_equal_bytes_and_read_back(city: Path):
    text = (city / LOCK_FILE).read_text(encoding="utf-8")
    assert ghg.Lock.parse(text).text() == text
    found = ghg.Catalogue.discover()
    shuffled = attrs.evolve(found, providers=found.providers[::-1])
    assert ghg.Folder.open(city, catalogue=shuffled, locked=False).pinned().text() == text


def test_a_key_that_the_lock_does_not_hold_is_named(city: Path):
    with (city / "parc.csv").open("a", encoding="utf-8") as fleet:
        fleet.write("X-1;set-top-box;1;2024-01-01;;Téléphonie;;en service;;;;;\n")
    with pytest.raises(ghg.ConfigurationError, match="set-top-box"):
        _ = ghg.Folder.open(city).footprint


def test_a_changed_methodology_is_refused_by_name(city: Path):
    page = city / "methodologie.toml"
    page.write_text(page.read_text(encoding="utf-8").replace('vat = "20"', 'vat = "10"'), encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError, match="méthodologie : empreinte"):
        ghg.Folder.open(city)


def test_every_difference_is_named_at_once(city: Path):
    lock = ghg.Lock.read(city / LOCK_FILE)
    found = ghg.Catalogue.discover()
    other = attrs.evolve(
        lock,
        engine="0.0.1",
        plugins=tuple(attrs.evolve(record, sha256="0" * 64) for record in lock.plugins[:1]),
        sources=tuple(attrs.evolve(source, sha256="0" * 64) for source in lock.sources[:1]),
    )
    plugin, source, zeros = lock.plugins[0], lock.sources[0], "0" * 12
    named = [(one.code, one.facts["locked"], one.facts["here"])
             for one in differences(other, "another methodology", found.plugins, found.sources)]  # fmt: skip
    assert named == [
        ("lock-engine", "0.0.1", lock.engine),
        ("lock-methodology", lock.methodology[:12], "another meth"),
        ("lock-plugin", f"{plugin.version} ({zeros})", f"{plugin.version} ({plugin.sha256[:12]})"),
        ("lock-table", zeros, source.sha256[:12]),
    ]
    assert list(differences(lock, lock.methodology, found.plugins, found.sources)) == []


def test_the_result_names_its_lock(city: Path):
    lock = ghg.Lock.read(city / LOCK_FILE)
    assert ghg.Folder.open(city).footprint.manifest.lock == lock.sha256
    assert json.loads(report(ghg.Folder.open(city)))["manifest"]["engine"] == lock.engine


def resealed(path: Path, old: str, new: str) -> None:
    """Change a lock and seal it again, as somebody would who means to."""
    body = path.read_text(encoding="utf-8").rpartition("\n# sha256 of all lines above: ")[0]
    assert old in body
    body = body.replace(old, new)
    digest = hashlib.sha256(body.encode()).hexdigest()
    path.write_text(f"{body}\n# sha256 of all lines above: {digest}\n", encoding="utf-8")


@pytest.mark.parametrize("block", [(), ("ademe",)])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('value = "156"', 'value = "100"', ("100 kgCO2eq/item", "156 kgCO2eq/item")),
        ('id = "27002"', 'id = "27013"', ("ademe-base-carbone-23.6-equipment#27013",)),
        ('uncertainty = "50 %"', 'uncertainty = "5 %"', ("embodied",)),
    ],
)
def test_a_lock_that_was_changed_and_sealed_again_is_refused_whether_the_plugin_is_there_or_not(
    city: Path, block: tuple[str, ...], old: str, new: str, told: tuple[str, ...]
):
    resealed(city / LOCK_FILE, old, new)
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(city, catalogue=ghg.Catalogue.discover(block=block))
    assert refused.value.code == "lock-differs"
    assert {difference.code for difference in refused.value.facts["differences"]} == {"lock-factor"}
    assert all(part in refused.value.text() for part in told)


def test_a_source_that_is_not_here_hides_no_other(city: Path):
    lock = ghg.Lock.read(city / LOCK_FILE)
    first, second, *_ = lock.factors
    other = attrs.evolve(lock, factors=(attrs.evolve(first, source="elsewhere"), attrs.evolve(second, value="1")))
    (found,) = altered(other, ghg.Catalogue.discover().providers)
    assert (found.code, found.facts["key"], found.facts["here"]) == (
        "lock-factor", second.key, f"{second.value} {second.unit}"
    )  # fmt: skip


def test_a_source_taken_out_of_a_lock_does_not_silence_its_table(city: Path):
    lock = ghg.Lock.read(city / LOCK_FILE)
    factors = tuple(attrs.evolve(one, value="100") if one.value == "156" else one for one in lock.factors)
    sources = tuple(one for one in lock.sources if "equipment" not in one.id)
    (city / LOCK_FILE).write_text(attrs.evolve(lock, factors=factors, sources=sources).text(), encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError, match="100 kgCO2eq/item"):
        ghg.Folder.open(city)


def test_another_page_of_a_source_is_refused(city: Path):
    resealed(city / LOCK_FILE, 'licence = "etalab-2.0"', 'licence = "MIT"')
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(city)
    assert {difference.code for difference in refused.value.facts["differences"]} == {"lock-source"}
