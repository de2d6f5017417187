"""What the command prints of decisions and of years: scenarios beside today's footprint, each year beside the last."""

import json
from fractions import Fraction
from itertools import islice

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.levers import Replacement
from ghg_numerique.algebra.outcome import Outcome, outcomes
from ghg_numerique.algebra.trend import Trend, trends
from ghg_numerique.decimals import written
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.folders.folder import Folder
from ghg_numerique.folders.resizing import Resized, resized
from ghg_numerique.folders.years import Change, YearBridge, Years
from ghg_numerique.units import Quantity
from ghg_numerique.wording import label, say

_TONNE = 1000
_LEVEL = 0.95
_SHOWN = 5
"""How many parts of a change are printed; JSON has all of them."""


def told_scenarios(opened: Folder, *, form: str, language: str) -> str:
    """Return today's footprint and every scenario of the folder beside it, in tCO2eq; as JSON, exact in kgCO2eq.

    Raises ConfigurationError where the folder names no scenario, and where a lever cannot be computed.
    """
    if not opened.scenarios:
        raise ConfigurationError("scenario-none", path=opened.path)
    today, found = opened.footprint, outcomes(opened.footprint, opened.scenarios)
    if form == "json":
        scenarios = [_record(outcome, today) for outcome in found]
        return json.dumps({"kgCO2eq": str(today.exact_total()), "scenarios": scenarios}, ensure_ascii=False, indent=2)
    total = today.exact_total()
    lines = [say("cli.scenario-today", language, total=_tonnes(total, language))]
    return "\n".join([*lines, *(_told(outcome, today, language) for outcome in found)])


def told_years(opened: Years, *, form: str, language: str) -> str:
    """Return each year's footprint, its trend, and the exact bridge from the year before, by cause; in tCO2eq.

    As JSON: everything, exact in kgCO2eq, each cause by domain and kind.
    """
    found, bridges = trends(opened.totals), {bridge.years[1]: bridge for bridge in opened.bridges}
    if form == "json":
        return json.dumps(_years_record(opened, found), ensure_ascii=False, indent=2)
    lines: list[str] = []
    for year, total in opened.totals.items():
        lines.append(say("cli.year", language, year=year, total=_tonnes(total, language)))
        if year in bridges:
            lines.extend(_bridged(bridges[year], found[year], language))
        if opened.target is not None:
            lines.append(_against_target(opened, year, total, language))
    return "\n".join(lines)


def _bridged(bridge: YearBridge, trend: Trend, language: str) -> list[str]:
    change = bridge.after - bridge.before
    facts: dict[str, object] = {"change": _tonnes_more(change, language), "trend": label("trend", str(trend), language)}
    lines = [say("cli.year-trend", language, year=bridge.years[0], **facts)]
    for one in bridge.changes:
        shown = _tonnes_more(one.total, language) + _parts(bridge, one, language)
        lines.append(say("cli.year-cause", language, cause=label("cause", one.cause, language), change=shown))
    if bridge.replayed != bridge.before:
        facts |= {"earlier": bridge.years[0], "later": bridge.years[1], "total": _tonnes(bridge.replayed, language)}
        lines.append(say("cli.year-replayed", language, **facts))
    return lines


def _parts(bridge: YearBridge, change: Change, language: str) -> str:
    """Return the largest parts of a change by domain and kind, and how many more there are."""
    parts = bridge.by(change.cause, "domain", "kind")
    said = [
        f"{domain or '-'} {label('kind', kind, language)} {_tonnes_more(amount, language)}"
        for (domain, kind), amount in islice(parts.items(), _SHOWN)
    ]
    if len(parts) > _SHOWN:
        said.append(say("cli.year-more", language, count=len(parts) - _SHOWN))
    return f" ({', '.join(said)})" if said else ""


def _against_target(opened: Years, year: int, total: Fraction, language: str) -> str:
    assert opened.target is not None
    allowed = opened.target.allowed(opened.totals[opened.target.base_year], year)
    facts: dict[str, object] = {
        "change": opened.target.change,
        "base": opened.target.base_year,
        "year": opened.target.year,
    }
    return say(
        "cli.year-target", language, **facts, allowed=_tonnes(allowed, language),
        gap=_tonnes_more(total - allowed, language), source=opened.target.source,
    )  # fmt: skip


