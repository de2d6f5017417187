"""Delta debugging: from many rows that show a fault to the few that are enough (Zeller and Hildebrandt, 2002)."""

from collections.abc import Callable, Iterator, Sequence

Fails = Callable[[Sequence[int]], bool]


def shrunk(rows: Sequence[int], fails: Fails, most: int = 1000) -> tuple[int, ...]:
    """Return rows of which none can be spared: all of them fail, and without any one of them nothing does.

    At most so many sets of rows are tried; the fewest that failed until then are returned.
    """
    kept, parts, tried = list(rows), 2, 0
    while len(kept) > 1 and tried < most:
        size = -(-len(kept) // parts)
        pieces = [kept[begin : begin + size] for begin in range(0, len(kept), size)]
        for smaller, next_parts in _smaller(kept, pieces, parts):
            tried += 1
            if fails(smaller):
                kept, parts = smaller, next_parts
                break
            if tried >= most:
                return tuple(kept)
        else:
            if parts >= len(kept):
                break
            parts = min(len(kept), parts * 2)
    return tuple(kept)


def _smaller(kept: list[int], pieces: list[list[int]], parts: int) -> Iterator[tuple[list[int], int]]:
    """Return what to try: each piece alone, then all but each piece, each with the number of parts to go on with."""
    for piece in pieces:
        yield piece, 2
    if len(pieces) > 2:
        for piece in pieces:
            gone = set(piece)
            yield [row for row in kept if row not in gone], max(parts - 1, 2)
