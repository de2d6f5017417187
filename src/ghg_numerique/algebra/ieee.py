"""exp, log and the inverse normal law, to the same bits on every machine.

IEEE 754 fixes the result of + - * / and of the square root; it leaves exp, log and the rest to each library, and numpy's
differ from one processor to the next. So these three are made of the fixed operations only, each on a whole array.
"""

from functools import cache
from math import factorial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LN2_HIGH, _LN2_LOW = float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")
_LN2 = _LN2_HIGH + _LN2_LOW
_ROOT_HALF = float.fromhex("0x1.6a09e667f3bcdp-1")
_PARTS, _STEPS, _COMPUTED = 64, 1 << 16, 256
_EXP = tuple(1 / factorial(power) for power in range(14, -1, -1))
_LOG = tuple(2 / power for power in range(25, 0, -2))

# Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484: numerators, then denominators.
_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_SHOULDER = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip


def exp(x: Floats) -> Floats:
    """Return e^x within three units in the last place, for |x| < 700: `2^whole x 2^(part / 64) x e^rest` (Tang 1989)."""
    steps = np.rint(x * (_PARTS / _LN2))
    rest = (x - steps * (_LN2_HIGH / _PARTS)) - steps * (_LN2_LOW / _PARTS)
    whole = steps.astype(np.int32)
    result: Floats = np.ldexp(_powers().take(whole & (_PARTS - 1)) * _polynomial(_EXP[-6:], rest), whole >> 6)
    return result


def log(x: Floats) -> Floats:
    """Return the natural logarithm of positive numbers: `log m = 2 artanh((m - 1) / (m + 1))` on [0.7, 1.4]."""
    part, exponent = np.frexp(x)
    small = part < _ROOT_HALF
    part, power = np.where(small, part * 2, part), exponent - small
    ratio = (part - 1) / (part + 1)
    result: Floats = power * _LN2_HIGH + (power * _LN2_LOW + ratio * _polynomial(_LOG, ratio * ratio))
    return result


def inverse_normal(share: Floats) -> Floats:
    """Return the value that a standard normal law stays below with the given probabilities, within 10^-6.

    Linear between 2^16 values of `as241`, but for the 256 steps at each end, which are computed.
    """
    nodes, slopes = _nodes()
    place = share * _STEPS
    whole = np.floor(place)
    step = whole.astype(np.intp)
    place -= whole
    place *= slopes.take(step)
    place += nodes.take(step)
    ends = np.flatnonzero(np.abs(share - 0.5) >= 0.5 - _COMPUTED / _STEPS)
    place[ends] = as241(share[ends])
    return place


def as241(share: Floats) -> Floats:
    """Return the value that a standard normal law stays below with the given probabilities, to the last bits."""
    offset = share - 0.5
    result = np.empty_like(offset)
    centre = np.abs(offset) <= 0.425
    inner = offset[centre]
    result[centre] = inner * _ratio(_CENTRE, 0.180625 - inner * inner)
    outer = offset[~centre]
    depth = np.sqrt(-log(np.where(outer < 0, share[~centre], 1 - share[~centre])))
    far = np.where(depth <= 5, _ratio(_SHOULDER, depth - 1.6), _ratio(_TAIL, depth - 5))
    result[~centre] = np.where(outer < 0, -far, far)
    return result


@cache
def _powers() -> Floats:
    near = np.arange(-_PARTS // 2, _PARTS // 2, dtype=np.float64)
    found = _polynomial(_EXP, near * (_LN2 / _PARTS))
    return np.concatenate([found[near >= 0], 2 * found[near < 0]])


@cache
def _nodes() -> tuple[Floats, Floats]:
    nodes = as241(np.arange(1, _STEPS) / _STEPS)
    nodes = np.concatenate([nodes[:1], nodes, nodes[-1:]])
    return nodes, np.diff(nodes)


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value


def _ratio(of: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    return _polynomial(of[0], x) / _polynomial(of[1], x)
