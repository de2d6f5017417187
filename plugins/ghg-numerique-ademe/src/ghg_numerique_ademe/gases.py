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
            self.findings.append(
                Finding.of(
                    "gas-total", Severity.WARNING, origin, f"{found:f}", id=line.id,
                    fr=f"{line.id} : les gaz donnent {found:f}, le total dit {total:f} ; c'est le total qui compte.",
                    en=f"{line.id}: the gases make {found:f}, the total says {total:f}; the total is what counts.",
                )
            )  # fmt: skip

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What was found, after one line that says how many elements were looked at."""
        percent = f"{TOLERANCE:.0%}".removesuffix("%")
        said = Finding.of(
            "gas-check", Severity.NOTE, value=str(self.checked),
            fr=f"{self.checked} éléments décomposés par gaz ; {self.apart} s'écartent de leur total de plus de {percent} %.",
            en=f"{self.checked} elements decomposed by gas; {self.apart} are more than {percent} % away from their total.",
        )  # fmt: skip
        return (said, *self.findings) if self.checked else ()
