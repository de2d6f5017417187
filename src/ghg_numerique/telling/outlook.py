"""What the command prints of decisions and of years: scenarios beside today's footprint, each year beside the last."""

import json
from fractions import Fraction
from itertools import islice

import attrs

from ghg_numerique.algebra.chronicle import Change, YearBridge
from ghg_numerique.algebra.levers import Replacement
from ghg_numerique.algebra.outcome import Outcome, outcomes
from ghg_numerique.algebra.precision import Precision, digits_within
from ghg_numerique.algebra.trend import Trend
from ghg_numerique.decimals import bounded, rounded
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.folders.folder import Folder
from ghg_numerique.folders.years import Years
from ghg_numerique.wording import label, say

_SHOWN = 5
"""How many parts of a change are printed; JSON has all of them."""


@attrs.frozen
class _Pen:
    """A language, and the decimals of a tonne that reports print the same footprint with."""

    language: str
    digits: int

    def tonnes(self, kg: Fraction) -> str:
        return bounded(kg / 1000, self.digits, self.language)

    def more(self, kg: Fraction) -> str:
        return signed(kg / 1000, self.digits, self.language)


def signed(number: Fraction, digits: int, language: str) -> str:
    """Return a number with its sign, plus included; what is not zero is never written as zero."""
    shown = bounded(number, digits, language)
    return f"+{shown}" if rounded(number, digits) > 0 else shown


def told_scenarios(opened: Folder, *, form: str, language: str) -> str:
    """Return today's footprint and every scenario of the folder beside it, in tCO2eq; as JSON, exact in kgCO2eq.

    Totals have the decimals of the report, and a difference those that its own interval bears. Raises
    ConfigurationError where the folder names no scenario, and where a lever cannot be computed.
    """
    if not opened.scenarios:
        raise ConfigurationError("scenario-none", path=opened.path)
    today, found = opened.footprint, outcomes(opened.footprint, opened.scenarios)
    total = today.exact_total()
    if form == "json":
        scenarios = [_record(outcome) for outcome in found]
        return json.dumps({"kgCO2eq": str(total), "scenarios": scenarios}, ensure_ascii=False, indent=2)
    pen = _Pen(language, Precision.of(today).digits)
    lines = [say("cli.scenario-today", language, total=pen.tonnes(total))]
    return "\n".join([*lines, *(_told(outcome, pen) for outcome in found)])


def told_years(opened: Years, *, form: str, language: str) -> str:
    """Return each year's footprint, its trend, and the exact bridge from the year before, by cause; in tCO2eq.

    As JSON: everything, exact in kgCO2eq, each cause by domain and kind.
    """
    if form == "json":
        return json.dumps(_years_record(opened), ensure_ascii=False, indent=2)
    pen = _Pen(language, Precision.of(opened.footprint).digits)
    bridges, found = {bridge.years[1]: bridge for bridge in opened.bridges}, opened.chronicle.trends
    lines: list[str] = []
    for year, total in opened.totals.items():
        lines.append(say("cli.year", language, year=year, total=pen.tonnes(total)))
        if year in bridges:
            lines.extend(_bridged(bridges[year], found[year], pen))
        if opened.target is not None:
            lines.append(_against_target(opened, year, total, pen))
    return "\n".join(lines)


def _bridged(bridge: YearBridge, trend: Trend, pen: _Pen) -> list[str]:
    language = pen.language
    facts: dict[str, object] = {
        "change": pen.more(bridge.after - bridge.before),
        "trend": label("trend", str(trend), language),
    }
    lines = [say("cli.year-trend", language, year=bridge.years[0], **facts)]
    for one in bridge.changes:
        shown = pen.more(one.total) + _parts(bridge, one, pen)
        lines.append(say("cli.year-cause", language, cause=label("cause", one.cause, language), change=shown))
    if bridge.replayed != bridge.before:
        facts |= {"earlier": bridge.years[0], "later": bridge.years[1], "total": pen.tonnes(bridge.replayed)}
        lines.append(say("cli.year-replayed", language, **facts))
    return lines


