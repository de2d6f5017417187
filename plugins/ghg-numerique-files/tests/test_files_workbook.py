"""A workbook is read cell by cell as it is, or refused in words; no file stops the process, or costs much."""

import json
import subprocess
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hostile import HOSTILE, NOISE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from workbooks import MAIN, members, ods, sheet_xml, xls, xlsx, zipped

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_files.workbook import CellFault, Worksheet, is_workbook, read_worksheet

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8).filter(
    lambda text: "_x" not in text
)
NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)


def read(content: bytes, **wanted: object) -> Worksheet:
    return read_worksheet(Document("f.xlsx", content), **wanted)


def refusal(content: bytes, **wanted: object) -> InputError:
    with pytest.raises(InputError) as raised:
        read(content, **wanted)
    return raised.value


def assert_read_or_refused(content: bytes) -> None:
    try:
        said = read(content)
    except InputError as error:
        said = error
    assert isinstance(said, Worksheet) or said.code.startswith("workbook-")


def test_cells_are_typed_and_keep_their_places():
    row = [
        "",
        "000123",
        4536,
        1.5,
        True,
        "",
        b'<c r="G2" s="1"><v>45352</v></c>',
        b'<c r="H2" s="1"><v>45352.5</v></c>',
    ]
    found = read(xlsx(Feuille=[[], row, [], ["fin"]]))
    assert found.name == "Feuille"
    assert found.rows == (
        ("",) * 8,
        ("", "000123", 4536.0, 1.5, True, "", date(2024, 3, 1), datetime(2024, 3, 1, 12)),
        ("",) * 8,
        ("fin", *[""] * 7),
    )


def test_what_a_parser_would_lose_is_a_fault_in_its_place():
    cells = [
        b'<c r="A1" t="e"><v>#N/A</v></c>',
        b'<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        b'<c r="C1"><f>A1+1</f></c>',
        b'<c r="D1"><f>A1+1</f><v></v></c>',
        b'<c r="E1" t="str"><f>""</f><v></v></c>',
        b'<c r="F1"><f>1+1</f><v>2</v></c>',
        "#REF!",
    ]
    faults = [CellFault(text) for text in ("#N/A", "#DIV/0!", "=A1+1", "=A1+1")]
    assert read(xlsx(A=[cells], B=[]), sheet="A").rows == ((*faults, "", 2.0, "#REF!"),)


def test_older_and_open_formats_are_read_too():
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    cells = (
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1.5"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
        '<table:table-cell table:number-columns-repeated="1021"/>'
    )
    assert read(ods(f"<table:table-row>{cells}</table:table-row>{blank}")).rows == (("x", 1.5, date(2024, 3, 1)),)
    assert read(xls((0, 0, 1.5), (2, 1, 3))).rows == ((1.5, ""), ("", ""), ("", 3.0))


def test_a_sheet_is_named_where_several_hold_something():
    book = xlsx(Parc=[["id"], ["x"]], Vide=[], Notes=[["lire"]])
    assert read(xlsx(Vide=[], Parc=[["id"]])).name == "Parc"
    assert read(book, sheet="Notes").rows == (("lire",),)
    assert read(book, header=[("Identifiant", "ID")]).name == "Parc"
    assert refusal(book).facts["known"] == "Parc, Notes"
    assert refusal(book, sheet="parc").facts["known"] == "Parc, Vide, Notes"
    assert refusal(book, header=[("id",), ("nom",)]).code == "workbook-header"
    assert refusal(xlsx(Vide=[])).code == "workbook-empty"
    assert refusal(xlsx(A=[["id"]], B=[["id", "nom"]]), header=[("id",)]).code == "workbook-sheets"
    assert refusal(xlsx(A=[["id"]], B=[["id"]]), header=[("id",)]).code == "workbook-alike"


def test_a_text_that_is_cut_between_two_pieces_is_measured_whole():
    rows = [[f"{number}", number] for number in range(40_000)]
    rows[-1] = ["fin", b'<c r="B40000" t="e"><v>#N/A</v></c>']
    found = read(xlsx(A=rows))
    assert (len(found.rows), found.rows[-1]) == (40_000, ("fin", CellFault("#N/A")))
    assert len(NOISE) > 2**20


def test_a_workbook_is_known_by_its_first_bytes():
    assert is_workbook(xlsx(A=[]))
    assert is_workbook(xls())
    assert not is_workbook(b"id;nom\n")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_words(name, monkeypatch):
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    content, codes = HOSTILE[name]
    error = refusal(content)
    assert error.code in codes
    assert all("f.xlsx" in error.text(language) for language in ("fr", "en"))


@pytest.mark.skipif(sys.platform != "linux", reason="the bound on memory is that of Linux")
def test_hostile_workbooks_are_refused_within_a_second_and_64_megabytes(tmp_path):
    (tmp_path / "0").write_bytes(xlsx(A=[["id"], ["x"]]))
    for name, (content, _) in HOSTILE.items():
        (tmp_path / f"1 {name}").write_bytes(content)
    script = Path(__file__).with_name("cost.py")
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, check=True, timeout=120)
    cost = json.loads(done.stdout)
    assert len(cost["said"]) == len(HOSTILE)
    assert [name for name, (code, seconds) in cost["said"].items() if not code or seconds > 1] == []
    assert cost["megabytes"] < 64


@pytest.mark.law
@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(TEXTS | NUMBERS | st.booleans(), min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    width = max(map(len, rows))
    wanted = [(*row, *[""] * (width - len(row))) for row in rows]
    if any(cell != "" for row in wanted for cell in row):
        found = [list(row) + [""] * (width - len(row)) for row in read(xlsx(A=rows)).rows]
        found += [[""] * width] * (len(rows) - len(found))
        assert [tuple(row) for row in found] == wanted


@pytest.mark.law
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([xlsx(A=[["id", 1.5], ["x", True]]), xls((0, 0, 1.5)), ods("<table:table-row/>")]),
    st.integers(0, 10_000), st.binary(max_size=4), st.booleans(),
)  # fmt: skip
@example(ods("<table:table-row/>"), 2940, b"\x01", False)
@example(ods("<table:table-row/>"), 584, b"\x01", False)
def test_a_damaged_workbook_is_read_or_refused(content, place, put, cut):
    place %= len(content) + 1
    damaged = content[:place] + put + (b"" if cut else content[place + len(put) :])
    assert_read_or_refused(damaged)


@pytest.mark.law
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2_000), st.text("<>/=\"' rcvft1AZ", max_size=12))
def test_a_sheet_whose_xml_is_damaged_is_read_or_refused(place, put):
    xml = sheet_xml([["id", 1.5], ["x", b'<c r="B2" t="e"><v>#N/A</v></c>']])
    place %= len(xml) + 1
    assert_read_or_refused(zipped(members({"A": xml[:place] + put + xml[place + len(put) :]})))


def test_a_prefix_of_names_and_lower_levels_do_not_hide_a_cell():
    parts = members({"A": sheet_xml([["id"], [b'<c r="A2" t="e"><v>#N/A</v></c>']])})
    name = "xl/worksheets/sheet1.xml"
    prefixed = parts[name].replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    content = zipped({**parts, name: prefixed})
    assert zipfile.ZipFile(BytesIO(content)).read(name).decode().startswith(f'<x:worksheet xmlns:x="{MAIN}"')
    assert read(content).rows == (("id",), (CellFault("#N/A"),))
