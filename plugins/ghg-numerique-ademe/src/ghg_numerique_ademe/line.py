"""A row of the export as text: the columns that are read, and what ADEME calls them."""

from typing import Final

import attrs

HEADERS: Final = {
    "kind": "Type Ligne",
    "id": "Identifiant de l'élément",
    "type": "Type de l'élément",
    "status": "Statut de l'élément",
    "name": "Nom base français",
    "attribute": "Nom attribut français",
    "frontier": "Nom frontière français",
    "category": "Code de la catégorie",
    "unit": "Unité français",
    "place": "Localisation géographique",
    "part_of_place": "Sous-localisation géographique français",
    "validity": "Période de validité",
    "uncertainty": "Incertitude",
    "comment": "Commentaire français",
    "post_type": "Type poste",
    "post_name": "Nom poste français",
    "total": "Total poste non décomposé",
    "co2b": "CO2b",
}
"""The header of each field."""

GASES: Final = ("CO2f", "CH4f", "CH4b", "N2O", "Autres GES", *(f"Valeur gaz supplémentaire {n}" for n in range(1, 6)))
"""The columns per gas: in kgCO2eq already, and in the total; only the total is used, and they are checked against it."""

NEEDED: Final = ("id", "type", "status", "name", "category", "unit", "place", "total")
"""Fields without which no row can become a factor; one of `kind` and `post_type` is needed too."""


@attrs.frozen
class Line:
    """One row: `row` as a spreadsheet numbers it, `gases` its cells by gas in the order of GASES.

    `damaged` is the first cell that is read and cannot be what it was, after the header of its column.
    """

    row: int
    kind: str = ""
    id: str = ""
    type: str = ""
    status: str = ""
    name: str = ""
    attribute: str = ""
    frontier: str = ""
    category: str = ""
    unit: str = ""
    place: str = ""
    part_of_place: str = ""
    validity: str = ""
    uncertainty: str = ""
    comment: str = ""
    post_type: str = ""
    post_name: str = ""
    total: str = ""
    co2b: str = ""
    gases: tuple[str, ...] = ()
    damaged: tuple[str, str] = ("", "")

    @property
    def is_post(self) -> bool:
        """Tell whether the row is a part of an element; where the export has no `Type Ligne`, a part names its post."""
        return self.kind == "Poste" if self.kind else bool(self.post_type)

    @property
    def label(self) -> str:
        """The name, the attribute, the boundary and the part of a place, as published, joined by slashes."""
        return " / ".join(text for text in (self.name, self.attribute, self.frontier, self.part_of_place) if text)

    @property
    def geography(self) -> str:
        """The place and its part, as published."""
        return ", ".join(text for text in (self.place, self.part_of_place) if text)
