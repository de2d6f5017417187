"""The carbon footprint of digital services: exact, sourced, explained to the line.

Everything public is here and nothing is defined here; a name is loaded when it is first used, so that importing the
package reads no table, loads no plugin and costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ghg_numerique.algebra.balances import Amounts, Balances
    from ghg_numerique.algebra.breakdown import Breakdown
    from ghg_numerique.algebra.exposure import Coverage, Exposure, coverage, exposures
    from ghg_numerique.algebra.footprint import Footprint
    from ghg_numerique.algebra.matrix import ActivityMatrix
    from ghg_numerique.algebra.rounding import rounding_gap
    from ghg_numerique.algebra.scenario import Scenario
    from ghg_numerique.algebra.sheet import FactorSheet
    from ghg_numerique.algebra.uncertain import Contribution, Uncertain
    from ghg_numerique.assessment import assess
    from ghg_numerique.engine.bridge import Bridge, bridge
    from ghg_numerique.engine.explain import Explanation, RowFate, explain, fates
    from ghg_numerique.engine.keys import Keys, keys_of
    from ghg_numerique.engine.pin import pin
    from ghg_numerique.engine.post import Postings, post, postings
    from ghg_numerique.engine.resolve import Resolution, resolve
    from ghg_numerique.errors import (
        AmbiguousFactor,
        AuditFailed,
        CheckError,
        ConfigurationError,
        Finding,
        GhgError,
        InputError,
        InventoryError,
        NumberError,
        PluginError,
        RowError,
        TableError,
        TooLarge,
        UnitError,
    )
    from ghg_numerique.folders.folder import Folder
    from ghg_numerique.model.activity import ActivityData, DeclaredEmission, HardwareItem, SpendingLine
    from ghg_numerique.model.factors import Chain, ChainKey, Coefficient, EmissionFactor, FactorKey
    from ghg_numerique.model.inventory import Inventory
    from ghg_numerique.model.lock import Lock
    from ghg_numerique.model.manifest import Manifest
    from ghg_numerique.model.methodology import Methodology, Route
    from ghg_numerique.model.profile import Profile
    from ghg_numerique.model.project import Project, ReferenceInventory
    from ghg_numerique.model.quality import Cause, Spread
    from ghg_numerique.model.tables import FactorTable, MappingTable
    from ghg_numerique.plugin.catalogue import Catalogue
    from ghg_numerique.plugin.contracts import Document, FactorProvider, Importer, Offer, Report
    from ghg_numerique.printed.certificate import Certificate
    from ghg_numerique.printed.table import PrintedTable
    from ghg_numerique.provenance import Origin, Source
    from ghg_numerique.publishing.edition import Edition
    from ghg_numerique.publishing.publication import Publication
    from ghg_numerique.publishing.redaction import Redaction
    from ghg_numerique.result.reading import parse_result, read_result, write_result
    from ghg_numerique.result.record import root
    from ghg_numerique.terms import (
        Activity,
        Allocation,
        DataKind,
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
    from ghg_numerique.units import Quantity

_HOMES = {
    "algebra.balances": ("Amounts", "Balances"),
    "algebra.breakdown": ("Breakdown",),
    "algebra.exposure": ("Coverage", "Exposure", "coverage", "exposures"),
    "algebra.footprint": ("Footprint",),
    "algebra.matrix": ("ActivityMatrix",),
    "algebra.rounding": ("rounding_gap",),
    "algebra.scenario": ("Scenario",),
    "algebra.sheet": ("FactorSheet",),
    "algebra.uncertain": ("Contribution", "Uncertain"),
    "assessment": ("assess",),
    "publishing.edition": ("Edition",),
    "publishing.publication": ("Publication",),
    "publishing.redaction": ("Redaction",),
    "engine.explain": ("Explanation", "RowFate", "explain", "fates"),
    "engine.bridge": ("Bridge", "bridge"),
    "engine.pin": ("pin",),
    "engine.keys": ("Keys", "keys_of"),
    "engine.post": ("Postings", "post", "postings"),
    "engine.resolve": ("Resolution", "resolve"),
    "errors": (
        "AmbiguousFactor", "AuditFailed", "CheckError", "ConfigurationError", "Finding", "GhgError", "InputError",
        "InventoryError", "NumberError", "PluginError", "RowError", "TableError", "TooLarge", "UnitError",
    ),
    "folders.folder": ("Folder",),
    "model.activity": ("ActivityData", "DeclaredEmission", "HardwareItem", "SpendingLine"),
    "model.factors": ("Chain", "ChainKey", "Coefficient", "EmissionFactor", "FactorKey"),
    "model.inventory": ("Inventory",),
    "model.lock": ("Lock",),
    "model.manifest": ("Manifest",),
    "model.methodology": ("Methodology", "Route"),
    "model.profile": ("Profile",),
    "model.project": ("Project", "ReferenceInventory"),
    "model.quality": ("Cause", "Spread"),
    "model.tables": ("FactorTable", "MappingTable"),
    "plugin.catalogue": ("Catalogue",),
    "plugin.contracts": ("Document", "FactorProvider", "Importer", "Offer", "Report"),
    "printed.certificate": ("Certificate",),
    "printed.table": ("PrintedTable",),
    "provenance": ("Origin", "Source"),
    "result.reading": ("parse_result", "read_result", "write_result"),
    "result.record": ("root",),
    "terms": (
        "Activity", "Allocation", "DataKind", "Exclusion", "Fate", "Gap", "Kind", "Match", "Movement", "Role", "Severity",
        "Stage", "State",
    ),
    "units": ("Quantity",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Activity",
    "ActivityData",
    "ActivityMatrix",
    "Allocation",
    "AmbiguousFactor",
    "Amounts",
    "AuditFailed",
    "Balances",
    "Breakdown",
    "Bridge",
    "Catalogue",
    "Cause",
    "Certificate",
    "Chain",
    "ChainKey",
    "CheckError",
    "Coefficient",
    "ConfigurationError",
    "Contribution",
    "Coverage",
    "DataKind",
    "DeclaredEmission",
    "Document",
    "Edition",
    "EmissionFactor",
    "Exclusion",
    "Explanation",
    "Exposure",
    "FactorKey",
    "FactorProvider",
    "FactorSheet",
    "FactorTable",
    "Fate",
    "Finding",
    "Folder",
    "Footprint",
    "Gap",
    "GhgError",
    "HardwareItem",
    "Importer",
    "InputError",
    "Inventory",
    "InventoryError",
    "Keys",
    "Kind",
    "Lock",
    "Manifest",
    "MappingTable",
    "Match",
    "Methodology",
    "Movement",
    "NumberError",
    "Offer",
    "Origin",
    "PluginError",
    "Postings",
    "PrintedTable",
    "Profile",
    "Project",
    "Publication",
    "Quantity",
    "Redaction",
    "ReferenceInventory",
    "Report",
    "Resolution",
    "Role",
    "Route",
    "RowError",
    "RowFate",
    "Scenario",
    "Severity",
    "Source",
    "SpendingLine",
    "Spread",
    "Stage",
    "State",
    "TableError",
    "TooLarge",
    "Uncertain",
    "UnitError",
    "assess",
    "bridge",
    "coverage",
    "explain",
    "exposures",
    "fates",
    "keys_of",
    "parse_result",
    "pin",
    "post",
    "postings",
    "read_result",
    "resolve",
    "root",
    "rounding_gap",
    "write_result",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
