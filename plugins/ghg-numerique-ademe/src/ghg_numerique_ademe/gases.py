"""The columns per gas held against the total: they are in kgCO2eq already, so that they add up to it as they are."""

from decimal import Decimal
from typing import Final

import attrs

from ghg_numerique.plugin import Finding, Origin, Severity
from ghg_numerique_ademe.line import Line
from ghg_numerique_ademe.reasons import Refused
from ghg_numerique_ademe.spellings import number

TOLERANCE: Final = Decimal("0.01")
"""How far the sum may be from the total, as a part of the total: ADEME rounds to three figures."""

APART: Final = {
    "fr": "{id} : les gaz donnent {found}, le total dit {total} ; c'est le total qui compte.",
    "en": "{id}: the gases make {found}, the total says {total}; the total is what counts.",
}
CHECKED: Final = {
    "fr": "{checked} éléments décomposés par gaz ; {apart} s'écartent de leur total de plus de {percent} %.",
    "en": "{checked} elements decomposed by gas; {apart} are more than {percent} % away from their total.",
}


@attrs.define
class GasCheck:
    """Holds elements against their gases, and keeps what it found. Biogenic CO2 is no part of a total."""

    mark: str
    checked: int = 0
    apart: int = 0
    findings: list[Finding] = attrs.Factory(list)

    def look(self, line: Line, origin: Origin) -> None:
        """Check an element that is decomposed by gas; one without gases, or with damaged ones, is not looked at."""
        try:
            parts = [Decimal(number(cell, self.mark)) for cell in line.gases if cell]
            total = Decimal(number(line.total, self.mark))
        except Refused:
            return
        if not parts:
            return
        self.checked += 1
        found = sum(parts, start=Decimal(0))
        if abs(found - total) > TOLERANCE * abs(total):
            self.apart += 1
            facts = {"id": line.id, "found": f"{found:f}", "total": f"{total:f}"}
            said = {language: sentence.format(**facts) for language, sentence in APART.items()}
            self.findings.append(Finding.of("gas-total", Severity.WARNING, origin, facts["found"], id=line.id, **said))

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What was found, after one line that says how many elements were looked at."""
        facts = {"checked": self.checked, "apart": self.apart, "percent": int(TOLERANCE * 100)}
        said = {language: sentence.format(**facts) for language, sentence in CHECKED.items()}
        whole = Finding.of("gas-check", Severity.NOTE, Origin(), str(self.checked), **said)
        return (whole, *self.findings) if self.checked else ()
