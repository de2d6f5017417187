"""An audit as a report: text, Markdown or JSON, with the smallest counter-example of each property that fails."""

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

import attrs

from ghg_numerique.audit.run import Audit, Outcome, Status, Watch, audit
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import written
from ghg_numerique.folders.folder import Folder
from ghg_numerique.result.record import SHORT, root
from ghg_numerique.wording import say

SCHEMA: Final = "ghg-numerique-audit/1"
SHOWN: Final = 10
"""How many rows of a counter-example are shown; JSON has all of them."""


def told_audit(opened: Folder, *, profile: str, form: str, language: str, watch: Watch) -> tuple[str, int]:
    """Return the report of the audit of a folder, and how many properties do not hold."""
    subject = Subject.of(opened)
    found = attrs.evolve(audit(subject, profile, watch=watch), root=root(opened.footprint))
    tell = Telling(opened, found, subject.footprint.exact_total(), language)
    return FORMS[form](tell), len(found.of(Status.FAILS))


class Telling:
    """What the three forms of a report share: the audit, whose it is, and the language."""

    def __init__(self, opened: Folder, found: Audit, total: Fraction, language: str) -> None:
        self.opened, self.found, self.total, self.language = opened, found, total, language

    def say(self, code: str, /, **facts: object) -> str:
        """Return a sentence of the audit."""
        return say(f"audit.{code}", self.language, **facts)

    @property
    def title(self) -> str:
        """The heading."""
        return self.say("title", organisation=self.opened.project.organisation)

    @property
    def lead(self) -> str:
        """How many properties hold, of which result."""
        counts = {str(status): len(self.found.of(status)) for status in Status}
        return self.say(
            "lead", **counts, rows=self.found.rows, profile=self.found.profile, root=self.found.root[:SHORT]
        )

    def families(self) -> Iterator[tuple[str, list[Outcome]]]:
        """Return the outcomes by family, each under its heading."""
        for family, outcomes in groupby(self.found.outcomes, key=lambda one: one.property.id[0]):
            yield self.say(f"family-{family}"), list(outcomes)

    def counter_example(self, one: Outcome) -> Iterator[str]:
        """Return the lines that show why a property does not hold; the last ones replay it."""
        violation = one.violation
        if violation is None:
            return
        yield self.say("case", case=violation.case)
        if violation.fault:
            yield self.say(violation.fault)
        yield f"{self.say('expected')}: {violation.expected}"
        yield f"{self.say('found')}: {violation.found}"
        yield self._gap(violation.kilograms)
        yield f"{self.say('catches')}: {one.property.catches(self.language)}"
        yield self.say("enough" if one.rows else "whole")
        for row in one.rows[:SHOWN]:
            place = self.say("cell", file=row.origin.file or "-", row=row.origin.row)
            sheet = f" [{row.origin.sheet}]" if row.origin.sheet else ""
            yield f"  {place}{sheet}: {row.id} {row.said}".replace(":  ", ": ")
        if len(one.rows) > SHOWN:
            yield "  " + self.say("more", count=len(one.rows) - SHOWN)

    def _gap(self, kilograms: Fraction) -> str:
        if not kilograms:
            return self.say("no-gap")
        share = written(kilograms / self.total * 100, 3, self.language) + " %" if self.total else "-"
        return self.say("gap", tonnes=written(kilograms / 1000, 6, self.language), share=share)

    def script(self, one: Outcome) -> str:
        """Return Python that tries the property again on the rows that are enough."""
        places = [row.place for row in one.rows]
        rows = f".only({places})" if places else ""
        return (
            "import ghg_numerique as ghg\n"
            "from ghg_numerique.audit import PROPERTIES, Subject\n\n"
            f"subject = Subject.of(ghg.Folder.open({str(self.opened.path)!r})){rows}\n"
            f"print(*filter(None, PROPERTIES[{one.property.id!r}].check(subject, 3)))"
        )


def _text(tell: Telling) -> str:
    lines = [tell.title, "=" * len(tell.title), tell.lead, tell.say("note")]
    for heading, outcomes in tell.families():
        lines += ["", heading, "-" * len(heading)]
        for one in outcomes:
            law = one.property.law(tell.language)
            lines.append(f"{one.property.id:<4} {tell.say(one.status)}, {tell.say('cases', count=one.cases)}  {law}")
            lines += [f"     {line}" for line in tell.counter_example(one)]
            if one.status is Status.FAILS:
                lines += [f"     {tell.say('script')}", *(f"       {line}" for line in tell.script(one).splitlines())]
            elif one.status is Status.NOT_APPLICABLE:
                lines.append(f"     {tell.say('needs')}: {one.property.needs(tell.language)}")
    return "\n".join(lines)


def _markdown(tell: Telling) -> str:
    blocks = [f"# {tell.title}", tell.lead, tell.say("note")]
    columns = [" ", tell.say("property"), tell.say("result"), tell.say("tried")]
    for heading, outcomes in tell.families():
        rows = [f"| {' | '.join(columns)} |", "| --- | --- | --- | ---: |"]
        for one in outcomes:
            law = one.property.law(tell.language)
            rows.append(f"| {one.property.id} | {law} | {tell.say(one.status)} | {one.cases} |")
        blocks += [f"## {heading}", "\n".join(rows)]
        for one in outcomes:
            if one.status is Status.FAILS:
                told = "\n".join(tell.counter_example(one))
                blocks += [f"### {one.property.id}", f"```text\n{told}\n```", f"```python\n{tell.script(one)}\n```"]
    return "\n\n".join(blocks)


def _json(tell: Telling) -> str:
    record = {
        "schema": SCHEMA,
        "organisation": tell.opened.project.organisation,
        "root": tell.found.root,
        "rows": tell.found.rows,
        "profile": tell.found.profile,
        "properties": [_record(tell, one) for one in tell.found.outcomes],
    }
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)


def _record(tell: Telling, one: Outcome) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": one.property.id,
        "law": one.property.law(tell.language),
        "status": str(one.status),
        "cases": one.cases,
    }
    if one.violation is not None:
        record["counter_example"] = {
            "case": one.violation.case,
            "fault": one.violation.fault and tell.say(one.violation.fault),
            "expected": one.violation.expected,
            "found": one.violation.found,
            "kgCO2eq": str(one.violation.kilograms),
            "rows": [
                {
                    "file": row.origin.file,
                    "sheet": row.origin.sheet,
                    "row": row.origin.row,
                    "id": row.id,
                    "said": row.said,
                }
                for row in one.rows
            ],
            "script": tell.script(one),
        }
    return record


FORMS: Final[Mapping[str, Callable[[Telling], str]]] = {"text": _text, "markdown": _markdown, "json": _json}
