"""The choices behind the figure, in words: what is counted, how, and what is left out and why."""

from collections.abc import Iterable, Iterator

from ghg_numerique.plugin import Footprint
from ghg_numerique_reports.typography import printable
from ghg_numerique_reports.view import Cell, Row, Section
from ghg_numerique_reports.voice import Voice


def method(footprint: Footprint, voice: Voice) -> Section:
    """Return every choice of the methodology that moves the total; a line for each thing outside the boundary."""
    columns = (voice.column("choice"), voice.column("chosen"))
    rows = (Row((voice.name(choice, "choice"), chosen)) for choice, chosen in _choices(footprint, voice))
    return Section(("method",), voice.say("section-method"), columns, tuple(rows))


def _choices(footprint: Footprint, voice: Voice) -> Iterator[tuple[str, Cell]]:
    chosen = footprint.methodology
    yield "domains", _listed(voice, "domain", chosen.domains)
    for left in chosen.boundary:
        what = ", ".join(filter(None, (left.domain, left.account, left.nature, left.equipment)))
        yield "outside", voice.name(f"{what} – {left.reason}")
    yield "allocation", Cell(voice.say(f"allocation-{chosen.allocation}"), chosen.allocation)
    yield "stages", _listed(voice, "stage", chosen.stages)
    yield "routes", _listed(voice, "route", [route.name for route in chosen.routes], numbered=True)
    yield "powered", _listed(voice, "state", chosen.fleet.powered)
    yield from _prices(footprint, voice)
    yield "fallbacks", _fallbacks(footprint, voice)
    yield "expired", Cell(voice.say(f"method-expired-{chosen.expired}"), chosen.expired)


def _prices(footprint: Footprint, voice: Voice) -> Iterator[tuple[str, Cell]]:
    prices = footprint.methodology.prices
    if prices.vat is None:
        yield "vat", Cell(voice.say("method-no-vat"))
    else:
        rate = voice.published(prices.vat, "percent").shown
        yield "vat", Cell(voice.say("method-vat", rate=rate, source=prices.vat_source), prices.vat)
    yield "price_year", Cell(voice.say(f"method-price-{prices.year}"), prices.year)
    for known in prices.deflators:
        value = voice.published(known.value, "1").shown
        shown = voice.say("method-deflator", year=known.year, into=known.into, value=value, source=known.source)
        yield "deflator", Cell(shown, f"{known.year} {known.into} {known.value}")


def _fallbacks(footprint: Footprint, voice: Voice) -> Cell:
    chosen = footprint.methodology
    if not chosen.fallbacks:
        return Cell(voice.say("method-no-fallbacks"), "refuse")
    if chosen.no_fallback:
        but = _listed(voice, "role", chosen.no_fallback)
        return Cell(voice.say("method-some-fallbacks", roles=but.shown), f"refuse {but.record}")
    return Cell(voice.say("method-fallbacks"), "accept")


def _listed(voice: Voice, group: str, names: Iterable[str], *, numbered: bool = False) -> Cell:
    """Return names in one cell: their labels for people, the names themselves for programs."""
    listed = list(names)
    shown = [voice.name(name, group).shown for name in listed]
    if numbered:
        shown = [f"{place}. {way}" for place, way in enumerate(shown, start=1)]
    joint = (" ; " if voice.language == "fr" else "; ") if numbered else ", "
    return Cell(voice.set(joint.join(shown)), ", ".join(map(printable, listed)))
