"""The `ghg-numerique` command: a thin shell on the public face, which is loaded only when a command runs.

Exit codes: 0 done; 1 the data or the configuration are at fault, and the message says what to mend; 2 the command was
not understood; 70 the software itself is at fault; 130 interrupted.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from ghg_numerique.terms import Rounding
from ghg_numerique.wording import LANGUAGES, say

FORMATS = ("text", "markdown", "json", "csv")
AT_FAULT, MISUSED, BROKEN, INTERRUPTED = 1, 2, 70, 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; a traceback never reaches a user."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(given)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        build(language).main(given, prog_name="ghg-numerique", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        click.echo(_misuse(error, language), err=True)
        sys.exit(MISUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # the last door: whatever is left is our own fault, and is said in words
        click.echo(_fault(error, language), err=True)
        sys.exit(AT_FAULT if _mendable(error) else BROKEN)
    sys.exit(0)


def build(language: str) -> click.Group:
    """Return the command in a language; every word of its help is in `wording/cli.*.toml`."""
    root = _Group("ghg-numerique", language)
    factors = _Group("factors", language)
    for group, name, run, params in (
        (root, "assess", _assess, (_folder(), _format(FORMATS), _tables(), _output(), _quarantine(), _result())),
        (root, "report", _report, (_folder(), _new_place(), _forms(), _tables())),
        (root, "publish", _publish, (_folder(), _new_place(), _licence(), _show(), _parquet(), _tables())),
        (root, "replay", _replay, (click.Argument(["result"], type=click.Path()),)),
        (root, "explain", _explain, (_folder(), _where(), _row(), _limit(), _format(("text", "json")), _tables())),
        (
            root,
            "uncertainty",
            _uncertainty,
            (_folder(), _by(), _level(), _draws(), _seed(), _against(), _format(("text", "json")), _tables()),
        ),
        (
            root,
            "check-table",
            _check_table,
            (_file(), _rounding(), _step(), _format(("text", "json"))),
        ),
        (root, "lock", _lock, (_folder(), _update(), _tables())),
        (
            root,
            "audit",
            _audit,
            (_folder(), _profile(), _report_to(), _format(("text", "markdown", "json")), _tables()),
        ),
        (root, "audit-plugin", _audit_plugin, (click.Argument(["name"]), _sample())),
        (root, "export", _export, (_folder(), _into())),
        (root, "pair", _pair_rows, (_folder(), _days(), _limit())),
        (root, "scenarios", _scenarios, (_folder(), _format(("text", "json")), _tables())),
        (root, "years", _years, (_folder(), _format(("text", "json")))),
        (root, "resize", _resize, (_folder(), _format(("text", "json")), _tables())),
        (root, "plugins", _plugins, ()),
        (
            root,
            "map",
            _map,
            (click.Argument(["file"], type=click.Path()), _importer(), _option(), _companion(), _output()),
        ),
        (root, "init", _init, (_folder(),)),
        (factors, "list", _factors_list, (_tables(),)),
        (factors, "search", _factors_search, (click.Argument(["words"], nargs=-1, required=True), _tables())),
        (factors, "compare", _factors_compare, (click.Argument(["name"]), _format(("text", "json")), _tables())),
        (factors, "hash", _factors_hash, (_folder(),)),
        (
            factors,
            "import",
            _factors_import,
            (
                click.Argument(["importer"]),
                _file(),
                _new_folder(),
                _archived(),
                _option(),
                _refused(),
            ),
        ),
        (factors, "show", _factors_show, (click.Argument(["identifier"]), _tables())),
    ):
        group.add_command(_Command(name, language, run, params, say(f"cli.{name}", language)))
    root.add_command(factors)
    return root


class _French(click.Command):
    """A command whose help is in the language of the user, in every word that click would say in English."""

    language: str

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage", self.language) + " ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.show-help", self.language)
        return option


class _Command(_French):
    def __init__(
        self, name: str, language: str, run: Callable[..., None], params: Sequence[click.Parameter], text: str
    ) -> None:
        self.language = language
        options = [_translated(param, language) for param in params]
        super().__init__(
            name, callback=lambda **given: run(language, **given), help=text, params=[*options, _lang(language)]
        )


class _Group(_French, click.Group):
    def __init__(self, name: str, language: str) -> None:
        self.language = language
        super().__init__(name, help=say(f"cli.{name}", language), params=[_lang(language)], no_args_is_help=True)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(say("cli.no-command", self.language, name=args[0], known=", ".join(self.commands)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.commands[name].get_short_help_str(70)) for name in self.list_commands(ctx)]
        with formatter.section(say("cli.commands", self.language)):
            formatter.write_dl(rows)


def _folder() -> click.Parameter:
    return click.Argument(["folder"], type=click.Path())


def _format(known: Sequence[str]) -> click.Parameter:
    return click.Option(["--format", "form"], type=click.Choice(known), default=known[0], show_default=True)


def _tables() -> click.Parameter:
    return click.Option(["--factors"], multiple=True, type=click.Path(), metavar="DIR")


def _output() -> click.Parameter:
    return click.Option(["--output", "-o"], type=click.Path(), metavar="FILE")


def _quarantine() -> click.Parameter:
    return click.Option(["--quarantine"], type=click.Path(), metavar="FILE")


def _result() -> click.Parameter:
    return click.Option(["--result"], type=click.Path(), metavar="FILE")


def _profile() -> click.Parameter:
    return click.Option(["--profile"], type=click.Choice(("fast", "full")), default="fast", show_default=True)


def _sample() -> click.Parameter:
    return click.Option(["--sample"], multiple=True, metavar="IMPORTER=FILE")


def _report_to() -> click.Parameter:
    return click.Option(["--report"], type=click.Path(), metavar="FILE")


def _new_folder() -> click.Parameter:
    return click.Option(["--folder", "-o"], type=click.Path(), metavar="FOLDER", required=True)


def _into() -> click.Parameter:
    return click.Option(["--into"], type=click.Path(), metavar="FOLDER", required=True)


def _new_place() -> click.Parameter:
    return click.Option(["--directory", "-o"], type=click.Path(), metavar="DIR", required=True)


def _forms() -> click.Parameter:
    return click.Option(["--form"], multiple=True, metavar="FORM")


def _licence() -> click.Parameter:
    return click.Option(["--licence"], required=True, metavar="LICENCE")


def _show() -> click.Parameter:
    return click.Option(["--show"], multiple=True, metavar="DIM")


def _parquet() -> click.Parameter:
    return click.Option(["--parquet"], is_flag=True)


def _archived() -> click.Parameter:
    return click.Option(["--archived"], is_flag=True)


def _option() -> click.Parameter:
    return click.Option(["--option"], multiple=True, metavar="NAME=VALUE")


def _importer() -> click.Parameter:
    return click.Option(["--importer"], metavar="NAME", required=True)


def _companion() -> click.Parameter:
    return click.Option(["--companion"], multiple=True, metavar="NAME=FILE")


def _refused() -> click.Parameter:
    return click.Option(["--refused"], type=click.Path(), metavar="FILE")


def _where() -> click.Parameter:
    return click.Option(["--where", "-w"], multiple=True, metavar="DIM=VALUE")


def _row() -> click.Parameter:
    return click.Option(["--row"], metavar="FILE:ROW")


def _days() -> click.Parameter:
    return click.Option(["--days"], type=click.IntRange(min=0), default=60, show_default=True)


def _update() -> click.Parameter:
    return click.Option(["--update"], is_flag=True)


def _file() -> click.Parameter:
    return click.Argument(["file"], type=click.Path())


def _rounding() -> click.Parameter:
    return click.Option(["--rounding"], type=click.Choice([str(rounding) for rounding in Rounding]))


def _step() -> click.Parameter:
    return click.Option(["--step"], metavar="STEP")


def _by() -> click.Parameter:
    return click.Option(["--by"], default="domain", show_default=True, metavar="DIM")


def _level() -> click.Parameter:
    inside = click.FloatRange(0, 1, min_open=True, max_open=True)
    return click.Option(["--level"], type=inside, default=0.95, show_default=True)


def _draws() -> click.Parameter:
    return click.Option(["--draws"], type=click.IntRange(100, 10**6), default=10_000, show_default=True)


def _seed() -> click.Parameter:
    return click.Option(["--seed"], type=click.IntRange(min=0), default=0, show_default=True)


def _against() -> click.Parameter:
    return click.Option(["--against"], type=click.Path(), metavar="FOLDER")


def _limit() -> click.Parameter:
    return click.Option(["--limit"], type=click.IntRange(min=1), default=20, show_default=True)


def _lang(language: str) -> click.Option:
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.option-lang", language)
    )


def _translated(param: click.Parameter, language: str) -> click.Parameter:
    if isinstance(param, click.Option):
        param.help = say(f"cli.option-{param.opts[0].lstrip('-')}", language)
    return param


def _language(given: Sequence[str]) -> str:
    """Return the language that the arguments or GHG_NUMERIQUE_LANG ask for: French unless English is asked."""
    asked = os.environ.get("GHG_NUMERIQUE_LANG", "fr")
    for index, argument in enumerate(given):
        if argument == "--lang" and index + 1 < len(given):
            asked = given[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else "fr"


def _assess(
    language: str,
    folder: str,
    form: str,
    factors: Sequence[str],
    output: str | None,
    quarantine: str | None,
    result: str | None,
) -> None:
    from ghg_numerique.files import write_whole
    from ghg_numerique.folder import Folder
    from ghg_numerique.telling import told_refused

    opened = Folder.open(folder, factors=factors, quarantine=quarantine is not None)
    for written in filter(None, (output, quarantine)):
        opened.check_output(written)
    if quarantine is not None:
        write_whole(quarantine, told_refused(opened, language))
    document = opened.catalogue.render(opened.footprint, report=form, language=language)
    if result is not None:
        from ghg_numerique.result.reading import write_result

        write_whole(result, write_result(opened.footprint))
    if output is None:
        click.echo(document, nl=not document.endswith(b"\n"))
    else:
        write_whole(output, document)


def _report(language: str, folder: str, directory: str, form: Sequence[str], factors: Sequence[str]) -> None:
    from ghg_numerique.edition import Edition
    from ghg_numerique.folder import Folder

    with click.progressbar(
        length=100,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_eta=False,
        width=24,
        item_show_func=lambda shown: shown,
    ) as bar:
        bar.update(5, say("cli.reading", language))
        opened = Folder.open(folder, factors=factors)
        bar.update(25, say("cli.computing", language))
        edition = Edition(opened.footprint, opened.catalogue, language).only(form)
        written = []
        for path in edition.write(directory, check=opened.check_output):
            bar.update(70 // len(edition.forms), path.name)
            written.append(path)
    for path in written:
        click.echo(say("cli.written", language, path=path))


def _publish(
    language: str,
    folder: str,
    directory: str,
    licence: str,
    show: Sequence[str],
    parquet: bool,
    factors: Sequence[str],
) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.publication import PRIVATE, Publication

    opened = Folder.open(folder, factors=factors)
    opened.check_output(directory)
    publication = Publication(opened.footprint, licence, PRIVATE - set(show), language=language, parquet=parquet)
    for path in publication.write(directory):
        click.echo(say("cli.written", language, path=path))


def _replay(language: str, result: str) -> None:
    from ghg_numerique.result.replay import told_replay

    click.echo(told_replay(result, language))


def _audit(language: str, folder: str, profile: str, report: str | None, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.audit.telling import told_audit
    from ghg_numerique.errors import AuditFailed
    from ghg_numerique.files import write_whole
    from ghg_numerique.folder import Folder

    told, failed = told_audit(Folder.open(folder, factors=factors), profile=profile, form=form, language=language)
    if report is None:
        click.echo(told)
    else:
        write_whole(report, f"{told}\n".encode())
        click.echo(say("cli.written", language, path=report))
    if failed:
        raise AuditFailed("audit-failed", count=failed)


def _audit_plugin(language: str, name: str, sample: Sequence[str]) -> None:
    from ghg_numerique.errors import AuditFailed, ConfigurationError

    samples = [_pair(text, language) for text in sample]
    try:
        from ghg_numerique.testing.plugin_audit import told_plugin
    except ModuleNotFoundError as error:  # hypothesis comes with an extra, for those who test
        raise ConfigurationError("testing-missing", module=error.name) from error
    told, broken = told_plugin(name, samples, language)
    click.echo(told)
    if broken:
        raise AuditFailed("plugin-broken", name=name, count=broken)


def _explain(
    language: str, folder: str, where: Sequence[str], row: str | None, limit: int, form: str, factors: Sequence[str]
) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.telling import told_fate, told_rows

    opened = Folder.open(folder, factors=factors)
    chosen = dict(_pair(text, language) for text in where)
    if row and chosen:
        raise click.UsageError(say("cli.row-or-where", language))
    if row:
        click.echo(told_fate(opened, row, form=form, language=language))
    else:
        click.echo(told_rows(opened, chosen, limit=limit, form=form, language=language))


def _uncertainty(
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
    from ghg_numerique.doubt import Doubt, told_doubt
    from ghg_numerique.folder import Folder

    footprint = Folder.open(folder, factors=factors).footprint
    before = None if against is None else Folder.open(against, factors=factors).footprint
    doubt = Doubt.of(footprint, by=by, level=level, draws=draws, seed=seed, before=before)
    click.echo(told_doubt(doubt, form=form, language=language))


def _check_table(language: str, file: str, rounding: str | None, step: str | None, form: str) -> None:
    from ghg_numerique.printed.certificate import Certificate
    from ghg_numerique.printed.table import PrintedTable
    from ghg_numerique.printed.telling import told_certificate

    asked = None if rounding is None else Rounding(rounding)
    certificate = Certificate(PrintedTable.read(file, rounding=asked, step=step))
    click.echo(told_certificate(certificate, form=form, language=language))
    if not certificate.consistent:
        sys.exit(AT_FAULT)


def _lock(language: str, folder: str, update: bool, factors: Sequence[str]) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.telling import told_lock

    click.echo(told_lock(Folder.open(folder, factors=factors, locked=False), update=update, language=language))


def _export(language: str, folder: str, into: str) -> None:
    from ghg_numerique.export import told_export
    from ghg_numerique.folder import Folder

    click.echo(told_export(Folder.open(folder), into, language))


def _pair_rows(language: str, folder: str, days: int, limit: int) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.pairing import told_pairs

    click.echo(told_pairs(Folder.open(folder), days=days, limit=limit, language=language))


def _scenarios(language: str, folder: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.outlook import told_scenarios

    click.echo(told_scenarios(Folder.open(folder, factors=factors), form=form, language=language))


def _years(language: str, folder: str, form: str) -> None:
    from ghg_numerique.outlook import told_years
    from ghg_numerique.years import Years

    click.echo(told_years(Years.open(folder), form=form, language=language))


def _resize(language: str, folder: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.folder import Folder
    from ghg_numerique.outlook import told_resize

    click.echo(told_resize(Folder.open(folder, factors=factors), form=form, language=language))


def _plugins(language: str) -> None:
    from ghg_numerique.plugin.catalogue import Catalogue
    from ghg_numerique.telling import told_plugins

    click.echo(told_plugins(Catalogue.discover(), language))


def _map(
    language: str, file: str, importer: str, option: Sequence[str], companion: Sequence[str], output: str | None
) -> None:
    from ghg_numerique.files import write_new
    from ghg_numerique.plugin.catalogue import Catalogue

    options, companions = (dict(_pair(text, language) for text in given) for given in (option, companion))
    page = Catalogue.discover().propose(
        file, importer=importer, options=options, companions=companions, language=language
    )
    if output is None:
        click.echo(page, nl=False)
    else:
        write_new(output, page.encode())


def _init(language: str, folder: str) -> None:
    from ghg_numerique.starter import start

    for path in start(folder):
        click.echo(say("cli.written", language, path=path))


def _factors_list(language: str, factors: Sequence[str]) -> None:
    from ghg_numerique.cards import known_tables, told_tables

    click.echo(told_tables(known_tables(factors), language))


def _factors_search(language: str, words: Sequence[str], factors: Sequence[str]) -> None:
    from ghg_numerique.cards import known_tables, told_search

    click.echo(told_search(known_tables(factors), words, language))


def _factors_show(language: str, identifier: str, factors: Sequence[str]) -> None:
    from ghg_numerique.cards import known_tables, told_factor

    click.echo(told_factor(known_tables(factors), identifier, language))


def _factors_compare(language: str, name: str, form: str, factors: Sequence[str]) -> None:
    from ghg_numerique.cards import known_tables
    from ghg_numerique.comparison import told_comparison

    click.echo(told_comparison(known_tables(factors), name, form=form, language=language))


def _factors_import(
    language: str, importer: str, file: str, folder: str, archived: bool, option: Sequence[str], refused: str | None
) -> None:
    from ghg_numerique.intake import told_intake
    from ghg_numerique.plugin.catalogue import Catalogue

    options = dict(_pair(text, language) for text in option) | ({"archived": "yes"} if archived else {})
    catalogue = Catalogue.discover()
    click.echo(told_intake(catalogue, importer, file, folder, options=options, refused=refused, language=language))


def _factors_hash(language: str, folder: str) -> None:
    from ghg_numerique.cards import told_hash

    del language
    click.echo(told_hash(folder))


def _pair(text: str, language: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise click.UsageError(say("cli.pair-text", language, text=text))
    return name, value


def _misuse(error: click.ClickException, language: str) -> str:
    names: dict[str, Any] = {"message": error.format_message()}
    code = "cli.misuse"
    if isinstance(error, click.NoSuchOption):
        code, names = "cli.no-option", {"name": error.option_name}
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        code, names = "cli.missing", {"name": error.param.human_readable_name}
    elif isinstance(error, click.BadParameter) and error.param is not None:
        code, names = "cli.bad-value", {"name": error.param.human_readable_name, "message": _expected(error, language)}
    return say(code, language, **names) + "\n" + say("cli.see-help", language)


def _expected(error: click.BadParameter, language: str) -> str:
    """Return what a parameter expects, in the language of the user; click itself only speaks English."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return say("cli.expected-choice", language, known=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say("cli.expected-number", language, least=kind.min)
    return error.format_message()


def _mendable(error: Exception) -> bool:
    """Tell whether a fault is one that the user can mend: one of ours, or one of the file system."""
    from ghg_numerique.errors import GhgError

    return isinstance(error, GhgError | OSError)


def _fault(error: Exception, language: str) -> str:
    from ghg_numerique.errors import GhgError

    if os.environ.get("GHG_NUMERIQUE_DEBUG"):
        raise error
    if isinstance(error, GhgError):
        return error.text(language)
    if isinstance(error, OSError):
        return say("cli.system", language, reason=error)
    return say("cli.bug", language, kind=type(error).__name__, reason=error)
