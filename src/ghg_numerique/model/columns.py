"""From typed records to coded columns: one pass over the records per column, one dictionary per vocabulary."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.decimals import MILLIONTHS, millionths, plain
from ghg_numerique.model.activity import EURO_UNITS, DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.profile import Profile, Vocabulary
from ghg_numerique.terms import Activity, Movement
from ghg_numerique.units import CO2EQ, Quantity

OPEN: Final = date.max.toordinal() + 1
"""The end of what has not left."""

NO_PRICE: Final = -1

Ints = npt.NDArray[np.int64]


@attrs.frozen
class Columns:
    """Columns of one length, with the vocabularies that their codes point into."""

    profiles: tuple[Profile, ...]
    orders: tuple[str, ...]
    suppliers: tuple[str, ...]
    files: tuple[str, ...]
    sheets: tuple[str, ...]
    ids: tuple[str, ...]
    values: dict[str, npt.NDArray[Any]]


def hardware(rows: Sequence[HardwareItem]) -> Columns:
    """Return the columns of hardware items: millionths of an item, in the fleet from `start` to `end`."""
    size = len(rows)
    left = [OPEN if day is None else day.toordinal() for day in map(attrgetter("left"), rows)]
    prices = list(map(attrgetter("unit_price"), rows))
    priced = prices.count(None) < size
    units = {"": -1, **{unit: code for code, unit in enumerate(EURO_UNITS)}}
    return _columns(
        rows,
        attrgetter("equipment", "model", "domain", "state", "place", "site", "energy", "pue"),
        lambda equipment, model, domain, state, place, site, energy, pue: Profile(
            Activity.HARDWARE, "item", domain, equipment, model, state, place, site, _text(energy), _text(pue)
        ),
        amount=_millionths(map(attrgetter("quantity"), rows), size),
        start=_days(map(attrgetter("entered"), rows), size),
        end=np.array(left, dtype=np.int32),
        price=np.array([NO_PRICE if p is None else _exact(p) for p in prices], dtype=np.int64) if priced else None,
        price_unit=np.array([units[row.price_unit] for row in rows], dtype=np.int32) if priced else None,
    )


def spending(rows: Sequence[SpendingLine]) -> Columns:
    """Return the columns of spending lines: millionths of a euro, on one day.

    For what is no expense the movement decides alone: thousands of third-party accounts make one profile.
    """
    size = len(rows)
    start = _days(map(attrgetter("spent"), rows), size)
    return _columns(
        rows,
        _ALIKE if all(row.movement is Movement.EXPENSE for row in rows) else _alike,
        lambda unit, domain="", account="", nature="", sector="", site="", movement="": Profile(
            Activity.SPENDING, unit, domain, account=account, nature=nature, sector=sector, site=site, movement=movement
        ),
        amount=_millionths(map(attrgetter("amount"), rows), size),
        start=start,
        end=start + 1,
    )


_ALIKE: Final = attrgetter("unit", "domain", "account", "nature", "sector", "site")


def _alike(line: SpendingLine) -> tuple[str, ...]:
    if line.movement is Movement.EXPENSE:
        return _ALIKE(line)
    return (line.unit, "", "", "", "", "", line.movement)


def emissions(rows: Sequence[DeclaredEmission]) -> Columns:
    """Return the columns of declared emissions: millionths of a kgCO2eq, on one day."""
    size = len(rows)
    start = _days(map(attrgetter("day"), rows), size)
    return _columns(
        rows,
        attrgetter("domain", "kind", "equipment", "site"),
        lambda domain, kind, equipment, site: Profile(
            Activity.EMISSIONS, CO2EQ, domain, equipment, site=site, kind=kind
        ),
        amount=_millionths((Quantity.of(Fraction(row.amount), row.unit).to(CO2EQ).value for row in rows), size),
        start=start,
        end=start + 1,
    )


def _columns(
    rows: Sequence[Any],
    alike: Callable[[Any], tuple[Any, ...]],
    profile: Callable[..., Profile],
    **columns: npt.NDArray[Any] | None,
) -> Columns:
    size = len(rows)
    profiles: Vocabulary[tuple[Any, ...]] = Vocabulary()
    orders, suppliers, places = Vocabulary([""]), Vocabulary([""]), Vocabulary([("", "")])
    origins = list(map(attrgetter("origin"), rows))
    is_bought = hasattr(rows[0], "order") if rows else False
    values = {
        "profile": profiles.encode(map(alike, rows), size),
        "order": orders.encode(map(attrgetter("order"), rows), size) if is_bought else None,
        "supplier": suppliers.encode(map(attrgetter("supplier"), rows), size) if is_bought else None,
        "file": places.encode(map(attrgetter("file", "sheet"), origins), size),
        "row": np.fromiter(map(attrgetter("row"), origins), dtype=np.int32, count=size),
        **columns,
    }
    return Columns(
        profiles=tuple(profile(*values) for values in profiles.coded()),
        orders=orders.coded(),
        suppliers=suppliers.coded(),
        files=tuple(file for file, _ in places.coded()),
        sheets=tuple(sheet for _, sheet in places.coded()),
        ids=tuple(map(attrgetter("id"), rows)),
        values={name: column for name, column in values.items() if column is not None},
    )


def _exact(number: int | Decimal | Fraction) -> int:
    return number * MILLIONTHS if type(number) is int else millionths(number)


def _millionths(numbers: Iterable[int | Decimal | Fraction], size: int) -> Ints:
    return np.fromiter(map(_exact, numbers), dtype=np.int64, count=size)


def _days(days: Iterable[date], size: int) -> npt.NDArray[np.int32]:
    return np.fromiter(map(date.toordinal, days), dtype=np.int32, count=size)


def _text(number: int | Decimal | None) -> str:
    return "" if number is None else plain(Fraction(number), 12)
