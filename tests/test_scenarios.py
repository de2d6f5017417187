"""The page of scenarios: each line is the lever that it names, and what is wrong is said with its place."""

from pathlib import Path

import pytest

import ghg_numerique as ghg
from ghg_numerique.algebra.outcome import outcomes
from ghg_numerique.folders.scenarios import read_scenarios

VILLE = Path(__file__).parents[1] / "examples" / "ville"
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
        (LEVER + "reduce = { where = { kind = \"use\" } }", "document"),
        (LEVER + "reduce = { where = { kind = \"use\" }, share = \"1\", items = \"2\" }", "document"),
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
    assert str(tmp_path) in str(refused.value)


def test_every_lever_that_cannot_be_is_told_at_its_place(tmp_path: Path) -> None:
    wrong = ('share = "1.5"', 'share = "half"', "")
    levers = [f'[[scenarios.levers]]\nreduce = {{ where = {{ kind = "use" }}{said and ", "}{said} }}' for said in wrong]
    with pytest.raises(ghg.ConfigurationError) as refused:
        read_scenarios(written(tmp_path, "\n".join(['[[scenarios]]\nname = "a"', *levers])))
    told = refused.value.text("en")
    assert [f"scenarios[0].levers[{place}]" in told for place in range(3)] == [True] * 3
    assert ("1.5" in told, "half" in told, "share or items" in told) == (True, True, True)


def test_a_year_without_a_mix_is_told_where_another_stands_in(tmp_path: Path) -> None:
    known, unknown, to_come = (ghg.Scenario(str(year)).electricity(year=year) for year in (2022, 1950, 2050))
    city = ghg.Folder.open(VILLE, scenarios=[known, unknown])
    of_known, of_unknown = outcomes(city.footprint, [known, unknown])
    assert of_known.stand_ins == ()
    later = ghg.Folder.open(VILLE, scenarios=[to_come]).footprint
    (same,) = outcomes(later, [to_come])
    assert (same.difference, [mix.year for mix in same.stand_ins]) == (0, [2024])
    (mix,) = of_unknown.stand_ins
    assert (mix.role, mix.unit) == (ghg.Role.ELECTRICITY, "kgCO2eq/kWh")
    markdown = city.catalogue.render(city.footprint, report="markdown").decode()
    (note,) = [line for line in markdown.splitlines() if "repose sur une valeur de repli" in line]
    assert "1950" in note
    assert mix.label in note
