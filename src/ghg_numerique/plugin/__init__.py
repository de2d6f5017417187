"""The door for plugin authors: the hooks to implement, the contracts to keep, and the values they speak in."""

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.decimals import exact, millionths, plain, read_decimal, rounded, written
from ghg_numerique.errors import Finding, NumberError, RowError
from ghg_numerique.model.activity import DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.factors import Coefficient, EmissionFactor, FactorKey
from ghg_numerique.model.inventory import Inventory, SetAside
from ghg_numerique.model.quality import Spread
from ghg_numerique.model.tables import FactorTable, MappingTable, shipped_tables, table_folders
from ghg_numerique.plugin.contracts import Document, FactorProvider, Importer, Offer, Report
from ghg_numerique.plugin.hookspecs import hookimpl
from ghg_numerique.plugin.table_provider import TableProvider, folder_providers, providers_of
from ghg_numerique.provenance import Origin, Source
from ghg_numerique.terms import Kind, Match, Role, Severity, Stage, State

__all__ = [
    "Coefficient",
    "DeclaredEmission",
    "Document",
    "EmissionFactor",
    "FactorKey",
    "FactorProvider",
    "FactorTable",
    "Finding",
    "Footprint",
    "HardwareItem",
    "Importer",
    "Inventory",
    "Kind",
    "MappingTable",
    "Match",
    "NumberError",
    "Offer",
    "Origin",
    "Report",
    "Role",
    "RowError",
    "SetAside",
    "Severity",
    "Source",
    "SpendingLine",
    "Spread",
    "Stage",
    "State",
    "TableProvider",
    "exact",
    "folder_providers",
    "hookimpl",
    "millionths",
    "plain",
    "providers_of",
    "read_decimal",
    "rounded",
    "shipped_tables",
    "table_folders",
    "written",
]
