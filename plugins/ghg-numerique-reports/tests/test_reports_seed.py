"""The published footprint of 2024, printed again: 369 or 368 tonnes, three tiers and what they leave out."""

import csv
import io
import json
from fractions import Fraction

import attrs
import pytest

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import Finding
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.plugin import Balances, Fate, Origin, Report, Severity, Tally
from ghg_numerique.terms import Allocation
from ghg_numerique_reports import ghg_reports
from ghg_numerique_reports.svg import _fitting
from ghg_numerique_reports.voice import Voice

REPORTS = {report.name: report for report in ghg_reports()}
PAGES = ("text", "markdown")


def drawn(name: str, footprint: Footprint, language: str = "fr") -> str:
    """Return a report as text, with plain spaces."""
    return REPORTS[name].render(footprint, language=language).decode().replace("\u202f", " ").replace("\u00a0", " ")


def rows(footprint: Footprint) -> list[list[str]]:
    """Return the cells of every row of the Markdown report."""
    lines = drawn("markdown", footprint).splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_five_reports_keep_the_contract():
    assert {name: report.media_type for name, report in REPORTS.items()} == {
        "text": "text/plain",
        "markdown": "text/markdown",
        "csv": "text/csv",
        "json": "application/json",
        "svg": "image/svg+xml",
    }
    assert all(isinstance(report, Report) for report in REPORTS.values())


@pytest.mark.parametrize("page", PAGES)
def test_the_lead_says_total_shares_gaps_and_rounding(seed, page):
    shown = " ".join(drawn(page, seed).split())
    assert "Pour 2024, l'empreinte carbone du numérique représente 369 tCO2eq." in shown
    assert "4,0 % du BEGES (369 sur 9 141 tCO2eq), ou 3,7 % hors poste 1.5" in shown
    assert "absentes de ce total en tout ou en partie : 3." in shown
    assert "arrondies à la tonne" in shown
    assert "ne somment pas" not in shown


def test_domains_come_in_the_order_of_the_methodology(seed):
    shown = [row[:2] for row in rows(seed)]
    start = shown.index(["Environnement Utilisateur", "109"])
    assert [tonnes for _, tonnes in shown[start : start + 8]] == ["109", "93", "62", "39", "30", "26", "10", "369"]


def test_tiers_and_what_they_leave_out_make_the_whole(seed):
    shown = [row[:2] for row in rows(seed)]
    start = shown.index(["Tiers 1", "227"])
    assert shown[start : start + 5] == [
        ["Tiers 1", "227"],
        ["Tiers 2", "93"],
        ["Tiers 3", "39"],
        ["hors tiers : Organisation", "10"],
        ["Total", "369"],
    ]


def test_the_share_grows_smaller_without_a_removal(seed):
    assert ["BEGES", "9 141", "369", "4,0 %"] in rows(seed)
    assert ["BEGES hors poste 1.5", "9 946", "369", "3,7 %"] in rows(seed)
    assert "augmente le dénominateur" in drawn("markdown", seed)
    assert "ne peut pas en être soustraite" in drawn("markdown", seed)


def test_rounded_parts_that_do_not_sum_are_said_and_left_alone(build, seed):
    parts = {cell: kg - 150 for cell, kg in seed.cells.items()}
    shown = drawn("markdown", build(parts.items()))
    assert "représente 368 tCO2eq" in shown
    assert "leur somme est 369, le total arrondi 368 (écart +1 tCO2eq)" in shown
    assert all(f"| {tonnes} |" in shown for tonnes in (109, 93, 62, 39, 30, 26, 10))


def test_every_euro_is_shown_and_thirds_are_rounded_to_the_cent(seed):
    assert ["€ HT", "1 234 901,22", "333,33", "1 234 567,89", "0,00", "0,00", "0,00"] in rows(seed)
    assert ["€ TTC", "77,50", "0,00", "0,00", "0,00", "77,50", "0,00"] in rows(seed)
    money = json.loads(drawn("json", seed))["balances"]["money"][0]
    assert (money["basis"], money["detailed"]) == ("EUR_HT", "1000/3")


