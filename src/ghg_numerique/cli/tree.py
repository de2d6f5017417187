"""The commands and what each of them takes; the words of their help are in `wording/cli.*.toml`."""

from collections.abc import Callable
from typing import Final, TypeAlias

import click

from ghg_numerique.cli import audits as check
from ghg_numerique.cli import commands as do
from ghg_numerique.cli import factors
from ghg_numerique.cli import options as take
from ghg_numerique.cli.french import Command, Group
from ghg_numerique.wording import say

Taking: TypeAlias = tuple[Callable[..., None], tuple[take.Maker, ...]]
"""What a command does, and the parameters that it takes."""

_FOLDER, _FILE, _NAME = take.path("folder"), take.path("file"), take.word("name")
_REPORTS, _SAID = take.form_of("text", "markdown", "json", "csv"), take.form_of("text", "json")
_AUDITS = take.form_of("text", "markdown", "json")
_DOUBT = (take.by, take.level, take.draws, take.seed, take.against)

ROOT: Final[dict[str, Taking]] = {
    "assess": (do.assess, (_FOLDER, _REPORTS, take.tables, take.output, take.quarantine, take.result)),
    "report": (do.report, (_FOLDER, take.new_place, take.forms, take.display, take.tables)),
    "publish": (do.publish, (_FOLDER, take.new_place, take.licence, take.show, take.key, take.parquet, take.tables)),
    "replay": (check.replay, (take.path("result"),)),
    "explain": (check.explain, (_FOLDER, take.where, take.row, take.limit, _SAID, take.tables, take.quarantine)),
    "uncertainty": (check.uncertainty, (_FOLDER, *_DOUBT, _SAID, take.tables)),
    "check-table": (check.check_table, (_FILE, take.rounding, take.step, _SAID)),
    "lock": (do.lock, (_FOLDER, take.update, take.tables)),
    "audit": (check.audit, (_FOLDER, take.profile, take.report_to, _AUDITS, take.tables)),
    "audit-plugin": (check.audit_plugin, (_NAME, take.sample, _SAID)),
    "export": (do.export, (_FOLDER, take.into)),
    "pair": (do.pair_rows, (_FOLDER, take.days, take.limit)),
    "share": (do.share, (_FOLDER, take.between, take.limit, _SAID, take.tables)),
    "scenarios": (do.scenarios, (_FOLDER, _SAID, take.tables)),
    "years": (do.years, (_FOLDER, _SAID)),
    "resize": (do.resize, (_FOLDER, _SAID, take.tables)),
    "plugins": (do.plugins, ()),
    "map": (do.map_words, (_FILE, take.importer, take.option, take.companion, take.output)),
    "init": (do.init, (_FOLDER,)),
}
FACTORS: Final[dict[str, Taking]] = {
    "list": (factors.list_tables, (take.tables,)),
    "search": (factors.search, (take.words, take.tables)),
    "compare": (factors.compare, (_NAME, _SAID, take.tables)),
    "hash": (factors.hash_table, (_FOLDER,)),
    "import": (
        factors.import_publication,
        (take.word("importer"), _FILE, take.new_folder, take.archived, take.option, take.refused),
    ),
    "show": (factors.show, (take.word("identifier"), take.tables)),
}


def build(language: str) -> click.Group:
    """Return the command in a language."""
    root, below = Group("ghg-numerique", language), Group("factors", language)
    for group, branch in ((root, ROOT), (below, FACTORS)):
        for name, (run, makers) in branch.items():
            params = tuple(make() for make in makers)
            group.add_command(Command(name, language, run, params, say(f"cli.{name}", language)))
    root.add_command(below)
    return root
