"""What is exported reads the same: rows, amounts, days, orders, suppliers and prices, and so every figure."""

import random
import tempfile
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
from ghg_numerique import HardwareItem, Inventory, SpendingLine
from ghg_numerique.cli import main
from ghg_numerique.files import write_folder
from ghg_numerique.folders.export import check, files_of
from ghg_numerique.folders.starter import start
from ghg_numerique.testing.strategies import rows
from village import METHODOLOGY, PROVIDERS

CATALOGUE = ghg.Catalogue.discover()
DAY = date(2024, 3, 1)

texts = st.sampled_from(
    [
        "",
        "=1+1",
        "-12",
        "+33 1",
        "@home",
        "'=x",
        "''-1",
        "l'écran",
        "'t Hart",
        'a "b"; c',
        "Œuvre",
        "l\u2019été",
        "1,5",
        "#1",
    ]
)


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """Return inventories with awkward texts, but for negative declared emissions, which no file may hold."""
    drawn = []
    for row in draw(rows(METHODOLOGY)):
        if isinstance(row, ghg.DeclaredEmission):
            drawn.append(attrs.evolve(row, amount=abs(row.amount), site=draw(texts)))
        elif isinstance(row, HardwareItem):
            drawn.append(
                attrs.evolve(row, model=draw(texts), order=draw(texts), supplier=draw(texts), site=draw(texts))
            )
        else:
            drawn.append(attrs.evolve(row, sector=draw(texts), order=draw(texts), supplier=draw(texts)))
    return Inventory.of(drawn)


def pages_of(inventory: Inventory) -> dict[str, bytes]:
    return {file.name: file.page(inventory) for file in files_of(inventory)}


def read_again(inventory: Inventory) -> Inventory:
    """Write an inventory into a folder, have it checked, and return what its files read."""
    with tempfile.TemporaryDirectory() as name:
        files, folder = files_of(inventory), Path(name) / "export"
        write_folder(folder, pages_of(inventory), lambda place: check(inventory, files, place, CATALOGUE))
        return Inventory.concat([file.read(folder, CATALOGUE) for file in files])


@given(inventories())
def test_what_is_exported_reads_the_same_and_gives_the_same_footprint(inventory):
    again = read_again(inventory)
    assert not [finding for finding in again.findings if finding.severity == "error"]
    catalogue = ghg.Catalogue.of(*PROVIDERS)
    before, after = (ghg.assess(one, METHODOLOGY, catalogue) for one in (inventory, again))
    assert before.cells == after.cells
    assert before.balances.rows == after.balances.rows


@given(inventories())
def test_what_was_read_again_is_exported_in_the_same_bytes(inventory):
    assert pages_of(read_again(inventory)) == pages_of(inventory)


def test_no_cell_of_an_export_starts_a_formula():
    item = HardwareItem("=A1", "laptop", 1, DAY, model="@x", site="-1", supplier="+1")
    line = SpendingLine("=B1", "-5", "EUR_HT", DAY, credit_note=True, sector="=x")
    pages = pages_of(Inventory.of([item, line]))
    cells = [cell for page in pages.values() for text in page.decode().split("\r\n")[1:] for cell in text.split(";")]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == ["-5"], "a number stays a number"
    assert "'=A1" in cells


@pytest.mark.parametrize(
    "row",
    [
        HardwareItem("TOTAL", "laptop", 1, DAY),
        HardwareItem("a", "PC portable", 1, DAY),
        HardwareItem("a", "laptop", 1, DAY, energy="0.1234567"),
        HardwareItem("a", "laptop", 1, DAY, site=" spaced "),
        HardwareItem("a", "laptop", 1, DAY, place="Atlantis"),
    ],
    ids=["a total", "a name that means another", "seven decimals", "spaces", "a place"],
)
def test_what_would_not_read_the_same_is_not_written(row, tmp_path):
    inventory = Inventory.of([row])
    files = files_of(inventory)
    with pytest.raises(ghg.ConfigurationError) as refused:
        write_folder(tmp_path / "export", pages_of(inventory), lambda place: check(inventory, files, place, CATALOGUE))
    assert refused.value.code == "export-differs"
    assert list(tmp_path.iterdir()) == []


def test_rows_without_ids_are_numbered(tmp_path):
    inventory = attrs.evolve(Inventory.of([HardwareItem("a", "laptop", 1, DAY)] * 3), ids=())
    assert read_again(inventory).ids == ("1", "2", "3")


def test_a_folder_is_exported_and_assessed_from_its_export(tmp_path, capsys):
    start(tmp_path / "ville")
    with pytest.raises(SystemExit) as left:
        main(["export", str(tmp_path / "ville"), "--into", str(tmp_path / "export")])
    assert left.value.code == 0
    written = {path.name for path in (tmp_path / "export").iterdir()}
    assert written == {"parc.csv", "parc-ttc.csv", "depenses.csv", "inputs.toml"}
    said = capsys.readouterr().out
    assert all(name in said for name in written)
    before = ghg.Folder.open(tmp_path / "ville").footprint
    page = (tmp_path / "ville" / "ghg.toml").read_text(encoding="utf-8")
    named = (tmp_path / "export" / "inputs.toml").read_text(encoding="utf-8")
    head = page.partition("[[inputs]]")[0]
    (tmp_path / "export" / "ghg.toml").write_text(head + named, encoding="utf-8")
    (tmp_path / "export" / "methodologie.toml").write_bytes((tmp_path / "ville" / "methodologie.toml").read_bytes())
    after = ghg.Folder.open(tmp_path / "export").footprint
    assert before.cells == after.cells


def test_the_order_of_rows_is_that_of_the_export():
    items = [HardwareItem(str(number), "laptop", number, DAY) for number in range(9)]
    random.Random(2024).shuffle(items)
    assert read_again(Inventory.of(items)).ids == tuple(item.id for item in items)
