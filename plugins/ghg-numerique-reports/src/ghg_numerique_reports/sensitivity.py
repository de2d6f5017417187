"""What moves the total most: the factors, and the declared causes of error, each at both ends of its own interval."""

from typing import Final

from ghg_numerique.plugin import Coefficient, Footprint, Swing, Uncertain, exposures, swings
from ghg_numerique_reports.view import Cell, Reader, Row, Section
from ghg_numerique_reports.voice import Voice

SHOWN: Final = 10
"""How many levers a page shows; data files have all of them."""


def levers(footprint: Footprint, voice: Voice, total: Uncertain) -> Section:
    """Return the levers by how far each moves the total, and what declares no uncertainty and so is none of them."""
    columns = (
        voice.column("lever"),
        voice.column("identity", reader=Reader.DATA),
        voice.column("declared", reader=Reader.DATA),
        voice.column("through", is_number=True),
        voice.column("at_low", is_number=True),
        voice.column("at_high", is_number=True),
    )
    found = swings(total)
    rows = tuple(
        _lever(footprint, voice, swing, Reader.ALL if place < SHOWN else Reader.DATA)
        for place, swing in enumerate(found)
    )
    notes = [voice.say("lever-meaning", total=voice.tonnes(footprint.exact_total()))] if rows else []
    if len(rows) > SHOWN:
        notes.append(voice.say("more-levers", count=len(rows) - SHOWN))
    notes += _silent(footprint, voice)
    return Section(("sensitivity",), voice.say("section-sensitivity"), columns, rows, tuple(notes))


def _lever(footprint: Footprint, voice: Voice, swing: Swing, reader: Reader) -> Row:
    coefficient = footprint.sheet.coefficients.get(swing.identity)
    cause = next((one for one in footprint.causes if one.identity == swing.identity), None)
    name = coefficient.label or coefficient.id if coefficient else cause.name if cause else swing.identity
    declared = str(coefficient.spread if coefficient else cause.spread if cause else "")
    return Row(
        (
            voice.name(name),
            Cell("", swing.identity),
            Cell("", declared),
            voice.share(swing.through, footprint.exact_total()),
            voice.emissions(swing.low),
            voice.emissions(swing.high),
        ),
        reader,
    )


def _silent(footprint: Footprint, voice: Voice) -> list[str]:
    """Return how many factors declare nothing, and the one of them that bears most of the total."""
    silent = [one for one in exposures(footprint) if not one.declared and one.amount]
    if not silent:
        return []
    largest: Coefficient = silent[0].coefficient
    share = voice.share(silent[0].amount, silent[0].total).shown
    named = largest.label or voice.name(largest.role, "role").shown
    return [voice.say("silent-levers", count=len(silent), largest=named, share=share)]