def _years_record(opened: Years, found: dict[int, Trend]) -> dict[str, object]:
    bridges = [
        {
            "years": list(bridge.years),
            "before": str(bridge.before),
            "replayed": str(bridge.replayed),
            "after": str(bridge.after),
            "trend": str(found[bridge.years[1]]),
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


def told_resize(opened: Folder, *, form: str, language: str) -> str:
    """Return the fleet that is there against the one that is wanted, by site and type: items, and kgCO2eq.

    A type without a factor has no emissions beside it, and the sums say what they leave out. As JSON: exact.
    """
    found = resized(opened)
    if form == "json":
        record = {"lines": [_resized_record(line) for line in found.lines], "untouched": list(found.untouched)}
        return json.dumps(record, ensure_ascii=False, indent=2)
    said: list[str] = []
    for site in found.sites:
        said.append(say("cli.resize-site", language, site=site or "-", changed=_items(found.changed(site), language)))
        said.extend(_resized(line, language) for line in found.on(site))
    said.append(_resized_sum(found.lines, language))
    if found.untouched:
        names = ", ".join(label("equipment", name, language) for name in found.untouched)
        said.append(say("cli.resize-untouched", language, names=names))
    return "\n".join(said)


def _resized(line: Resized, language: str) -> str:
    return say(
        "cli.resize-line",
        language,
        equipment=label("equipment", line.equipment, language),
        current=_items(line.current, language),
        target=_items(line.target, language),
        kept=_items(line.kept, language),
        added=_items(line.added, language),
        removed=_items(line.removed, language),
        embodied=_kilograms(line.embodied, language),
        use=_kilograms(_minus(line.use_after, line.use_before), language),
    )


def _resized_sum(lines: tuple[Resized, ...], language: str) -> str:
    embodied = [line.embodied for line in lines]
    use = [_minus(line.use_after, line.use_before) for line in lines]
    return say(
        "cli.resize-sum",
        language,
        embodied=_kilograms(sum(filter(None, embodied), Fraction(0)), language),
        use=_kilograms(sum(filter(None, use), Fraction(0)), language),
        missing=embodied.count(None) + use.count(None),
    )


def _resized_record(line: Resized) -> dict[str, object]:
    exactly = {
        "current": line.current, "target": line.target, "kept": line.kept, "added": line.added,
        "removed": line.removed, "embodied": line.embodied, "use_before": line.use_before, "use_after": line.use_after,
    }  # fmt: skip
    numbers = {name: None if value is None else str(value) for name, value in exactly.items()}
    return {"site": line.site, "equipment": line.equipment, **numbers}


def _minus(after: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if after is None or before is None else after - before


def _items(number: Fraction, language: str) -> str:
    return written(number, 0 if number.denominator == 1 else 3, language)


def _kilograms(number: Fraction | None, language: str) -> str:
    return say("cli.resize-unknown", language) if number is None else f"{_signed(number, language)} kgCO2eq"


def _told(outcome: Outcome, footprint: Footprint, language: str) -> str:
    today = footprint.exact_total()
    share = f" ({_signed(outcome.difference * 100 / today, language)} %)" if today else ""
    parts = ", ".join(
        f"{label('kind', kind, language)} {_tonnes_more(change, language)}"
        for kind, change in outcome.kinds.items()
        if change
    )
    head = say(
        "cli.scenario",
        language,
        name=outcome.scenario.name,
        total=_tonnes(outcome.footprint.exact_total(), language),
        difference=_tonnes_more(outcome.difference, language) + share,
    )
    lines = [head, f"    {parts}"] if parts else [head]
    if outcome.difference:
        low, high = (_tonnes_more(edge.value, language) for edge in _interval(outcome, footprint))
        lines.append(say("cli.scenario-interval", language, low=low, high=high, level=round(100 * _LEVEL)))
    if any(isinstance(lever, Replacement) for lever in outcome.scenario.levers):
        lines.append(say("cli.scenario-replaces", language))
    return "\n".join(lines)


def _interval(outcome: Outcome, footprint: Footprint) -> tuple[Quantity, Quantity]:
    """Return the interval of a difference: what both sides share is drawn once, and falls away."""
    return (outcome.footprint.uncertain() - footprint.uncertain()).interval(_LEVEL)


def _record(outcome: Outcome, footprint: Footprint) -> dict[str, object]:
    low, high = _interval(outcome, footprint)
    return {
        "interval": {"level": _LEVEL, "low": str(low.value), "high": str(high.value)},
        "name": outcome.scenario.name,
        "kgCO2eq": str(outcome.footprint.exact_total()),
        "difference": str(outcome.difference),
        "kinds": {kind: str(change) for kind, change in outcome.kinds.items()},
    }


def _tonnes(kilograms: Fraction, language: str) -> str:
    return written(kilograms / _TONNE, 1, language)


def _tonnes_more(kilograms: Fraction, language: str) -> str:
    return _signed(kilograms / _TONNE, language)


def _signed(number: Fraction, language: str) -> str:
    shown = written(number, 1, language)
    return f"+{shown}" if number > 0 and not shown.startswith("+") else shown
