"""The report of a year: from a footprint to a view, once for every form."""

from functools import lru_cache

import attrs

from ghg_numerique.plugin import Display, Fate, Footprint, Precision, coverage
from ghg_numerique.result.record import root
from ghg_numerique_reports import breakdowns, evidence, ledger, method, reference, scenarios, sensitivity, years
from ghg_numerique_reports.view import Cell, Section, View
from ghg_numerique_reports.voice import Voice


def bilan(footprint: Footprint, language: str = "fr") -> View:
    """Return the view of a footprint. Every sum is the footprint's own; here it is rounded, translated and placed.

    One number of decimals serves the whole document, so that parts can be held against each other: that of the total,
    or of the largest domain where the total is zero, and never more than the interval of the total justifies.

    The forms of one footprint are drawn one after the other: the last view is kept for the next of them.
    """
    return _view(_Same(footprint), language)


@attrs.frozen(eq=False)
class _Same:
    """A footprint as a key: the very same value, not an equal one. It is frozen, so its view cannot change."""

    footprint: Footprint

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.footprint is other.footprint

    def __hash__(self) -> int:
        return id(self.footprint)


@lru_cache(maxsize=1)
def _view(same: _Same, language: str) -> View:
    footprint = same.footprint
    total, precision = footprint.exact_total(), Precision.of(footprint)
    voice = Voice(language, precision.digits, footprint.presentation.display)
    interval = tuple(map(voice.emissions, precision.edges))
    methodology = footprint.methodology
    hashed = root(footprint)
    named = (footprint.organisation, voice.year(methodology.year).shown, methodology.title)
    return View(
        language=language,
        title=voice.name(" – ".join(filter(None, named))).shown,
        lead=_lead(footprint, voice, interval),
        warnings=_warnings(footprint, voice),
        total=voice.emissions(total),
        interval=interval,
        sections=_sections(footprint, voice, precision, hashed),
        identity={
            "organisation": footprint.organisation,
            "year": methodology.year,
            "methodology": methodology.title,
            "fingerprint": methodology.fingerprint,
            "lock": footprint.manifest.lock,
            "allocation": methodology.allocation,
            "engine": footprint.manifest.engine,
            "blocked": footprint.manifest.blocked,
            "root": hashed,
        },
    )


def _lead(footprint: Footprint, voice: Voice, interval: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return what a reader must know before any table: the total, its share, what is missing, how it is rounded."""
    total, year = voice.tonnes(footprint.exact_total()), footprint.methodology.year
    lead = [voice.say("lead", year=year, total=total) if year else voice.say("lead-no-year", total=total)]
    if (shares := footprint.shares()) and footprint.reference:
        lead.append(reference.sentence(footprint, voice, shares, footprint.reference))
    if interval:
        lead.append(_sure(footprint, voice, *interval))
    lead.extend(_warnings(footprint, voice))
    lead.append(voice.say("rounded-decimals", step=voice.step) if voice.digits else voice.say("rounded-tonne"))
    if voice.display is Display.LARGEST_REMAINDER:
        lead.append(voice.say("display-largest-remainder"))
    return tuple(lead)


def _sure(footprint: Footprint, voice: Voice, low: Cell, high: Cell) -> str:
    """Return the interval of the total, and how much of the total it speaks of: silence must not pass for certainty."""
    said, total = voice.say("interval-95", low=low.shown, high=high.shown), footprint.exact_total()
    if total <= 0:
        return said
    known = coverage(footprint)
    parts = {"declared": voice.share(known.declared, total).shown, "partly": voice.share(known.partly, total).shown}
    if known.undeclared or known.bare:
        return f"{said} {voice.say('interval-covers', **parts)}"
    if known.partly:
        return f"{said} {voice.say('interval-covers-all', **parts)}"
    return f"{said} {voice.say('interval-covers-whole')}"


def _warnings(footprint: Footprint, voice: Voice) -> tuple[str, ...]:
    """Return what must be seen: rows without a result, or refused, and a whole that is smaller than its part."""
    said = (("lead-unresolved", Fate.UNRESOLVED), ("lead-quarantined", Fate.QUARANTINED))
    counted = ((code, footprint.balances.total(fate=fate).rows) for code, fate in said)
    told = [voice.say(code, rows=voice.count(rows, "row").shown) for code, rows in counted if rows]
    if footprint.balances.total().rows and not footprint.balances.total(fate=Fate.COUNTED).rows:
        told.append(voice.say("lead-nothing-counted"))
    if (shares := footprint.shares()) and footprint.reference and shares.total > 1:
        told.append(voice.say("lead-reference-smaller", title=footprint.reference.title))
    return tuple(told)


def _sections(footprint: Footprint, voice: Voice, precision: Precision, hashed: str) -> tuple[Section, ...]:
    return (
        breakdowns.domains(footprint, voice),
        *breakdowns.rollups(footprint, voice),
        breakdowns.equipment(footprint, voice),
        breakdowns.kinds(footprint, voice),
        breakdowns.kinds_by_domain(footprint, voice),
        reference.share_of_reference(footprint, voice),
        breakdowns.measures(footprint, voice),
        breakdowns.data_kinds(footprint, voice),
        *years.sections(footprint.presentation.chronicle, voice),
        *scenarios.sections(footprint, voice),
        sensitivity.levers(footprint, voice, precision.total),
        method.method(footprint, voice),
        ledger.rows(footprint, voice),
        ledger.files(footprint, voice),
        ledger.money(footprint, voice),
        ledger.kinds(footprint, voice),
        ledger.findings(footprint, voice),
        evidence.coefficients(footprint, voice),
        evidence.sources(footprint, voice),
        evidence.plugins(footprint, voice),
        evidence.inputs(footprint, voice, hashed),
    )
