"""Importers of files: hardware, spending, declared emissions, NumEcoEval inventories, budgets and ledgers."""

from ghg_numerique.plugin import Importer, hookimpl
from ghg_numerique_files.docbudgetaire import DocBudgetaire
from ghg_numerique_files.emissions import EmissionsCsv
from ghg_numerique_files.hardware import HardwareCsv
from ghg_numerique_files.ledger import LedgerCsv
from ghg_numerique_files.m57 import M57Csv
from ghg_numerique_files.numecoeval import NumEcoEval
from ghg_numerique_files.scdl import ScdlBudget
from ghg_numerique_files.spending import SpendingCsv
from ghg_numerique_files.vocabularies import house_words

__all__ = [
    "DocBudgetaire",
    "EmissionsCsv",
    "HardwareCsv",
    "LedgerCsv",
    "M57Csv",
    "NumEcoEval",
    "ScdlBudget",
    "SpendingCsv",
    "ghg_importers",
    "house_words",
]


@hookimpl
def ghg_importers() -> tuple[Importer, ...]:
    """Return the importers of this plugin."""
    return (
        HardwareCsv(),
        SpendingCsv(),
        EmissionsCsv(),
        NumEcoEval(),
        M57Csv(),
        DocBudgetaire(),
        ScdlBudget(),
        LedgerCsv(),
    )
