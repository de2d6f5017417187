"""Years: the bridge adds up exactly, each cause is where it belongs, by hand; and what is no series is refused."""

from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique.algebra.chronicle import Change, Chronicle, YearBridge
from ghg_numerique.algebra.trend import Target, Trend, trends
from ghg_numerique.folders.years import Years

METHOD = """
title = "method"
place = "FR"
domains = ["Office", "Servers"]
[[routes]]
name = "embodied"
activity = "hardware"
stage = "manufacturing"
links = ["embodied"]
[[routes]]
name = "use"
activity = "hardware"
stage = "use"
links = ["energy", "electricity"]
[[routes]]
name = "monetary"
activity = "spending"
stage = "cradle_to_gate"
links = ["monetary"]
[priority]
embodied = ["ademe"]
energy = ["abacus"]
[prices]
year = "nearest"
"""
PAGE = """
organisation = "{organisation}"
year = {year}
methodology = "methodology.toml"
[[inputs]]
file = "fleet.csv"
importer = "hardware-csv"
[[inputs]]
file = "spending.csv"
importer = "spending-csv"
[inputs.options]
tax_basis = "HT"
"""
SERVER = "S;serveur;1;2020-01-01;Servers;1000\n"
TELECOM = "T;1000;{year}-06-01;Office;telecom\n"


def year(root: Path, of: int, *, fleet: str = SERVER, method: str = METHOD, organisation: str = "City") -> None:
    """Write the folder of a year: a server that draws 1000 kWh a year, and 1 kEUR of telecommunications."""
    folder = root / str(of)
    folder.mkdir()
    (folder / "ghg.toml").write_text(PAGE.format(organisation=organisation, year=of), encoding="utf-8")
    (folder / "methodology.toml").write_text(method, encoding="utf-8")
    (folder / "fleet.csv").write_text("id;equipment;quantity;entered;domain;kwh_per_year\n" + fleet, encoding="utf-8")
    spending = "id;amount;date;domain;nature\n" + TELECOM.format(year=of)
    (folder / "spending.csv").write_text(spending, encoding="utf-8")


def changes(root: Path) -> dict[str, Fraction]:
    """Return the changes of the one bridge of a folder of years, once it was seen to add up."""
    (bridge,) = Years.open(root).bridges
    assert bridge.before + sum(change.total for change in bridge.changes) == bridge.after
    return {change.cause: change.total for change in bridge.changes}


def test_the_same_activity_by_the_factors_of_another_year(tmp_path: Path) -> None:
    """1000 kWh in each year, 365 days of 365 and 366 of 366: only the mix differs, and the leap day is no change."""
    year(tmp_path, 2023)
    year(tmp_path, 2024)
    found = changes(tmp_path)
    folders = Years.open(tmp_path).folders
    mixes = [
        next(link.exact for link in folder.footprint.coefficients if link.role is ghg.Role.ELECTRICITY)
        for folder in folders
    ]
    assert mixes[0] != mixes[1]
    assert found == {"perimeter": 0, "method": 0, "factors": 1000 * (mixes[1] - mixes[0]), "activity": 0}


def test_what_is_bought_is_activity(tmp_path: Path) -> None:
    """Two laptops that enter on 1 January 2024: 2 x 156 kg; they draw nothing that they declare."""
    year(tmp_path, 2023)
    year(tmp_path, 2024, fleet=SERVER + "L;ordinateur portable;2;2024-01-01;Office;0\n")
    (bridge,) = Years.open(tmp_path).bridges
    assert bridge.by("activity", "domain", "kind", "equipment") == {("Office", "embodied", "laptop"): 312}


def test_what_is_left_out_is_perimeter_and_the_earlier_year_is_replayed_without_it(tmp_path: Path) -> None:
    """1 kEUR of telecommunications is 136 kg by the ratio of 2023."""
    year(tmp_path, 2023)
    year(tmp_path, 2024, method=METHOD + '[[boundary]]\nnature = "telecom"\nreason = "elsewhere"\n')
    found = changes(tmp_path)
    assert found["perimeter"] == -136
    assert found["method"] == found["activity"] == 0
    (bridge,) = Years.open(tmp_path).bridges
    assert bridge.replayed == bridge.before - 136


def test_another_priority_is_method(tmp_path: Path) -> None:
    """A desktop bought in 2023: 169 kg by ADEME; whatever publicodes say instead is a change of method."""
    bought = SERVER + "D;ordinateur fixe;1;2023-01-01;Office;0\n"
    year(tmp_path, 2023, fleet=bought)
    year(tmp_path, 2024, method=METHOD.replace('embodied = ["ademe"]', 'embodied = ["publicodes", "ademe"]'))
    (bridge,) = Years.open(tmp_path).bridges
    found = changes(tmp_path)
    assert found["perimeter"] == 0
    ((_, method),) = bridge.by("method", "equipment").items()
    assert method == found["method"] != 0
    assert found["activity"] == -169 - found["method"]


