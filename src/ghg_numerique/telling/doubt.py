"""What the command prints of how sure a footprint is: intervals, what they come from, and what nobody declares."""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Self

import attrs

from ghg_numerique.algebra.exposure import Coverage, Exposure, coverage, exposures
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.ieee import Floats
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together, middle
from ghg_numerique.decimals import plain, written
from ghg_numerique.wording import label, say

MATERIAL: Final = Fraction(5, 100)
"""What would move the total by this part of itself is named: the usual threshold of reasonable assurance."""


@attrs.frozen(eq=False)
class Row:
    """A named amount with its interval, in kgCO2eq."""

    name: str
    amount: Uncertain
    low: Fraction
    high: Fraction
    below: float
    """The part of the draws that lie below zero: for a difference, those in which it is a decrease."""

    @classmethod
    def of(cls, name: str, amount: Uncertain, drawn: Floats, level: float) -> Self:
        """Return an amount with the middle of its draws."""
        low, high = middle(drawn, level)
        return cls(name, amount, low.value, high.value, float((drawn < 0).mean()))

    def record(self) -> dict[str, object]:
        """Return the row for a machine."""
        return {
            "name": self.name,
            "published": plain(self.amount.published.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "mean": plain(Fraction(self.amount.mean)),
            "deviation": plain(Fraction(self.amount.deviation)),
        }


@attrs.frozen(eq=False)
class Doubt:
    """All that is said of the uncertainty of a footprint, computed once."""

    footprint: Footprint
    rows: tuple[Row, ...]
    outside: tuple[Row, ...]
    """The domains that the grouping leaves out; with the rows they make the total."""

    total: Row
    change: Row | None
    by: str
    level: float
    draws: int
    seed: int

    @classmethod
    def of(
        cls, footprint: Footprint, *, by: str, level: float, draws: int, seed: int, before: Footprint | None = None
    ) -> "Doubt":
        """Return the intervals of the groups, of what they leave out, of the total, and of its change, from one draw."""
        domains, total = footprint.uncertain_by("domain"), footprint.uncertain()
        groups = list(footprint.uncertain_by(by).items())
        outside = [(domain, domains[domain]) for domain in footprint.by(by).outside]
        change = [] if before is None else [("change", total - before.uncertain())]
        amounts = [*groups, *outside, ("total", total), *change]
        drawn = drawn_together([amount for _, amount in amounts], draws, seed=seed)
        rows = [Row.of(name, amount, ones, level) for (name, amount), ones in zip(amounts, drawn, strict=True)]
        moved = rows.pop() if before is not None else None
        return cls(
            footprint,
            tuple(rows[: len(groups)]),
            tuple(rows[len(groups) : -1]),
            rows[-1],
            moved,
            by,
            level,
            draws,
            seed,
        )

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """The exposure to every coefficient that has a source."""
        return exposures(self.footprint)

    def name(self, identity: str) -> str:
        """Return how a coefficient or a cause is shown."""
        known = self.footprint.sheet.coefficients.get(identity)
        return f"{known.label} [{identity}]" if known is not None and known.label else f"[{identity}]"


def told_doubt(doubt: Doubt, *, form: str, language: str) -> str:
    """Return the uncertainty of a footprint as text or JSON."""
    if form == "json":
        return json.dumps(_document(doubt), ensure_ascii=False, indent=2)
    parts = (_heading, _groups, _change, _coverage, _contributions, _material, _undeclared, _readings)
    return "\n".join(line for part in parts for line in part(doubt, language))


def _heading(doubt: Doubt, language: str) -> list[str]:
    total = doubt.total
    return [
        say("doubt.total", language, **_ends(total, language), level=_round(Fraction(str(doubt.level)), language)),
        say("doubt.moments", language, mean=_tonnes(Fraction(total.amount.mean), language),
            deviation=_tonnes(Fraction(total.amount.deviation), language),
            draws=written(Fraction(doubt.draws), 0, language), seed=doubt.seed),
    ]  # fmt: skip


def _groups(doubt: Doubt, language: str) -> list[str]:
    named = [(row, row.name or label("doubt", "unnamed", language)) for row in doubt.rows]
    named += [(row, say("doubt.outside", language, rollup=doubt.by, domain=row.name)) for row in doubt.outside]
    return [say("doubt.group", language, name=name, **_ends(row, language)) for row, name in named]


def _change(doubt: Doubt, language: str) -> list[str]:
    if doubt.change is None:
        return []
    below = _percent(Fraction(doubt.change.below), language)
    return ["", say("doubt.change", language, **_ends(doubt.change, language), below=below)]


def _coverage(doubt: Doubt, language: str) -> list[str]:
    found, total = coverage(doubt.footprint), doubt.footprint.exact_total()
    parts = {name: _part(getattr(found, name), total, language) for name in attrs.fields_dict(Coverage)}
    return ["", say("doubt.coverage", language, **parts)]


def _contributions(doubt: Doubt, language: str) -> list[str]:
    lines = [
        say("doubt.contribution", language, name=doubt.name(one.identity),
            share=_percent(Fraction(one.together), language))
        for one in doubt.total.amount.contributions()[:10]
    ]  # fmt: skip
    touched = doubt.total.amount.laws
    lines += [
        say("doubt.cause-nothing", language, name=cause.name)
        for cause in doubt.footprint.causes
        if cause.identity not in touched
    ]
    return ["", say("doubt.contributions", language), *lines] if lines else []


def _material(doubt: Doubt, language: str) -> list[str]:
    lines = []
    for one in doubt.exposures[:10]:
        change = one.change_for(MATERIAL)
        if change is not None:
            declared = str(one.coefficient.spread or label("doubt", "none", language))
            lines.append(
                say("doubt.lever", language, name=doubt.name(one.coefficient.identity), declared=declared,
                    change=_percent(change, language), share=_part(one.amount, one.total, language))
            )  # fmt: skip
    return ["", say("doubt.levers", language, part=_round(MATERIAL, language)), *lines] if lines else []


def _undeclared(doubt: Doubt, language: str) -> list[str]:
    lines = [
        say("doubt.silent", language, name=doubt.name(one.coefficient.identity),
            share=_part(one.amount, one.total, language))
        for one in doubt.exposures
        if not one.declared
    ]  # fmt: skip
    return ["", say("doubt.silents", language), *lines] if lines else []


def _readings(doubt: Doubt, language: str) -> list[str]:
    spreads = [one.coefficient.spread for one in doubt.exposures if one.coefficient.spread is not None]
    count = sum(bool(spread.silent) for spread in spreads)
    return ["", say("doubt.reading", language, count=count, declared=len(spreads))] if count else []


def _document(doubt: Doubt) -> Mapping[str, Any]:
    found = coverage(doubt.footprint)
    return {
        "unit": "kgCO2eq",
        "level": str(doubt.level),
        "draws": doubt.draws,
        "seed": doubt.seed,
        "total": doubt.total.record(),
        "groups": [row.record() for row in doubt.rows],
        "left_out": [row.record() for row in doubt.outside],
        "change": None if doubt.change is None else {**doubt.change.record(), "decreases": str(doubt.change.below)},
        "coverage": {name: plain(getattr(found, name)) for name in attrs.fields_dict(Coverage)},
        "contributions": [
            {"id": one.identity, "alone": str(one.alone), "together": str(one.together)}
            for one in doubt.total.amount.contributions()
        ],
        "causes": [attrs.asdict(cause) for cause in doubt.footprint.causes],
        "exposures": [_exposure(one) for one in doubt.exposures],
    }


def _exposure(one: Exposure) -> dict[str, object]:
    change, spread = one.change_for(MATERIAL), one.coefficient.spread
    return {
        "id": one.coefficient.identity,
        "label": one.coefficient.label,
        "kgCO2eq": plain(one.amount),
        "declared": None if spread is None else str(spread),
        "read_as": None if spread is None else [str(word) for word in spread.read_as],
        "change_for_5_percent": None if change is None else plain(change),
    }


def _ends(row: Row, language: str) -> dict[str, str]:
    ends = {"published": row.amount.published.value, "low": row.low, "high": row.high}
    return {name: _tonnes(value, language) for name, value in ends.items()}


def _tonnes(kilograms: Fraction, language: str) -> str:
    return written(kilograms / 1000, 3, language)


def _percent(part: Fraction, language: str) -> str:
    return written(part * 100, 1, language)


def _round(part: Fraction, language: str) -> str:
    """Return a percentage that somebody chose, with the digits that it needs."""
    return plain(part * 100).replace(".", "," if language == "fr" else ".")


def _part(amount: Fraction, total: Fraction, language: str) -> str:
    return _percent(amount / total, language) if total else "-"
