"""A stream of an OLE container, the form in which XLS files hold their workbook ([MS-CFB] of Microsoft's open specifications)."""

from collections.abc import Iterator
from struct import Struct, unpack_from
from typing import Final

ENTRY: Final = 128
_END = 0xFFFFFFF0
"""Numbers from here on are no sectors: the end of a chain, a free sector, a sector of the table itself."""

_ENTRY = Struct("<64sHB49sIQ")


def stream(content: bytes, names: frozenset[str]) -> bytes:
    """Return the first stream that bears one of these names, nothing where none does.

    Raises ValueError for a container that does not hold together: chains that go round, sectors beyond the end.
    """
    size, small = 1 << unpack_from("<H", content, 30)[0], 1 << unpack_from("<H", content, 32)[0]
    directory, cutoff, small_table = (unpack_from("<I", content, place)[0] for place in (48, 56, 60))
    table = _numbers(b"".join(_sector(content, size, number) for number in _table_sectors(content, size)))
    entries = _chain(content, size, table, directory, 1)
    root = b""
    for place in range(0, len(entries) - ENTRY + 1, ENTRY):
        name, length, kind, _, start, total = _ENTRY.unpack_from(entries, place)
        total &= 0xFFFFFFFF
        if kind == 5:
            root = _chain(content, size, table, start, 1)
        if kind == 2 and name[: max(length - 2, 0)].decode("utf-16-le", "replace") in names:
            if total >= cutoff:
                return _chain(content, size, table, start, 1)[:total]
            return _chain(root, small, _numbers(_chain(content, size, table, small_table, 1)), start, 0)[:total]
    return b""


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """Return the sectors of the table of chains: the first 109 are in the head, others in sectors of their own."""
    yield from (number for number in unpack_from("<109I", content, 76) if number < _END)
    more, left = unpack_from("<II", content, 68)
    while more < _END and left > 0:
        *numbers, more = _numbers(_sector(content, size, more))
        yield from (number for number in numbers if number < _END)
        left -= 1


def _sector(content: bytes, size: int, number: int, head: int = 1) -> bytes:
    place = (number + head) * size
    if not 16 <= size <= 4096 or place >= len(content):
        raise ValueError(f"sector {number}")
    return content[place : place + size]


def _chain(content: bytes, size: int, table: tuple[int, ...], start: int, head: int) -> bytes:
    """Return the sectors of a chain, one after the other; `head` is how many of them stand before the first."""
    parts: list[bytes] = []
    while start < _END:
        if start >= len(table) or len(parts) >= len(table):
            raise ValueError(f"sector {start}")
        parts.append(_sector(content, size, start, head))
        start = table[start]
    return b"".join(parts)


def _numbers(content: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(content) // 4}I", content)
