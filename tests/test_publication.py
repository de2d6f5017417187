"""What is published reads back to the total, describes itself, and tells nothing that should stay at home."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import attrs
import pytest
from footprints import METHODOLOGY, cell, footprint_of, with_coefficient
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique.csv_pages import restored
from ghg_numerique.decimals import exact_text
from ghg_numerique.model.imprint import Imprint
from ghg_numerique.publishing.publication import Publication
from ghg_numerique.publishing.redaction import Redaction, kept
from ghg_numerique.publishing.secrecy import LEAST, secret
from ghg_numerique.result.schema import result_schema
from ghg_numerique.terms import Frequency

KEY = b"k" * 32
VILLE = Path(__file__).parents[1] / "examples" / "ville"


@pytest.fixture(scope="module")
def city() -> ghg.Footprint:
    return ghg.Folder.open(VILLE).footprint


@pytest.fixture(scope="module")
def folder(city, tmp_path_factory) -> Path:
    """The published folder of the example city."""
    target = tmp_path_factory.mktemp("open") / "data"
    Publication(city, "etalab-2.0", parquet=find_spec("pyarrow") is not None).write(target)
    return target


def published(footprint: ghg.Footprint, **redacted: object) -> Publication:
    """Return a publication under a key that tests know."""
    return Publication(footprint, "etalab-2.0", Redaction(footprint.methodology, KEY, **redacted))


def town(*names: str, dimension: str = "equipment") -> ghg.Footprint:
    """Return a footprint with a cell for each name in a dimension, a kilogram more for each."""
    methodology = attrs.evolve(METHODOLOGY, cells=(*METHODOLOGY.cells[:3], dimension, "route", "data_kind"))
    cells = [((*cell("Application")[:3], name, "declared", "declared"), 1 + place) for place, name in enumerate(names)]
    return footprint_of(cells, methodology=methodology)


def shown(publication: Publication, dimension: str) -> list[str]:
    """Return what is published of a dimension, by growing emissions."""
    table = publication.tables["results"]
    pairs = zip(map(Fraction, table.column("exact")), table.column(dimension), strict=True)
    return [word for _, word in sorted(pairs)]


def lines_of(content: bytes) -> list[dict[str, str]]:
    """Return the lines of a table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def lines(path: Path) -> list[dict[str, str]]:
    """Return the lines of a table in a file."""
    return lines_of(path.read_bytes())


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
    names = [resource["name"] for resource in page["resources"]]
    assert names[:4] == ["results", "factors", "rows", "results-excel-fr"]
    for resource in page["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if resource["name"] == "result-schema":
            assert json.loads(content) == result_schema()
            continue
        assert all(field["title"] and field["description"] != field["name"] for field in resource["schema"]["fields"])
        if resource["format"] == "csv":
            assert resource["bytes"] == len(content)
            mark = resource.get("dialect", {}).get("delimiter", ",")
            header = next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=mark))
            assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_every_field_is_described_in_both_languages_and_typed(folder):
    results, factors, *_ = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    fields = {field["name"]: field for resource in (results, factors) for field in resource["schema"]["fields"]}
    assert {fields[name]["type"] for name in ("valid_from", "valid_to")} == {"date"}
    assert all(set(field["descriptions"]) == set(field["titles"]) == {"fr", "en"} for field in fields.values())
    assert fields["kind"]["words"]["embodied"] == {"fr": "Énergie grise", "en": "Embodied"}