@pytest.mark.parametrize(
    ("kg", "shown"),
    [("10000", "10"), ("9999", "10,0"), ("1234", "1,2"), ("999", "1,00"), ("31.4", "0,031"), ("-31.4", "−0,031")],
)
def test_a_small_footprint_is_never_printed_as_zero(build, seed, kg, shown):
    small = build([(next(iter(seed.cells)), kg)])
    assert f"représente {shown} tCO2eq" in drawn("text", small)


def test_a_part_that_rounds_to_zero_is_not_printed_as_zero(build, seed):
    big, small, *_ = seed.cells
    assert ["Environnement Serveur", "< 0,5", "< 0,05 %"] in rows(build([(big, 10**6), (small, 3)]))
    assert ["Environnement Serveur", "> −0,5", "> −0,05 %"] in rows(build([(big, 10**6), (small, -3)]))


@pytest.mark.parametrize("kg", [0, -1000])
def test_nothing_is_a_share_of_nothing(build, seed, kg):
    empty = build([(next(iter(seed.cells)), kg)])
    assert "%" not in drawn("text", empty)
    assert "s.o." in drawn("text", empty)
    assert "n/a" in drawn("text", empty, "en")


def test_a_reference_may_lack_post_1_5_or_be_nothing(seed):
    without = drawn("text", attrs.evolve(seed, reference=ReferenceInventory("9141", title="Bilan", year=2022)))
    assert "Part du Bilan" in without
    assert "celui de 2022" in without
    assert "Le poste 1.5 n'est pas donné" in without
    assert "plus petit que cette empreinte" not in without
    nothing = attrs.evolve(seed, reference=ReferenceInventory("5", "10"))
    assert "le BEGES déclaré est plus petit que cette empreinte" in drawn("text", nothing).replace("\n", " ")
    assert [row["share"] is None for row in json.loads(drawn("json", nothing))["beges"]] == [False, True]
    assert json.loads(drawn("json", attrs.evolve(seed, reference=None)))["beges"] == []


def test_percentages_that_do_not_make_a_hundred_are_told_so(build, seed):
    cell = ("{}", "use", "use", "", "declared", "generic")
    thirds = build([((name, *cell[1:]), 1000) for name in seed.methodology.domains[:3]])
    said = "Les parts en pourcentage, arrondies une à une, font 99,9"
    assert said in drawn("markdown", thirds)
    halves = build([((name, *cell[1:]), 1000) for name in seed.methodology.domains[:2]])
    assert "Les parts en pourcentage" not in drawn("markdown", halves)


def test_a_relative_difference_has_its_sign():
    shown = [Voice("fr", 0).relative(share).shown for share in (Fraction(1, 10), Fraction(-1, 10), Fraction(0), None)]
    assert [one.replace("\u202f", " ") for one in shown] == ["+10,0 %", "\u221210,0 %", "0,0 %", "s.o."]


def test_capitals_take_more_room_than_small_letters():
    small, capitals = _fitting("d" * 40, 200), _fitting("D" * 40, 200)
    assert small.endswith("…")
    assert capitals.endswith("…")
    assert len(capitals) < len(small) <= 200 / 7.6
    assert _fitting("short", 200) == "short"


def test_a_year_in_which_nothing_is_counted_is_no_zero(build):
    line = ("hardware", Fate.EXCLUDED, "enters_after")
    aside = attrs.evolve(build([]), balances=Balances.of([(line, Tally(1))], []))
    assert "aucune ligne n'est comptée" in drawn("text", aside)
    counted = attrs.evolve(build([]), balances=Balances.of([(("hardware", Fate.COUNTED, ""), Tally(1))], []))
    assert "aucune ligne n'est comptée" not in drawn("text", counted)


