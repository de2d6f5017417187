"""The published table of a real town, as in `examples/tableau/bilan.toml`: what it proves and what it would have shown."""

import json
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from ghg_numerique import cli
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.printed.certificate import Certificate
from ghg_numerique.printed.chance import chance_of_gap
from ghg_numerique.printed.system import Proof
from ghg_numerique.printed.table import PrintedTable, Share, Sum
from ghg_numerique.printed.telling import told_certificate
from ghg_numerique.terms import Rounding

FILE = Path(__file__).parents[2] / "examples" / "tableau" / "bilan.toml"
DOMAINS = (
    "Environnement Utilisateur", "Réseaux et Télécoms", "Application", "Environnement Serveur", "Téléphonie", "Impression",
    "Organisation",
)  # fmt: skip


@pytest.fixture(scope="module")
def certificate():
    return Certificate(PrintedTable.read(FILE))


def altered(certificate, **cells):
    table = certificate.table
    return Certificate(attrs.evolve(table, cells={**table.cells, **cells}))


def test_369_against_368_is_rounding(certificate):
    assert certificate.consistent
    (gap,) = certificate.gaps
    assert (gap.steps, gap.parts) == (1, 7)
    assert round(gap.chance * 100) == 47
    assert [round(float(2 * chance_of_gap(7, gap)) * 100, 2) for gap in (2, 3)] == [4.76, 0.04]


def test_truncation_is_ruled_out(certificate):
    assert certificate.other_roundings == {
        Rounding.NEAREST: True, Rounding.HALF_UP: True, Rounding.HALF_EVEN: True, Rounding.DOWN: False, Rounding.UP: False,
    }  # fmt: skip


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_is_noticed_from_four_more_or_six_less(certificate, domain):
    power, printed = certificate.power[domain], int(certificate.table.cells[domain])
    assert (power.down, power.up) == (-6, 4)
    for off in range(-9, 10):
        assert altered(certificate, **{domain: str(printed + off)}).consistent is (-5 <= off <= 3)


def test_the_total_stands_from_365_to_373(certificate):
    for total in range(360, 380):
        assert altered(certificate, Numérique=str(total)).consistent is (365 <= total <= 373)


def test_a_hundred_of_135_digits_are_noticed(certificate):
    of_domains = [certificate.power[domain] for domain in DOMAINS]
    assert (sum(one.digits for one in of_domains), sum(one.noticed for one in of_domains)) == (135, 100)


def test_the_shares_say_what_post_1_5_is(certificate):
    reach = certificate.reaches["Poste 1.5"]
    assert reach.low is not None
    assert reach.high is not None
    assert (reach.low[0].__ceil__(), reach.high[0].__floor__()) == (-955, -659)
    low, high = certificate.reaches["BEGES"].ends
    assert (low[0].__ceil__(), high[0].__floor__()) == (8167, 10528)


def test_what_is_not_published_has_a_true_value_and_says_how_its_ends_are_rounded(certificate):
    lines = told_certificate(certificate, form="text", language="en").splitlines()
    (shown,) = (line for line in lines if line.split()[-2:] == ["Poste", "1.5"])
    printed, true = shown.split()[:2]
    assert printed == "unprinted"
    assert -955.4 < float(true.replace(",", "")) < -658.5
    assert (
        "  Poste 1.5: from -955 to -659 in whole steps; true value from -955.391 to -658.5, ends rounded outward"
        in lines
    )


def test_the_proof_can_be_added_up_by_hand(certificate):
    wrong = altered(certificate, **{"Environnement Serveur": "93"})
    assert isinstance(wrong.outcome, Proof)
    assert wrong.outcome.holds(wrong.table.system)
    assert wrong.outcome.sum[0] == Fraction("368.5") - Fraction("419.5")
    said = told_certificate(wrong, form="text", language="en")
    assert "is at least 419.5" in said
    assert "is at most 368.5" in said
    assert wrong.power == {}


def test_the_example_is_the_published_report(shared, certificate):
    published = (shared / "bilan-2024.txt").read_text(encoding="utf-8")
    for domain in DOMAINS:
        assert f"{domain}\t{certificate.table.cells[domain]}" in published
    assert "368 sur 9141" in published