def test_frictionless_finds_the_package_valid(folder):
    frictionless = pytest.importorskip("frictionless", reason="uv sync --group browser brings frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == 5 + (folder / "results.parquet").exists()


def test_a_french_excel_opens_the_results_in_french(city, folder):
    content = (folder / "results-excel-fr.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert header == [
        "Domaine du SI", "Type d'émissions", "Étape du cycle de vie", "Matériel", "Mode de calcul", "Type de données",
        "Émissions (kgCO2eq)",
    ]  # fmt: skip
    assert [Fraction(row[-1].replace(",", ".")) for row in rows] == [
        Fraction(line["kgCO2eq"]) for line in lines(folder / "results.csv")
    ]
    assert {row[1] for row in rows} == {"Énergie grise", "Utilisation", "Services"}
    assert "serveur" in {row[3] for row in rows}


def test_a_negative_amount_is_a_number_in_both_versions():
    pages = published(footprint_of([(cell("Application"), Fraction(-7, 2))])).pages()
    assert lines_of(pages["results.csv"])[0]["kgCO2eq"] == "-3.5"
    assert pages["results-excel-fr.csv"].decode().rstrip().endswith(";-3,5")


def test_the_french_words_are_those_that_the_page_maps(folder):
    results, *_ = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    words = [
        {word: said["fr"] for word, said in field.get("words", {}).items()} for field in results["schema"]["fields"]
    ]
    content = (folder / "results-excel-fr.csv").read_text("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    for line, row in zip(lines(folder / "results.csv"), rows, strict=True):
        for known, value, french in zip(words, list(line.values())[:6], row, strict=False):
            assert known.get(value, value) == french or not value


def test_nothing_of_the_house_leaves_it(folder):
    told = b"".join(path.read_bytes() for path in folder.iterdir())
    for word in (b"parc.csv", b"BC-2024", b"631/6400", b"/root", b"horodat"):
        assert word not in told, word
    shares = [line for line in lines(folder / "factors.csv") if line["role"] == "share"]
    assert len(shares) == 2
    assert all(line["value"] == "" and line["id"].startswith("hmac:") for line in shares)
    published = [line for line in lines(folder / "factors.csv") if line["source"].startswith("ademe")]
    assert published
    assert all(line["value"] and line["label"] for line in published)


def test_an_amount_that_one_order_stands_behind_is_not_published(city, folder):
    euros = {(line["activity"], line["fate"], line["reason"]): line["EUR_TTC"] for line in lines(folder / "rows.csv")}
    for line, tally in city.balances.rows.items():
        assert euros[line] in ("", exact_text(tally.amounts.in_unit("EUR_TTC"))), line
        assert euros[line] or tally.rows < LEAST or line == ("spending", "detailed", "")
    assert euros["spending", "excluded", "boundary"] == "" != euros["spending", "counted", ""]


@pytest.mark.law
@given(st.dictionaries(st.integers(), st.tuples(st.integers(0, 9), st.fractions()), max_size=8))
def test_no_hidden_amount_is_found_by_a_subtraction(amounts):
    hidden = secret(amounts)
    spent = {line for line, (_, amount) in amounts.items() if amount}
    assert {line for line in spent if amounts[line][0] < LEAST} <= hidden <= spent
    together = sum(amounts[line][0] for line in hidden)
    assert not hidden or (len(hidden) > 1 and together >= LEAST) or hidden == spent


def test_a_hidden_dimension_keeps_its_groups_and_not_its_names(city):
    hidden = shown(published(city, hidden=frozenset({"domain"})), "domain")
    plain = shown(published(city), "domain")
    assert all(name.startswith("hmac:") for name in hidden)
    assert len(set(zip(hidden, plain, strict=True))) == len(set(hidden)) == len(set(plain))


SITES = ["Mairie", "École Jules-Ferry", "Médiathèque", "Mairie annexe"]


def test_sites_are_hidden_unless_they_are_asked_for():
    sites = town(*SITES, dimension="site")
    assert all(name.startswith("hmac:") for name in shown(published(sites), "site"))
    assert shown(published(sites, shown=frozenset({"site"})), "site") == SITES
    assert b"Mairie" not in b"".join(published(sites).pages().values())


def test_whoever_knows_every_name_but_not_the_key_cannot_tell_which_is_which():
    sites = town(*SITES, dimension="site")
    hashes = shown(published(sites), "site")
    assert hashes == shown(published(sites), "site")
    assert not set(hashes) & set(shown(Publication(sites, "etalab-2.0"), "site"))
    for name in SITES:
        digest = hashlib.sha256(name.encode()).hexdigest()
        assert not any(digest.startswith(hashed.removeprefix("hmac:")) for hashed in hashes)
    assert published(sites).tables["results"].column("site") == sorted(hashes) != hashes


def test_the_key_is_in_no_page_and_in_no_message():
    assert KEY not in b"".join(published(town("laptop")).pages().values())
    assert KEY.decode() not in repr(published(town("laptop")))
    with pytest.raises(ghg.ConfigurationError, match="32"):
        Redaction(METHODOLOGY, b"short")


@pytest.mark.parametrize(
    "typed",
    [
        "PC de Mme Durand", "durand@ville.fr", "5CG1234XYZ", "DELL FRANCE SA", "parc-durand.csv", "06 12 34 56 78",
        "laptop ", "LAPTOP",
    ],
)  # fmt: skip
def test_what_somebody_typed_into_a_row_does_not_leave(typed):
    told = published(town("laptop", typed))
    assert shown(told, "equipment")[0] == "laptop"
    assert shown(told, "equipment")[1].startswith("hmac:")
    assert typed.encode() not in b"".join(told.pages().values()).replace(b"laptop", b"")
    assert told.package.descriptor()["hidden"] == ["equipment"]
    assert shown(published(town("laptop", typed), shown=frozenset({"equipment"})), "equipment")[1] == typed


def test_a_word_that_a_table_of_the_house_declares_is_public():
    redaction = Redaction(town().methodology, KEY, own_words=frozenset({"horodateur"}))
    told = Publication(town("horodateur", "horodateur de M. Durand"), "etalab-2.0", redaction)
    first, second = shown(told, "equipment")
    assert first == "horodateur"
    assert second.startswith("hmac:")


@pytest.mark.parametrize(
    ("dimension", "public", "typed"),
    [("account", "6262", "6262 M. Durand"), ("place", "FR-BRE", "chez Durand"), ("nature", "", "formation Durand")],
)
def test_codes_are_public_and_free_text_is_not(dimension, public, typed):
    first, second = shown(published(town(public, typed, dimension=dimension)), dimension)
    assert first == public
    assert second.startswith("hmac:")


@pytest.mark.parametrize(
    "personal",
    [
        "relevé de durand@ville.fr",
        "appeler le 06 12 34 56 78",
        "tél. +33612345678",
        "01\u00a002\u00a003\u00a004\u00a005",
        "+33(0)612345678",
        "0033 6 12 34 56 78",
        "06/12/34/56/78",
        "marie\uff20ville.fr",
        "marie (at) ville.fr",
        "marie [at] ville [dot] fr",
        "marie.durand arobase ville.fr",
        "0612.345.678",
        "N0612345678",
        "tel 6 12 34 56 78",
        "+44 20 7946 0958",
    ],
)
def test_an_address_or_a_number_in_a_table_of_the_house_does_not_leave(personal):
    marked = with_coefficient("0.05", town("laptop"))
    key, chain = next((key, chain) for key, chain in marked.sheet.chains.items() if chain.links)
    link = attrs.evolve(chain.links[0], label=personal, source=attrs.evolve(chain.links[0].source, title=personal))
    sheet = attrs.evolve(marked.sheet, chains={**marked.sheet.chains, key: attrs.evolve(chain, links=(link,))})
    manifest = attrs.evolve(marked.manifest, sources=(link.source,))
    told = b"".join(published(attrs.evolve(marked, sheet=sheet, manifest=manifest)).pages().values())
    assert personal.encode() not in told
    assert b"0.05" in told


@pytest.mark.parametrize(
    "plain", ["Base Carbone V23.6, lignes 27001 à 27013", "231,0123456789 kgCO2eq", "Télécom 2023", "NF EN 15804+A2"]
)
def test_a_text_that_names_nobody_leaves_as_it_is(plain):
    assert Redaction(METHODOLOGY, KEY).text(plain) == plain


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://data.ademe.fr/datasets/base-carboner", True), ("/home/jdurand/facteurs.xls", False),
     ("file:///C:/Users/jdurand/f.xlsx", False), ("https://ville.fr/marie.durand@ville.fr", False)],
)  # fmt: skip
def test_a_path_of_somebodys_machine_is_no_address(address, told):
    assert Redaction(METHODOLOGY, KEY).address(address) == (address if told else "")


