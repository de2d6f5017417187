"""Year against year: every total, the exact bridge from one to the next by its causes, and the line to a target."""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from ghg_numerique.plugin import Chronicle, YearBridge
from ghg_numerique_reports.view import Cell, Column, Reader, Row, Section
from ghg_numerique_reports.voice import Voice

SHOWN = 10
"""How many parts of the changes a page shows; data files have all of them."""


def sections(chronicle: Chronicle | None, voice: Voice) -> tuple[Section, ...]:
    """Return the sections of the years, or nothing where the year stands alone."""
    if chronicle is None:
        return ()
    return (_totals(chronicle, voice), _bridges(chronicle, voice), _parts(chronicle, voice))


def _totals(chronicle: Chronicle, voice: Voice) -> Section:
    """Return a row for each year, against the one before it and against the line to the target."""
    target = chronicle.target
    columns = [
        voice.column("year"),
        voice.column("emissions", is_number=True),
        voice.column("change", is_number=True),
        voice.column("trend"),
    ]
    notes = []
    if target is not None:
        columns += [voice.column("allowed", is_number=True), voice.column("gap", is_number=True)]
        facts = {"base": target.base_year, "year": target.year, "source": target.source}
        notes.append(
            voice.say(
                "target", change=voice.say("percent", number=voice.published(target.change, "percent").shown), **facts
            )
        )
    rows, before = [], None
    for year, kg in chronicle.totals.items():
        since = Cell() if before is None else voice.change(kg - before)
        trend = voice.name(str(chronicle.trends[year]), "trend") if year in chronicle.trends else Cell()
        rows.append(Row((voice.year(year), voice.emissions(kg), since, trend, *_allowed(chronicle, voice, year, kg))))
        before = kg
    if target is not None and any(map(chronicle.moved, chronicle.totals)):
        notes.append(voice.say("target-moved", base=target.base_year))
    if target is not None and target.year not in chronicle.totals:
        rows.append(Row((voice.year(target.year), Cell(), Cell(), Cell(), *_allowed(chronicle, voice, target.year))))
    return Section(("years", "totals"), voice.say("section-years"), tuple(columns), tuple(rows), tuple(notes))


def _allowed(chronicle: Chronicle, voice: Voice, year: int, kg: Fraction | None = None) -> Iterator[Cell]:
    allowed = chronicle.allowed(year)
    if allowed is not None:
        yield voice.emissions(allowed)
        yield Cell() if kg is None else voice.change(kg - allowed)


def _bridges(chronicle: Chronicle, voice: Voice) -> Section:
    """Return a row for each step: before, what each cause adds, after; exact, they sum from left to right."""
    causes = [change.cause for change in chronicle.bridges[0].changes]
    columns = (
        voice.column("period"),
        voice.column("before", is_number=True),
        *(_cause(voice, cause) for cause in causes),
        voice.column("after", is_number=True),
    )
    rows, notes = [], [voice.say("bridge-order")]
    for bridge in chronicle.bridges:
        changes = [change.total for change in bridge.changes]
        cells = (voice.emissions(bridge.before), *map(voice.change, changes), voice.emissions(bridge.after))
        rows.append(Row((_period(bridge), *cells)))
        if bridge.replayed != bridge.before:
            total = voice.tonnes(bridge.replayed)
            notes.append(voice.say("replayed", earlier=bridge.years[0], later=bridge.years[1], total=total))
        notes.append(voice.apart([bridge.before, *changes]))
    return Section(
        ("years", "bridge"),
        voice.say("section-bridge"),
        columns,
        tuple(rows),
        tuple(filter(None, dict.fromkeys(notes))),
    )


def _cause(voice: Voice, cause: str) -> Column:
    column = voice.column(cause, "cause", is_number=True)
    return attrs.evolve(column, shown=column.shown[:1].upper() + column.shown[1:])


def _parts(chronicle: Chronicle, voice: Voice) -> Section:
    """Return what each cause does by domain and kind, the largest first; pages show ten parts and sum the others."""
    parts = [
        (bridge, cause, domain, kind, kg)
        for bridge in chronicle.bridges
        for cause in (change.cause for change in bridge.changes)
        for (domain, kind), kg in bridge.by(cause, "domain", "kind").items()
    ]
    parts.sort(key=lambda part: -abs(part[-1]))
    rows = [
        Row(
            (
                _period(bridge),
                voice.name(cause, "cause"),
                voice.name(domain, "domain"),
                voice.name(kind, "kind"),
                voice.change(kg),
            ),
            Reader.ALL if place < SHOWN else Reader.DATA,
        )
        for place, (bridge, cause, domain, kind, kg) in enumerate(parts)
    ]
    if others := parts[SHOWN:]:
        rest = voice.change(sum((kg for *_, kg in others), start=Fraction(0)))
        rows.append(Row((Cell(voice.say("other-parts", count=len(others))), Cell(), Cell(), Cell(), rest), Reader.PAGE))
    columns = (
        *(voice.column(name) for name in ("period", "cause", "domain", "kind")),
        voice.column("change", is_number=True),
    )
    return Section(("years", "parts"), voice.say("section-parts"), columns, tuple(rows))


def _period(bridge: YearBridge) -> Cell:
    earlier, later = bridge.years
    return Cell(f"{earlier}\u202f–\u202f{later}", f"{earlier}/{later}")