def _parts(bridge: YearBridge, change: Change, pen: _Pen) -> str:
    """Return the largest parts of a change by domain and kind, and how many more there are."""
    parts = bridge.by(change.cause, "domain", "kind")
    said = [
        f"{domain or '-'} {label('kind', kind, pen.language)} {pen.more(amount)}"
        for (domain, kind), amount in islice(parts.items(), _SHOWN)
        if rounded(amount / 1000, pen.digits)
    ]
    if len(parts) > len(said):
        said.append(say("cli.year-more", pen.language, count=len(parts) - len(said)))
    return f" ({', '.join(said)})" if said else ""


def _against_target(opened: Years, year: int, total: Fraction, pen: _Pen) -> str:
    target, allowed = opened.target, opened.chronicle.allowed(year)
    assert target is not None
    assert allowed is not None
    facts: dict[str, object] = {"change": target.change, "base": target.base_year, "year": target.year}
    told = say(
        "cli.year-target", pen.language, **facts, allowed=pen.tonnes(allowed), gap=pen.more(total - allowed),
        source=target.source,
    )  # fmt: skip
    return (
        f"{told}\n{say('cli.year-moved', pen.language, base=target.base_year)}"
        if opened.chronicle.moved(year)
        else told
    )


def _years_record(opened: Years) -> dict[str, object]:
    bridges = [
        {
            "years": list(bridge.years),
            "before": str(bridge.before),
            "replayed": str(bridge.replayed),
            "after": str(bridge.after),
            "trend": str(opened.chronicle.trends[bridge.years[1]]),
            "changes": [
                {
                    "cause": change.cause,
                    "kgCO2eq": str(change.total),
                    "parts": [
                        {"domain": domain, "kind": kind, "kgCO2eq": str(amount)}
                        for (domain, kind), amount in bridge.by(change.cause, "domain", "kind").items()
                    ],
                }
                for change in bridge.changes
            ],
        }
        for bridge in opened.bridges
    ]
    return {"years": {str(year): str(total) for year, total in opened.totals.items()}, "bridges": bridges}


def _told(outcome: Outcome, pen: _Pen) -> str:
    today, language = outcome.today.exact_total(), pen.language
    own = _Pen(language, digits_within(outcome.difference, outcome.edges))
    share = f" ({signed(outcome.difference * 100 / today, 1, language)} %)" if today else ""
    parts = ", ".join(
        f"{label('kind', kind, language)} {own.more(change)}" for kind, change in outcome.kinds.items() if change
    )
    head = say(
        "cli.scenario",
        language,
        name=outcome.scenario.name,
        total=pen.tonnes(outcome.footprint.exact_total()),
        difference=own.more(outcome.difference) + share,
    )
    lines = [head, f"    {parts}"] if parts else [head]
    if outcome.edges:
        low, high = map(own.more, outcome.edges)
        lines.append(say("cli.scenario-interval", language, low=low, high=high, level=round(100 * Precision.LEVEL)))
    lines += [
        say("cli.scenario-stand-in", language, label=link.label or link.identity, identity=link.identity)
        for link in outcome.stand_ins
    ]
    if any(isinstance(lever, Replacement) and lever.moves_use for lever in outcome.scenario.levers):
        lines.append(say("cli.scenario-replaces", language))
    return "\n".join(lines)


def _record(outcome: Outcome) -> dict[str, object]:
    low, high = outcome.edges or (outcome.difference, outcome.difference)
    return {
        "interval": {"level": Precision.LEVEL, "low": str(low), "high": str(high)},
        "name": outcome.scenario.name,
        "kgCO2eq": str(outcome.footprint.exact_total()),
        "difference": str(outcome.difference),
        "kinds": {kind: str(change) for kind, change in outcome.kinds.items()},
        "stand_ins": [link.identity for link in outcome.stand_ins],
    }
