"""The commands of `factors`: what the tables hold, and how a publication becomes one."""

from collections.abc import Sequence

import click

from ghg_numerique.cli.options import name_and_value


def list_tables(language: str, factors: Sequence[str]) -> None:
    from ghg_numerique.telling.cards import known_tables, told_tables

    click.echo(told_tables(known_tables(factors), language))


def search(language: str, words: Sequence[str], factors: Sequence[str]) -> None:
    from ghg_numerique.telling.cards import known_tables, told_search

    click.echo(told_search(known_tables(factors), words, language))


def show(language: str, identifier: str, factors: Sequence[str]) -> None:
    from ghg_numerique.telling.cards import known_tables, told_factor

    click.echo(told_factor(known_tables(factors), identifier, language))


def compare(language: str, name: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.telling.cards import known_tables
    from ghg_numerique.telling.comparison import told_comparison

    click.echo(told_comparison(known_tables(factors), name, form=form, language=language))


def import_publication(
    language: str, importer: str, file: str, folder: str, archived: bool, option: Sequence[str], refused: str | None
) -> None:
    from ghg_numerique.plugin.catalogue import Catalogue
    from ghg_numerique.telling.intake import told_intake

    options = dict(name_and_value(text, language) for text in option) | ({"archived": "yes"} if archived else {})
    catalogue = Catalogue.discover()
    click.echo(told_intake(catalogue, importer, file, folder, options=options, refused=refused, language=language))


def hash_table(language: str, folder: str) -> None:
    from ghg_numerique.telling.cards import told_hash

    del language
    click.echo(told_hash(folder))