def test_an_organisation_that_names_a_person_is_hashed(city):
    named = attrs.evolve(city, organisation="Jeanne Durand, 06 12 34 56 78")
    assert b"Durand" not in b"".join(published(named).pages().values())


def test_natures_that_tables_know_are_public():
    opened = ghg.Folder.open(VILLE)
    assert {"paper", "telecom"} <= opened.own_words
    known, typed = shown(
        published(town("paper", "M. Durand", dimension="nature"), own_words=opened.own_words), "nature"
    )
    assert known == "paper"
    assert typed.startswith("hmac:")


def test_share_alike_factors_keep_their_licence(city):
    (first, *_) = city.manifest.sources
    manifest = attrs.evolve(city.manifest, sources=(attrs.evolve(first, licence="ODbL-1.0"),))
    bound = attrs.evolve(city, manifest=manifest)
    with pytest.raises(ghg.ConfigurationError, match="ODbL"):
        Publication(bound, "etalab-2.0")
    assert Publication(bound, "odbl-1.0").package.descriptor()["licenses"][0]["name"] == "odbl-1.0"


def test_a_licence_or_a_dimension_that_nobody_knows_is_refused(city):
    with pytest.raises(ghg.ConfigurationError):
        Publication(city, "mine")
    with pytest.raises(ghg.ConfigurationError):
        Redaction(METHODOLOGY, shown=frozenset({"supplier"}))


