"""A file in either form is one table; every row is kept, or refused with its reason, place and value."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.model.table_rows import TableRow
from ghg_numerique.plugin import LANGUAGES, Document, Draft, FactorTable, Severity
from ghg_numerique_boavizta.declaration import HEADERS, NUMBERS
from ghg_numerique_boavizta.factors import types
from ghg_numerique_boavizta.reading import Reading
from ghg_numerique_boavizta.reasons import SAID, Reason
from ghg_numerique_boavizta.sheet import Unreadable

BOOK = {
    "manufacturer": "Fictif", "name": "Cahier 14,5 G2", "category": "Workplace", "subcategory": "Laptop",
    "gwp_total": "300", "gwp_use_ratio": "0.2", "yearly_tec": "25.5", "lifetime": "4.0", "use_location": "EU",
    "report_date": "March 2021", "sources": "https://fictif.example/cahier-14.pdf", "gwp_error_ratio": "0.1693",
    "gwp_manufacturing_ratio": "0.75", "gwp_transport_ratio": "0.04", "gwp_eol_ratio": "0.01", "added_date": "27-05-2022",
}  # fmt: skip
"""An invented laptop of an invented manufacturer: 300 x (1 - 0.2) = 240."""

PRINTER = {
    "manufacturer": "Fictif", "name": "Presse 9", "subcategory": "Printer", "gwp_total": "8000",
    "gwp_use_ratio": "0.98", "yearly_tec": "20", "report_date": "2022-2-6", "gwp_error_ratio": "0.0000",
    "added_date": "2022-04-07",
}  # fmt: skip
"""An invented printer: 8000 x (1 - 0.98) = 160, and 7840 of electricity and paper that are left out."""

Row = Mapping[str, str]


def written(rows: Sequence[Row], form: str = "us") -> Document:
    """Return rows as one of the two published forms: the header has more columns than are read, as the real one."""
    delimiter, end = (";", "\r\n") if form == "fr" else (",", "\n")
    page = io.StringIO()
    header = ["category", *HEADERS, "comment"]
    writer = csv.DictWriter(page, header, restval="", delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    for row in rows:
        numbers = {name: row[name].replace(".", ",") for name in NUMBERS if name in row} if form == "fr" else {}
        writer.writerow({**row, **numbers})
    return Document(f"sheets-{form}.csv", page.getvalue().encode())


def refusals(*rows: dict[str, str]) -> list[tuple[str, int, str]]:
    """Return (reason, row, column) of what is refused."""
    found = Reading.of(written(rows)).refused
    return [(one.code.removeprefix("boavizta-"), one.origin.row, one.origin.column) for one in found]


def test_a_laptop_is_its_embodied_emissions_and_its_electricity():
    made, electricity = Reading.of(written([BOOK])).factors
    assert made == {
        "id": "Fictif Cahier 14.5 G2 / embodied",
        "label": "Fictif Cahier 14,5 G2",
        "role": "embodied",
        "equipment": "laptop|tablet-detachable",
        "model": "Fictif Cahier 14.5 G2|Fictif Cahier 14,5 G2|Cahier 14.5 G2|Cahier 14,5 G2",
        "year": "2021",
        "value": "240",
        "derivation": "300 total + -300 total * 0.2 use",
        "unit": "kgCO2eq/item",
        "stages": "manufacturing+distribution+end_of_life",
        "boundary": (
            "Total of the sheet less its use share; shares published: manufacturing 0.75, transport 0.04, use 0.2, "
            "end of life 0.01."
        ),
        "status": "valid",
        "uncertainty": "16.93 %",
        "comment": (
            "Error of the whole life cycle as published: 0.1693. Use as the manufacturer sees it, left out: 4.0 years, EU. "
            "Sheet of March 2021: https://fictif.example/cahier-14.pdf"
        ),
    }
    assert (electricity["role"], electricity["value"], electricity["unit"]) == ("energy", "25.5", "kWh/item/year")
    assert (electricity["stages"], electricity["uncertainty"], electricity["derivation"]) == ("use", "", "")


def test_the_paper_of_a_printer_is_left_out_and_said():
    reading = Reading.of(written([BOOK, PRINTER]))
    made, electricity = reading.factors[2:]
    assert made["value"] == "160"
    assert made["comment"].startswith("Paper trap: the use share of a printer holds its paper")
    assert made["uncertainty"] == "", "an error of zero is no claim to be exact"
    assert electricity["value"] == "20", "electricity is the declared one, and none of the use share"
    (paper,) = [note for note in reading.notes if note.code == "boavizta-paper"]
    assert (paper.origin.row, paper.value) == (3, "1")
    assert not any(note.code == "boavizta-paper" for note in Reading.of(written([BOOK])).notes)


@pytest.mark.parametrize("tec", ["", "0", "0.0"])
def test_no_electricity_is_made_of_none(tec):
    assert [row["role"] for row in Reading.of(written([BOOK | {"yearly_tec": tec}])).factors] == ["embodied"]


@pytest.mark.parametrize(
    ("change", "reason", "column"),
    [
        ({"name": ""}, "name", "name"),
        ({"name": "a|b"}, "name", "name"),
        ({"manufacturer": " "}, "name", "manufacturer"),
        ({"gwp_total": ""}, "total", "gwp_total"),
        ({"gwp_total": "0"}, "total", "gwp_total"),
        ({"gwp_use_ratio": ""}, "use_share", "gwp_use_ratio"),
        ({"gwp_use_ratio": "1.0"}, "shares", "gwp_use_ratio"),
        ({"gwp_manufacturing_ratio": "7.76"}, "shares", "gwp_use_ratio"),
        ({"gwp_total": "3e2"}, "number", "gwp_total"),
        ({"gwp_use_ratio": "0,2"}, "number", "gwp_use_ratio"),
        ({"yearly_tec": "-3"}, "number", "yearly_tec"),
        ({"subcategory": "Toaster"}, "type", "subcategory"),
    ],
)
def test_a_row_that_cannot_be_a_factor_is_refused_with_its_place(change, reason, column):
    assert refusals(PRINTER, BOOK | change) == [(reason, 3, column)]


def test_a_row_that_says_the_same_again_is_refused_once():
    again = BOOK | {"name": "CAHIER  14.5 g2", "gwp_total": "300.0", "sources": "https://fictif.example/newer.pdf"}
    assert refusals(BOOK, again) == [("repeated", 3, "name")]


def test_rows_that_contradict_each_other_are_both_refused():
    assert refusals(BOOK, BOOK | {"gwp_total": "310"}) == [("rivals", 2, "name"), ("rivals", 3, "name")]


def test_a_row_that_is_cut_is_refused():
    document = written([BOOK, PRINTER])
    cut = Document("cut.csv", document.content.rpartition(b",Fictif")[0] + b",Fictif,Presse 9,\n")
    reading = Reading.of(cut)
    (refused,) = reading.refused
    assert (reading.read, len(reading.kept), refused.code, refused.origin.row) == (2, 1, "boavizta-cells", 3)
    assert dict(refused.facts)["id"] == "Fictif Presse 9"


def test_a_name_alone_names_a_device_only_where_it_can_mean_nothing_else():
    rows = [
        BOOK | {"name": "X1"},
        BOOK | {"name": "x1", "manufacturer": "Autre"},
        BOOK | {"name": "Borne"},
        BOOK | {"name": "Fictif 3"},
    ]
    models = [row["model"] for row in Reading.of(written(rows)).factors if row["role"] == "embodied"]
    assert models == ["Fictif X1", "Autre x1", "Fictif Borne", "Fictif 3|Fictif Fictif 3"]


def test_a_monitor_need_not_be_called_one():
    names = {"P9 Monitor": "Monitor", "P8 Monitor": "Laptop", "24 Monitor": "Monitor", "Monitor": "Monitor"}
    rows = [BOOK | {"name": name, "subcategory": subcategory} for name, subcategory in names.items()]
    models = [row["model"] for row in Reading.of(written(rows)).factors if row["role"] == "embodied"]
    assert models == [
        "Fictif P9 Monitor|Fictif P9|P9 Monitor|P9",
        "Fictif P8 Monitor|P8 Monitor",
        "Fictif 24 Monitor|Fictif 24|24 Monitor",
        "Fictif Monitor",
    ]


def test_a_refused_row_still_claims_its_name():
    rows = [BOOK | {"name": "X1"}, BOOK | {"name": "X1", "manufacturer": "Autre", "gwp_total": ""}]
    assert [row["model"] for row in Reading.of(written(rows)).factors] == ["Fictif X1", "Fictif X1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "boavizta-header"),
        (b"manufacturer;name\nFictif;X1\n", "boavizta-header"),
        (written([BOOK]).content.replace(b"Fictif", b"Fict\xe9"), "boavizta-encoding"),
        (written([BOOK]).content + b'"open', "boavizta-quotes"),
    ],
)
def test_a_file_that_is_not_this_one_is_refused_whole(content, code):
    with pytest.raises(Unreadable) as refused:
        Reading.of(Document("f.csv", content))
    assert refused.value.finding.code == code
    assert all(refused.value.finding.is_said(language) for language in LANGUAGES)


@pytest.mark.parametrize("form", ["fr", "us"])
def test_cells_in_quotes_are_read_whatever_they_hold(form):
    rows = [BOOK | {"manufacturer": "Fictif, SA; Paris", "name": 'Cahier 14"'}, BOOK]
    content = written(rows, form).content.replace(b"manufacturer", b'"manufacturer"', 1)
    assert [one.manufacturer for one in Reading.of(Document("f.csv", content)).kept] == ["Fictif, SA; Paris", "Fictif"]


def test_the_release_is_the_last_day_on_which_a_row_was_added():
    assert Reading.of(written([BOOK, PRINTER])).until == "2022-05-27"
    assert Reading.of(written([BOOK | {"added_date": "soon"}])).until == ""


def test_each_reason_is_said_in_both_languages_and_each_type_is_folded():
    assert list(SAID) == list(Reason)
    assert all(french != english for french, english in SAID.values())
    assert types().maps == ("subcategory", "equipment")


NUMBER = st.sampled_from(["", "0", "0.2", "0.55", "1", "161", "1,2", "x"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "manufacturer": st.sampled_from(["Fictif", "Autre", ""]),
            "name": st.sampled_from(["X1", "x1", "21,5-inch", "21.5-inch", "Fictif X1", ""]),
            "subcategory": st.sampled_from(["Laptop", "Printer", "IoT", "thin Client"]),
            "report_date": st.sampled_from(["", "2020", "May 2021", "2019 or 2020"]),
            **dict.fromkeys(NUMBERS, NUMBER),
        }
    ),
    max_size=8,
)


def rows_of_the_table(reading: Reading) -> tuple[TableRow, ...]:
    """Return the rows once they are read from a folder: no two answer one key, and each derivation works out."""
    if not reading.factors:
        return ()  # a table without rows is refused
    draft = Draft({"provider": "boavizta", "title": "t", "version": "1", "publisher": "p", "address": "a", "licence": "l"},
                  reading.read, reading.factors)  # fmt: skip
    with TemporaryDirectory() as root:
        folder = Path(root) / "t"
        folder.mkdir()
        for name, content in draft.pages("t", "2026-11-25").items():
            (folder / name).write_bytes(content)
        return FactorTable.read(folder).rows


@pytest.mark.law
@given(ROWS)
def test_every_row_is_kept_or_refused_and_both_forms_say_the_same(rows):
    """A number with the other form's mark is refused in both, so each form gets the mark that is wrong in it."""
    english, french = (Reading.of(written(rows, form)) for form in ("us", "fr"))
    for reading in (english, french):
        places = [one.row for one in reading.kept] + [finding.origin.row for finding in reading.refused]
        assert sorted(places) == list(range(2, reading.read + 2))
        assert reading.read == len(rows) == len(reading.kept) + len(reading.refused)
        assert all(finding.severity is not Severity.ERROR for finding in reading.refused)
        assert all(finding.is_said(language) for finding in reading.refused for language in LANGUAGES)
        assert len(rows_of_the_table(reading)) == len(reading.factors)
    if "1,2" not in {row[name] for row in rows for name in NUMBERS}:
        assert english.factors == french.factors
