"""From declarations to rows of a factor table: embodied emissions, and the yearly electricity where a sheet says it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ghg_numerique.plugin import MappingTable, folded
from ghg_numerique_boavizta.declaration import Declaration
from ghg_numerique_boavizta.reasons import Reason, Refused
from ghg_numerique_boavizta.share import check_sum, embodied, percent
from ghg_numerique_boavizta.spellings import pointed

PAPER: Final = (
    "Paper trap: the use share of a printer holds its paper, so the total says nothing of the device; the whole share is"
    " left out, and paper counts apart or not at all."
)

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", re.ASCII)


def factors(one: Declaration, claimed: Mapping[str, frozenset[str]]) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a device: its embodied emissions, then its electricity. Raises Refused where it is no factor."""
    found = embodied(one.gwp_total, one.gwp_use_ratio)
    check_sum(share for _, share in _shares(one))
    equipment = types().targets.get(folded(one.subcategory))
    if equipment is None:
        raise Refused(Reason.TYPE, "subcategory", one.subcategory)
    device = {
        "label": one.device.full,
        "equipment": equipment,
        "model": "|".join(one.device.spellings(claimed)),
        "year": _year(one.report_date),
        "status": "valid",
        "derivation": "",
        "uncertainty": "",
    }
    made = {
        **device,
        "id": f"{pointed(one.device.full)} / embodied",
        "role": "embodied",
        "value": found.value,
        "derivation": found.derivation,
        "unit": "kgCO2eq/item",
        "stages": "manufacturing+distribution+end_of_life",
        "boundary": f"Total of the sheet less its use share; shares published: {_said(_shares(one))}.",
        "uncertainty": _uncertainty(one),
        "comment": " ".join(_comments(one)),
    }
    return (made, *_electricity(one, device))


@cache
def types() -> MappingTable:
    """Return what each subcategory stands for among the types of equipment of the house."""
    return MappingTable.read(files(__package__) / "boavizta-subcategories-1")


def is_printer(one: Declaration) -> bool:
    """Tell whether the use share of a device holds paper."""
    return folded(one.subcategory) == "printer"


def _electricity(one: Declaration, device: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Return the yearly consumption as a coefficient of its own; zero means that the sheet says none."""
    if one.yearly_tec.strip("0."):
        yield {
            **device,
            "id": f"{pointed(one.device.full)} / energy",
            "role": "energy",
            "value": one.yearly_tec,
            "unit": "kWh/item/year",
            "stages": "use",
            "boundary": "Typical energy consumption of a year (yearly_tec) by the manufacturer's test profile; no cooling.",
            "comment": _sheet(one),
        }


def _shares(one: Declaration) -> tuple[tuple[str, str], ...]:
    return (
        ("manufacturing", one.gwp_manufacturing_ratio),
        ("transport", one.gwp_transport_ratio),
        ("use", one.gwp_use_ratio),
        ("end of life", one.gwp_eol_ratio),
    )


def _said(shares: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {share}" for name, share in shares if share)


def _uncertainty(one: Declaration) -> str:
    """Return the declared error as a percentage; an error of zero is no claim to be exact, and declares none."""
    return percent(one.gwp_error_ratio) if one.gwp_error_ratio.strip("0.") else ""


def _comments(one: Declaration) -> Iterator[str]:
    if is_printer(one):
        yield PAPER
    if one.gwp_error_ratio:
        yield f"Error of the whole life cycle as published: {one.gwp_error_ratio}."
    case = ", ".join(text for text in (one.lifetime and f"{pointed(one.lifetime)} years", one.use_location) if text)
    if case:
        yield f"Use as the manufacturer sees it, left out: {case}."
    yield _sheet(one)


def _sheet(one: Declaration) -> str:
    return f"Sheet{f' of {one.report_date}' if one.report_date else ''}: {one.sources or 'no address'}"


def _year(report_date: str) -> str:
    years = set(_YEAR.findall(report_date))
    return years.pop() if len(years) == 1 else ""
