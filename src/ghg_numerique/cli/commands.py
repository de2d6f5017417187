"""What each command on a folder does: it opens, has told, and writes. What it needs is loaded when it runs."""

from collections.abc import Sequence
from pathlib import Path

import click

from ghg_numerique.cli.options import name_and_value
from ghg_numerique.cli.progress import COMPUTED, READ, WHOLE, progress
from ghg_numerique.wording import say


def assess(
    language: str,
    folder: str,
    form: str,
    factors: Sequence[str],
    output: str | None,
    quarantine: str | None,
    result: str | None,
) -> None:
    from ghg_numerique.files import write_whole
    from ghg_numerique.telling.rows import opened_apart

    with progress() as move:
        move(READ, say("cli.reading", language))
        opened = opened_apart(folder, factors, quarantine, language, others=(output, result))
        move(COMPUTED, say("cli.computing", language))
        document = opened.catalogue.render(opened.footprint, report=form, language=language)
        move(WHOLE, "")
    if result is not None:
        from ghg_numerique.result.reading import write_result

        write_whole(result, write_result(opened.footprint))
    if output is None:
        click.echo(document, nl=not document.endswith(b"\n"))
    else:
        write_whole(output, document)


def report(
    language: str, folder: str, directory: str, form: Sequence[str], display: str, factors: Sequence[str]
) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.folders.years import Years
    from ghg_numerique.publishing.edition import Edition
    from ghg_numerique.terms import Display

    written: list[Path] = []
    with progress() as move:
        move(READ, say("cli.reading", language))
        opened = (Years if Years.there(folder) else Folder).open(folder, factors=factors)
        move(COMPUTED, say("cli.computing", language))
        footprint = opened.footprint.displayed(Display(display))
        edition = Edition(footprint, opened.catalogue, language).only(form)
        for path in edition.write(directory, check=opened.check_output):
            written.append(path)
            move(COMPUTED + (WHOLE - COMPUTED) * len(written) // len(edition.forms), path.name)
        move(WHOLE, "")
    for path in written:
        click.echo(say("cli.written", language, path=path))


def publish(
    language: str,
    folder: str,
    directory: str,
    licence: str,
    show: Sequence[str],
    key: str | None,
    parquet: bool,
    factors: Sequence[str],
) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.publishing.publication import Publication
    from ghg_numerique.publishing.redaction import Redaction, kept

    with progress() as move:
        move(READ, say("cli.reading", language))
        opened = Folder.open(folder, factors=factors)
        for place in filter(None, (directory, key)):
            opened.check_output(place)
        shown = frozenset(show)
        redaction = Redaction(opened.methodology, shown=shown, own_words=opened.own_words)
        imprint = opened.project.publication
        move(COMPUTED, say("cli.computing", language))
        publication = Publication(
            opened.footprint, licence, redaction, imprint=imprint, language=language, parquet=parquet
        )
        if key is not None:
            publication = publication.under(kept(key))
        written = publication.write(directory)
        move(WHOLE, "")
    for path in written:
        click.echo(say("cli.written", language, path=path))
    if withheld := publication.redaction.withheld(opened.footprint.cells):
        names = ", ".join(f"{name} ({count})" for name, count in withheld.items())
        click.echo(say("cli.withheld", language, names=names), err=True)
    if missing := imprint.missing():
        click.echo(say("cli.imprint-missing", language, names=", ".join(missing)), err=True)


def lock(language: str, folder: str, update: bool, factors: Sequence[str]) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.telling.rows import told_lock

    click.echo(told_lock(Folder.open(folder, factors=factors, locked=False), update=update, language=language))


def export(language: str, folder: str, into: str) -> None:
    from ghg_numerique.folders.export import told_export
    from ghg_numerique.folders.folder import Folder

    opened = Folder.open(folder)
    opened.check_output(into)
    click.echo(told_export(opened, into, language))


def pair_rows(language: str, folder: str, days: int, limit: int) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.folders.pairing import told_pairs

    click.echo(told_pairs(Folder.open(folder), days=days, limit=limit, language=language))


def share(language: str, folder: str, between: str, limit: int, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.telling.sharing import told_sharing

    opened = Folder.open(folder, factors=factors)
    click.echo(told_sharing(opened, between, limit=limit, form=form, language=language))


def scenarios(language: str, folder: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.telling.outlook import told_scenarios

    click.echo(told_scenarios(Folder.open(folder, factors=factors), form=form, language=language))


def years(language: str, folder: str, form: str) -> None:
    from ghg_numerique.folders.years import Years
    from ghg_numerique.telling.outlook import told_years

    click.echo(told_years(Years.open(folder), form=form, language=language))


def resize(language: str, folder: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.telling.sizing import told_resize

    click.echo(told_resize(Folder.open(folder, factors=factors), form=form, language=language))


def plugins(language: str) -> None:
    from ghg_numerique.plugin.catalogue import Catalogue
    from ghg_numerique.telling.rows import told_plugins

    click.echo(told_plugins(Catalogue.discover(), language))


def map_words(
    language: str, file: str, importer: str, option: Sequence[str], companion: Sequence[str], output: str | None
) -> None:
    from ghg_numerique.files import write_new
    from ghg_numerique.plugin.catalogue import Catalogue

    options, companions = (dict(name_and_value(text, language) for text in given) for given in (option, companion))
    page = Catalogue.discover().propose(
        file, importer=importer, options=options, companions=companions, language=language
    )
    if output is None:
        click.echo(page, nl=False)
    else:
        write_new(output, page.encode())


def init(language: str, folder: str) -> None:
    from ghg_numerique.folders.starter import start

    for path in start(folder):
        click.echo(say("cli.written", language, path=path))
