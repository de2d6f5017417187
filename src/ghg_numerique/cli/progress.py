"""A bar for work that takes long: on the error stream, in the language of the command, and only where somebody looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

WHOLE: Final = 100
READ: Final = 5
COMPUTED: Final = 30


@contextmanager
def progress() -> Iterator[Callable[[int, str], None]]:
    """Give what moves the bar to a percentage, and says what is being done; it never moves back, nor past the whole."""
    with click.progressbar(
        length=WHOLE,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_eta=False,
        width=24,
        item_show_func=lambda shown: shown,
    ) as bar:

        def move(percent: int, doing: str) -> None:
            bar.update(max(0, min(percent, WHOLE) - bar.pos), doing)

        yield move
