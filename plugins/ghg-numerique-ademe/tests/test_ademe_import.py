"""The Base Carbone in every form gives the same table; each row is kept or refused, and nothing is guessed."""

import csv
import io
import resource
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from exports import LAPTOP, ROWS, element, open_data, part, site, workbook

from ghg_numerique import cli
from ghg_numerique.plugin import (
    Document,
    Draft,
    FactorKey,
    FactorTable,
    InputError,
    Role,
    folder_providers,
    shipped_tables,
)
from ghg_numerique.testing import check_factor_importer
from ghg_numerique_ademe import ghg_factor_importers
from ghg_numerique_files.workbook import read_worksheet

(IMPORTER,) = ghg_factor_importers()
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "base_carbone_v23_6" / "Base_Carbone_V23.6-v2.xlsx"
KEPT = ["27002", "27020", "43642", "99001", "43296", "20876"]


def draft(content: bytes, name: str = "Base_Carbone_V23.6.csv", **options: str) -> Draft:
    return IMPORTER.draft(Document(name, content, options))


def refused(found: Draft) -> list[tuple[str, str, int]]:
    return [(finding.code, dict(finding.facts)["id"], finding.origin.row) for finding in found.refused]


def written(found: Draft, folder: Path) -> FactorTable:
    folder.mkdir(parents=True)
    for name, content in found.pages(folder.name, "2024-12-31").items():
        (folder / name).write_bytes(content)
    return FactorTable.read(folder)


@pytest.fixture(scope="module")
def real() -> Document:
    if not REAL.is_file():
        pytest.skip(f"the real file {REAL} is not at hand")
    return Document(REAL.name, REAL.read_bytes())


@pytest.fixture(scope="module")
def full(real) -> Draft:
    return IMPORTER.draft(attrs.evolve(real, options={"archived": "yes"}))


@pytest.mark.parametrize("content", [site(), open_data(), workbook()], ids=["site", "open data", "workbook"])
def test_every_form_gives_the_same_rows_and_the_same_refusals(content):
    found, site_found = draft(content), draft(site())
    assert [row["id"] for row in found.rows] == KEPT
    assert found.rows == site_found.rows
    assert refused(found) == refused(site_found)
    assert found.adds_up
    assert found.read == len(ROWS)


def test_each_refused_row_has_its_place_and_the_first_reason_against_it():
    found = draft(workbook())
    assert refused(found) == [
        ("poste", "27002", 3), ("poste", "27002", 4), ("archived", "20595", 6), ("price_basis", "20593", 11),
        ("source_data", "23329", 12), ("role", "28000", 13), ("unit", "28001", 14), ("damaged", "28002", 15),
        ("damaged", "28003", 16), ("damaged", "28004", 17), ("duplicate", "28005", 18), ("duplicate", "28005", 19),
    ]  # fmt: skip
    places = {finding.origin.row: (finding.origin.column, finding.value) for finding in found.refused}
    assert places[15] == ("Nom base français", "TÃ©lÃ©vision")
    assert places[16] == ("Localisation géographique", "#N/A")
    assert places[17] == ("Statut de l'élément", "Peut-être")
    assert {finding.origin.sheet for finding in found.refused} == {"Base_Carbone"}
    assert all(finding.is_said(language) for finding in found.refused for language in ("fr", "en"))


def test_a_row_says_what_was_published_and_answers_what_is_declared():
    laptop, decoder, mix, _other, transport, toner = draft(site()).rows
    assert (laptop["value"], laptop["unit"], laptop["uncertainty"], laptop["valid_to"], laptop["equipment"]) == (
        "156", "kgCO2eq/item", "50 %", "2021-12-20", "laptop",
    )  # fmt: skip
    assert laptop["label"] == "Ordinateur / portable"
    assert "model" not in decoder
    assert (mix["place"], mix["year"], mix["valid_from"], mix["valid_to"]) == ("FR", "2024", "2024-01-01", "2024-12-31")
    assert mix["comment"] == "Période de validité : Année 2024. CO2b, à part : 0.012."
    assert (transport["sector"], transport["year"], transport["valid_to"]) == ("C30", "2019", "2022-12-31")
    assert (toner["value"], toner["derivation"], toner["unit"]) == ("0.0023", "0.23 * 0.01", "kgCO2eq/sheet")
    assert (toner["valid_to"], toner["comment"]) == ("", "Période de validité : 3 ans.")


def test_a_row_that_nothing_declares_is_kept_and_answers_nothing():
    found = draft(site([element(99002, "Casque", 5.0)]))
    assert (len(found.rows), found.answering) == (1, 0)


