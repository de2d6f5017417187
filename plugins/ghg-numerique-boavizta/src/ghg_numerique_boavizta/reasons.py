"""Why a row of the file is not in the table: a closed list, said in both languages."""

from enum import StrEnum
from typing import Final

import attrs

from ghg_numerique.plugin import Finding, Origin, Severity


class Reason(StrEnum):
    """The reasons in the order in which they are looked for: a row is refused for the first that applies."""

    CELLS = "cells"
    NAME = "name"
    TOTAL = "total"
    USE_SHARE = "use_share"
    NUMBER = "number"
    SHARES = "shares"
    TYPE = "type"
    RIVALS = "rivals"
    REPEATED = "repeated"


SAID: Final = {
    Reason.CELLS: (
        "la ligne n'a pas autant de cellules que l'en-tête : la reprendre à la source",
        "the row has not as many cells as the header: take it from the source again",
    ),
    Reason.NAME: (
        "sans fabricant ou sans nom (« | » n'y est pas permis) : rien ne dit de quel matériel il s'agit",
        "without a manufacturer or a name (in which `|` is not allowed): nothing says which device it is",
    ),
    Reason.TOTAL: (
        "sans total (gwp_total) supérieur à zéro",
        "without a total (gwp_total) above zero",
    ),
    Reason.USE_SHARE: (
        "sans part d'utilisation (gwp_use_ratio) : l'énergie grise ne peut pas être séparée de l'utilisation",
        "without a use share (gwp_use_ratio): what is embodied cannot be told from use",
    ),
    Reason.NUMBER: (
        "un nombre ne se lit pas avec la marque décimale du fichier (virgule sous « ; », point sous « , »)",
        "a number does not read with the decimal mark of the file (comma under `;`, point under `,`)",
    ),
    Reason.SHARES: (
        "parts impossibles : utilisation de 1 ou plus, ou somme au-dessus de 1,02 (quatre arrondis d'un demi-centième)",
        "impossible shares: a use of 1 or more, or a sum above 1.02 (four roundings of half a hundredth)",
    ),
    Reason.TYPE: (
        "sous-catégorie qui ne correspond à aucun type de matériel de la maison",
        "a subcategory that stands for no type of equipment of the house",
    ),
    Reason.RIVALS: (
        "même fabricant et même nom qu'une autre ligne, avec d'autres chiffres : rien ne dit laquelle compte",
        "same manufacturer and name as another row, with other figures: nothing says which one counts",
    ),
    Reason.REPEATED: (
        "répète une ligne précédente, chiffre pour chiffre : une seule suffit",
        "repeats an earlier row, figure for figure: one is enough",
    ),
}
"""Each reason in French and in English."""

_EXPECTED: Final = (Reason.USE_SHARE, Reason.TYPE, Reason.REPEATED)
"""What is as published, and no fault to mend: it is a note, and all else is a warning."""


@attrs.frozen
class Refused(Exception):  # noqa: N818 - it is no error of the program: the row is refused
    """A row that does not become a factor: why, the column that shows it, and what stands there."""

    reason: Reason
    column: str = ""
    value: str = ""

    def at(self, origin: Origin, identifier: str) -> Finding:
        """Return the refusal as a finding with the place of the row."""
        french, english = SAID[self.reason]
        severity = Severity.NOTE if self.reason in _EXPECTED else Severity.WARNING
        return Finding.of(
            f"boavizta-{self.reason}",
            severity,
            origin.at(self.column),
            self.value,
            id=identifier,
            fr=french,
            en=english,
        )
