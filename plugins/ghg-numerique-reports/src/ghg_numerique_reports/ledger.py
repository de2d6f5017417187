"""What became of every row and every euro, and what was found wrong on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeVar

import attrs

from ghg_numerique.plugin import Amounts, Fate, Finding, Footprint, Severity, Tally
from ghg_numerique_reports.typography import printable
from ghg_numerique_reports.view import Cell, Reader, Row, Section
from ghg_numerique_reports.voice import Voice

L = TypeVar("L", bound=tuple[str, ...])

SHOWN: Final = 10
"""How many findings of one code a page shows; data files have all of them."""

_REASONS: Final = {Fate.EXCLUDED: "exclusion", Fate.UNRESOLVED: "gap"}
_MONEY: Final = ("spent", "detailed", "monetary", "excluded", "unresolved", "quarantined")


def rows(footprint: Footprint, voice: Voice) -> Section:
    """Return every source row by activity, fate and reason, with what it counts in each unit."""
    section, whole = _fates(voice, "rows", ("activity",), footprint.balances.rows), footprint.balances.total()
    if len(section.rows) < 2:
        return section
    units = [voice.count(whole.amounts.in_unit(column.name), column.name) for column in section.columns[4:]]
    total = (voice.name("total", "column"), Cell(), Cell(), voice.count(whole.rows, "row"), *units)
    return attrs.evolve(section, rows=(*section.rows, Row(total, Reader.PAGE, is_total=True)))


def files(footprint: Footprint, voice: Voice) -> Section:
    """Return the same file by file."""
    return _fates(voice, "files", ("file", "activity"), footprint.balances.files)


def kinds(footprint: Footprint, voice: Voice) -> Section:
    """Return the same for manufacture and electricity apart: which of the two lives of a row has a result."""
    return _fates(voice, "kinds", ("kind",), footprint.balances.kinds)


def money(footprint: Footprint, voice: Voice) -> Section:
    """Return where every euro went, for each tax basis: spent = detailed + monetary + excluded + unresolved
    + quarantined.
    """
    balance = footprint.balances.money
    columns = (voice.column("basis"), *(voice.column(name, is_number=True) for name in _MONEY))
    lines = [
        Row(
            (
                voice.name(unit, "unit"),
                *(voice.count(getattr(balance, name).in_unit(unit), unit) for name in _MONEY),
            )
        )
        for unit in _units([getattr(balance, name) for name in _MONEY])
    ]
    notes = (voice.say("money-balance"),) if lines else ()
    return Section(("balances", "money"), voice.say("section-balances-money"), columns, tuple(lines), notes)


def findings(footprint: Footprint, voice: Voice) -> Section:
    """Return the findings, errors first; pages show ten of a code and count the others."""
    columns = (
        voice.column("severity"),
        voice.column("code", reader=Reader.DATA),
        voice.column("origin", reader=Reader.DATA),
        voice.column("value", reader=Reader.DATA),
        voice.column("message"),
    )
    order = list(Severity)
    codes = {code: place for place, code in enumerate(dict.fromkeys(found.code for found in footprint.findings))}

    def rank(found: Finding) -> tuple[int, int]:
        return order.index(found.severity), codes[found.code]

    lines: list[Row] = []
    for _, alike in groupby(sorted(footprint.findings, key=rank), key=rank):
        lines.extend(_alike(voice, list(alike)))
    notes = (voice.say("finding-mend") if lines else voice.say("no-finding"),)
    return Section(("findings",), voice.say("section-findings"), columns, tuple(lines), notes)


def _alike(voice: Voice, found: list[Finding]) -> Iterator[Row]:
    """Return findings of one code: all of them for programs, the first ones and a count for people."""
    for place, finding in enumerate(found):
        cells = (
            voice.name(finding.severity, "severity"),
            Cell("", finding.code),
            Cell("", f"{finding.origin} {finding.origin.column}".strip()),
            Cell("", finding.value),
            Cell(voice.set(finding.statement(voice.language)), printable(finding.text(voice.language))),
        )
        yield Row(cells, Reader.ALL if place < SHOWN else Reader.DATA)
    if (others := len(found) - SHOWN) > 0:
        severity = voice.name(found[0].severity, "severity")
        more = Cell(voice.say("more-findings", count=voice.count(others, "row").shown))
        yield Row((severity, Cell(), Cell(), Cell(), more), Reader.PAGE)


def _fates(voice: Voice, table: str, of: Sequence[str], tallies: Mapping[L, Tally]) -> Section:
    """Return tallies by what they are of, their fate and its reason: rows, and one column for each unit."""
    units = _units(tally.amounts for tally in tallies.values())
    columns = (
        *(voice.column(name) for name in (*of, "fate", "reason")),
        voice.column("rows", is_number=True),
        *(voice.column(unit, "unit", is_number=True) for unit in units),
    )
    lines = []
    for (*named, fate, reason), tally in tallies.items():
        amounts = tally.amounts.by_unit
        lines.append(
            Row(
                (
                    *(voice.name(name, group) for name, group in zip(named, of, strict=True)),
                    voice.name(fate, "fate"),
                    voice.name(reason, _REASONS.get(Fate(fate), "")),
                    voice.count(tally.rows, "row"),
                    *(voice.count(amounts[unit], unit) if unit in amounts else Cell() for unit in units),
                )
            )
        )
    return Section(("balances", table), voice.say(f"section-balances-{table}"), columns, tuple(lines))


def _units(amounts: Iterable[Amounts]) -> list[str]:
    """Return the units in which there is anything: items first, as equipment comes first."""
    found = {unit for each in amounts for unit in each.by_unit}
    return sorted(found, key=lambda unit: (unit != "item", unit))
