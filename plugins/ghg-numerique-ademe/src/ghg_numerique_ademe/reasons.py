"""Why a row of the export is not in the table: a closed list, said in both languages."""

from enum import StrEnum
from typing import Final

import attrs

from ghg_numerique.plugin import Finding, Origin, Severity


class Reason(StrEnum):
    """The reasons in the order in which they are looked for: a row is refused for the first that applies."""

    POSTE = "poste"
    SOURCE_DATA = "source_data"
    ARCHIVED = "archived"
    DAMAGED = "damaged"
    PRICE_BASIS = "price_basis"
    PRICE_YEAR = "price_year"
    UNIT = "unit"
    ROLE = "role"
    DUPLICATE = "duplicate"


SAID: Final = {
    Reason.POSTE: (
        "postes d'un élément, déjà dans son total : les ajouter compterait deux fois",
        "parts of an element, already in its total: adding them would count twice",
    ),
    Reason.SOURCE_DATA: (
        "données source (kWh par ménage, pourcentages), qui ne sont pas des facteurs d'émission",
        "source data (kWh per household, percentages), which are no emission factors",
    ),
    Reason.ARCHIVED: (
        "archivés par l'ADEME ; --archived les garde, sans qu'ils répondent jamais",
        "archived by ADEME; --archived keeps them, though they never answer",
    ),
    Reason.DAMAGED: (
        "cellule abîmée ou illisible : reprendre la ligne à la source",
        "a cell is damaged or cannot be read: take the row from its source again",
    ),
    Reason.PRICE_BASIS: (
        "par euro, sans dire l'année des prix ou si c'est hors taxes",
        "per euro, without the price year or whether tax is in it",
    ),
    Reason.PRICE_YEAR: (
        "l'unité nomme les prix d'une autre année que les tables livrées pour cet identifiant : reprendre la ligne à la source",
        "the unit names the prices of another year than the shipped tables for this identifier: take the row from its source",
    ),
    Reason.UNIT: (
        "unité hors de la liste fermée de ce que la bibliothèque compte",
        "a unit outside the closed list of what the library counts",
    ),
    Reason.ROLE: (
        "ni matériel numérique, ni papier, ni mix électrique, ni ratio monétaire",
        "neither digital equipment, nor paper, nor an electricity mix, nor a monetary ratio",
    ),
    Reason.DUPLICATE: (
        "identifiant porté par plusieurs éléments : rien ne dit lequel compte",
        "an identifier of several elements: nothing says which one counts",
    ),
}


@attrs.frozen
class Refused(Exception):  # noqa: N818 - it is no error of the program: the row is refused
    """A row of the export that does not become a row of the table; `value` is what was refused, in `column`."""

    reason: Reason
    value: str
    column: str = ""

    def at(self, origin: Origin, identifier: str) -> Finding:
        """Return the refusal as a finding with the place of the row, and of the column where the refusal has one."""
        french, english = SAID[self.reason]
        severity = (
            Severity.WARNING if self.reason in (Reason.DAMAGED, Reason.PRICE_YEAR, Reason.DUPLICATE) else Severity.NOTE
        )
        return Finding.of(
            self.reason, severity, origin.at(self.column), self.value, id=identifier, fr=french, en=english
        )
