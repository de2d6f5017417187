"""Monetary ratios as a factor provider: kgCO2eq per kEUR HT of a year, by sector of the NAF."""

from ghg_numerique_monetary.ratios import ghg_factor_providers

__all__ = ["ghg_factor_providers"]
