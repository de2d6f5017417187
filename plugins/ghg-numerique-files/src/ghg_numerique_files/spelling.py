"""When two texts are the same word: composed accents, one space between words, no difference of case."""

import difflib
import re
from functools import lru_cache

from ghg_numerique.cells import composed, folded, unaccented
from ghg_numerique.wording import NOTHING_NEAR

__all__ = ["NOTHING_NEAR", "composed", "folded", "nearest", "shown", "unaccented"]

_LONGEST_SHOWN = 60
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")


@lru_cache(maxsize=4096)
def nearest(text: str, known: tuple[str, ...]) -> str:
    """Return the known word that looks most like a text: a proposal for a message, never a reading."""
    spelled = {unaccented(folded(word)): word for word in reversed(known)}
    near = difflib.get_close_matches(unaccented(folded(text)), spelled, n=1, cutoff=0.6)
    return spelled[near[0]] if near else NOTHING_NEAR


def shown(text: str) -> str:
    """Return a raw cell for a message: cut when long, with what cannot be seen written as `\\u202e`."""
    seen = _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)
    return seen if len(seen) <= _LONGEST_SHOWN else f"{seen[:_LONGEST_SHOWN]}…"
