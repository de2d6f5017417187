"""A command whose every word is in the language of its user; click itself only speaks English."""

from collections.abc import Callable, Sequence

import click

from ghg_numerique.wording import LANGUAGES, say


class French(click.Command):
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


class Command(French):
    def __init__(
        self, name: str, language: str, run: Callable[..., None], params: Sequence[click.Parameter], text: str
    ) -> None:
        self.language = language
        options = [translated(param, language) for param in params]
        super().__init__(
            name,
            callback=lambda **given: run(language, **given),
            help=text,
            params=[*options, language_option(language)],
        )


class Group(French, click.Group):
    def __init__(self, name: str, language: str) -> None:
        self.language = language
        super().__init__(
            name, help=say(f"cli.{name}", language), params=[language_option(language)], no_args_is_help=True
        )

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


def language_option(language: str) -> click.Option:
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.option-lang", language)
    )


def translated(param: click.Parameter, language: str) -> click.Parameter:
    if isinstance(param, click.Option):
        param.help = say(f"cli.option-{param.opts[0].lstrip('-')}", language)
    return param
