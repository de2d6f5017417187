"""What the command prints that is not a report: explanations, the fate of a row, locks and plugins."""

import json
from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, islice

import attrs

from ghg_numerique.decimals import written
from ghg_numerique.engine.bridge import Answer, Step, bridge
from ghg_numerique.engine.explain import Explanation, RowFate, explain, fates, set_apart
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.files import write_whole
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.lock import LOCK_FILE, Lock, LockedFactor
from ghg_numerique.model.quarantine import listed
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.provenance import Origin
from ghg_numerique.telling.raw import RawRows
from ghg_numerique.units import Quantity
from ghg_numerique.wording import label, say


def told_rows(opened: Folder, where: dict[str, str], *, limit: int, form: str, language: str) -> str:
    """Return the rows behind the cells that agree with `where`, and the sum of all of them."""
    rows = list(explain(opened.inventory, opened.resolution, **where))
    if not rows:
        _refuse_unknown(opened, where)
    total = sum((found.result.value for found in rows), start=Fraction(0))
    raw = RawRows.of(opened.path, opened.inventory.inputs)
    if form == "json":
        return json.dumps([_record(found, raw) for found in rows], ensure_ascii=False, indent=2)
    if not rows:
        return say("cli.nothing", language)
    parts = [
        *chain.from_iterable(
            (_explained(found, language), *_raw(raw, found.origin, language)) for found in islice(rows, limit)
        )
    ]
    if len(rows) > limit:
        parts.append(say("cli.more", language, count=len(rows) - limit))
    parts.append(say("cli.sum", language, total=_shown(Quantity(total, "kgCO2eq"), language)))
    if opened.lock is not None:
        parts.append(say("cli.locked", language))
    return "\n".join(parts)


def _refuse_unknown(opened: Folder, where: dict[str, str]) -> None:
    """Raise ConfigurationError where a value is in no cell of the footprint, and is no domain of the methodology."""
    for name, value in where.items():
        known = {*opened.footprint.by(name).groups, *(opened.methodology.domains if name == "domain" else ())}
        if value not in known:
            listed_values = ", ".join(sorted(filter(None, known)))
            raise ConfigurationError("where-unknown", name=name, value=value, known=listed_values)


def told_fate(opened: Folder, row: str, *, form: str, language: str) -> str:
    """Return where one source row ended: its fate, and the chains that it went through."""
    known = chain(fates(opened.inventory, opened.resolution), (set_apart(one.row) for one in opened.refused))
    found = list(dict.fromkeys(fate for fate in known if str(fate.origin) == row))
    if not found:
        raise ConfigurationError("row-unknown", row=row)
    through = [one for one in explain(opened.inventory, opened.resolution) if str(one.origin) == row]
    raw = RawRows.of(opened.path, opened.inventory.inputs)
    if form == "json":
        records = [
            {**_fate_record(fate), "raw": raw.cells(fate.origin), "chains": [_record(one, raw) for one in through]}
            for fate in found
        ]
        return json.dumps(records, ensure_ascii=False, indent=2)
    faults = [
        finding.text(language)
        for finding in opened.inventory.findings
        if str(attrs.evolve(finding.origin, column="")) == row
    ]
    return "\n".join(
        [
            *(_fate(fate, language) for fate in found),
            *(_explained(one, language) for one in through),
            *faults,
            *_raw(raw, found[0].origin, language),
        ]
    )


def told_lock(opened: Folder, *, update: bool, language: str) -> str:
    """Write the lock of a folder, or renew it, and return what that changes; without `update` nothing is rewritten."""
    opened.check_lock()
    path, fresh = opened.path / LOCK_FILE, opened.pinned()
    if not path.is_file():
        write_whole(str(path), fresh.text().encode())
        return say("cli.lock-written", language, path=path, factors=len(fresh.factors), gaps=len(fresh.gaps))
    old = Lock.read(path)
    crossed = bridge(opened.inventory, opened.keys, opened.methodology, old, fresh)
    lines = [_step(step, language) for step in crossed.steps]
    totals = (crossed.old, sum((step.effect for step in crossed.steps), start=Fraction(0)), crossed.new)
    names = ("old", "change", "new")
    shown = {name: written(total, 3, language) for name, total in zip(names, totals, strict=True)}
    shown["change"] = f"+ {shown['change']}" if totals[1] >= 0 else shown["change"].replace("-", "- ")
    lines.append(say("cli.lock-bridge", language, **shown))
    if fresh == old:
        lines = [say("cli.lock-same", language, path=path)]
    elif update:
        write_whole(str(path), fresh.text().encode())
        lines.append(say("cli.lock-updated", language, path=path))
    else:
        lines.append(say("cli.lock-kept", language, path=path))
    return "\n".join(lines)


