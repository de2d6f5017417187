"""For those who test plugins, methodologies and footprints: random input, and what every plugin owes.

It needs the extra `ghg-numerique[testing]`, which brings hypothesis.
"""

from ghg_numerique.testing.cases import Case, cases, footprints, providers
from ghg_numerique.testing.conformance import check_factor_importer, check_importer, check_provider, check_report
from ghg_numerique.testing.methodologies import methodologies
from ghg_numerique.testing.provider import FixedProvider
from ghg_numerique.testing.steady import check_steady
from ghg_numerique.testing.strategies import (
    amounts,
    coefficients,
    days,
    declared_emissions,
    factor_keys,
    hardware_items,
    inventories,
    parts_of,
    purchases,
    rows,
    spending_lines,
)

__all__ = [
    "Case",
    "FixedProvider",
    "amounts",
    "cases",
    "check_factor_importer",
    "check_importer",
    "check_provider",
    "check_report",
    "check_steady",
    "coefficients",
    "days",
    "declared_emissions",
    "factor_keys",
    "footprints",
    "hardware_items",
    "inventories",
    "methodologies",
    "parts_of",
    "providers",
    "purchases",
    "rows",
    "spending_lines",
]
