"""The `ghg-numerique` command: a thin shell on the public face, which is loaded only when a command runs.

Exit codes: 0 done; 1 the data or the configuration are at fault, and the message says what to mend; 2 the command was
not understood; 70 the software itself is at fault; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from ghg_numerique.cli.tree import build
from ghg_numerique.wording import LANGUAGES, say

__all__ = ["AT_FAULT", "BROKEN", "INTERRUPTED", "MISUSED", "build", "main"]

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


def _language(given: Sequence[str]) -> str:
    """Return the language that the arguments or GHG_NUMERIQUE_LANG ask for: French unless English is asked."""
    asked = os.environ.get("GHG_NUMERIQUE_LANG", "fr")
    for index, argument in enumerate(given):
        if argument == "--lang" and index + 1 < len(given):
            asked = given[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else "fr"


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