def test_a_locked_earlier_year_keeps_what_it_pinned(tmp_path: Path) -> None:
    """The earlier year pinned 200 kg for a laptop, from a release that is gone; the later year has 156: the factor changed."""
    bought = SERVER + "L;ordinateur portable;2;{year}-01-01;Office;0\n"
    year(tmp_path, 2023, fleet=bought.format(year=2023))
    year(tmp_path, 2024, fleet=bought.format(year=2024))
    folder = ghg.Folder.open(tmp_path / "2023")
    pinned = folder.pinned()
    answers = [
        _of_an_earlier_release(answer, "200") if _embodies(answer) else answer for answer in pinned.answers().values()
    ]
    (tmp_path / "2023" / "ghg.lock").write_text(pinned.with_answers(answers, ()).text(), encoding="utf-8")
    found = changes(tmp_path)
    (bridge,) = Years.open(tmp_path).bridges
    assert bridge.by("factors", "kind")[("embodied",)] == 2 * (156 - 200)
    assert found["method"] == found["perimeter"] == found["activity"] == 0


def _embodies(answer: object) -> bool:
    return getattr(getattr(answer, "key", None), "role", None) is ghg.Role.EMBODIED


def _of_an_earlier_release(answer: object, value: str) -> object:
    return attrs.evolve(answer, value=value, source="ademe-base-carbone-22-equipment")  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("years", "page", "code"),
    [
        ([(2024, "City")], "", "years-few"),
        ([(2023, "City"), (2024, "Town")], "", "years-organisation"),
        (
            [(2023, "City"), (2024, "City")],
            '[target]\nbase_year = 2020\nyear = 2030\nchange = "-40"\nsource = "plan"\n',
            "target-base",
        ),
        (
            [(2023, "City"), (2024, "City")],
            '[target]\nbase_year = 2023\nyear = 2023\nchange = "-40"\nsource = "plan"\n',
            "document",
        ),
    ],
)
def test_what_is_no_series_of_years_is_refused(
    tmp_path: Path, years: list[tuple[int, str]], page: str, code: str
) -> None:
    for of, organisation in years:
        year(tmp_path, of, organisation=organisation)
    if page:
        (tmp_path / "years.toml").write_text(page, encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError) as refused:
        Years.open(tmp_path)
    assert refused.value.code == code


def test_growth_deceleration_and_decrease_are_told_apart() -> None:
    """+10, +5: slower; -1: less; 0; then +6 in two years is +3 a year, after 0."""
    totals = {2018: 100, 2019: 110, 2020: 115, 2021: 114, 2022: 114, 2024: 120}
    assert trends({year: Fraction(total) for year, total in totals.items()}) == {
        2019: Trend.GROWTH,
        2020: Trend.DECELERATION,
        2021: Trend.DECREASE,
        2022: Trend.STABLE,
        2024: Trend.GROWTH,
    }


def test_a_change_over_several_years_is_compared_by_the_year() -> None:
    """+20 in two years is +10 a year: the +11 after it is no deceleration."""
    totals = {2019: Fraction(100), 2021: Fraction(120), 2022: Fraction(131)}
    assert trends(totals) == {2021: Trend.GROWTH, 2022: Trend.GROWTH}


def test_leaving_something_out_is_no_decrease() -> None:
    """100, of which 40 are left out from 2021 on; 66 is then growth, and the line to the target compares what is not alike."""
    steps = [Change("perimeter", {("a",): Fraction(-40)}), Change("method", {}), Change("factors", {})]
    bridge = YearBridge(
        (2020, 2021), ("domain",), Fraction(100), (*steps, Change("activity", {("a",): Fraction(6)})), Fraction(66)
    )
    totals = {2020: Fraction(100), 2021: Fraction(66)}
    chronicle = Chronicle(totals, (bridge,), Target(2020, 2030, "-40", "plan"))
    assert trends(totals) == {2021: Trend.DECREASE}
    assert chronicle.trends == {2021: Trend.GROWTH}
    assert (chronicle.moved(2020), chronicle.moved(2021)) == (False, True)
    assert not Chronicle(totals, (bridge,)).moved(2021)


@pytest.mark.parametrize(
    ("target", "code"),
    [((2020, 2020, "-40", "plan"), "target-years"), ((2020, 2030, "-101", "plan"), "target-change"),
     ((2020, 2030, "-40", " "), "target-source")],
)  # fmt: skip
def test_a_target_that_is_none_is_refused(target: tuple[int, int, str, str], code: str) -> None:
    with pytest.raises(ghg.ConfigurationError) as refused:
        Target(*target)
    assert refused.value.code == code
    assert refused.value.text("fr")


def test_the_line_to_a_target_is_straight() -> None:
    """-40 % in ten years is 4 points a year; before the base year it is the base, after the target the target."""
    target = Target(2020, 2030, "-40", "plan")
    line = {2019: 100, 2020: 100, 2021: 96, 2025: 80, 2030: 60, 2031: 60}
    assert {year: target.allowed(Fraction(100), year) for year in line} == line
