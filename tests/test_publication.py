"""What is published reads back to the total, describes itself, and tells nothing that should stay at home."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from footprints import METHODOLOGY, cell, footprint_of

import ghg_numerique as ghg
from ghg_numerique.publishing.publication import Publication

VILLE = Path(__file__).parents[1] / "examples" / "ville"


@pytest.fixture(scope="module")
def city() -> ghg.Footprint:
    return ghg.Folder.open(VILLE).footprint


@pytest.fixture(scope="module")
def folder(city, tmp_path_factory) -> Path:
    """The published folder of the example city."""
    target = tmp_path_factory.mktemp("open") / "data"
    Publication(city, "etalab-2.0").write(target)
    return target


def lines(path: Path) -> list[dict[str, str]]:
    """Return the lines of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_the_results_read_back_to_the_total_and_to_every_grouping(city, folder):
    results = lines(folder / "results.csv")
    assert sum(Fraction(line["exact"]) for line in results) == city.exact_total()
    for name in ("domain", "kind", "equipment"):
        groups: dict[str, Fraction] = {}
        for line in results:
            groups[line[name]] = groups.get(line[name], Fraction(0)) + Fraction(line["exact"])
        assert groups == {name: kg for name, kg in city.by(name).groups.items() if kg}
    assert all(abs(Fraction(line["exact"]) - Fraction(line["kgCO2eq"])) <= Fraction(1, 2 * 10**6) for line in results)


def test_every_row_of_the_inventory_is_in_the_balance(city, folder):
    assert sum(int(line["rows"]) for line in lines(folder / "rows.csv")) == city.balances.total().rows


def test_the_page_describes_the_very_bytes_beside_it(city, folder):
    page = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert page["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert page["licenses"][0]["name"] == "etalab-2.0"
    assert len(page["sources"]) == len(city.manifest.sources)
    assert {source["sha256"] for source in page["sources"]} == {source.sha256 for source in city.manifest.sources}
    assert Fraction(page["totalKgCO2eq"]) == city.exact_total()
    for resource in page["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        header = next(csv.reader(io.StringIO(content.decode())))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["title"] for field in resource["schema"]["fields"])


def test_frictionless_finds_the_package_valid(folder):
    frictionless = pytest.importorskip("frictionless", reason="uv sync --group browser brings frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == 3


def test_a_french_excel_opens_the_results(city, folder):
    content = (folder / "results-excel-fr.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header == [*city.dimensions, "kgCO2eq"]
    assert [Fraction(row[-1].replace(",", ".")) for row in rows] == [
        Fraction(line["kgCO2eq"]) for line in lines(folder / "results.csv")
    ]


def test_nothing_of_the_house_leaves_it(folder):
    told = b"".join(path.read_bytes() for path in folder.iterdir())
    for word in (b"parc.csv", b"BC-2024", b"631/6400", b"/root", b"horodat"):
        assert word not in told, word
    shares = [line for line in lines(folder / "factors.csv") if line["role"] == "share"]
    assert len(shares) == 2
    assert all(line["value"] == "" and line["id"].startswith("sha256:") for line in shares)
    published = [line for line in lines(folder / "factors.csv") if line["source"].startswith("ademe")]
    assert published
    assert all(line["value"] and line["label"] for line in published)


def test_a_hidden_dimension_keeps_its_groups_and_not_its_names(city):
    hidden = Publication(city, "etalab-2.0", frozenset({"domain"})).tables["results"][1]
    shown = Publication(city, "etalab-2.0", frozenset()).tables["results"][1]
    assert all(line[0].startswith("sha256:") for line in hidden)
    assert len({line[0] for line in hidden}) == len({line[0] for line in shown})
    assert [line[1:] for line in hidden] == [line[1:] for line in shown]


def test_sites_are_hidden_unless_they_are_asked_for(city):
    assert Publication(city, "etalab-2.0").hidden == {"site"}


def test_share_alike_factors_keep_their_licence(city):
    (first, *_) = city.manifest.sources
    manifest = attrs.evolve(city.manifest, sources=(attrs.evolve(first, licence="ODbL-1.0"),))
    bound = attrs.evolve(city, manifest=manifest)
    with pytest.raises(ghg.ConfigurationError, match="ODbL"):
        Publication(bound, "etalab-2.0")
    assert Publication(bound, "odbl-1.0").descriptor()["licenses"][0]["name"] == "odbl-1.0"


def test_a_licence_or_a_dimension_that_nobody_knows_is_refused(city):
    with pytest.raises(ghg.ConfigurationError):
        Publication(city, "mine")
    with pytest.raises(ghg.ConfigurationError):
        Publication(city, "etalab-2.0", frozenset({"supplier"}))


def test_a_name_cannot_become_a_formula():
    hostile = footprint_of(
        [(cell("=1+1"), 10**3)], methodology=attrs.evolve(METHODOLOGY, domains=("=1+1",), rollups={})
    )
    pages = Publication(hostile, "etalab-2.0").pages()
    assert b"'=1+1," in pages["results.csv"]
    assert b"'=1+1;" in pages["results-excel-fr.csv"]


def test_the_same_footprint_gives_the_same_bytes(city):
    assert Publication(city, "etalab-2.0").pages() == Publication(city, "etalab-2.0").pages()


def test_parquet_reads_back(city, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow brings it")
    Publication(city, "etalab-2.0", parquet=True).write(tmp_path / "new")
    table = parquet.read_table(tmp_path / "new" / "results.parquet")
    assert sum(map(Fraction, table["exact"].to_pylist())) == city.exact_total()
    assert table["kgCO2eq"].to_pylist() == [float(kg) for kg in city.cells.values()]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"from ghg_numerique.cli import main; main({list(arguments)!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_command_writes_a_new_folder_and_never_into_one(tmp_path):
    target = tmp_path / "open"
    done = command("publish", str(VILLE), "-o", str(target), "--licence", "etalab-2.0", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in target.iterdir()} == {
        "results.csv", "factors.csv", "rows.csv", "results-excel-fr.csv", "datapackage.json", "dcat.jsonld",
    }  # fmt: skip
    assert done.stdout.count("Written: ") == 6
    again = command("publish", str(VILLE), "-o", str(target), "--licence", "etalab-2.0")
    assert again.returncode == 1
    assert command("publish", str(VILLE), "-o", str(tmp_path / "x")).returncode == 2


def test_nothing_is_published_into_a_folder_of_tables(tmp_path):
    tables = shutil.copytree(VILLE.parents[1] / "factor_tables" / "impact-co2-2025", tmp_path / "tables" / "own")
    page = tables / "table.toml"
    page.write_text(page.read_text("utf-8").replace('id = "impact-co2-2025"', 'id = "own"'), "utf-8")
    target = tables / "open"
    done = command(
        "publish", str(VILLE), "-o", str(target), "--licence", "etalab-2.0", "--factors", str(tmp_path / "tables")
    )
    assert done.returncode == 1
    assert str(target) in done.stderr
    assert not target.exists()
