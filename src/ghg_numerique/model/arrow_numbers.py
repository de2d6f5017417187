"""Numbers and days of a table in memory as whole numbers: millionths, and ordinals."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self

import attrs
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ghg_numerique.cells import BOOLEANS, FIRST_YEAR, LAST_YEAR, folded, kept, read_day
from ghg_numerique.decimals import LARGEST, MILLIONTHS, millionths, read_decimal
from ghg_numerique.errors import NumberError
from ghg_numerique.model.arrow import Ints, Mask, buffer_of, codes_of, is_text
from ghg_numerique.model.profile import Codes

SOUND: Final = ""
FAULTS: Final = (
    SOUND, "number", "number-too-large", "too-many-decimals", "date", "date-form", "date-range", "date-serial",
    "date-short", "date-time", "boolean",
)  # fmt: skip
"""What can be wrong with a cell that is read as a number or a day; a column of faults points into it."""

LARGEST_FLOAT: Final = 10**9
"""Up to here a float says one decimal of six digits: the millionths, below 10^15, are exact, and so is their nearest."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
_A_DAY: Final = {"s": 86_400, "ms": 86_400 * 10**3, "us": 86_400 * 10**6, "ns": 86_400 * 10**9}


@attrs.frozen(eq=False)
class Read:
    """A column of whole numbers (millionths, day ordinals): what is not filled or faulty (`FAULTS`) reads as zero."""

    values: Ints
    faults: Codes
    filled: Mask

    def take(self, codes: Codes) -> "Read":
        """Return the cells of a column of codes into these values; code -1 is an empty cell."""
        there = codes >= 0
        if not len(self.values):
            return Read.empty(len(codes))
        index = np.where(there, codes, 0)
        return Read(
            np.where(there, self.values[index], 0), np.where(there, self.faults[index], 0), there & self.filled[index]
        )

    @classmethod
    def empty(cls, size: int) -> Self:
        """Return a column without anything in it."""
        return cls(np.zeros(size, np.int64), np.zeros(size, np.int32), np.zeros(size, bool))


def numbers(column: Any, mark: str) -> Read | None:
    """Return a column of numbers in millionths, None where its type holds no exact numbers.

    Integers and decimals are what they are. A float64 is the decimal of at most six digits that reads back as this very
    float, up to `LARGEST_FLOAT`; where there is none, it has too many decimals. Texts are read with a decimal mark.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = numbers(column.dictionary, mark)
        return None if values is None else values.take(codes_of(column.indices))
    if pa.types.is_float64(kind):
        return _filled(column, *_of_floats(buffer_of(column, np.float64)))
    if pa.types.is_signed_integer(kind) or (pa.types.is_unsigned_integer(kind) and kind.bit_width < 64):
        return _filled(column, *_of_integers(buffer_of(column.cast(pa.int64()), np.int64)))
    if pa.types.is_decimal128(kind) and kind.scale >= 0 and (unscaled := _unscaled(column)) is not None:
        return _filled(column, *_of_integers(unscaled, kind.scale))
    if pa.types.is_decimal(kind) or pa.types.is_unsigned_integer(kind) or is_text(kind) or pa.types.is_null(kind):
        return _one_by_one(column, lambda value: _number(value, mark))
    return None


def days(column: Any) -> Read | None:
    """Return a column of days as ordinals, None where its type holds none. A time of day other than midnight is none."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = days(column.dictionary)
        return None if values is None else values.take(codes_of(column.indices))
    if pa.types.is_date(kind):
        return _filled(column, *_in_range(buffer_of(column.cast(pa.date32()).cast(pa.int32()), np.int32)))
    if pa.types.is_timestamp(kind) and kind.tz is None:
        day, rest = np.divmod(buffer_of(column.cast(pa.int64()), np.int64), _A_DAY[kind.unit])
        ordinals, faults = _in_range(day)
        return _filled(column, ordinals, np.where(rest != 0, FAULTS.index("date-time"), faults))
    if is_text(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind):
        return _one_by_one(column, _day)
    return None


