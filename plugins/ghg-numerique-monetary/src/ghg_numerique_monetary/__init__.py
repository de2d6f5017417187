"""Monetary ratios as a factor provider: kgCO2eq per kEUR HT of a year, by sector of the NAF."""

from ghg_numerique_monetary.ratios import MonetaryRatios, ghg_factor_providers

__all__ = ["MonetaryRatios", "ghg_factor_providers"]