def test_the_command_says_it_by_its_exit_code(capsys, tmp_path):
    for cell, code in (("39", 0), ("93", 1)):
        page = tmp_path / f"{cell}.toml"
        page.write_text(FILE.read_text(encoding="utf-8").replace('"39"', f'"{cell}"'), encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            cli.main(["check-table", str(page), "--format", "json"])
        assert left.value.code == code
        document = json.loads(capsys.readouterr().out)
        assert document["consistent"] is (code == 0)
        assert (document["proof"] is None, document["witness"] is None) == (code == 0, code == 1)


CSV = "t;a;b;Total\nx;1,5;2,0;3,6\ny;;4,1;6,0\nTotal;3,4;6,1;9,5\n"


def test_a_cross_table_with_a_cell_that_was_not_printed():
    table = PrintedTable.of_csv(CSV)
    assert (table.step, table.unknown, table.cells["x / a"]) == ("0.1", ("y / a",), "1.5")
    assert [one.total for one in table.sums] == [
        "x / Total",
        "y / Total",
        "Total / Total",
        "Total / a",
        "Total / b",
        "Total / Total",
    ]
    both = [
        gap.name
        for gap in Certificate(PrintedTable.of_csv(CSV.replace("y;;", "y;1,9;"))).gaps
        if gap.total == "Total / Total"
    ]
    assert both == ["Total / Total = Total / a + Total / b", "Total / Total = x / Total + y / Total"]
    low, high = Certificate(table).reaches["y / a"].ends
    assert low[0] <= Fraction("1.9") <= high[0]
    assert not Certificate(PrintedTable.of_csv(CSV.replace("9,5", "9,9"))).consistent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("t;a\nx;1;2\n", "printed-shape"),
        ("t;a;b\nx;1;2\ny;1;2\n", "printed-totals"),
        ("t;a;a;Total\nx;1;2;3\n", "printed-totals"),
        ("t;a;Total\nx;un;1\n", "fault"),
    ],
)
def test_a_csv_that_is_no_cross_table_is_refused(text, code):
    with pytest.raises(ConfigurationError) as caught:
        PrintedTable.of_csv(text)
    assert caught.value.code == code


HEAD = '[cells]\na = "1"\nb = "2"\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD, "printed-nothing"),
        (HEAD + '[[sums]]\ntotal = "a"\nparts = []\n', "printed-nothing"),
        (HEAD + '[[sums]]\ntotal = "a"\nparts = ["c"]\n', "printed-foreign"),
        ('unknown = ["a"]\n' + HEAD + '[[sums]]\ntotal = "a"\nparts = ["b"]\n', "printed-twice"),
        ('step = "2"\n' + HEAD + '[[sums]]\ntotal = "a"\nparts = ["b"]\n', "printed-step"),
        ('step = "0"\n' + HEAD + '[[sums]]\ntotal = "a"\nparts = ["b"]\n', "printed-step"),
        (HEAD + '[[sums]]\ntotal = "a"\nparts = ["b"]\n[[sums]]\ntotal = "b"\nparts = ["a"]\n', "printed-circle"),
    ],
)
def test_a_page_that_does_not_hold_together_is_refused(text, code):
    with pytest.raises(ConfigurationError) as caught:
        PrintedTable.parse(text)
    faults = caught.value.facts.get("faults", (caught.value,))
    assert code in {fault.code for fault in faults} | {
        getattr(fault.facts.get("reason"), "code", "") for fault in faults
    }


def test_two_sums_of_one_total_are_held_against_each_other():
    """Each sum alone stands, and both cannot: a + b is at least 10, c + d at most 8."""
    cells = {"a": "6", "b": "5", "c": "3", "d": "4"}
    table = PrintedTable(cells, (Sum("all", ("a", "b")), Sum("all", ("c", "d"))), unknown=("all",))
    outcome = Certificate(table).outcome
    assert isinstance(outcome, Proof)
    assert outcome.holds(table.system)
    near = attrs.evolve(table, cells={**cells, "c": "5"})
    assert Certificate(near).consistent


def test_shares_of_one_whole_are_held_against_each_other():
    """30 + 25 + 17 + 11 + 8 + 7 + 3 is 101: shares, too, may miss their hundred by rounding."""
    cells = dict(zip("abcdefg", ("109", "93", "62", "39", "30", "26", "10"), strict=True))
    percents = dict(zip("abcdefg", ("30", "25", "17", "11", "8", "7", "3"), strict=True))
    shares = tuple(Share(name, "all", f"{percent} %") for name, percent in percents.items())
    table = PrintedTable({**cells, "all": "368"}, (Sum("all", tuple(cells)),), shares)
    assert Certificate(table).consistent
    wrong = attrs.evolve(table, shares=(attrs.evolve(shares[0], printed="32 %"), *shares[1:]))
    assert not Certificate(wrong).consistent
