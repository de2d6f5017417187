"""A plugin of pytest for runs with mutants: what was remembered before the fork is forgotten, so that each computes itself."""

import functools
import gc

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Empty every cache of the library; a child that is forked for a mutant would answer from the one of its parent."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith("ghg_numerique"):
            thing.cache_clear()
