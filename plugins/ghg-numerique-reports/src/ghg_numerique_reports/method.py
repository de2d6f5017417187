"""The choices behind the figure, in words: what is counted, how, and what is left out and why."""

from collections.abc import Iterable, Iterator

from ghg_numerique.plugin import Footprint
from ghg_numerique_reports.view import Row, Section
from ghg_numerique_reports.voice import Voice


def method(footprint: Footprint, voice: Voice) -> Section:
    """Return every choice of the methodology that moves the total; a line for each thing outside the boundary."""
    columns = (voice.column("choice"), voice.column("chosen"))
    rows = [Row((voice.name(choice, "choice"), voice.name(chosen))) for choice, chosen in _choices(footprint, voice)]
    return Section(("method",), voice.say("section-method"), columns, tuple(rows))


def _choices(footprint: Footprint, voice: Voice) -> Iterator[tuple[str, str]]:
    chosen = footprint.methodology
    yield "domains", ", ".join(chosen.domains)
    for left in chosen.boundary:
        what = _listed(voice, "equipment", [left.equipment]) if left.equipment else ""
        named = ", ".join(filter(None, (left.domain, left.account, left.nature, what)))
        yield "outside", voice.say("method-outside", what=named, reason=left.reason)
    yield "allocation", voice.say(f"allocation-{chosen.allocation}")
    yield "stages", _listed(voice, "stage", chosen.stages)
    ways = [voice.name(route.name, "route").shown for route in chosen.routes]
    yield "routes", "; ".join(f"{place}. {way}" for place, way in enumerate(ways, start=1))
    yield "powered", _listed(voice, "state", chosen.fleet.powered)
    yield "prices", "; ".join(_prices(footprint, voice))
    yield "fallbacks", _fallbacks(footprint, voice)
    yield "expired", voice.say(f"method-expired-{chosen.expired}")


def _prices(footprint: Footprint, voice: Voice) -> Iterator[str]:
    prices = footprint.methodology.prices
    if prices.vat is None:
        yield voice.say("method-no-vat")
    else:
        yield voice.say("method-vat", rate=voice.published(prices.vat, "percent").shown, source=prices.vat_source)
    yield voice.say(f"method-price-{prices.year}")
    for known in prices.deflators:
        value = voice.published(known.value, "1").shown
        yield voice.say("method-deflator", year=known.year, into=known.into, value=value, source=known.source)


def _fallbacks(footprint: Footprint, voice: Voice) -> str:
    chosen = footprint.methodology
    if not chosen.fallbacks:
        return voice.say("method-no-fallbacks")
    if chosen.no_fallback:
        return voice.say("method-some-fallbacks", roles=_listed(voice, "role", chosen.no_fallback))
    return voice.say("method-fallbacks")


def _listed(voice: Voice, group: str, names: Iterable[str]) -> str:
    return ", ".join(voice.name(name, group).shown for name in names)
