"""The door for plugin authors: the hooks to implement, the contracts to keep, and the values they speak in."""

from ghg_numerique.algebra.balances import Amounts, Balances, Line, Tally
from ghg_numerique.algebra.breakdown import Breakdown
from ghg_numerique.algebra.chronicle import Chronicle, YearBridge
from ghg_numerique.algebra.exposure import Coverage, coverage, exposures
from ghg_numerique.algebra.footprint import Footprint, Shares
from ghg_numerique.algebra.levers import Replacement
from ghg_numerique.algebra.outcome import Declined, Outcome, weighed
from ghg_numerique.algebra.precision import Precision, digits_for, digits_within
from ghg_numerique.algebra.rounding import largest_remainder, rounds_apart
from ghg_numerique.algebra.sensitivity import Swing, swings
from ghg_numerique.algebra.uncertain import Uncertain
from ghg_numerique.csv_pages import harmless, page, restored
from ghg_numerique.decimals import (
    LARGEST,
    bounded,
    exact,
    exact_text,
    millionths,
    plain,
    read_decimal,
    rounded,
    written,
)
from ghg_numerique.errors import Finding, InputError, NumberError, RowError, UnitError
from ghg_numerique.model.activity import DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.beside import Serials, SetAside
from ghg_numerique.model.draft import Draft
from ghg_numerique.model.factors import Coefficient, EmissionFactor, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.model.quality import Spread
from ghg_numerique.model.shares import Share
from ghg_numerique.model.table_rows import folded
from ghg_numerique.model.tables import FactorTable, MappingTable, read_tables, shipped_tables, table_folders
from ghg_numerique.plugin.contracts import (
    Album,
    Document,
    FactorImporter,
    FactorProvider,
    Importer,
    Mapper,
    Offer,
    Report,
)
from ghg_numerique.plugin.hookspecs import hookimpl
from ghg_numerique.plugin.sectors import SectorRatios, folder_providers, through_sectors
from ghg_numerique.plugin.table_provider import TableProvider, providers_of
from ghg_numerique.provenance import Origin, Source
from ghg_numerique.terms import (
    Activity,
    DataKind,
    Display,
    Exclusion,
    Fate,
    Gap,
    Kind,
    Match,
    Movement,
    Role,
    Severity,
    Stage,
    State,
)
from ghg_numerique.units import CO2EQ, Quantity, parse_unit
from ghg_numerique.wording import LANGUAGES, label, say

__all__ = [
    "CO2EQ",
    "LANGUAGES",
    "LARGEST",
    "Activity",
    "Album",
    "Amounts",
    "Balances",
    "Breakdown",
    "Chronicle",
    "Coefficient",
    "Coverage",
    "DataKind",
    "DeclaredEmission",
    "Declined",
    "Display",
    "Document",
    "Draft",
    "EmissionFactor",
    "Exclusion",
    "FactorImporter",
    "FactorKey",
    "FactorProvider",
    "FactorTable",
    "Fate",
    "Finding",
    "Footprint",
    "Gap",
    "HardwareItem",
    "Importer",
    "InputError",
    "Inventory",
    "Kind",
    "Line",
    "Mapper",
    "MappingTable",
    "Match",
    "Movement",
    "NumberError",
    "Offer",
    "Origin",
    "Outcome",
    "Precision",
    "Quantity",
    "ReferenceInventory",
    "Replacement",
    "Report",
    "Role",
    "RowError",
    "SectorRatios",
    "Serials",
    "SetAside",
    "Severity",
    "Share",
    "Shares",
    "Source",
    "SpendingLine",
    "Spread",
    "Stage",
    "State",
    "Swing",
    "TableProvider",
    "Tally",
    "Uncertain",
    "UnitError",
    "YearBridge",
    "bounded",
    "coverage",
    "digits_for",
    "digits_within",
    "exact",
    "exact_text",
    "exposures",
    "folded",
    "folder_providers",
    "harmless",
    "hookimpl",
    "label",
    "largest_remainder",
    "millionths",
    "page",
    "parse_unit",
    "plain",
    "providers_of",
    "read_decimal",
    "read_tables",
    "restored",
    "rounded",
    "rounds_apart",
    "say",
    "shipped_tables",
    "swings",
    "table_folders",
    "through_sectors",
    "weighed",
    "written",
]
