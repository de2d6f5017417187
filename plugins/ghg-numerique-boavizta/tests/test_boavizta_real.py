"""The file as Boavizta published it on 2023-02-23, in both forms; skipped where it is not at hand."""

from collections import Counter
from decimal import Decimal
from statistics import median

from ghg_numerique_boavizta.reading import Reading


def test_both_forms_read_to_the_same_table(shared):
    """Only what is kept as published differs: names and addresses, in which the French form has commas too."""
    french, english = Reading.of(shared("fr")), Reading.of(shared("us"))
    published = ("label", "comment")
    plain = [[{k: v for k, v in row.items() if k not in published} for row in one.factors] for one in (french, english)]
    assert plain[0] == plain[1]
    assert [(one.code, one.origin.row) for one in french.refused] == [
        (one.code, one.origin.row) for one in english.refused
    ]


def test_every_row_is_kept_or_refused(shared):
    reading = Reading.of(shared("fr"))
    assert (reading.read, len(reading.kept), len(reading.refused)) == (1226, 1095, 131)
    assert Counter(one.code.removeprefix("boavizta-") for one in reading.refused) == {
        "use_share": 75, "type": 51, "shares": 4, "repeated": 1,
    }  # fmt: skip
    assert [one.origin.row for one in reading.refused if one.code == "boavizta-shares"] == [344, 481, 620, 621]
    assert Counter(row["role"] for row in reading.factors) == {"embodied": 1095, "energy": 634}
    assert reading.until == "2023-02-23"


def test_figures_known_from_elsewhere(shared):
    """One by hand, 161 x (1 - 0.1500); and medians that were worked out on this file before this code was."""
    by_type: dict[str, list[Decimal]] = {}
    for row in Reading.of(shared("fr")).factors:
        if row["role"] == "embodied":
            by_type.setdefault(row["equipment"].split("|")[0], []).append(Decimal(row["value"]))
        if row["id"] == "Apple 13-inch MacBook Air (M1 CPU) 256GB - 2020 / embodied":
            assert (row["value"], row["year"]) == ("136.85", "2020")
    assert (len(by_type["laptop"]), round(median(by_type["laptop"]))) == (422, 241)
    assert (len(by_type["monitor"]), round(median(by_type["monitor"]))) == (257, 357)
    assert (len(by_type["printer"]), round(median(by_type["printer"]))) == (11, 130)


def test_the_paper_of_printers_is_out(shared):
    """The median printer of the file has 6150 kgCO2eq in all, and 130 that are the printer."""
    reading = Reading.of(shared("us"))
    printers = [one for one in reading.kept if one.subcategory == "Printer"]
    assert median(Decimal(one.gwp_total) for one in printers) == 6150
    made = [row for row in reading.factors if row["role"] == "embodied" and "printer" in row["equipment"]]
    assert len(made) == len(printers)
    assert all(row["comment"].startswith("Paper trap") for row in made)
    assert max(Decimal(row["value"]) for row in made) == Decimal("1399.44"), "an A3 copier"
