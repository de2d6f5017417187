"""The ledger of lines: every row of every file has one end, by rows, units and euros, or the run stops and says why."""

import csv
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique import Fate
from ghg_numerique.algebra.balances import Amounts, Tally
from ghg_numerique.cli import main
from ghg_numerique.csv_pages import restored
from ghg_numerique.engine import post
from ghg_numerique.engine.control import controlled
from ghg_numerique.folders.starter import start
from ghg_numerique.model.project import Control
from ghg_numerique.wording import say

PAGE = """
organisation = "Ville"
year = 2024
methodology = "methodologie.toml"

[[inputs]]
file = "parc.csv"
importer = "hardware-csv"
{fleet}
[[inputs]]
file = "depenses.csv"
importer = "spending-csv"
options = {{ tax_basis = "TTC" }}
{spending}
"""
FLEET = """identifiant;equipement;quantite;date_entree;domaine
PC-1;laptop;3;2024-03-01;Environnement Utilisateur
PC-2;laptop;-3;2024-03-01;Environnement Utilisateur
PC-3;laptop;5;2024-13-01;=cmd|' /C calc'!A0
PC-4;laptop;2;2024-03-01;Cave
"""
SPENDING = """identifiant;montant;date;domaine;nature
D-1;1200,50;2024-03-20;Environnement Utilisateur;hardware
D-2;cent;2024-03-20;Environnement Utilisateur;hardware
D-1;10,25;2024-03-21;Environnement Utilisateur;hardware
"""


@pytest.fixture
def town(tmp_path):
    """Return what writes the folder of a town, with more lines for its two inputs, and returns its path."""

    def written(fleet: str = "", spending: str = "", rows: str = FLEET, lines: str = SPENDING) -> Path:
        if not (tmp_path / "ville").is_dir():
            start(tmp_path / "ville")
        for name, text in (("ghg.toml", PAGE.format(fleet=fleet, spending=spending)), ("parc.csv", rows),
                           ("depenses.csv", lines)):  # fmt: skip
            (tmp_path / "ville" / name).write_text(text, encoding="utf-8")
        return tmp_path / "ville"

    return written


def codes(refused: pytest.ExceptionInfo[ghg.InventoryError]) -> list[tuple[str, str, int]]:
    return [(one.code, one.origin.file, one.origin.row) for one in refused.value.findings]


FAULTS = [
    ("quantity-negative", "parc.csv", 3),
    ("date", "parc.csv", 4),
    ("number", "depenses.csv", 3),
    ("id-twice", "depenses.csv", 4),
    ("domain-unknown", "parc.csv", 5),
]


def test_without_quarantine_every_fault_of_every_file_refuses_the_folder(town):
    with pytest.raises(ghg.InventoryError) as refused:
        ghg.Folder.open(town())
    assert codes(refused) == FAULTS


def test_with_quarantine_every_faulty_row_has_its_place_in_the_balances(town):
    footprint = ghg.Folder.open(town(), quarantine=True).footprint
    assert dict(footprint.balances.files) == {
        ("parc.csv", "hardware", Fate.COUNTED, ""): Tally(1, Amounts({"item": Fraction(3)})),
        ("parc.csv", "hardware", Fate.QUARANTINED, ""): Tally(3, Amounts({"item": Fraction(-3 + 5 + 2)})),
        ("depenses.csv", "spending", Fate.COUNTED, ""): Tally(1, Amounts({"EUR_TTC": Fraction("1200.5")})),
        ("depenses.csv", "spending", Fate.QUARANTINED, ""): Tally(1, Amounts({"EUR_TTC": Fraction("10.25")})),
        ("depenses.csv", "unread", Fate.QUARANTINED, ""): Tally(1, Amounts()),
    }
    assert footprint.balances.total(fate=Fate.QUARANTINED).rows == 5


def test_faults_of_one_input_are_set_aside_and_those_of_another_refuse_the_folder(town):
    with pytest.raises(ghg.InventoryError) as refused:
        ghg.Folder.open(town(fleet='faults = "set_aside"'))
    assert codes(refused) == [fault for fault in FAULTS if fault[1] == "depenses.csv"]
    opened = ghg.Folder.open(town(fleet='faults = "set_aside"', spending='faults = "set_aside"'))
    assert [one.row.origin.row for one in opened.refused] == [3, 4, 3, 4, 5]


