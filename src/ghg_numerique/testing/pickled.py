"""The copy of a value that another process would get: only what was made here goes through pickle."""

import pickle
from typing import TypeVar

T = TypeVar("T")


def pickled(value: T) -> T:
    """Return a value as it comes out of pickle. Raises what pickle raises for a value that does not go through."""
    copy: T = pickle.loads(pickle.dumps(value))
    return copy
