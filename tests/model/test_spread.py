"""A spread says what its source says, and what the source does not say is named."""

import pytest

import ghg_numerique as ghg
from ghg_numerique.model.lock import LockedFactor
from ghg_numerique.model.quality import PEDIGREE
from ghg_numerique.terms import Central, Law, Width


@pytest.mark.parametrize(
    "text",
    [
        "50 %",
        "0.5 %",
        "80 % lognormal median upper_95",
        "80 % mean",
        "20 % normal deviation",
        "30 % triangular whole",
        "10..30",
        "-5..30.5 uniform",
        "10..30 triangular",
        "pedigree 2,1,3,1,2 ecoinvent-3",
        "pedigree 2,1,3,1,2,4 ecoinvent-2",
    ],
)
def test_a_declaration_goes_round(text):
    spread = ghg.Spread.read(text)
    assert str(spread) == text
    assert ghg.Spread.read(str(spread)) == spread


def test_nothing_declared_is_no_spread():
    assert ghg.Spread.read("") is None


@pytest.mark.parametrize(
    "text",
    [
        "50",
        "about half",
        "-5 %",
        "50 %normal",
        "50 % gaussian",
        "50 % normal normal",
        "50 % normal lognormal",
        "50 % normal gsd2",
        "50 % normal median",
        "50 % uniform upper_95",
        "50 % bounds",
        "30..10",
        "10..30 normal",
        "10..30 uniform deviation",
        "pedigree 2,1,3,1,2",
        "pedigree 2,1,3,1 ecoinvent-3",
        "pedigree 2,1,3,1,6 ecoinvent-3",
        "pedigree 2,1,3,1,2,4 ecoinvent-3",
        "50 % ecoinvent-3",
    ],
)
def test_what_is_not_a_declaration_is_refused(text):
    with pytest.raises(ghg.NumberError) as caught:
        ghg.Spread.read(text)
    assert caught.value.code == "spread"


def test_silence_is_read_as_bilan_carbone_reads_it_and_is_named():
    bare, told = ghg.Spread.read("50 %"), ghg.Spread.read("50 % normal deviation")
    assert bare.read_as == (Law.LOGNORMAL, Central.MEDIAN, Width.UPPER_95)
    assert bare.silent == ("law", "central", "width")
    assert told.silent == ()
    assert ghg.Spread.read("10..30").read_as[0] is Law.BOUNDS


def test_a_source_may_say_once_what_all_its_percentages_are():
    assert ghg.Spread.read("50 %", "normal deviation") == ghg.Spread.read("50 % normal deviation")
    assert ghg.Spread.read("50 % triangular whole", "normal deviation") == ghg.Spread.read("50 % triangular whole")
    assert ghg.Spread.read("10..30", "normal deviation") == ghg.Spread.read("10..30")
    with pytest.raises(ghg.NumberError):
        ghg.Spread.read("50 %", "gaussian")


def test_the_pedigree_tables_are_the_published_ones():
    """Spot values, read in `pedigree_matrix/data.py` 0.2.2; a perfect score adds nothing, a worse one never takes away."""
    assert PEDIGREE["ecoinvent-2"][0][4] == "1.5"
    assert PEDIGREE["ecoinvent-3"][4] == ("1", "1.18", "1.65", "2.08", "2.8")
    for table in PEDIGREE.values():
        for row in table:
            factors = [float(one) for one in row]
            assert factors[0] == 1
            assert factors == sorted(factors)


@pytest.mark.parametrize(
    ("name", "spread", "source"),
    [
        ("", "20 %", "town"),
        ("abacus", "20 %", ""),
        ("abacus", "0 %", "town"),
        ("abacus", "1..2", "town"),
        ("a", "", "t"),
    ],
)
def test_a_cause_without_name_source_or_size_is_refused(name, spread, source):
    with pytest.raises(ghg.NumberError) as caught:
        ghg.Cause(name, spread, source)
    assert caught.value.code == "cause"


@pytest.mark.parametrize(
    "text", ["", "0 %", "50 %", "20 % normal deviation", "10..30", "pedigree 2,1,3,1,2 ecoinvent-3"]
)
def test_a_lock_keeps_what_is_declared(text):
    source = ghg.Source("table")
    made = ghg.Coefficient("1", "20", "kWh", ghg.Role.ENERGY, source, spread=ghg.Spread.read(text))
    locked = LockedFactor.of(ghg.FactorKey(ghg.Role.ENERGY), "town", ghg.Match.EXACT, made, "")
    lock = ghg.Lock("1", "m", sources=(source,), factors=(locked,))
    assert ghg.Lock.parse(lock.text()).factors[0].coefficient(source) == made