def test_the_quarantine_lists_each_row_with_its_cells_and_every_reason(town, tmp_path, capsys):
    place = tmp_path / "quarantine.csv"
    with pytest.raises(SystemExit) as left:
        main(["assess", str(town()), "--quarantine", str(place), "--lang", "en", "--format", "json"])
    assert left.value.code == 0
    with place.open(encoding="utf-8", newline="") as page:
        rows = list(csv.DictReader(page, delimiter=";"))
    assert [(row["codes"], row["file"], int(row["row"])) for row in rows] == FAULTS
    assert [(row["amount"], row["unit"]) for row in rows] == [
        ("-3", "item"), ("5", "item"), ("", ""), ("10.25", "EUR_TTC"), ("2", "item"),
    ]  # fmt: skip
    assert rows[0]["cell_1"] == "PC-2"
    assert rows[0]["reasons"].startswith('quantite: the quantity "-3" is negative')
    assert rows[1]["cell_5"] == "'=cmd|' /C calc'!A0"
    assert restored(rows[1]["cell_5"]) == "=cmd|' /C calc'!A0"
    report = json.loads(capsys.readouterr().out)
    assert sum(int(line["rows"]) for line in report["balances"]["files"] if line["fate"] == "quarantined") == 5
    assert [line["quarantined"] for line in report["balances"]["money"]] == ["10.25"]


@pytest.mark.parametrize("row", ["parc.csv:3", "stock.csv:4"])
def test_a_quarantined_row_is_explained_with_its_reasons(town, tmp_path, capsys, row):
    folder = companions(town, RATES.format(rate="1,1"))
    (folder / "parc.csv").write_text(FLEET, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["explain", str(folder), "--row", row, "--quarantine", str(tmp_path / "q.csv"), "--lang", "en"])
    assert left.value.code == 0
    fate, reason, *cells = capsys.readouterr().out.strip().splitlines()
    assert all(line.strip().startswith("in the file: ") for line in cells)
    assert fate.startswith(row)
    assert fate.endswith("-> quarantined")
    assert reason.startswith(row.replace(":", ", row "))
    assert row.partition(":")[0] in (tmp_path / "q.csv").read_text()


def test_a_quarantine_without_faults_is_an_empty_list(town, tmp_path):
    rows, lines = (text.splitlines(keepends=True)[:2] for text in (FLEET, SPENDING))
    with pytest.raises(SystemExit) as left:
        main(["assess", str(town(rows="".join(rows), lines="".join(lines))), "--quarantine", str(tmp_path / "q.csv")])
    assert left.value.code == 0
    assert (tmp_path / "q.csv").read_text(encoding="utf-8").splitlines() == ["file;sheet;row;codes;reasons;amount;unit"]


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ("rows = 4\nitems = '7'", []),
        ("rows = 5", [("rows", "4", "5", "-1")]),
        ("items = '8.5'\nrows = 3", [("rows", "4", "3", "+1"), ("items", "7", "8.5", "-1.5")]),
        ("euros_ttc = '100'", [("euros_ttc", "0", "100", "-100")]),
    ],
)
def test_a_control_total_that_differs_stops_the_run_with_both_figures(town, control, said):
    folder = town(fleet=f"faults = 'set_aside'\n[inputs.control]\n{control}", spending='faults = "set_aside"')
    if not said:
        assert ghg.Folder.open(folder).footprint.balances.total().rows == 7
        return
    with pytest.raises(ghg.InventoryError) as refused:
        ghg.Folder.open(folder)
    facts = [(dict(one.facts), one.value) for one in refused.value.findings if one.code == "control-differs"]
    assert [(fact["total"], value, fact["stated"], fact["gap"]) for fact, value in facts] == said
    assert "parc.csv" in str(refused.value)
    assert said[0][2] in str(refused.value)


def test_euros_of_a_control_are_those_that_were_spent():
    day = ghg.SpendingLine("a", "10.5", "EUR_TTC", date(2024, 1, 1))
    rows = [day, attrs.evolve(day, id="b", amount=99, movement=ghg.Movement.REVENUE)]
    assert list(controlled(ghg.Inventory.of(rows), Control(rows=2, euros_ttc="10.50"), "f")) == []


def test_a_control_sums_amounts_that_do_not_fit_in_64_bits():
    line = ghg.SpendingLine("a", 10**12, "EUR_HT", date(2024, 1, 1))
    credit = attrs.evolve(line, amount=-1, credit_note=True)
    inventory = ghg.Inventory.of([line] * 30 + [credit])
    assert list(controlled(inventory, Control(euros_ht=str(30 * 10**12 - 1)), "f")) == []


def doubled_row(sums: post.Sums) -> post.Sums:
    """Return sums in which each file has one row twice, and the whole has not."""
    sums.files[0][sums.files[0] > 0] += 1
    return sums


def lost_euro(sums: post.Sums) -> post.Sums:
    """Return sums in which a millionth has been lost over all, and not in the files."""
    sums.amounts[sums.amounts > 0] -= 1
    return sums


@pytest.mark.parametrize(("broken", "said"), [(doubled_row, "balance-rows"), (lost_euro, "balance-amounts")])
def test_a_balance_that_does_not_close_stops_the_run(town, monkeypatch, broken, said):
    """Broken on purpose: a plugin, or we, could do this one day."""
    rows, lines = (text.splitlines(keepends=True)[:2] for text in (FLEET, SPENDING))
    opened = ghg.Folder.open(town(rows="".join(rows), lines="".join(lines)))
    whole = post.sum_rows
    monkeypatch.setattr(post, "sum_rows", lambda *given: broken(whole(*given)))
    with pytest.raises(ghg.InventoryError) as refused:
        _ = opened.footprint
    assert {one.code for one in refused.value.findings} == {said}
    told = {one.origin.file for one in refused.value.findings}
    assert told == ({"parc.csv", "depenses.csv"} if broken is doubled_row else {""})