def opened_apart(
    folder: str, factors: Iterable[str], quarantine: str | None, language: str, others: Iterable[str | None] = ()
) -> Folder:
    """Return a folder; where a file is given for its faulty rows, they are set aside and listed there, with reasons.

    Neither that file nor the others that will be written may be one that the folder is read from.
    """
    opened = Folder.open(folder, factors=factors, quarantine=quarantine is not None)
    opened.check_output(*(path for path in (quarantine, *others) if path is not None))
    if quarantine is not None:
        write_whole(quarantine, listed(opened.refused, language))
    return opened


def _step(step: Step, language: str) -> str:
    effect = ("+" if step.effect > 0 else "") + written(step.effect, 3, language)
    return say(
        "cli.lock-step", language, key=step.key, before=_answer(step.before), after=_answer(step.after), effect=effect
    )


def _answer(answer: Answer) -> str:
    return f"{answer.value} {answer.unit} [{answer.source}#{answer.id}]" if isinstance(answer, LockedFactor) else "-"


def told_plugins(catalogue: Catalogue, language: str) -> str:
    """Return the plugins, and the names of all that they bring together."""
    lines = [
        say("cli.plugin", language, name=record.name, distribution=record.distribution, version=record.version)
        for record in catalogue.plugins
    ]
    brought = {
        "provider": [f"{provider.name} ({provider.role})" for provider in catalogue.providers],
        "importer": [importer.name for importer in catalogue.importers],
        "factor-importer": [importer.name for importer in catalogue.factor_importers],
        "reports": [report.name for report in catalogue.reports],
    }
    for kind, names in brought.items():
        lines.append(say("cli.plugin-provides", language, kind=label("cli", kind, language), names=", ".join(names)))
    return "\n".join(lines)


def _explained(found: Explanation, language: str) -> str:
    where = " / ".join(value for value in found.cell.values() if value)
    lines = [f"{found.origin} {found.id}".strip() + f"  [{where}]", f"    {_shown(found.amount, language)}"]
    lines.extend(f"  x {_link(link, language)}" for link in found.chain)
    lines.append("  " + say("cli.row-sum", language, result=_shown(found.result, language)))
    lines.extend(
        "    "
        + say(
            "cli.lost",
            language,
            provider=loser.provider,
            coefficient=_link(loser.offer.coefficient, language),
            reason=label("lost", str(loser.lost), language),
        )
        for loser in found.rejected
    )
    return "\n".join(lines)


def _raw(raw: RawRows, origin: Origin, language: str) -> list[str]:
    """Return the cells of a row as they stand in its file, where that file can still be read as it was."""
    cells = [f"{name} = {cell!r}" for name, cell in raw.cells(origin).items() if cell]
    return [f"    {say('cli.raw', language, cells=' | '.join(cells))}"] if cells else []


def _link(link: Coefficient, language: str) -> str:
    """Return a coefficient as a factor of a product; one without a unit says what it is."""
    unit = label("role", link.role, language) if link.unit == "1" else link.unit
    terms = f" = {link.derivation}" if link.derivation else ""
    return f"{link.value} {unit}{terms} {link.label} [{link.identity}]".replace("  ", " ")


def _fate(fate: RowFate, language: str) -> str:
    said = label("fate", str(fate.fate), language)
    groups = {"excluded": "exclusion", "unresolved": "gap"}
    if fate.reason:
        missing = "".join(f", {key}" for key in fate.missing)
        said += f" ({label(groups.get(str(fate.fate), 'fate'), str(fate.reason), language)}{missing})"
    row = f"{fate.origin} {fate.id}".strip()
    return say("cli.fate", language, row=row, amount=_shown(fate.amount, language), fate=said)


def _shown(quantity: Quantity, language: str) -> str:
    digits = 0 if quantity.value.denominator == 1 else 3
    return f"{written(quantity.value, digits, language)} {quantity.unit}"


def _record(found: Explanation, raw: RawRows) -> dict[str, object]:
    return {
        "file": found.origin.file,
        "sheet": found.origin.sheet,
        "row": found.origin.row,
        "id": found.id,
        "raw": raw.cells(found.origin),
        "cell": found.cell,
        "amount": str(found.amount.value),
        "unit": found.amount.unit,
        "chain": [
            {"id": link.identity, "value": link.value, "unit": link.unit, "label": link.label} for link in found.chain
        ],
        "kgCO2eq": str(found.result.value),
        "rejected": [
            {"provider": loser.provider, "id": loser.offer.coefficient.identity, "lost": str(loser.lost)}
            for loser in found.rejected
        ],
    }


def _fate_record(fate: RowFate) -> dict[str, object]:
    return {
        "file": fate.origin.file, "sheet": fate.origin.sheet, "row": fate.origin.row, "id": fate.id,
        "amount": str(fate.amount.value), "unit": fate.amount.unit, "fate": str(fate.fate), "reason": str(fate.reason),
    }  # fmt: skip
