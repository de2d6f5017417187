"""Decisions side by side: the footprint under each scenario, what it changes, and the scenarios that are refused."""

from fractions import Fraction

from ghg_numerique.plugin import Declined, Footprint, Kind, Outcome, Replacement, digits_within, weighed
from ghg_numerique_reports.view import Cell, Reader, Row, Section
from ghg_numerique_reports.voice import Voice


def sections(footprint: Footprint, voice: Voice) -> tuple[Section, ...]:
    """Return the section of the scenarios, or nothing where none is named.

    A difference has the decimals that its own interval bears: what both sides share is drawn once and falls away.
    """
    if not footprint.presentation.scenarios:
        return ()
    found = weighed(footprint, footprint.presentation.scenarios)
    columns = (
        voice.column("scenario"),
        voice.column("emissions", is_number=True),
        voice.column("difference", is_number=True),
        voice.column("relative", is_number=True),
        voice.column("low", is_number=True),
        voice.column("high", is_number=True),
        *(voice.column(kind, "kind", is_number=True, reader=Reader.DATA) for kind in Kind),
        voice.column("refused", reader=Reader.DATA),
    )
    today = Row((Cell(voice.say("today"), "today"), voice.emissions(footprint.exact_total()), *[Cell()] * 8))
    rows = [today, *(_outcome(one, voice) for one in found if isinstance(one, Outcome))]
    rows += [_declined(one, voice) for one in found if isinstance(one, Declined)]
    title = voice.say("section-scenarios")
    return (Section(("scenarios",), title, columns, tuple(rows), _notes(found, voice)),)


def _outcome(outcome: Outcome, voice: Voice) -> Row:
    digits = digits_within(outcome.difference, outcome.edges)
    today = outcome.today.exact_total()
    edges = outcome.edges or (outcome.difference, outcome.difference)
    return Row(
        (
            voice.name(outcome.scenario.name),
            voice.emissions(outcome.footprint.exact_total()),
            voice.change(outcome.difference, digits=digits),
            voice.relative(outcome.difference / today if today > 0 else None),
            *(voice.change(edge, digits=digits) for edge in edges),
            *(voice.change(outcome.kinds.get(kind, Fraction(0)), digits=digits) for kind in Kind),
            Cell(),
        )
    )


def _declined(declined: Declined, voice: Voice) -> Row:
    """Return a scenario without a number: one that cannot be computed has no effect of zero."""
    refused = Cell(voice.say("scenario-refused"))
    return Row(
        (voice.name(declined.scenario.name), refused, *[Cell()] * 7, voice.name(declined.reason.text(voice.language)))
    )


def _notes(found: tuple[Outcome | Declined, ...], voice: Voice) -> tuple[str, ...]:
    notes = [voice.say("scenario-draws")]
    computed = [one for one in found if isinstance(one, Outcome)]
    levers = [lever for one in computed for lever in one.scenario.levers]
    if any(isinstance(lever, Replacement) and lever.moves_use for lever in levers):
        notes.append(voice.say("scenario-replaces"))
    notes += [
        voice.say("scenario-stand-in", name=one.scenario.name, label=link.label or link.identity)
        for one in computed
        for link in one.stand_ins
    ]
    notes += [voice.set(one.reason.text(voice.language)) for one in found if isinstance(one, Declined)]
    return tuple(notes)