def test_the_largest_equipment_is_named_and_the_rest_is_summed(build, seed):
    cell = next(iter(seed.cells))
    small = [((*cell[:3], f"kind-{place:02}", *cell[4:]), 10_000 - place) for place in range(40)]
    many = build([*small, (cell, 500_000)])
    shown = rows(many)
    assert [row[0] for row in shown if row[0].startswith("kind-")] == [f"kind-{place:02}" for place in range(15)]
    assert ["autres types de matériel (25)", "249", "27,7 %"] in shown
    assert ["services et dépenses", "500", "55,6 %"] in shown
    assert len(json.loads(drawn("json", many))["equipment"]) == 41


def test_many_findings_of_a_code_are_counted_on_pages_and_complete_in_data(seed):
    notes = [Finding.of("no-rows", Severity.NOTE, Origin(f"{place}.csv")) for place in range(25)]
    wrong = Finding.of("no-rows", Severity.WARNING, Origin("z.csv", 7, "parc", "prix"))
    found = attrs.evolve(seed, findings=(*notes, wrong))
    shown = drawn("text", found)
    assert shown.index("z.csv") < shown.index("0.csv")
    assert "9.csv" in shown
    assert "10.csv" not in shown
    assert "15 autres constats" in shown
    data = json.loads(drawn("json", found))["findings"]
    assert len(data) == 26
    assert (data[0]["severity"], data[0]["code"], data[0]["origin"]) == ("warning", "no-rows", "z.csv [parc]:7 prix")
    lines = list(csv.reader(io.StringIO(drawn("csv", found))))
    assert sum(line[0] == "findings" for line in lines) == 26


def test_coefficients_are_printed_as_published_and_replacements_are_said(seed, with_mix):
    mixed = with_mix("0.0721", seed)
    assert ["Mix moyen", "0,0721", "kgCO2eq/kWh", "base", "2024", "31/12/2024"] in rows(mixed)
    other = mixed.with_factors({"base#26795": "0.5"})
    assert "valeur 0,5 kgCO2eq/kWh à la place de la valeur publiée 0,0721" in drawn("text", other)
    (kept,) = json.loads(drawn("json", other))["coefficients"]
    assert (kept["value"], kept["published"], kept["valid_to"], kept["year"]) == ("0.5", "0.0721", "2024-12-31", 2024)


def test_coefficients_that_only_a_scenario_needs_are_not_listed(seed, with_mix):
    unused = attrs.evolve(with_mix("0.0721", seed), matrix=seed.matrix)
    assert json.loads(drawn("json", unused))["coefficients"] == []


def test_hashes_are_short_on_pages_and_whole_in_data(seed):
    assert "cdcdcdcdcdcd " in drawn("text", seed)
    assert "cd" * 32 not in drawn("text", seed)
    manifest = json.loads(drawn("json", seed))["manifest"]
    assert manifest["inputs"] == [{"file": "parc.csv", "rows": "1212", "sha256": "cd" * 32, "dialect": "utf-8 ;"}]
    assert (manifest["sources"][0]["sha256"], manifest["sources"][0]["licence"]) == ("ab" * 32, "Etalab 2.0")
    assert (manifest["engine"], manifest["blocked"]) == ("0.1.0", ["other"])
    assert "Extensions bloquées : other." in drawn("text", seed)


def test_the_other_allocation_is_said(seed):
    linear = attrs.evolve(seed, methodology=attrs.evolve(seed.methodology, allocation=Allocation.STRAIGHT_LINE))
    assert "amortissement linéaire" in drawn("text", linear)


def test_english_on_demand(seed):
    shown = drawn("text", seed, "en")
    assert "In 2024, the carbon footprint of digital services is 369 tCO2eq." in shown
    assert "outside tier: Organisation" in shown
    assert "9,141" in shown


def test_a_language_that_is_not_spoken_is_refused(seed):
    with pytest.raises(ValueError, match="language"):
        REPORTS["text"].render(seed, language="de")


def test_the_text_fits_a_terminal(seed):
    assert max(map(len, drawn("text", seed).splitlines())) <= 100
