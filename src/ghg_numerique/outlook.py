"""What the command prints of decisions: scenarios side by side with today's footprint."""

import json
from fractions import Fraction

from ghg_numerique.algebra.outcome import Outcome, outcomes
from ghg_numerique.decimals import written
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.folder import Folder
from ghg_numerique.wording import label, say

_TONNE = 1000


def told_scenarios(opened: Folder, *, form: str, language: str) -> str:
    """Return today's footprint and every scenario of the folder beside it, in tCO2eq; as JSON, exact in kgCO2eq.

    Raises ConfigurationError where the folder names no scenario, and where a lever cannot be computed.
    """
    if not opened.scenarios:
        raise ConfigurationError("scenario-none", path=opened.path)
    today, found = opened.footprint, outcomes(opened.footprint, opened.scenarios)
    if form == "json":
        scenarios = [_record(outcome) for outcome in found]
        return json.dumps({"kgCO2eq": str(today.exact_total()), "scenarios": scenarios}, ensure_ascii=False, indent=2)
    total = today.exact_total()
    lines = [say("cli.scenario-today", language, total=_tonnes(total, language))]
    return "\n".join([*lines, *(_told(outcome, total, language) for outcome in found)])


def _told(outcome: Outcome, today: Fraction, language: str) -> str:
    share = f" ({_signed(outcome.difference * 100 / today, language)} %)" if today else ""
    parts = ", ".join(
        f"{label('kind', kind, language)} {_signed(change / _TONNE, language)}"
        for kind, change in outcome.kinds.items()
        if change
    )
    head = say(
        "cli.scenario",
        language,
        name=outcome.scenario.name,
        total=_tonnes(outcome.footprint.exact_total(), language),
        difference=_signed(outcome.difference / _TONNE, language) + share,
    )
    return f"{head}\n    {parts}" if parts else head


def _record(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.scenario.name,
        "kgCO2eq": str(outcome.footprint.exact_total()),
        "difference": str(outcome.difference),
        "kinds": {kind: str(change) for kind, change in outcome.kinds.items()},
    }


def _tonnes(kilograms: Fraction, language: str) -> str:
    return written(kilograms / _TONNE, 1, language)


def _signed(number: Fraction, language: str) -> str:
    shown = written(number, 1, language)
    return f"+{shown}" if number > 0 and not shown.startswith("+") else shown