@pytest.mark.parametrize("name", ["=1+1", "'=1+1", "''@x", "+33", "-", "\t=1", "\r\n=1", "＝1", "'", "it's", '"=1"'])
def test_a_name_cannot_become_a_formula_and_can_be_read_back(name):
    hostile = footprint_of([(cell(name), 10**3)], methodology=attrs.evolve(METHODOLOGY, domains=(name,), rollups={}))
    pages = published(hostile).pages()
    for page, mark in (("results.csv", ","), ("results-excel-fr.csv", ";")):
        _, row = csv.reader(io.StringIO(pages[page].decode("utf-8-sig"), newline=""), delimiter=mark)
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert restored(row[0]) == name
    assert published(hostile).tables["results"].column("domain") == [name]


def test_the_same_footprint_gives_the_same_bytes(city):
    assert published(city).pages() == published(city).pages()


IMPRINT = Imprint(
    address="https://data.exemple.fr/empreinte",
    publisher="https://www.exemple.fr",
    contact="Direction du numérique",
    mail="opendata@exemple.fr",
    spatial="http://id.insee.fr/geo/commune/44162",
    frequency=Frequency.ANNUAL,
    keywords=("numérique", "carbone"),
)


def test_a_catalogue_is_told_what_was_declared_and_nothing_else(city):
    declared = json.loads(attrs.evolve(published(city), imprint=IMPRINT).pages()["dcat.jsonld"])
    assert IMPRINT.missing() == ()
    assert declared["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:opendata@exemple.fr"}
    assert declared["dct:accrualPeriodicity"]["@id"].endswith("/frequency/ANNUAL")
    assert declared["dct:spatial"] == {"@id": IMPRINT.spatial}
    assert declared["dct:temporal"]["dcat:startDate"] == {"@type": "xsd:date", "@value": "2024-01-01"}
    assert declared["dcat:theme"]["@id"].endswith("/data-theme/ENVI")
    assert all(found["dcat:accessURL"] == {"@id": IMPRINT.address} for found in declared["dcat:distribution"])
    pages = published(city).pages()
    silent = json.loads(pages["dcat.jsonld"])
    assert not {"dcat:contactPoint", "dct:spatial", "dct:accrualPeriodicity", "dcat:landingPage"} & set(silent)
    assert Imprint().missing() == ("address", "publisher", "contact", "mail", "spatial", "frequency")
    for found in silent["dcat:distribution"]:
        content = pages[found["dct:title"]]
        assert found["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()
        assert found["dcat:byteSize"]["@value"] == str(len(content))


@pytest.mark.parametrize("wrong", [{"address": "exemple.fr"}, {"spatial": "Nantes"}, {"mail": "Durand"}])
def test_an_address_that_is_none_is_refused(wrong):
    with pytest.raises(ghg.ConfigurationError):
        Imprint(**wrong)


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
        "results.csv", "factors.csv", "rows.csv", "results-excel-fr.csv", "result.schema.json", "datapackage.json",
        "dcat.jsonld",
    }  # fmt: skip
    assert done.stdout.count("Written: ") == 7
    assert "[publication] of ghg.toml: address, publisher, contact, mail, spatial, frequency" in done.stderr
    again = command("publish", str(VILLE), "-o", str(target), "--licence", "etalab-2.0")
    assert again.returncode == 1
    assert command("publish", str(VILLE), "-o", str(tmp_path / "x")).returncode == 2


def test_a_key_that_is_kept_makes_the_same_hashes_from_year_to_year(city, tmp_path):
    key = tmp_path / "key"
    first, second = (Publication(city, "etalab-2.0", Redaction(METHODOLOGY, kept(str(key)))) for _ in "12")
    assert first.pages() == second.pages()
    assert len(key.read_bytes()) > 32
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [".", "missing/key", "empty"])
def test_a_key_that_cannot_be_kept_is_refused(tmp_path, place):
    (tmp_path / "empty").touch()
    with pytest.raises(ghg.GhgError):
        Redaction(METHODOLOGY, kept(str(tmp_path / place)))


def test_no_key_is_left_by_a_publication_that_is_refused(tmp_path):
    asked = ("--licence", "etalab-2.0", "--show", "colour", "--key", str(tmp_path / "key"))
    assert command("publish", str(VILLE), "-o", str(tmp_path / "x"), *asked).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_never_read_from_a_file_of_the_inventory(tmp_path):
    key = ("--key", str(VILLE / "parc.csv"))
    assert command("publish", str(VILLE), "-o", str(tmp_path / "x"), "--licence", "etalab-2.0", *key).returncode == 1
    assert not (tmp_path / "x").exists()


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