def test_what_an_identifier_answers_is_dropped_where_the_row_became_another_thing():
    other = element(27002, "Ordinateur", 156.0, "kgCO2e/kg")
    archived = element(27002, "Ordinateur", 156.0, Statut="Archivé")
    assert draft(site([LAPTOP])).answering == 1
    assert draft(site([other])).answering == 0
    assert "equipment" not in draft(site([archived]), archived="yes").rows[0]


def test_archived_rows_come_only_when_they_are_asked_for():
    found = draft(site(), archived="yes")
    (row,) = [row for row in found.rows if row["status"] == "archived"]
    assert row["id"] == "20595"
    assert found.adds_up
    with pytest.raises(InputError, match="archived"):
        draft(site(), archived="peut-être")


def test_gases_are_held_against_the_total_and_are_no_part_of_it():
    found = draft(site())
    said, apart = found.remarks
    assert said.text("en") == "2 elements decomposed by gas; 1 are more than 1 % away from their total."
    assert (apart.origin.row, apart.value) == (8, "0.5")
    assert [row["value"] for row in found.rows if row["id"] == "99001"] == ["1"]


def test_parts_are_known_by_their_post_where_no_column_names_the_kind_of_row():
    found = draft(open_data([LAPTOP, part(LAPTOP, "Intrants", 124.3)]))
    assert ([row["value"] for row in found.rows], refused(found)) == (["156"], [("poste", "27002", 3)])


