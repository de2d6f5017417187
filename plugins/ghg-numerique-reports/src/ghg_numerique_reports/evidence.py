"""What the footprint was made with: coefficients, tables, plugins, files."""

from ghg_numerique.plugin import Coefficient, Footprint, Role
from ghg_numerique.result.record import SHORT
from ghg_numerique_reports.view import Cell, Reader, Row, Section
from ghg_numerique_reports.voice import Voice


def coefficients(footprint: Footprint, voice: Voice) -> Section:
    """Return the coefficients that the total rests on; those that only a scenario needs are not among them."""
    chosen = footprint.sheet.chosen
    columns = (
        voice.column("identity", reader=Reader.DATA),
        voice.column("role", reader=Reader.DATA),
        voice.column("label"),
        voice.column("value", is_number=True),
        voice.column("published", is_number=True, reader=Reader.DATA),
        voice.column("unit"),
        voice.column("source"),
        voice.column("year"),
        voice.column("valid_from", reader=Reader.DATA),
        voice.column("valid_to"),
    )
    rows, notes = [], []
    for coefficient in footprint.coefficients:
        value = chosen.get(coefficient.identity, coefficient.value)
        rows.append(_coefficient(voice, coefficient, value))
        if value != coefficient.value:
            notes.append(_replaced(voice, coefficient, value))
    return Section(("coefficients",), voice.say("section-coefficients"), columns, tuple(rows), tuple(notes))


def sources(footprint: Footprint, voice: Voice) -> Section:
    """Return the publications behind the coefficients, each pinned by a hash and free or not to be passed on."""
    columns = (
        *(voice.column(name) for name in ("id", "title", "publisher", "licence")),
        voice.column("version", reader=Reader.DATA),
        voice.column("address", reader=Reader.DATA),
        voice.column("attribution", reader=Reader.DATA),
        voice.column("sha256"),
    )
    rows = [
        Row(
            (
                *(voice.name(text) for text in (source.id, source.title, source.publisher, source.licence)),
                Cell("", source.version),
                Cell("", source.address),
                Cell("", source.attribution),
                voice.digest(source.sha256),
            )
        )
        for source in footprint.manifest.sources
    ]
    return Section(("manifest", "sources"), voice.say("section-sources"), columns, tuple(rows))


def plugins(footprint: Footprint, voice: Voice) -> Section:
    """Return the plugins that took part."""
    columns = tuple(voice.column(name) for name in ("plugin", "distribution", "version"))
    rows = tuple(
        Row((voice.name(plugin.name), voice.name(plugin.distribution), voice.name(plugin.version)))
        for plugin in footprint.manifest.plugins
    )
    blocked = footprint.manifest.blocked
    notes = (voice.say("blocked", names=", ".join(blocked)),) if blocked else ()
    return Section(("manifest", "plugins"), voice.say("section-plugins"), columns, rows, notes)


def inputs(footprint: Footprint, voice: Voice, hashed: str) -> Section:
    """Return the files that were read, each pinned by its hash, with the engine, the method and the root of the result."""
    made = voice.say(
        "made-with",
        engine=footprint.manifest.engine or voice.say("unknown"),
        methodology=voice.digest(footprint.methodology.fingerprint).shown,
    )
    columns = (
        voice.column("file"),
        voice.column("rows", is_number=True),
        voice.column("sha256"),
        voice.column("dialect"),
    )
    rows = tuple(
        Row((voice.name(read.name), voice.count(read.rows, "row"), voice.digest(read.sha256), voice.name(read.dialect)))
        for read in footprint.manifest.inputs
    )
    tied = voice.say("result-root", root=hashed[:SHORT])
    return Section(("manifest", "inputs"), voice.say("section-inputs"), columns, rows, (made, tied))


def _coefficient(voice: Voice, coefficient: Coefficient, value: str) -> Row:
    unit = coefficient.unit
    return Row(
        (
            Cell("", coefficient.identity),
            Cell("", coefficient.role),
            _named(voice, coefficient),
            voice.published(value, unit),
            voice.published(coefficient.value, unit),
            voice.name(coefficient.role, "role") if unit == "1" else voice.name(unit, "unit"),
            voice.name(coefficient.source.id, "source"),
            voice.year(coefficient.year),
            voice.day(coefficient.valid_from),
            voice.day(coefficient.valid_to),
        ),
        reader=Reader.DATA if coefficient.role is Role.SHARE else Reader.ALL,
    )


def _named(voice: Voice, coefficient: Coefficient) -> Cell:
    """Return what a coefficient is called; one that no publication names is called after what it does."""
    if coefficient.label:
        return voice.name(coefficient.label)
    return Cell(voice.name(coefficient.role, "role").shown, coefficient.id)


def _replaced(voice: Voice, coefficient: Coefficient, value: str) -> str:
    """Return that another value was chosen than the published one: a reader must not take it for the source's."""
    return voice.say(
        "replaced",
        label=coefficient.label or coefficient.id,
        value=voice.published(value, coefficient.unit).shown,
        published=voice.published(coefficient.value, coefficient.unit).shown,
        unit=coefficient.unit,
    )
