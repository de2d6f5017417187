"""The footprint against the whole inventory of emissions (BEGES), with and without post 1.5."""

from fractions import Fraction

from ghg_numerique.plugin import Footprint, ReferenceInventory, Shares, digits_for, exact
from ghg_numerique_reports.view import Cell, Row, Section
from ghg_numerique_reports.voice import Voice


def share_of_reference(footprint: Footprint, voice: Voice) -> Section:
    """Return both shares, and why neither may be read as a part that could be taken out of the inventory."""
    shares, reference = footprint.shares(), footprint.reference
    title = voice.say("section-beges", title=reference.title if reference else "BEGES")
    columns = (
        voice.column("boundary"),
        voice.column("reference", is_number=True),
        voice.column("footprint", is_number=True),
        voice.column("share", is_number=True),
    )
    if shares is None or reference is None:
        return Section(("beges",), title, columns)
    ours = voice.emissions(footprint.exact_total())
    rows = [
        Row(
            (
                Cell(voice.say(boundary.replace("_", "-"), title=reference.title), boundary),
                _tonnes(voice, denominator),
                ours,
                voice.percentage(share),
            )
        )
        for boundary, denominator, share in _boundaries(shares)
    ]
    return Section(("beges",), title, columns, tuple(rows), _notes(footprint, voice, reference))


def sentence(footprint: Footprint, voice: Voice, shares: Shares, reference: ReferenceInventory) -> str:
    """Return the shares in one sentence, as the published footprint says them."""
    share, *without = [voice.percentage(share).shown for *_, share in _boundaries(shares)]
    return voice.say(
        "lead-shares" if without else "lead-share",
        title=reference.title,
        share=share,
        without="".join(without),
        total=voice.tonnes(footprint.exact_total()),
        reference=_tonnes(voice, shares.denominator).shown,
    )


def _boundaries(shares: Shares) -> list[tuple[str, Fraction, Fraction | None]]:
    """Return each boundary of the inventory, its tCO2eq, and the share; None where there is nothing to be a part of."""
    found: list[tuple[str, Fraction, Fraction | None]] = [("with_post_1_5", shares.denominator, shares.total)]
    if (without := shares.denominator_without_post_1_5) is not None:
        found.append(("without_post_1_5", without, shares.without_post_1_5 if without > 0 else None))
    return found


def _tonnes(voice: Voice, tonnes: Fraction) -> Cell:
    return voice.emissions(tonnes * 1000, digits=digits_for(tonnes))


def _notes(footprint: Footprint, voice: Voice, reference: ReferenceInventory) -> tuple[str, ...]:
    title = reference.title
    notes = [voice.say("subset", title=title)]
    if reference.year not in (None, footprint.methodology.year):
        notes.append(voice.say("reference-year", title=title, year=reference.year))
    if reference.post_1_5 is None:
        return (*notes, voice.say("no-post-1-5"))
    post = exact(reference.post_1_5)
    code = "post-1-5-removal" if post < 0 else "post-1-5"
    return (*notes, voice.say(code, title=title, post=_tonnes(voice, post).shown))
