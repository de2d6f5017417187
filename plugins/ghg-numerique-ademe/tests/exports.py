"""Small exports of the Base Carbone, in each form that ADEME publishes; the rows are real, the selection is ours."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from workbooks import letter, xlsx

BLANK: Final = dict.fromkeys(
    (
        "Type Ligne", "Identifiant de l'élément", "Structure", "Type de l'élément", "Statut de l'élément",
        "Nom base français", "Nom attribut français", "Nom frontière français", "Code de la catégorie", "Unité français",
        "Localisation géographique", "Sous-localisation géographique français", "Date de modification",
        "Période de validité", "Incertitude", "Réglementations", "Commentaire français", "Type poste",
        "Nom poste français", "Total poste non décomposé", "CO2f", "CH4f", "CH4b", "N2O", "Valeur gaz supplémentaire 1",
        "Autres GES", "CO2b",
    ),
    "",
)  # fmt: skip

DIGITAL: Final = "Achats de biens > Machines et équipements > Informatique et équipements électroniques"
MIX: Final = "Electricité > Mix réseau électrique > France continentale > Moyen"

Row = Mapping[str, object]


def element(identifier: int, name: str, total: float, unit: str = "kgCO2e/unité", **cells: object) -> Row:
    """Return an element; cells are given by the first word of their header."""
    headers = {header.split()[0].split("-")[0]: header for header in reversed(BLANK)}
    headers |= {"Type_poste": "Type poste", "Nom_attribut": "Nom attribut français", "Element": "Type de l'élément"}
    return BLANK | {
        "Type Ligne": "Elément", "Identifiant de l'élément": identifier, "Type de l'élément": "Facteur d'émission",
        "Statut de l'élément": "Valide générique", "Nom base français": name, "Code de la catégorie": DIGITAL,
        "Unité français": unit, "Localisation géographique": "France continentale", "Total poste non décomposé": total,
    } | {headers[word]: cell for word, cell in cells.items()}  # fmt: skip


def part(of: Row, name: str, total: float) -> Row:
    """Return a part of an element."""
    return {**of, "Type Ligne": "Poste", "Type poste": name, "Total poste non décomposé": total, "CO2f": ""}


LAPTOP = element(27002, "Ordinateur", 156.0, Nom_attribut="portable", Période=date(2021, 12, 20), Incertitude=50.0)
ROWS: Final = (
    LAPTOP,
    part(LAPTOP, "Intrants", 124.3),
    part(LAPTOP, "Transport", 31.7),
    element(27020, "Décodeur", 60.9, Incertitude=50.0),
    element(20595, "Ordinateur portable", 202.0, "kgCO2e/appareil", Statut="Archivé"),
    element(43642, "Electricité", 0.0519, "kgCO2e/kWh", Code=MIX, Période="Année 2024", Incertitude=10.0, CO2f=0.05,
            CH4f=0.001, CH4b=0.0, N2O=0.0009, Autres=0.0, CO2b=0.012),
    element(99001, "Electricité", 1.0, "kgCO2e/kWh", Code=MIX, CO2f=0.5, CH4f=0.0, CH4b=0.0, N2O=0.0, Autres=0.0),
    element(43296, "Autres matériels de transport – 2019", 283.0, "kgCO2e/keuro (2019) HT",
            Code="Achats de biens > Ratios monétaires", Période=2022.0, Incertitude=80.0),
    element(20876, "Cartouche toner", 0.23, "kgCO2e/100 feuilles A4",
            Code="Achats de biens > Autres produits manufacturés > Consommables de bureau", Période="3 ans"),
    element(20593, "Montant des achats", 917.0, "kgCO2e/keuro"),
    element(23329, "Télévision", 192.0, "kWh / (ménage.an)", Element="Données source"),
    element(28000, "Fromage", 5.5, "kgCO2e/kg", Code="Achats de biens > Produits agro-alimentaires"),
    element(28001, "Télévision", 5.5, "kgCO2e/m²"),
    element(28002, "TÃ©lÃ©vision", 5.5),
    element(28003, "Ecran", 5.5, Localisation="#N/A"),
    element(28004, "Ecran", 5.5, Statut="Peut-être"),
    element(28005, "Ecran", 5.5),
    element(28005, "Ecran", 6.5),
)  # fmt: skip


def texts(row: Row, mark: str, day: str) -> list[str]:
    """Return a row as texts: with a decimal mark, and days in a form."""
    found = []
    for cell in row.values():
        if isinstance(cell, float):
            found.append(f"{cell:g}".replace(".", mark))
        else:
            found.append(cell.strftime(day) if isinstance(cell, date) else str(cell))
    return found


def site(rows: Iterable[Row] = ROWS) -> bytes:
    """Return the CSV of the site: cp1252, semicolons, decimal commas, French days."""
    return written(rows, ";", ",", "%d/%m/%Y", list(BLANK), csv.QUOTE_MINIMAL).encode("cp1252")


def open_data(rows: Iterable[Row] = ROWS) -> bytes:
    """Return the CSV of data.ademe.fr: UTF-8 with its mark, commas, decimal points, without `Type Ligne`."""
    chosen = [header for header in reversed(BLANK) if header != "Type Ligne"]
    rows = [{header: row[header] for header in chosen} for row in rows]
    return written(rows, ",", ".", "%Y-%m-%d", chosen, csv.QUOTE_ALL).encode("utf-8-sig")


def written(rows: Iterable[Row], delimiter: str, mark: str, day: str, header: list[str], quoting: int) -> str:
    """Return rows as CSV."""
    page = io.StringIO(newline="")
    out = csv.writer(page, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    out.writerow(header)
    out.writerows(texts(row, mark, day) for row in rows)
    return page.getvalue()


def workbook(rows: Iterable[Row] = ROWS, **others: list[list[object]]) -> bytes:
    """Return an XLSX: numbers and days are typed cells, the error of a formula is one."""
    lines: list[list[object]] = [list(BLANK)]
    for number, row in enumerate(rows, start=2):
        lines.append([typed(cell, f"{letter(at)}{number}") for at, cell in enumerate(row.values())])
    return xlsx(**{"Base_Carbone": lines, **others})


def typed(cell: object, place: str) -> object:
    """Return a cell as a workbook holds it."""
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'.encode()
    if cell == "#N/A":
        return f'<c r="{place}" t="e"><v>#N/A</v></c>'.encode()
    return cell
