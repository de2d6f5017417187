"""Texts and names of a table in memory, through the Arrow interface: with `arrow_numbers`, the door of pyarrow, an extra.

Work is done once per distinct value where a column has few of them, else on the buffers of Arrow.
"""

from collections.abc import Mapping
from typing import Any, Final, Self

import attrs
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ghg_numerique.cells import TOTALS, kept
from ghg_numerique.errors import InputError
from ghg_numerique.model.profile import Codes
from ghg_numerique.model.texts import Texts

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_DOUBTFUL: Final = TOTALS + r"|^$|^\s|\s$|[^ -~]|#|^'|e\+"
_PLAIN: Final = bytes(letter for letter in range(0x21, 0x7F) if letter not in b"#'")
_LONGEST: Final = 64
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_PARTS: Final = (b"total", b"totaux", b"cumul", b"tot.", b"s/t", b"e+")


@attrs.frozen(eq=False)
class Words:
    """A column of texts: codes into its distinct values as they are kept, -1 where a cell is empty.

    `raw_codes` point into the distinct values as they came.
    """

    codes: Codes
    values: tuple[str, ...]
    raw_codes: Codes
    raw: tuple[str, ...]

    @classmethod
    def none(cls, size: int) -> Self:
        """Return a column without anything in it."""
        return cls.of(np.full(size, -1), ())

    @classmethod
    def of(cls, codes: npt.NDArray[Any], values: tuple[str, ...]) -> Self:
        """Return a column that is coded already."""
        own = codes.astype(np.int32)
        return cls(own, values, own, values)


@attrs.frozen(eq=False)
class Names:
    """A column of names: for each the place of the first that is the same, and those that must be looked at, as they came.

    To be looked at: what is not plain text, blank, or perhaps a total or a rounded number.
    """

    texts: Texts
    first: Codes
    doubtful: Mapping[int, str]


def table_of(source: object) -> "pa.Table":
    """Return what an object offers through `__arrow_c_stream__`, its texts in a layout that all of pyarrow knows.

    Raises InputError where it offers no table.
    """
    if not hasattr(source, "__arrow_c_stream__"):
        raise InputError("not-a-table", kind=type(source).__name__)
    try:
        table = pa.table(source)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise InputError("arrow-unreadable", reason=error) from error
    return pa.Table.from_arrays([_plain(column) for column in table.columns], names=table.column_names)


def _plain(column: Any) -> Any:
    if pa.types.is_string(column.type) or pa.types.is_string_view(column.type):
        return column.cast(pa.large_string())
    if pa.types.is_dictionary(column.type) and pa.types.is_string_view(column.type.value_type):
        chunks = [
            pa.DictionaryArray.from_arrays(chunk.indices, chunk.dictionary.cast(pa.large_string()))
            for chunk in column.chunks
        ]
        return pa.chunked_array(chunks, pa.dictionary(column.type.index_type, pa.large_string()))
    return column


def filled_rows(table: "pa.Table") -> Ints:
    """Return the places of the rows that hold anything; columns that can tell it cheaply are asked first."""
    empty = np.ones(table.num_rows, bool)
    for column in sorted(table.columns, key=lambda column: is_text(column.type)):
        if not empty.any():
            break
        empty &= ~holds(column)
    return np.flatnonzero(~empty)


def holds(column: Any) -> Mask:
    """Tell which cells of a column hold anything but blanks."""
    if pa.types.is_dictionary(column.type):
        coded = words(column.unify_dictionaries().combine_chunks())
        return column.is_valid().to_numpy() if coded is None else coded.codes >= 0
    if not is_text(column.type):
        return np.asarray(column.is_valid().to_numpy())
    return ~says(pc.fill_null(column, ""), "")


def says(column: Any, text: str) -> Mask:
    """Tell which cells of a column of texts say one text, with nothing else than blanks around it."""
    return np.asarray(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), text.strip()), False).to_numpy())


def cells_of(table: "pa.Table", place: int) -> tuple[str, ...]:
    """Return the cells of a row as texts; a cell that holds nothing is an empty one."""
    values = (column[place].as_py() for column in table.columns)
    return tuple("" if value is None else str(value) for value in values)


def texts_of(column: Any) -> Any:
    """Return a column of texts without its dictionary, if it has one."""
    return column.cast(pa.large_string())


def column_of(table: "pa.Table", place: int) -> Any:
    """Return a column in one piece, with one dictionary."""
    whole = table.column(place).unify_dictionaries().combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


def words(column: Any) -> Words | None:
    """Return a column of texts or whole numbers as words, None where it holds anything else."""
    coded = _coded(column)
    if coded is None:
        return None
    codes, values = coded
    raw = tuple(value or "" for value in values.cast(pa.large_string()).to_pylist())
    known: dict[str, int] = {"": -1}
    own = [known.setdefault(kept(text), len(known) - 1) for text in raw]
    return Words(np.array([*own, -1], dtype=np.int32)[codes], tuple(known)[1:], codes, raw)


