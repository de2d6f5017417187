"""What surrounds a computation and must not touch it: decimal context, numpy's errors, time zone, locale, folder."""

import contextlib
import decimal
import locale
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import numpy as np


def snapshot() -> dict[str, str]:
    """Return the state that a plugin must leave as it found it."""
    context = decimal.getcontext()
    return {
        "decimal": repr(
            (context.prec, context.rounding, context.Emin, context.Emax, sorted(map(str, context.traps.items())))
        ),
        "numpy": repr(sorted(np.geterr().items())),
        "locale": locale.setlocale(locale.LC_ALL),
        "environment": repr(sorted(os.environ.items())),
        "folder": str(Path.cwd()),
        "random": f"{np.random.get_state(legacy=False)} {random.getstate()}",
    }


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Put decimal context, numpy's errors, locale, environment and folder back as they were, whatever happens inside."""
    context, errors, words = decimal.getcontext().copy(), np.geterr(), locale.setlocale(locale.LC_ALL)
    environment, folder = dict(os.environ), Path.cwd()
    try:
        yield
    finally:
        decimal.setcontext(context)
        np.seterr(**errors)
        locale.setlocale(locale.LC_ALL, words)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        _take_zone()


@contextlib.contextmanager
def coarse_decimals() -> Iterator[None]:
    """Round decimals to three digits, and let numpy raise at the least thing."""
    with kept():
        decimal.setcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP))
        np.seterr(all="raise")
        yield


@contextlib.contextmanager
def other_zone() -> Iterator[None]:
    """Move to the far side of the date line."""
    with kept():
        os.environ["TZ"] = "Pacific/Kiritimati"
        _take_zone()
        yield


@contextlib.contextmanager
def other_locale() -> Iterator[None]:
    """Speak the first foreign locale that this machine knows; where it knows none, nothing changes."""
    with kept():
        for name in ("tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_ALL, name)
                break
        yield


@contextlib.contextmanager
def other_folder() -> Iterator[None]:
    """Stand in an empty folder."""
    with kept(), tempfile.TemporaryDirectory() as empty:
        os.chdir(empty)
        yield
        os.chdir(tempfile.gettempdir())


def _take_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


SURROUNDINGS: Final[Mapping[str, Callable[[], AbstractContextManager[None]]]] = {
    "decimal-context": coarse_decimals,
    "time-zone": other_zone,
    "locale": other_locale,
    "folder": other_folder,
}
"""Where the same computation has to give the same bytes."""
