"""The commands that check: a footprint on its own files, a plugin, a published table, a result; and those that say why."""

import sys
from collections.abc import Sequence

import click

from ghg_numerique.cli.options import name_and_value
from ghg_numerique.cli.progress import READ, WHOLE, progress
from ghg_numerique.wording import say


def replay(language: str, result: str) -> None:
    from ghg_numerique.result.replay import told_replay

    click.echo(told_replay(result, language))


def audit(language: str, folder: str, profile: str, report: str | None, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.audit.telling import told_audit
    from ghg_numerique.errors import AuditFailed
    from ghg_numerique.files import write_whole
    from ghg_numerique.folders.folder import Folder

    with progress() as move:
        move(READ, say("cli.reading", language))
        opened = Folder.open(folder, factors=factors)
        opened.check_output(*filter(None, [report]))
        told, failed = told_audit(
            opened,
            profile=profile,
            form=form,
            language=language,
            watch=lambda part, law: move(READ + int((WHOLE - READ) * part), law),
        )
        move(WHOLE, "")
    if report is None:
        click.echo(told)
    else:
        write_whole(report, f"{told}\n".encode())
        click.echo(say("cli.written", language, path=report))
    if failed:
        raise AuditFailed("audit-failed", count=failed)


def audit_plugin(language: str, name: str, sample: Sequence[str], form: str) -> None:
    from ghg_numerique.errors import AuditFailed, ConfigurationError

    samples = [name_and_value(text, language) for text in sample]
    try:
        from ghg_numerique.testing.plugin_audit import told_plugin
    except ModuleNotFoundError as error:  # hypothesis comes with an extra, for those who test
        raise ConfigurationError("testing-missing", module=error.name) from error
    told, broken = told_plugin(name, samples, form, language)
    click.echo(told)
    if broken:
        raise AuditFailed("plugin-broken", name=name, count=broken)


def explain(
    language: str,
    folder: str,
    where: Sequence[str],
    row: str | None,
    limit: int,
    form: str,
    factors: Sequence[str],
    quarantine: str | None,
) -> None:
    from ghg_numerique.telling.rows import opened_apart, told_fate, told_rows

    opened = opened_apart(folder, factors, quarantine, language)
    chosen = dict(name_and_value(text, language) for text in where)
    if row and chosen:
        raise click.UsageError(say("cli.row-or-where", language))
    if row:
        click.echo(told_fate(opened, row, form=form, language=language))
    else:
        click.echo(told_rows(opened, chosen, limit=limit, form=form, language=language))


def uncertainty(
    language: str,
    folder: str,
    by: str,
    level: float,
    draws: int,
    seed: int,
    against: str | None,
    form: str,
    factors: Sequence[str],
) -> None:
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.telling.doubt import Doubt, told_doubt

    footprint = Folder.open(folder, factors=factors).footprint
    before = None if against is None else Folder.open(against, factors=factors).footprint
    doubt = Doubt.of(footprint, by=by, level=level, draws=draws, seed=seed, before=before)
    click.echo(told_doubt(doubt, form=form, language=language))


def check_table(language: str, file: str, rounding: str | None, step: str | None, form: str) -> None:
    from ghg_numerique.printed.certificate import Certificate
    from ghg_numerique.printed.table import PrintedTable
    from ghg_numerique.printed.telling import told_certificate
    from ghg_numerique.terms import Rounding

    asked = None if rounding is None else Rounding(rounding)
    certificate = Certificate(PrintedTable.read(file, rounding=asked, step=step))
    click.echo(told_certificate(certificate, form=form, language=language))
    if not certificate.consistent:
        sys.exit(1)  # as for data at fault: the figures cannot stand together
