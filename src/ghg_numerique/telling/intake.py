"""Factors brought in: from the file of a publisher to a folder of our own format, and what was kept, refused and why."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from pathlib import Path

from ghg_numerique.csv_pages import harmless
from ghg_numerique.decimals import written
from ghg_numerique.errors import ConfigurationError, Finding, TableError
from ghg_numerique.files import same_place, write_folder, write_whole
from ghg_numerique.model.draft import Draft
from ghg_numerique.model.table_pages import is_name
from ghg_numerique.model.tables import FactorTable
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.terms import Severity
from ghg_numerique.wording import label, say

MOST_REMARKS = 20
"""How many remarks the screen shows; the list of refused rows holds every one of them."""


def told_intake(
    catalogue: Catalogue,
    importer: str,
    file: str,
    folder: str,
    *,
    options: Mapping[str, str],
    refused: str | None,
    language: str,
) -> str:
    """Make a table folder of a publication, whole or not at all, and return what became of its rows.

    A folder that exists, or whose name no table can have, is refused before anything is read. `refused` is where the list
    of refused rows goes.
    """
    target = Path(folder)
    if target.exists():
        raise ConfigurationError("folder-exists", path=target)
    if refused is not None and same_place(refused, file):
        raise ConfigurationError("output-is-input", path=refused, read=file)
    name = target.resolve().name
    if not is_name(name):
        raise TableError("table-name", key="id", value=name)
    draft = catalogue.draft(file, importer=importer, options=options)
    pages = draft.pages(name, date.today().isoformat())
    if refused is not None:
        write_whole(refused, _listed(draft.refused, language))
    write_folder(target, pages, FactorTable.read)
    table = FactorTable.read(target)
    lines = [*_account(draft, Path(file).name, language), *_remarks(draft, language)]
    lines.append(say("cli.intake-written", language, path=target, sha256=table.source.sha256))
    return "\n".join(lines)


def _account(draft: Draft, file: str, language: str) -> Iterator[str]:
    """Return the balance of the rows, then the kept ones by role and the refused ones by reason."""
    read, kept, refused = (_count(number, language) for number in (draft.read, draft.kept, len(draft.refused)))
    yield say("cli.intake-read", language, file=file, read=read, kept=kept, refused=refused)
    yield say(
        "cli.intake-kept", language, rows=_count(len(draft.rows), language), answering=_count(draft.answering, language)
    )
    for role, count in draft.roles.items():
        yield say("cli.intake-count", language, count=_count(count, language), what=label("role", role, language))
    yield say("cli.intake-refused", language, refused=refused)
    reasons: dict[str, list[Finding]] = {}
    for finding in draft.refused:
        reasons.setdefault(finding.code, []).append(finding)
    for found in reasons.values():
        yield say("cli.intake-count", language, count=_count(len(found), language), what=_why(found[0], language))


def _remarks(draft: Draft, language: str) -> Iterator[str]:
    """Return what a reader should look at: refusals that are no rule of the house, then the remarks on kept rows."""
    shown = [*(finding for finding in draft.refused if finding.severity is not Severity.NOTE), *draft.remarks]
    if shown:
        yield say("cli.intake-remarks", language)
    for finding in islice(shown, MOST_REMARKS):
        yield say("cli.intake-remark", language, text=finding.text(language))
    if len(shown) > MOST_REMARKS:
        yield say("cli.intake-more", language, count=len(shown) - MOST_REMARKS)


def _listed(refused: Sequence[Finding], language: str) -> bytes:
    """Return the refused rows as CSV, in the order of the file."""
    page = io.StringIO(newline="")
    out = csv.writer(page, lineterminator="\n")
    out.writerow(["file", "sheet", "row", "column", "id", "reason", "value", "why"])
    for finding in refused:
        at = finding.origin
        identifier = dict(finding.facts).get("id", "")
        cells = (at.file, at.sheet, str(at.row), at.column, identifier, finding.code, finding.value)
        out.writerow([harmless(cell) for cell in (*cells, _why(finding, language))])
    return page.getvalue().encode()


def _why(finding: Finding, language: str) -> str:
    """Return the reason of a refusal without its place."""
    return finding.text(language).removeprefix(finding.place(language))


def _count(number: int, language: str) -> str:
    return written(Fraction(number), 0, language)
