"""A table that each importer reads, as a text and as a workbook."""

from typing import Final

from workbooks import xlsx

SAMPLES: Final = {
    "hardware-csv": ("identifiant;équipement;quantité;date_entrée\na;laptop;3;2024-03-01\n", {}),
    "spending-csv": ("id;amount;date;nature\na;12,5;2024-03-01;licence\n", {"tax_basis": "HT"}),
    "emissions-csv": ("id;emissions;unit;type;year\na;12,5;tCO2eq;services;2024\n", {}),
    "numecoeval": (
        "nomEquipementPhysique;modele;quantite;dateAchat;type;paysDUtilisation\na;X;2;2022-01-03;Ecran;France\n",
        {},
    ),
    "m57-csv": ("nature;mt_real;op_budg\n6156;12,5;0\n", {"tax_basis": "TTC", "year": "2024"}),
    "scdl-budget": (
        "BGT_NATDEC;BGT_ANNEE;BGT_NATURE;BGT_OPBUDG;BGT_CODRD;BGT_MTREAL\ncompte administratif;2024;6156;réel;dépense;9\n",
        {"tax_basis": "TTC"},
    ),
    "ledger-csv": ("CompteNum;EcritureDate;Debit;Credit\n615600;20240301;12,5;\n", {"tax_basis": "HT"}),
}
"""A text by the name of its importer, and the options that it needs."""


def in_a_workbook(text: str) -> bytes:
    """Return a workbook of one sheet that says what a text of semicolons says."""
    return xlsx(Feuille1=[[_typed(cell) for cell in line.split(";")] for line in text.splitlines()])


def _typed(cell: str) -> object:
    """Return a cell as a spreadsheet would take it: digits become numbers, in accounts and in compact days too."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell
