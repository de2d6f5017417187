"""The page of scenarios: each line is the lever that it names, and what is wrong is said with its place."""

from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique.folders.scenarios import read_scenarios

PAGE = """
[[scenarios]]
name = "all of them"
[[scenarios.levers]]
keep_longer = { equipment = "laptop", years = "1.5" }
[[scenarios.levers]]
reduce = { where = { kind = "embodied" }, items = "3" }
[[scenarios.levers]]
replace = { equipment = "desktop", by = "laptop", share = "0.5", kinds = ["use"] }
[[scenarios.levers]]
virtualise = { equipment = "server", physical = 1, logical = 4 }
[[scenarios.levers]]
electricity = { year = 2020 }
[[scenarios.levers]]
factor = { id = "table#1", value = "95", source = "the supplier" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "scenarios.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_says_what_python_says(tmp_path: Path) -> None:
    said = (
        ghg.Scenario("all of them")
        .keep_longer(equipment="laptop", years="1.5")
        .reduce(kind="embodied", items=3)
        .replace(equipment="desktop", by="laptop", share="0.5", kinds=("use",))
        .virtualise(equipment="server", physical=1, logical=4)
        .electricity(year=2020)
        .factor("table#1", "95", source="the supplier")
    )
    assert read_scenarios(written(tmp_path, PAGE)) == (said,)


LEVER = '[[scenarios]]\nname = "a"\n[[scenarios.levers]]\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[scenarios]]\nname = \"a\"\nlevers = []\n" * 2, "scenario-twice"),
        (LEVER + "reduce = { where = { kind = \"use\" } }", "scenario-reduce"),
        (LEVER + "reduce = { where = { kind = \"use\" }, share = \"1\", items = \"2\" }", "scenario-reduce"),
        (LEVER + "electricity = { year = 2020 }\nvirtualise = { equipment = \"a\", physical = 1, logical = 1 }", "document"),
        (LEVER + "plant_trees = { number = 3 }", "document"),
        (LEVER, "document"),
        ("[[scenarios]]\nlevers = []", "document"),
    ],
)  # fmt: skip
def test_a_page_that_is_wrong_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(ghg.ConfigurationError) as refused:
        read_scenarios(written(tmp_path, text))
    assert refused.value.code == code
    assert str(tmp_path) in str(refused.value) or code == "scenario-reduce"
