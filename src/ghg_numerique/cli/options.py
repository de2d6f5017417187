"""The arguments and options that commands share, each said once."""

from collections.abc import Callable
from typing import TypeAlias

import click

from ghg_numerique.terms import Display, Rounding
from ghg_numerique.wording import say

Maker: TypeAlias = Callable[[], click.Parameter]
"""A parameter is made anew for every command, since its help is then put into the language of the user."""


def path(name: str) -> Maker:
    return lambda: click.Argument([name], type=click.Path())


def word(name: str) -> Maker:
    return lambda: click.Argument([name])


def words() -> click.Parameter:
    return click.Argument(["words"], nargs=-1, required=True)


def form_of(*known: str) -> Maker:
    return lambda: click.Option(["--format", "form"], type=click.Choice(known), default=known[0], show_default=True)


def tables() -> click.Parameter:
    return click.Option(["--factors"], multiple=True, type=click.Path(), metavar="DIR")


def output() -> click.Parameter:
    return click.Option(["--output", "-o"], type=click.Path(), metavar="FILE")


def quarantine() -> click.Parameter:
    return click.Option(["--quarantine"], type=click.Path(), metavar="FILE")


def result() -> click.Parameter:
    return click.Option(["--result"], type=click.Path(), metavar="FILE")


def profile() -> click.Parameter:
    return click.Option(["--profile"], type=click.Choice(("fast", "full")), default="fast", show_default=True)


def sample() -> click.Parameter:
    return click.Option(["--sample"], multiple=True, metavar="IMPORTER=FILE")


def report_to() -> click.Parameter:
    return click.Option(["--report"], type=click.Path(), metavar="FILE")


def new_folder() -> click.Parameter:
    return click.Option(["--folder", "-o"], type=click.Path(), metavar="FOLDER", required=True)


def into() -> click.Parameter:
    return click.Option(["--into"], type=click.Path(), metavar="FOLDER", required=True)


def new_place() -> click.Parameter:
    return click.Option(["--directory", "-o"], type=click.Path(), metavar="DIR", required=True)


def forms() -> click.Parameter:
    return click.Option(["--form"], multiple=True, metavar="FORM")


def licence() -> click.Parameter:
    return click.Option(["--licence"], required=True, metavar="LICENCE")


def show() -> click.Parameter:
    return click.Option(["--show"], multiple=True, metavar="DIM")


def key() -> click.Parameter:
    return click.Option(["--key"], type=click.Path(), metavar="FILE")


def parquet() -> click.Parameter:
    return click.Option(["--parquet"], is_flag=True)


def archived() -> click.Parameter:
    return click.Option(["--archived"], is_flag=True)


def option() -> click.Parameter:
    return click.Option(["--option"], multiple=True, metavar="NAME=VALUE")


def importer() -> click.Parameter:
    return click.Option(["--importer"], metavar="NAME", required=True)


def companion() -> click.Parameter:
    return click.Option(["--companion"], multiple=True, metavar="NAME=FILE")


def refused() -> click.Parameter:
    return click.Option(["--refused"], type=click.Path(), metavar="FILE")


def where() -> click.Parameter:
    return click.Option(["--where", "-w"], multiple=True, metavar="DIM=VALUE")


def row() -> click.Parameter:
    return click.Option(["--row"], metavar="FILE:ROW")


def days() -> click.Parameter:
    return click.Option(["--days"], type=click.IntRange(min=0), default=60, show_default=True)


def between() -> click.Parameter:
    return click.Option(
        ["--between"], type=click.Choice(("virtual", "application")), default="virtual", show_default=True
    )


def update() -> click.Parameter:
    return click.Option(["--update"], is_flag=True)


def rounding() -> click.Parameter:
    return click.Option(["--rounding"], type=click.Choice([str(rounding) for rounding in Rounding]))


def display() -> click.Parameter:
    known = [str(display) for display in Display]
    return click.Option(["--display"], type=click.Choice(known), default=known[0], show_default=True)


def step() -> click.Parameter:
    return click.Option(["--step"], metavar="STEP")


def by() -> click.Parameter:
    return click.Option(["--by"], default="domain", show_default=True, metavar="DIM")


def level() -> click.Parameter:
    inside = click.FloatRange(0, 1, min_open=True, max_open=True)
    return click.Option(["--level"], type=inside, default=0.95, show_default=True)


def draws() -> click.Parameter:
    return click.Option(["--draws"], type=click.IntRange(100, 10**6), default=10_000, show_default=True)


def seed() -> click.Parameter:
    return click.Option(["--seed"], type=click.IntRange(min=0), default=0, show_default=True)


def against() -> click.Parameter:
    return click.Option(["--against"], type=click.Path(), metavar="FOLDER")


def limit() -> click.Parameter:
    return click.Option(["--limit"], type=click.IntRange(min=1), default=20, show_default=True)


def name_and_value(text: str, language: str) -> tuple[str, str]:
    """Return the two sides of `NAME=VALUE`, as somebody typed it. Raises UsageError where there is no such mark."""
    name, mark, value = text.partition("=")
    if not mark:
        raise click.UsageError(say("cli.pair-text", language, text=text))
    return name, value
