"""What the command prints of a printed table: the verdict, what shows it, and what would have been noticed."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ghg_numerique.decimals import plain, written
from ghg_numerique.printed.certificate import SMALL, Certificate, Gap, Power
from ghg_numerique.printed.edges import Bounds, Edge, Exact, added
from ghg_numerique.printed.system import Proof, Term
from ghg_numerique.printed.table import PrintedTable
from ghg_numerique.wording import label, say


def told_certificate(certificate: Certificate, *, form: str, language: str) -> str:
    """Return the certificate of a table as text or JSON."""
    if form == "json":
        return json.dumps(_document(certificate), ensure_ascii=False, indent=2)
    parts = (_verdict, _roundings, _gaps, _unknown, _power)
    return "\n".join(line for part in parts for line in part(certificate, language))


def _verdict(certificate: Certificate, language: str) -> list[str]:
    table, outcome = certificate.table, certificate.outcome
    head = (
        [" ".join(part for part in (table.title, f"({table.source})" if table.source else "") if part)]
        if table.title
        else []
    )
    if isinstance(outcome, Proof):
        return [*head, say("printed.impossible", language), *_proof(outcome, table, language)]
    unpublished = dict.fromkeys(table.unknown, label("printed", "unpublished", language))
    lines = [
        say("printed.true", language, name=name, printed=printed, true=_number(outcome[name], language))
        for name, printed in (*list(table.cells.items())[:SMALL], *list(unpublished.items())[:SMALL])
    ]
    left_out = sum(max(len(names) - SMALL, 0) for names in (table.cells, unpublished))
    more = [say("printed.more", language, count=left_out)] if left_out else []
    return [*head, say("printed.possible", language), *lines, *more]


def _proof(proof: Proof, table: PrintedTable, language: str) -> list[str]:
    """Return the lower and the upper bounds of one quantity, each with its sum: the lower sum is above the upper."""
    lines, forms = [], _forms(table, language)
    for sign, closed, opened in ((-1, "printed.at-least", "printed.above"), (1, "printed.at-most", "printed.below")):
        terms = [term for term in proof.terms if term.times * sign > 0]
        total = added((abs(term.times) * term.bound[0], abs(term.times) * term.bound[1]) for term in terms)
        lines.append(say(opened if total[1] else closed, language, total=_whole_number(total[0], language)))
        lines.extend(f"    {_bound(term, *forms.get(term.name, (term.name, '')), language)}" for term in terms)
    return [*lines, *(say("printed.where", language, relation=relation) for relation in _relations(proof, table))]


def _relations(proof: Proof, table: PrintedTable) -> Iterator[str]:
    """Return the sums that a proof rests on, written out: a total that it speaks of stands for its parts."""
    first = {one.total: one for one in reversed(table.sums)}
    shares = {share.name: (share.part, share.whole) for share in table.shares}
    left = [name for term in proof.terms for name in shares.get(term.name.rpartition(",")[0], (term.name,))]
    told = set()
    for name in left:  # it grows while it is read: a part may be a total of its own
        if name in first and name not in told:
            told.add(name)
            left += first[name].parts
            yield f"{name} = {' + '.join(first[name].parts)}"


def _forms(table: PrintedTable, language: str) -> dict[str, tuple[str, str]]:
    """Return how forms that are no printed figure are written, as differences, and what they come from."""
    forms = {f"{one.total} = {' + '.join(one.parts)}": f"{one.total} - ({' + '.join(one.parts)})" for one in table.sums}
    shown = {name: (form, name) for name, form in forms.items()}
    for share in table.shares:
        for mark, (end, _) in zip((">=", "<="), share.bounds(table.rounding).ends, strict=True):
            form = f"{share.part} - {_whole_number(end, language)} x {share.whole}"
            shown[f"{share.name}, {mark}"] = (form, share.name)
        shown[f"{share.whole} > 0"] = (share.whole, share.name)
    return shown


def _bound(term: Term, form: str, origin: str, language: str) -> str:
    """Return a bound with what it comes from, and what it is worth where it is taken more or less than once."""
    mark = ("<" if term.times > 0 else ">") + ("" if term.bound[1] else "=")
    line = f"{form} {mark} {_whole_number(term.bound[0], language)}"
    if (times := abs(term.times)) != 1:
        worth = _whole_number(times * term.bound[0], language)
        line += f", x {_whole_number(times, language)} = {worth}"
    return f"{line}  [{origin}]" if origin else line


def _roundings(certificate: Certificate, language: str) -> list[str]:
    said = [
        say("printed.rounding", language, name=label("rounding", rounding, language),
            verdict=label("printed", "yes" if stands else "no", language))
        for rounding, stands in certificate.other_roundings.items()
    ]  # fmt: skip
    return ["", say("printed.roundings", language), *said]


def _gaps(certificate: Certificate, language: str) -> list[str]:
    """Return the sums, the least likely first."""
    ranked = sorted(certificate.gaps, key=lambda gap: (gap.at_least, gap.name))
    lines = [
        say("printed.gap", language, name=gap.name, gap=f"{gap.steps:+d}", chance=_percent(gap.chance, language),
            at_least=_percent(gap.at_least, language), verdict=label("printed", _usual(gap, certificate), language))
        for gap in ranked[:10]
    ]  # fmt: skip
    return ["", say("printed.gaps", language, count=len(ranked)), *lines] if lines else []


def _usual(gap: Gap, certificate: Certificate) -> str:
    if not gap.at_least:  # a chance of zero is no impossibility: true values may fall just on a half
        return "on-halves" if certificate.consistent else "never-so-large"
    return "improbable" if gap.at_least < Fraction(1, 1000) else "usual"


def _unknown(certificate: Certificate, language: str) -> list[str]:
    table = certificate.table
    step = table.unit_step
    lines = [
        say("printed.between", language, name=name, **_whole(certificate.reaches[name], step, language))
        for name in table.unknown
        if name in certificate.reaches
    ]
    return ["", say("printed.unknown", language), *lines] if lines else []


def _whole(bounds: Bounds, step: Fraction, language: str) -> dict[str, str]:
    """Return the multiples of a step between bounds, the first and the last, and the bounds themselves, rounded outward."""
    last = Fraction(1, 1000)
    low, high = (None if end is None else Fraction(end[0]) for end in (bounds.low, bounds.high))
    return {
        "low": "-∞" if low is None else _number((low / step).__ceil__() * step, language),
        "high": "+∞" if high is None else _number((high / step).__floor__() * step, language),
        "least": "-∞" if low is None else _number((low / last).__floor__() * last, language),
        "most": "+∞" if high is None else _number((high / last).__ceil__() * last, language),
    }


def _power(certificate: Certificate, language: str) -> list[str]:
    power = certificate.power
    if not power:
        return []
    lines = [
        say("printed.noticed", language, name=name, down=_off(one.down, language), up=_off(one.up, language))
        for name, one in list(power.items())[:SMALL]
    ]
    digits, noticed = sum(one.digits for one in power.values()), sum(one.noticed for one in power.values())
    how = "printed.power" if len(power) <= SMALL else "printed.power-single"
    return [
        "",
        say(how, language),
        *lines,
        say("printed.digits", language, digits=digits, noticed=noticed),
        say("printed.not-right", language),
    ]


def _off(by: Fraction | None, language: str) -> str:
    return label("printed", "never", language) if by is None else ("+" if by > 0 else "") + _number(by, language)


def _number(value: Fraction, language: str) -> str:
    """Return a number with three decimals at most, and none that says nothing."""
    return written(value, 3, language).rstrip("0").rstrip(",.")


def _whole_number(value: Exact, language: str) -> str:
    """Return a number that a reader adds up: with all its decimals, or as a fraction where it has no end of them."""
    digits = next((digits for digits in range(13) if (value * 10**digits).denominator == 1), None)
    if digits is None:
        return f"{_whole_number(Fraction(value.numerator), language)}/{value.denominator}"
    return written(Fraction(value), digits, language)


def _percent(part: Fraction, language: str) -> str:
    return written(part * 100, 2, language)


def _document(certificate: Certificate) -> Mapping[str, Any]:
    outcome, table = certificate.outcome, certificate.table
    refuted = isinstance(outcome, Proof)
    return {
        "title": table.title,
        "source": table.source,
        "rounding": str(table.rounding),
        "step": table.step,
        "consistent": not refuted,
        "witness": None
        if isinstance(outcome, Proof)
        else {name: str(outcome[name]) for name in (*table.cells, *table.unknown)},
        "proof": [_term(term) for term in outcome.terms] if isinstance(outcome, Proof) else None,
        "roundings": {str(rounding): stands for rounding, stands in certificate.other_roundings.items()},
        "gaps": [
            {
                "total": gap.total,
                "name": gap.name,
                "steps": gap.steps,
                "parts": gap.parts,
                "chance": str(gap.chance),
                "at_least": str(gap.at_least),
            }
            for gap in certificate.gaps
        ],
        "reaches": {name: [_edge(bounds.low), _edge(bounds.high)] for name, bounds in certificate.reaches.items()},
        "power": {name: _noticed(one) for name, one in certificate.power.items()},
    }


def _term(term: Term) -> dict[str, str]:
    return {"times": str(term.times), "of": term.name, "bound": str(term.bound[0]), "side": str(term.bound[1])}


def _edge(end: Edge | None) -> str | None:
    return None if end is None else str(end[0])


def _noticed(one: Power) -> dict[str, object]:
    return {
        "down": None if one.down is None else plain(one.down),
        "up": None if one.up is None else plain(one.up),
        "digits": one.digits,
        "noticed": one.noticed,
    }