def names(column: Any) -> Names | None:
    """Return a column of texts or whole numbers as names, None where it holds anything else."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (is_text(column.type) or pa.types.is_integer(column.type)):
        return None
    column = pc.fill_null(column.cast(pa.large_string()), "")
    places = _doubtful(column)
    raw = column.take(pa.array(places)).to_pylist()
    own = [kept(text) for text in raw]
    if own != raw:
        mask = np.zeros(len(column), bool)
        mask[places] = True
        column = pc.replace_with_mask(column, pa.array(mask), pa.array(own, pa.large_string()))
    first = _firsts(column)
    texts = _texts(column, distinct=bool(np.all(first == np.arange(len(column)))))
    return Names(texts, first, dict(zip(places.tolist(), raw, strict=True)))


def may_total(column: Any) -> Mask:
    """Tell which cells of a column hold a text that may be the name of a total."""
    coded = pa.types.is_dictionary(column.type)
    texts = column.dictionary if coded else column
    if not is_text(texts.type):
        return np.zeros(len(column), bool)
    found: Mask = pc.fill_null(pc.match_substring_regex(texts, TOTALS), False).to_numpy(zero_copy_only=False)
    return np.append(found, False)[codes_of(column.indices)] if coded else found


def no_names(size: int) -> Names:
    """Return a column of names that nobody gave."""
    nothing = np.zeros(size, np.int64)
    return Names(Texts(np.empty(0, np.uint8), nothing, nothing), np.arange(size, dtype=np.int32), {})


def distinct(keys: Ints) -> tuple[Codes, Ints]:
    """Return whole numbers as codes into the distinct ones, in the order in which they came; nothing is sorted."""
    coded = pa.array(keys).dictionary_encode()
    return codes_of(coded.indices), buffer_of(coded.dictionary, np.int64)


def is_worded(column: Any) -> bool:
    """Tell whether a column holds texts."""
    kind = column.type
    return is_text(kind.value_type if pa.types.is_dictionary(kind) else kind)


def is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def codes_of(indices: Any) -> Codes:
    codes = indices.cast(pa.int32())
    return buffer_of(pc.fill_null(codes, -1) if codes.null_count else codes, np.int32)


def buffer_of(column: Any, kind: Any) -> npt.NDArray[Any]:
    """Return the buffer of a column of plain numbers; what stands in empty cells means nothing."""
    buffer = column.buffers()[1]
    if buffer is None:
        return np.zeros(len(column), kind)
    return np.frombuffer(buffer, dtype=kind)[column.offset : column.offset + len(column)]


def _coded(column: Any) -> tuple[Codes, Any] | None:
    """Return a column as codes into its distinct values, texts or whole numbers; None where it holds anything else."""
    if pa.types.is_null(column.type):
        return np.full(len(column), -1, dtype=np.int32), pa.array([], pa.string())
    coded = column if pa.types.is_dictionary(column.type) else None
    kind = column.type.value_type if coded is not None else column.type
    if not (is_text(kind) or pa.types.is_integer(kind)):
        return None
    coded = column.dictionary_encode() if coded is None else coded
    return codes_of(coded.indices), coded.dictionary


def _doubtful(column: Any) -> Ints:
    """Return the places of the texts that must be looked at; where no letter of them all is doubtful, none is."""
    texts = _texts(column, distinct=False)
    letters = texts.content.tobytes().lower()
    suspect = letters.translate(None, _PLAIN) or any(part in letters for part in _PARTS)
    if not suspect and len(texts) and (texts.ends > texts.starts).all():
        return np.empty(0, np.int64)
    return np.flatnonzero(pc.match_substring_regex(column, _DOUBTFUL).to_numpy(zero_copy_only=False))


def _firsts(column: Any) -> Codes:
    """Return for each text the place of the first that is the same."""
    first = np.arange(len(column), dtype=np.int32)
    if _all_differ(column):
        return first
    coded = column.dictionary_encode()
    codes, places = codes_of(coded.indices), np.empty(len(coded.dictionary), dtype=np.int32)
    places[codes[::-1]] = first[::-1]
    return places[codes]


def _all_differ(column: Any) -> bool:
    """Tell whether all texts are seen to differ at a glance: they only grow, or no two have one fingerprint.

    The fingerprint of a text is a polynomial of its letters modulo 2^64. One that two texts share proves nothing.
    """
    if pc.all(pc.less(column[:-1], column[1:])).as_py() is not False:
        return True
    texts = _texts(column, distinct=False)
    sizes = texts.ends - texts.starts
    if sizes.max() > _LONGEST:
        return False
    prints = sizes.astype(np.uint64)
    for place in range(int(sizes.max())):
        letters = texts.content[np.minimum(texts.starts + place, len(texts.content) - 1)]
        prints = prints * _BASE + np.where(sizes > place, letters, 0)
    prints.sort()
    return bool(np.all(prints[:-1] != prints[1:]))


def _texts(column: Any, *, distinct: bool) -> Texts:
    _, places, content = column.buffers()
    if not len(column):
        return Texts(np.empty(0, np.uint8), np.empty(0, np.int64), np.empty(0, np.int64), distinct)
    edges = np.frombuffer(places, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    letters = np.empty(0, np.uint8) if content is None else np.frombuffer(content, dtype=np.uint8)
    return Texts(letters, edges[:-1], edges[1:], distinct)