def test_a_quarantine_is_never_written_over_what_it_was_read_from(town, capsys):
    folder = town()
    with pytest.raises(SystemExit) as left:
        main(["assess", str(folder), "--quarantine", str(folder / "parc.csv")])
    assert left.value.code == 1
    assert (folder / "parc.csv").read_text(encoding="utf-8") == FLEET
    assert "parc.csv" in capsys.readouterr().err


STOCK = FLEET.replace("PC-2;laptop;-3", "PC-2;laptop;x")
RATES = "devise;du;au;pour_un_euro;source\nUSD;2024-01-01;2024-12-31;{rate};BCE\n"
DOLLARS = "identifiant;montant;devise;date;domaine;nature\nD-1;100;USD;2024-03-20;Environnement Utilisateur;hardware\n"
SOUND = "".join(FLEET.splitlines(keepends=True)[:2])


def companions(town, rates: str) -> Path:
    """Return a town whose spending is in dollars, by rates, and whose fleet was counted in a file."""
    stock = '[[stocks]]\nday = "2024-06-30"\nfile = "stock.csv"\nimporter = "hardware-csv"\n'
    folder = town(spending=f'companions = {{ rates = "taux.csv" }}\n{stock}', rows=SOUND, lines=DOLLARS)
    (folder / "taux.csv").write_text(rates, encoding="utf-8")
    (folder / "stock.csv").write_text(STOCK, encoding="utf-8")
    return folder


def test_faulty_rows_of_a_list_of_rates_and_of_a_stock_are_quarantined_with_what_rests_on_them(town):
    opened = ghg.Folder.open(companions(town, RATES.format(rate="0")), quarantine=True)
    assert [(one.reasons[0].code, one.row.origin.file, one.row.origin.row) for one in opened.refused] == [
        ("currency-refused", "depenses.csv", 2), ("rate-wrong", "taux.csv", 2),
        ("number", "stock.csv", 3), ("date", "stock.csv", 4),
    ]  # fmt: skip
    lines = opened.footprint.balances.files
    assert [file for file, _, fate, _ in lines if fate is Fate.QUARANTINED] == ["depenses.csv", "taux.csv"]
    assert [(f.value, dict(f.facts)) for f in opened.footprint.findings if f.code == "stock-aside"] == [
        ("2", {"day": "2024-06-30"})
    ]


def test_faulty_rows_of_a_stock_are_said_to_be_quarantinable(town):
    with pytest.raises(ghg.InventoryError) as refused:
        ghg.Folder.open(companions(town, RATES.format(rate="1,1")))
    assert refused.value.apart == set(refused.value.findings)


def test_a_stock_may_set_its_faulty_rows_aside_by_itself(town):
    folder = companions(town, RATES.format(rate="1,1"))
    page = folder / "ghg.toml"
    page.write_text(page.read_text().replace('"stock.csv"', '"stock.csv"\nfaults = "set_aside"'))
    assert [one.row.origin.file for one in ghg.Folder.open(folder).refused] == ["stock.csv"] * 2


ROW = "PC-2;laptop;-3;2024-03-01;\n"
HEADER = "identifiant;equipement;quantite;date_entree;domaine\n"


@pytest.mark.parametrize(
    ("rows", "control", "advice", "marks"),
    [
        (HEADER + ROW, "", "inventory-all", "-"),
        (HEADER.replace("quantite", "x") + ROW, "", "inventory-none", "--"),
        (HEADER + ROW, "\n[inputs.control]\nrows = 7\n", "inventory-some", "-*"),
    ],
)
def test_quarantine_is_advised_for_the_faults_that_it_gets_around_and_no_others(town, rows, control, advice, marks):
    lines = "".join(SPENDING.splitlines(keepends=True)[:2])
    folder = town(rows=rows, fleet=control, lines=lines)
    with pytest.raises(ghg.InventoryError) as refused:
        ghg.Folder.open(folder)
    lead, *told = refused.value.text("en").splitlines()
    assert lead.endswith(say(f"error.{advice}", "en", apart=1))
    assert "".join(line[0] for line in told) == marks
    if advice != "inventory-all":
        with pytest.raises(ghg.InventoryError) as still:
            ghg.Folder.open(folder, quarantine=True)
        assert "--quarantine" not in still.value.text("en")


@pytest.mark.parametrize("key", ["items", "euros_ht", "euros_ttc"])
def test_a_control_that_is_no_number_is_named(key):
    with pytest.raises(ghg.ConfigurationError) as refused:
        Control(**{key: "301,00"})
    assert str(refused.value).startswith(f"{key} : « 301,00 »")
