"""What the command prints of a fleet that is wanted beside the one that is there."""

import json
from fractions import Fraction

from ghg_numerique.decimals import written
from ghg_numerique.folders.folder import Folder
from ghg_numerique.folders.resizing import Resized, resized
from ghg_numerique.telling.outlook import signed
from ghg_numerique.wording import label, say


def told_resize(opened: Folder, *, form: str, language: str) -> str:
    """Return the fleet that is there against the one that is wanted, by site and type: items, and kgCO2eq.

    A type without a factor has no emissions beside it, and the sums say what they leave out. As JSON: exact.
    """
    found = resized(opened)
    if form == "json":
        record = {
            "lines": [_resized_record(line) for line in found.lines],
            "untouched": list(found.untouched),
            "stand_ins": [link.identity for link in found.stand_ins],
            "new_sites": list(found.new_sites),
        }
        return json.dumps(record, ensure_ascii=False, indent=2)
    said: list[str] = []
    for site in found.sites:
        said.append(say("cli.resize-site", language, site=site or "-", changed=_items(found.changed(site), language)))
        said.extend(_resized(line, language) for line in found.on(site))
    said.append(_resized_sum(found.lines, language))
    if found.untouched:
        names = ", ".join(label("equipment", name, language) for name in found.untouched)
        said.append(say("cli.resize-untouched", language, names=names))
    if found.new_sites:
        names = ", ".join(site or "-" for site in found.new_sites)
        said.append(say("cli.resize-new-sites", language, names=names))
    said.extend(
        say("cli.resize-stand-in", language, label=link.label or link.identity, identity=link.identity)
        for link in found.stand_ins
    )
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
    return say("cli.resize-unknown", language) if number is None else f"{signed(number, 1, language)} kgCO2eq"
