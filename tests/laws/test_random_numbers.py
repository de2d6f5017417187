"""exp, log and the inverse normal law are right to the last bits, and the same bits everywhere."""

import hashlib
import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghg_numerique.algebra import ieee
from ghg_numerique.algebra.laws import Lognormal, Multiple, Normal, Triangular, Uniform, multiple_of
from ghg_numerique.algebra.uncertain import multiples
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.quality import Spread

pytestmark = pytest.mark.law

DECLARED = (
    "50 %",
    "0.5 %",
    "50 % lognormal mean",
    "50 % gsd2",
    "60 % deviation",
    "60 % mean deviation",
    "30 % normal",
    "10 % normal deviation",
    "40 % uniform",
    "20 % uniform deviation",
    "40 % triangular",
    "15 % triangular deviation",
    "150..300 triangular",
    "100..210 uniform",
    "100..900",
    "pedigree 2,1,3,1,2 ecoinvent-3",
    "pedigree 5,5,5,5,5,5 ecoinvent-2",
)


def law_of(declared: str) -> Multiple:
    law = multiple_of(Spread.read(declared), Fraction(200), "table#1")
    assert law is not None
    return law


@given(st.floats(-690, 690))
def test_exp_is_right_to_the_last_bits(x: float) -> None:
    assert abs(ieee.exp(np.array([x]))[0] - math.exp(x)) <= 3 * math.ulp(math.exp(x))


@given(st.floats(1e-300, 1e300))
def test_log_is_right_to_the_last_bits(x: float) -> None:
    assert abs(ieee.log(np.array([x]))[0] - math.log(x)) <= 3 * math.ulp(max(abs(math.log(x)), 0.5))


@given(st.floats(2**-54, 1 - 2**-53))
def test_the_inverse_normal_law_is_right(share: float) -> None:
    right = NormalDist().inv_cdf(share)
    assert abs(ieee.as241(np.array([share]))[0] - right) <= 8 * math.ulp(max(abs(right), 0.5))
    assert abs(ieee.inverse_normal(np.array([share]))[0] - right) <= 1e-6


def exp_by_hand(x: float) -> float:
    steps = round(x * (ieee._PARTS / ieee._LN2))
    rest = (x - steps * (ieee._LN2_HIGH / ieee._PARTS)) - steps * (ieee._LN2_LOW / ieee._PARTS)
    value = ieee._EXP[-6]
    for coefficient in ieee._EXP[-5:]:
        value = value * rest + coefficient
    return math.ldexp(float(ieee._powers()[steps % ieee._PARTS]) * value, steps // ieee._PARTS)


def log_by_hand(x: float) -> float:
    part, power = math.frexp(x)
    if part < ieee._ROOT_HALF:
        part, power = part * 2, power - 1
    ratio = (part - 1) / (part + 1)
    value = ieee._LOG[0]
    for coefficient in ieee._LOG[1:]:
        value = value * (ratio * ratio) + coefficient
    return power * ieee._LN2_HIGH + (power * ieee._LN2_LOW + ratio * value)


@given(st.lists(st.floats(-690, 690), min_size=1, max_size=40))
def test_arrays_take_the_very_steps_that_python_takes(numbers: list[float]) -> None:
    """Python's floats know no vector units and no fused steps: equal bits mean that numpy used none here either."""
    assert ieee.exp(np.array(numbers)).tolist() == [exp_by_hand(x) for x in numbers]
    positive = [abs(x) + 2**-40 for x in numbers]
    assert ieee.log(np.array(positive)).tolist() == [log_by_hand(x) for x in positive]


def test_a_stream_is_the_same_bits_on_every_machine() -> None:
    """What this machine drew once; another processor, system, Python or numpy must draw it again."""
    digest = hashlib.sha256()
    for declared in DECLARED:
        for block in multiples("table#1", law_of(declared), 5000, 2024, 1024):
            digest.update(block.astype("<f8").tobytes())
    assert digest.hexdigest() == "af5d3b29c7d11e0a18af8881e060d1fc1f80e0fffeceefb91c47249d985ad2a5"


@pytest.mark.parametrize("declared", DECLARED)
def test_the_draws_have_the_moments_of_their_law(declared: str) -> None:
    law, count = law_of(declared), 100_000
    draws = np.concatenate(list(multiples("table#moments", law, count, 7, count)))
    centred = draws - law.mean
    fourth = float((centred**4).mean())
    assert abs(centred.mean()) <= 4.5 * math.sqrt(law.variance / count)
    assert abs(float((centred**2).mean()) - law.variance) <= 4.5 * math.sqrt((fourth - law.variance**2) / count)


@pytest.mark.parametrize(
    ("declared", "law"),
    [
        ("0 %", None),
        ("0 % gsd2", None),
        ("200..200", None),
        ("pedigree 1,1,1,1,1 ecoinvent-3", None),
        ("44 % gsd2", Lognormal(pytest.approx(math.log(1.2)))),
        ("30 % normal deviation", Normal(0.3)),
        ("30 % normal", Normal(pytest.approx(0.3 / 1.959964))),
        ("150..300", Uniform(0.75, 1.5)),
        ("150..300 triangular", Triangular(0.75, 1.5)),
        ("10 % triangular", Triangular(pytest.approx(0.9), pytest.approx(1.1))),
        ("pedigree 5,1,1,1,1,1 ecoinvent-2", Lognormal(pytest.approx(math.log(1.5) / 2))),
    ],
)
def test_what_is_declared_is_what_varies(declared: str, law: Multiple | None) -> None:
    assert multiple_of(Spread.read(declared), Fraction(200), "table#1") == law


@pytest.mark.parametrize("central", ["median", "mean"])
@pytest.mark.parametrize("percent", ["10", "50", "80", "200"])
def test_the_percentage_is_the_upper_end_of_the_interval_whatever_the_value_is(percent: str, central: str) -> None:
    law = law_of(f"{percent} % {central}")
    upper = law.at(np.array([0.975]))[0]
    assert upper == pytest.approx(1 + float(percent) / 100)
    assert law.mean == pytest.approx(1) if central == "mean" else law.at(np.array([0.5]))[0] == 1


@pytest.mark.parametrize(("declared", "code"), [("300..400", "spread-ends"), ("800 % mean", "spread-mean")])
def test_what_no_law_can_be_is_refused(declared: str, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        multiple_of(Spread.read(declared), Fraction(200), "table#1")
    assert caught.value.code == code


@pytest.mark.parametrize("value", ["0", "-1", "0.05", "2.1"])
def test_ends_that_do_not_hold_a_value_above_zero_are_refused(value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        multiple_of(Spread.read("0.1..2" if Fraction(value) > 0 else "-2..2"), Fraction(value), "table#1")
    assert caught.value.code == "spread-ends"


@pytest.mark.parametrize("value", ["0.1", "0.5", "1", "2"])
def test_a_value_on_or_between_its_ends_is_their_multiple(value: str) -> None:
    law = multiple_of(Spread.read("0.1..2"), Fraction(value), "table#1")
    assert law.at(np.array([0.0, 1.0])) * float(value) == pytest.approx([0.1, 2])