def test_a_row_of_another_width_is_refused_alone():
    content = site([LAPTOP]) + b"a;b\r\n"
    found = draft(content)
    assert ([row["id"] for row in found.rows], [finding.code for finding in found.refused]) == (["27002"], ["damaged"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "columns-missing"),
        ("Identifiant de l'élément;Unité français\n1;2\n".encode("cp1252"), "columns-missing"),
        (site().replace(b"Incertitude", b"CO2f"), "columns-twice"),
        (site()[:2000] + b';"', "file-unreadable"),
        (b"\x81\x8d", "file-unreadable"),
        (b"%PDF-1.7", "columns-missing"),
        (b"PK\x03\x04", "workbook-damaged"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_words(content, code):
    with pytest.raises(InputError) as raised:
        draft(content)
    assert raised.value.code == code
    assert raised.value.text("en")


def test_a_sheet_is_known_by_its_headers_or_by_its_name():
    several = workbook([LAPTOP], Notes=[["lire"]])
    assert [row["id"] for row in draft(several).rows] == ["27002"]
    assert [row["id"] for row in draft(several, sheet="Base_Carbone").rows] == ["27002"]
    with pytest.raises(InputError, match="Notes"):
        draft(several, sheet="Autre")
    with pytest.raises(InputError):
        draft(site(), sheet="Base_Carbone")


def test_the_version_is_what_the_file_is_named_after_or_what_is_given():
    assert draft(site(), "Base_Carbone_V23.6.csv").head["version"] == "23.6"
    assert draft(site(), "export.csv", version="24").head["version"] == "24"
    assert draft(site(), "export.csv").head["version"].startswith("sha256 ")
    assert draft(site(), provider="ademe-24").head["provider"] == "ademe-24"


def test_it_keeps_the_promises_of_an_importer_of_factors():
    check_factor_importer(IMPORTER, [Document("Base_Carbone_V1.0.csv", site()), Document("data.csv", open_data())])


def test_the_table_is_read_and_used_as_one_of_ours(tmp_path):
    table = written(draft(site()), tmp_path / "base-carbone")
    assert table.source.id == "base-carbone"
    providers = {provider.role: provider for provider in folder_providers(tmp_path)}
    (offer,) = providers[Role.EMBODIED].offers([FactorKey(Role.EMBODIED, "laptop")])
    assert (offer.coefficient.id, offer.coefficient.value) == ("27002", "156")


def test_the_command_writes_the_folder_or_nothing(tmp_path, capsysbinary):
    export, folder, listed = tmp_path / "export_V1.0.csv", tmp_path / "table", tmp_path / "refused.csv"
    export.write_bytes(site())
    command = ["factors", "import", "base-carbone", str(export), "-o", str(folder), "--lang", "en"]
    with pytest.raises(SystemExit) as left:
        cli.main([*command, "--refused", str(listed)])
    said = capsysbinary.readouterr().out.decode()
    assert left.value.code == 0
    assert "18 rows read = 6 kept + 12 refused" in said
    rows = list(csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8"))))
    assert len(rows) == 12
    assert rows[0] | {"why": ""} == {
        "file": export.name, "sheet": "", "row": "3", "column": "Type poste", "id": "27002", "reason": "poste",
        "value": "Intrants", "why": "",
    }  # fmt: skip
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(SystemExit) as left:
        cli.main(command)
    assert left.value.code == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(SystemExit) as left:
        cli.main([*command[:5], str(tmp_path / "other"), "--option", "colour=red"])
    assert (left.value.code, (tmp_path / "other").exists()) == (1, False)


def test_rivals_for_one_key_leave_no_folder(tmp_path, monkeypatch, capsysbinary):
    export = tmp_path / "export.csv"
    export.write_bytes(site([LAPTOP, element(1, "Ordinateur", 5.0)]))
    from ghg_numerique_ademe import base_carbone

    monkeypatch.setattr(base_carbone, "keys", lambda *_: {"equipment": "laptop"})
    with pytest.raises(SystemExit) as left:
        cli.main(["factors", "import", "base-carbone", str(export), "-o", str(tmp_path / "table")])
    assert left.value.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]


def test_the_real_workbook_is_accounted_for_to_the_row(real, full):
    valid = IMPORTER.draft(real)
    assert (valid.read, full.read) == (18_616, 18_616)
    assert valid.adds_up
    assert full.adds_up
    reasons = {finding.code for finding in full.refused}
    assert sum(finding.code == "poste" for finding in full.refused) == 5_799
    assert sum(finding.code == "source_data" for finding in full.refused) == 1_878
    assert "archived" not in reasons
    assert sum(finding.code == "archived" for finding in valid.refused) == 4_421
    damaged = {(finding.origin.row, finding.value) for finding in full.refused if finding.code == "damaged"}
    assert damaged == {(13_735, "#N/A"), (13_736, "#N/A")}


def test_the_real_workbook_says_what_the_shipped_tables_say(full, tmp_path):
    table = written(full, tmp_path / "real")
    found = {row.coefficient.id: row for row in table.rows}
    compared = 0
    for name in ("electricity", "equipment", "monetary", "paper"):
        for row in FactorTable.read(shipped_tables() / f"ademe-base-carbone-23.6-{name}").rows:
            one, other = row.coefficient, found[row.coefficient.id].coefficient
            for field in ("exact", "unit", "role", "spread", "valid_from", "valid_to", "year", "stages"):
                assert getattr(other, field) == getattr(one, field), (one.id, field)
            same = ("status", "equipment", "model", "place", "sector", "fit")
            assert [getattr(found[one.id], field) for field in same] == [getattr(row, field) for field in same], one.id
            compared += 1
    assert compared == 415


def test_the_real_rows_are_the_same_in_every_form(real, full):
    rows = read_worksheet(real, sheet="Base_Carbone_V23.6").rows

    def spelled(mark: str, day: str) -> list[list[str]]:
        def text(cell: object) -> str:
            if isinstance(cell, float):
                return f"{Decimal(repr(cell)):f}".removesuffix(".0").replace(".", mark)
            if isinstance(cell, date):
                return cell.strftime(day)
            return getattr(cell, "text", cell)

        return [[text(cell) for cell in row] for row in rows]

    for delimiter, mark, day, encoding in ((";", ",", "%d/%m/%Y", "cp1252"), (",", ".", "%Y-%m-%d", "utf-8-sig")):
        page = io.StringIO(newline="")
        lines = spelled(mark, day)
        csv.writer(page, delimiter=delimiter).writerows(lines if mark == "," else [line[1:] for line in lines])
        found = draft(page.getvalue().encode(encoding), archived="yes")
        assert found.rows == full.rows
        assert refused(found) == refused(full)


MEASURED = """
import resource
from pathlib import Path
from ghg_numerique.cli import main
try:
    main()
finally:
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(held.split()[1]) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""The command, then the most that it has held in kilobytes, with the most of its own child."""


@pytest.mark.skipif(sys.platform != "linux", reason="the figures are those of Linux")
def test_the_real_workbook_takes_300_megabytes_at_most_and_little_work(real, tmp_path):
    del real
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["factors", "import", "base-carbone", str(REAL), "-o", str(tmp_path / "table")]
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert "18\u202f616" in done.stdout
    assert work < 10, "twice the five seconds that it may take on a machine of its own"
    assert int(done.stdout.split()[-1]) / 1024 < 300


@pytest.mark.parametrize(("name", "content"), [("b.xlsx", b""), ("b.xlsx", b"<html>"), ("b.csv", b"\n<!DOCTYPE html>")])
def test_what_only_bears_the_name_of_a_workbook_is_told_as_such(name, content):
    with pytest.raises(InputError) as refused:
        IMPORTER.draft(Document(name, content))
    assert refused.value.code == "workbook-kind"


def test_a_unit_of_another_price_year_than_the_tables_declare_is_refused():
    rows = tuple(
        row | {"Unité français": row["Unité français"].replace("2019", "2021")}
        if row["Identifiant de l'élément"] == 43296
        else row
        for row in ROWS
    )
    found = draft(site(rows))
    assert ("price_year", "43296", 9) in refused(found)
    assert found.adds_up
