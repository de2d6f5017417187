"""The report of a year: from a footprint to a view, once for all four renderers."""

from fractions import Fraction

from ghg_numerique.plugin import Fate, Footprint
from ghg_numerique.result.record import root
from ghg_numerique_reports import breakdowns, evidence, ledger, reference
from ghg_numerique_reports.view import Section, View
from ghg_numerique_reports.voice import Voice, digits_for


def bilan(footprint: Footprint, language: str = "fr") -> View:
    """Return the view of a footprint. Every sum is the footprint's own; here it is rounded, translated and placed.

    One number of decimals serves the whole document: that of the total, or of the largest domain where the total is
    zero, so that parts can be held against each other.
    """
    total = footprint.exact_total()
    largest = max(map(abs, footprint.by("domain").groups.values()), default=Fraction(0))
    voice = Voice(language, digits_for((total or largest) / 1000))
    methodology = footprint.methodology
    named = (footprint.organisation, voice.year(methodology.year).shown, methodology.title)
    return View(
        title=voice.name(" – ".join(filter(None, named))).shown,
        lead=_lead(footprint, voice),
        total=voice.emissions(total),
        sections=_sections(footprint, voice),
        identity={
            "organisation": footprint.organisation,
            "year": methodology.year,
            "methodology": methodology.title,
            "fingerprint": methodology.fingerprint,
            "allocation": methodology.allocation,
            "engine": footprint.manifest.engine,
            "blocked": footprint.manifest.blocked,
            "root": root(footprint),
        },
    )


def _lead(footprint: Footprint, voice: Voice) -> tuple[str, ...]:
    """Return what a reader must know before any table: the total, its share, what is missing, how it is rounded."""
    total, year = voice.tonnes(footprint.exact_total()), footprint.methodology.year
    lead = [voice.say("lead", year=year, total=total) if year else voice.say("lead-no-year", total=total)]
    if (shares := footprint.shares()) and footprint.reference:
        lead.append(reference.sentence(footprint, voice, shares, footprint.reference))
    if missing := footprint.balances.total(fate=Fate.UNRESOLVED).rows:
        lead.append(voice.say("lead-unresolved", rows=voice.count(missing, "row").shown))
    if refused := footprint.balances.total(fate=Fate.QUARANTINED).rows:
        lead.append(voice.say("lead-quarantined", rows=voice.count(refused, "row").shown))
    step = voice.count(Fraction(1, 10**voice.digits), "tCO2eq").shown
    lead.append(voice.say("rounded-decimals", step=step) if voice.digits else voice.say("rounded-tonne"))
    return tuple(lead)


def _sections(footprint: Footprint, voice: Voice) -> tuple[Section, ...]:
    return (
        breakdowns.domains(footprint, voice),
        *breakdowns.rollups(footprint, voice),
        breakdowns.equipment(footprint, voice),
        breakdowns.kinds(footprint, voice),
        breakdowns.kinds_by_domain(footprint, voice),
        reference.share_of_reference(footprint, voice),
        breakdowns.data_kinds(footprint, voice),
        ledger.rows(footprint, voice),
        ledger.files(footprint, voice),
        ledger.money(footprint, voice),
        ledger.kinds(footprint, voice),
        ledger.findings(footprint, voice),
        evidence.coefficients(footprint, voice),
        evidence.sources(footprint, voice),
        evidence.plugins(footprint, voice),
        evidence.inputs(footprint, voice),
    )