def _filled(column: Any, values: npt.NDArray[Any], faults: npt.NDArray[Any]) -> Read:
    filled = column.is_valid().to_numpy(zero_copy_only=False) if column.null_count else np.ones(len(column), bool)
    sound = filled & (faults == 0)
    return Read(np.where(sound, values, 0).astype(np.int64), np.where(filled, faults, 0).astype(np.int32), filled)


def _unscaled(column: Any) -> Ints | None:
    """Return the digits of decimals as 64-bit numbers, None where one of them needs more."""
    halves = buffer_of(column, np.dtype((np.int64, 2))).reshape(-1, 2)
    low, high = halves[:, 0], halves[:, 1]
    fits = (low >> 63) == high
    return low if np.all(fits | column.is_null().to_numpy(zero_copy_only=False)) else None


def _of_integers(values: Ints, scale: int = 0) -> tuple[Ints, Codes]:
    """Return whole numbers of 10^-scale in millionths."""
    limit = LARGEST * 10**scale
    large = (values > limit) | (values < -limit) if limit < 2**63 else np.zeros(len(values), bool)
    if scale <= 6:
        counted, rest = np.where(large, 0, values) * 10 ** (6 - scale), np.zeros(len(values), np.int64)
    else:
        counted, rest = np.divmod(values, 10 ** (scale - 6))
    faults = np.where(rest != 0, FAULTS.index("too-many-decimals"), 0)
    return counted, np.where(large, FAULTS.index("number-too-large"), faults)


def _of_floats(values: npt.NDArray[np.float64]) -> tuple[Ints, Codes]:
    """Return floats in millionths: a quotient is rounded correctly, so that it is the float of the decimal itself."""
    finite = np.isfinite(values)
    small = np.where(finite & (np.abs(values) <= LARGEST_FLOAT), values, 0.0)
    counted = np.rint(small * MILLIONTHS)
    faults = np.where(counted / MILLIONTHS != small, FAULTS.index("too-many-decimals"), 0)
    faults = np.where(np.abs(values) > LARGEST_FLOAT, FAULTS.index("number-too-large"), faults)
    return counted.astype(np.int64), np.where(finite, faults, FAULTS.index("number"))


def _in_range(since: npt.NDArray[Any]) -> tuple[Ints, Codes]:
    ordinals = since.astype(np.int64) + _EPOCH
    outside = (ordinals < _EARLIEST) | (ordinals > _LATEST)
    return ordinals, np.where(outside, FAULTS.index("date-range"), 0)


def _one_by_one(column: Any, read: Callable[[Any], tuple[int, str] | None]) -> Read:
    """Return a column read value by value, each distinct one once."""
    if pa.types.is_null(column.type):
        return Read.empty(len(column))
    coded = column.dictionary_encode()
    found = [read(value) for value in coded.dictionary.to_pylist()]
    return Read(
        np.array([0 if one is None else one[0] for one in found], dtype=np.int64),
        np.array([0 if one is None else FAULTS.index(one[1]) for one in found], dtype=np.int32),
        np.array([one is not None for one in found], dtype=bool),
    ).take(codes_of(coded.indices))


def _number(value: Any, mark: str) -> tuple[int, str] | None:
    text = kept(value) if isinstance(value, str) else None
    if text == "":
        return None
    number: Decimal | int
    try:
        number = value if text is None else read_decimal(text, mark)
        return millionths(number), SOUND
    except NumberError as error:
        return 0, "boolean" if text is not None and folded(text) in BOOLEANS else error.code


def _day(value: Any) -> tuple[int, str] | None:
    text = kept(str(value))
    if not text:
        return None
    day = read_day(text)
    if isinstance(day, date):
        return day.toordinal(), SOUND
    return 0, "boolean" if folded(text) in BOOLEANS else day
