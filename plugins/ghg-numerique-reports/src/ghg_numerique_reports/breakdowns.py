"""The footprint told apart: by domain, by roll-up, by equipment, by kind of emissions, by what it was measured with."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.plugin import Breakdown, DataKind, Footprint, Kind
from ghg_numerique_reports.view import Cell, Column, Reader, Row, Section
from ghg_numerique_reports.voice import Voice

LARGEST: Final = 15
"""How many types of equipment a page names; data files have all of them."""


@attrs.frozen
class Part:
    """A group of a breakdown: what it is called, and its emissions in kgCO2eq."""

    named: tuple[Cell, ...]
    kg: Fraction
    reader: Reader = Reader.ALL


def domains(footprint: Footprint, voice: Voice) -> Section:
    """Return every domain of the methodology, in its order, then what has no domain."""
    parts = _parts(voice, "domain", footprint.by("domain").groups)
    return Section(("domain",), voice.say("section-domain"), *_table(footprint, voice, "domain", parts))


def rollups(footprint: Footprint, voice: Voice) -> list[Section]:
    """Return the roll-ups of the methodology; groups and what they leave out make the whole."""
    return [_rollup(footprint, voice, name) for name in footprint.methodology.rollups]


def equipment(footprint: Footprint, voice: Voice) -> Section:
    """Return the largest types of equipment, the sum of the others, and services and spending."""
    groups = dict(footprint.by("equipment").groups) if "equipment" in footprint.dimensions else {}
    without = {"": groups.pop("")} if "" in groups else {}
    named = list(groups.items())
    parts = _parts(voice, "equipment", dict(named[:LARGEST]))
    if others := dict(named[LARGEST:]):
        rest = Cell(voice.say("other-equipment", count=len(others)))
        parts += _parts(voice, "equipment", others, Reader.DATA)
        parts.append(Part((rest,), Breakdown(others).exact_total(), Reader.PAGE))
    parts += _parts(voice, "equipment", without)
    return Section(("equipment",), voice.say("section-equipment"), *_table(footprint, voice, "equipment", parts))


def kinds(footprint: Footprint, voice: Voice) -> Section:
    """Return embodied, use and services, in that order."""
    groups = footprint.by("kind").groups
    parts = _parts(voice, "kind", {kind: groups.get(kind, Fraction(0)) for kind in _kinds(footprint)})
    columns, rows, notes = _table(footprint, voice, "kind", parts)
    allocation = voice.say(f"allocation-{footprint.methodology.allocation}")
    return Section(("kind", "all"), voice.say("section-kind"), columns, rows, (allocation, *notes))


def kinds_by_domain(footprint: Footprint, voice: Voice) -> Section:
    """Return embodied, use and services of every domain."""
    told, by_kind, by_domain = _kinds(footprint), footprint.by("kind").groups, footprint.by("domain").groups
    amounts = footprint.cross("domain", "kind")
    lines = {domain: [amounts.get((domain, kind), Fraction(0)) for kind in told] for domain in by_domain}
    rows = [
        Row((voice.name(domain, "domain"), *map(voice.emissions, (*line, by_domain[domain]))))
        for domain, line in lines.items()
    ]
    sums = [*(by_kind.get(kind, Fraction(0)) for kind in told), footprint.exact_total()]
    rows.append(Row((voice.name("total", "column"), *map(voice.emissions, sums)), Reader.PAGE, is_total=True))
    columns = (
        voice.column("domain"),
        *(voice.column(kind, "kind", is_number=True) for kind in told),
        voice.column("total", is_number=True, reader=Reader.PAGE),
    )
    summed = [*lines.values(), *zip(*lines.values(), strict=True), list(by_domain.values()), sums[:-1]]
    notes = (voice.say("grid-rounds-apart"),) if any(map(voice.apart, summed)) else ()
    return Section(("kind", "domain"), voice.say("section-kind-domain"), columns, tuple(rows), notes)


def data_kinds(footprint: Footprint, voice: Voice) -> Section:
    """Return on what kinds of data the total rests, from the best to the last resort."""
    groups = footprint.by("data_kind").groups
    order = dict.fromkeys([*DataKind, *groups])
    parts = _parts(voice, "data_kind", {name: groups.get(name, Fraction(0)) for name in order})
    return Section(("data_kind",), voice.say("section-data-kind"), *_table(footprint, voice, "data_kind", parts))


def measures(footprint: Footprint, voice: Voice) -> Section:
    """Return what was counted in things, what was only counted in euros, and what others declared."""
    groups = dict.fromkeys(("physical", "monetary", "declared"), Fraction(0))
    for name, kg in footprint.by("data_kind").groups.items():
        groups[name if name in groups else "physical"] += kg
    parts = _parts(voice, "measure", groups)
    columns, rows, notes = _table(footprint, voice, "measure", parts)
    return Section(("measure",), voice.say("section-measure"), columns, rows, (voice.say("last-resort"), *notes))


def _rollup(footprint: Footprint, voice: Voice, name: str) -> Section:
    """Return the groups of a roll-up, then every domain that it leaves out, in so many words."""
    breakdown, shown = footprint.by(name), voice.name(name, "rollup").shown
    parts = [Part((voice.name(group), Cell("", "placed")), kg) for group, kg in breakdown.groups.items()]
    for domain, kg in breakdown.left_out.groups.items():
        outside = voice.say("left-out", rollup=shown, domain=voice.name(domain, "domain").shown)
        parts.append(Part((Cell(outside, domain), Cell("", "left_out")), kg))
    columns, rows, notes = _table(footprint, voice, "group", parts, voice.column("status", reader=Reader.DATA))
    members = [
        voice.say("members", group=group, domains=", ".join(domains))
        for group, domains in footprint.methodology.rollups[name].items()
    ]
    return Section(("rollups", name), voice.say("section-rollups", rollup=shown), columns, rows, (*members, *notes))


def _parts(voice: Voice, group: str, amounts: Mapping[str, Fraction], reader: Reader = Reader.ALL) -> list[Part]:
    return [Part((voice.name(name, group),), kg, reader) for name, kg in amounts.items()]


def _kinds(footprint: Footprint) -> list[str]:
    return list(dict.fromkeys([*Kind, *footprint.by("kind").groups]))


def _table(
    footprint: Footprint, voice: Voice, first: str, parts: Sequence[Part], *others: Column
) -> tuple[tuple[Column, ...], tuple[Row, ...], tuple[str, ...]]:
    """Return the columns, the rows and the notes of parts of the whole: shares, total, and what rounding did."""
    whole = footprint.exact_total()
    columns = (
        voice.column(first),
        *others,
        voice.column("emissions", is_number=True),
        voice.column("share", is_number=True, reader=Reader.PAGE),
    )
    seen = iter(voice.parts([part.kg for part in parts if part.reader is not Reader.DATA]))
    rows = [
        Row(
            (
                *part.named,
                voice.emissions(part.kg) if part.reader is Reader.DATA else next(seen),
                voice.share(part.kg, whole),
            ),
            part.reader,
        )
        for part in parts
    ]
    if rows:
        named = (voice.name("total", "column"), *(Cell() for _ in others))
        rows.append(Row((*named, voice.emissions(whole), voice.share(whole, whole)), Reader.PAGE, is_total=True))
    kgs = [part.kg for part in parts if part.reader is not Reader.DATA]
    notes = (voice.parts_note(kgs), voice.shares_note(kgs, whole))
    return columns, tuple(rows), tuple(filter(None, notes))
