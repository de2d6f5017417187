"""What is embodied: the total of a sheet less its use share, exact to the last digit."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from typing import Final

import attrs

from ghg_numerique_boavizta.reasons import Reason, Refused

TOLERANCE: Final = Decimal("0.02")
"""Four shares (manufacture, transport, use, end of life), each rounded to the hundredth: at most 4 x 0.005 too much."""

_EXACT = Context(prec=200, traps=[Inexact])


@attrs.frozen
class Embodied:
    """A product of two published numbers, and the terms from which anyone can work it out again."""

    value: str
    derivation: str


def embodied(total: str, use: str) -> Embodied:
    """Return `total x (1 - use)`. Raises Refused where nothing is left, or where the total or the share cannot be.

    The use share goes out whole, and all that the sheet counts in it: electricity over the manufacturer's lifetime and
    mix, and for printers the paper.
    """
    if not total or Decimal(total) <= 0:
        raise Refused(Reason.TOTAL, "gwp_total", total)
    if not use:
        raise Refused(Reason.USE_SHARE, "gwp_use_ratio")
    if Decimal(use) >= 1:
        raise Refused(Reason.SHARES, "gwp_use_ratio", use)
    left = _EXACT.multiply(Decimal(total), _EXACT.subtract(Decimal(1), Decimal(use)))
    return Embodied(plain(left), f"{total} total + -{total} total * {use} use")


def check_sum(shares: Iterable[str]) -> None:
    """Raise Refused where the shares that a row gives add up to more than the whole, beyond what rounding explains."""
    given = [share for share in shares if share]
    if sum(map(Decimal, given)) > 1 + TOLERANCE:
        raise Refused(Reason.SHARES, "gwp_use_ratio", " + ".join(given))


def percent(ratio: str) -> str:
    """Return a ratio as the percentage that a table holds: `0.1693` is `16.93 %`."""
    return f"{plain(_EXACT.multiply(Decimal(ratio), Decimal(100)))} %"


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
