"""A deliberate fault for every property of the catalogue: an engine, a provider, a plugin or a file that breaks it."""

import decimal
import os
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import attrs
import numpy as np
from breaking import Fault, amounts, as_a, on_result, on_rows, patched, times, told
from doubts import DOUBTS

import ghg_numerique as ghg
from ghg_numerique.algebra.breakdown import Breakdown
from ghg_numerique.audit import Subject
from ghg_numerique.audit.subject import Providers, assessed
from ghg_numerique.decimals import written
from ghg_numerique.engine.bridge import bridge
from ghg_numerique.engine.explain import explain
from ghg_numerique.engine.sums import Year, classes, sum_rows
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Deflator


class Leaking(ghg.Footprint):
    """A footprint whose groupings lose a kilogram."""

    def by(self, name: str) -> Breakdown:
        groups = dict(super().by(name).groups)
        groups[next(iter(groups))] -= 1
        return Breakdown(groups)


class Unstable(ghg.Footprint):
    """A footprint that is another one once copied."""

    def __deepcopy__(self, _memo: object) -> ghg.Footprint:
        return attrs.evolve(self, organisation="somebody else")


class Unbalanced(ghg.Balances):
    """Balances that forget a euro."""

    @property
    def money(self) -> Any:
        money = super().money
        return attrs.evolve(money, spent=money.spent + ghg.Amounts({"EUR_TTC": Fraction(1)}))


def with_reason(footprint: ghg.Footprint) -> ghg.Balances:
    rows = {
        (what, fate, "because" if reason else ""): tally
        for (what, fate, reason), tally in footprint.balances.rows.items()
    }
    return attrs.evolve(footprint.balances, rows=rows)


class Counting:
    """An engine that remembers how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, rows: Inventory, page: ghg.Methodology, who: Providers) -> ghg.Footprint:
        self.calls += 1
        return times(assessed(rows, page, who), self.calls)


def in_zone(found: ghg.Footprint, _who: Providers) -> ghg.Footprint:
    return times(found, 2 if os.environ.get("TZ") == "Pacific/Kiritimati" else 1)


def in_decimals(found: ghg.Footprint, _who: Providers) -> ghg.Footprint:
    return times(found, int((decimal.Decimal(10000) / 3).scaleb(2)))


def ignoring(subject: Subject) -> Subject:
    """Return a subject whose engine asks its own providers, whoever it is told to ask."""
    own = subject.providers
    return attrs.evolve(subject, engine=lambda rows, page, _who: assessed(rows, page, own))


def rounded_by(coefficient: ghg.Coefficient) -> ghg.Coefficient:
    return attrs.evolve(coefficient, value=str(round(coefficient.exact)))


def whole_lives(subject: Subject) -> tuple[Subject, AbstractContextManager[Any]]:
    """Return a subject whose factors of manufacture hold the use too, in an engine that does not look at it."""
    everything = frozenset({ghg.Stage.MANUFACTURING, ghg.Stage.USE})
    tell = told(lambda one: attrs.evolve(one, stages=everything) if one.role is ghg.Role.EMBODIED else one)
    return tell(subject), patch("ghg_numerique.engine.choose._counts_use", lambda _page: False)


def without_source(found: ghg.Footprint, _who: Providers) -> ghg.Footprint:
    chains = {
        key: attrs.evolve(chain, links=tuple(attrs.evolve(link, source=ghg.Source("")) for link in chain.links))
        for key, chain in found.sheet.chains.items()
    }
    return attrs.evolve(found, sheet=attrs.evolve(found.sheet, chains=chains))


class Moody:
    """A provider that answers only every other time."""

    def __init__(self, provider: ghg.FactorProvider) -> None:
        self.provider, self.calls = provider, 0
        self.name, self.role, self.sources = provider.name, provider.role, provider.sources

    def offers(self, keys: Any, /) -> Any:
        self.calls += 1
        return self.provider.offers(keys) if self.calls % 2 else ()


@attrs.frozen
class Liar:
    """A report of another total."""

    name: str = "text"
    media_type: str = "text/plain"

    def render(self, _footprint: ghg.Footprint, /, *, language: str = "fr") -> bytes:
        return f"1 t ({language})".encode()


def to_one_day(subject: Subject) -> Subject:
    """Return a subject whose engine lets everything enter on the day before the year ends."""

    def moved(rows: Inventory) -> Inventory:
        day = np.int32(ghg_day(subject.methodology.reporting_year))
        return attrs.evolve(rows, start=np.full_like(rows.start, day), end=np.maximum(rows.end, day + 1))

    return attrs.evolve(subject, engine=lambda rows, page, who: assessed(moved(rows), page, who))


def ghg_day(year: int) -> int:
    from datetime import date

    return date(year, 12, 30).toordinal()


def inclusive(rows: Inventory, year: Year) -> Any:
    return sum_rows(rows, attrs.evolve(year, after=year.after + 1))


def later(rows: Inventory, block: slice, year: Year) -> Any:
    return classes(rows, block, attrs.evolve(year, after=year.after + 200))


def worn_less(rows: Inventory, block: slice, year: Year) -> Any:
    served, worn, code = classes(rows, block, year)
    return served, worn // 2, code


def twice(rows: Inventory, resolution: ghg.Resolution) -> Any:
    for line in explain(rows, resolution):
        yield line
        yield line


def without_a_step(*given: Any) -> Any:
    found = bridge(*given)
    return attrs.evolve(found, steps=found.steps[1:])


def only_of(domain: str) -> Fault:
    """Return a fault of an engine that knows a domain by its name."""

    def kept(rows: Inventory) -> Inventory:
        return rows.take([row for row, code in enumerate(rows.profile) if rows.profiles[code].domain != domain])

    return on_rows(kept)


def in_another_year(found: ghg.Footprint, _who: Providers) -> ghg.Footprint:
    return times(found, 2 if found.methodology.year == 2024 else 1)


def by_first_role(found: ghg.Footprint, who: Providers) -> ghg.Footprint:
    return times(found, 2 if who[0].role is ghg.Role.EMBODIED else 1)


def without_findings(found: ghg.Footprint, _who: Providers) -> ghg.Footprint:
    return attrs.evolve(found, findings=())


def accepting(subject: Subject) -> Subject:
    """Return a subject whose engine looks neither at ids nor at the hashes of files."""
    return attrs.evolve(
        subject, engine=lambda rows, page, who: assessed(attrs.evolve(rows, ids=(), inputs=()), page, who)
    )


@attrs.frozen
class Precise:
    """A report with more digits than its interval bears."""

    name: str = "text"
    media_type: str = "text/plain"

    def render(self, footprint: ghg.Footprint, /, *, language: str = "fr") -> bytes:
        return f"total: {written(footprint.exact_total() / 1000, 3, language)} tCO2eq".encode()


FIRST = on_rows(lambda rows: rows.take(np.arange(1, len(rows))))
"""The engine loses the first row."""

FAULTS: dict[str, Fault] = {
    "A1": FIRST,
    "A2": as_a(Leaking),
    "A3": as_a(Leaking),
    "A4": FIRST,
    "A5": FIRST,
    "A6": lambda subject: attrs.evolve(subject, engine=Counting()),
    "A7": lambda subject: amounts(lambda all_: np.minimum(all_, subject.inventory.amount.max()))(subject),
    "A8": ignoring,
    "A9": told(rounded_by, by_engine=True),
    "A10": amounts(lambda all_: all_ // 10**6 * 10**6),
    "A11": amounts(lambda all_: np.where(all_ == 0, 10**6, all_)),
    "A12": amounts(np.abs),
    "A13": on_result(lambda found, _who: times(found, -1)),
    "A14": told(lambda one: attrs.evolve(one, value=f"-{one.value}")),
    "A15": patched("ghg_numerique.model.factors.close", lambda *_units: Fraction(2)),
    "A17": FIRST,
    "A18": only_of("Environnement Utilisateur"),
    "B1": FIRST,
    "B2": FIRST,
    "B3": patched("ghg_numerique.audit.subject.explain", twice),
    "B4": on_rows(lambda rows: rows.take(rows.order < 0)),
    "B5": on_result(
        lambda found, _who: attrs.evolve(found, balances=Unbalanced(found.balances.rows, found.balances.kinds))
    ),
    "B6": whole_lives,
    "B7": on_result(lambda found, _who: attrs.evolve(found, balances=with_reason(found))),
    "B8": on_result(without_findings),
    "B9": accepting,
    "B10": lambda subject: attrs.evolve(
        subject, inventory=attrs.evolve(subject.inventory, end=subject.inventory.start - np.int32(400))
    ),
    "B11": FIRST,
    "C1": patched("ghg_numerique.audit.periods.classes", worn_less),
    "C2": patched("ghg_numerique.audit.periods.sum_rows", inclusive),
    "C3": patched("ghg_numerique.audit.periods.classes", later),
    "C4": on_result(in_zone),
    "C5": patched("ghg_numerique.audit.periods.sum_rows", inclusive),
    "C6": on_result(in_another_year),
    "C7": to_one_day,
    "C8": lambda subject: attrs.evolve(
        subject,
        methodology=attrs.evolve(
            subject.methodology,
            prices=attrs.evolve(
                subject.methodology.prices,
                deflators=(
                    Deflator(2024, 2023, "0.9", "any"),
                    Deflator(2023, 2024, "0.9", "any"),
                    Deflator(2024, 2024, "1", "any"),
                ),
            ),
        ),
    ),
    "C9": patched("ghg_numerique.audit.periods.bridge", without_a_step),
    "C10": on_result(lambda found, _who: times(found, 2)),
    "D1": patched("ghg_numerique.audit.presentation.rounded", lambda value, _digits=0: value + 1),
    "D2": patched("ghg_numerique.audit.presentation.rounded", lambda value, _digits=0: Fraction(int(abs(value)) + 3)),
    "D3": patched("ghg_numerique.audit.presentation.rounded", lambda value, digits=0: value * (1 + digits)),
    "D4": patched("ghg_numerique.audit.presentation.rounded", lambda value, digits=0: Fraction(round(value, digits))),
    "D6": lambda subject: attrs.evolve(subject, catalogue=attrs.evolve(subject.catalogue, reports=(Liar(),))),
    "D7": lambda subject: attrs.evolve(subject, catalogue=attrs.evolve(subject.catalogue, reports=(Precise(),))),
    "D8": patched("ghg_numerique.audit.presentation.written", lambda _value, _digits, _language: "7"),
    "E1": on_result(without_source),
    "E2": on_result(lambda found, _who: attrs.evolve(found, balances=ghg.Balances())),
    "E3": amounts(lambda all_: all_ // 10**6 * 10**6),
    "E4": on_result(in_decimals),
    "E5": lambda subject: attrs.evolve(subject, reread=Inventory.empty),
    "E6": as_a(Leaking),
    "E7": on_result(by_first_role),
    "E8": on_result(lambda found, who: times(found, len(who))),
    "E9": lambda subject: attrs.evolve(subject, providers=tuple(Moody(provider) for provider in subject.providers)),
    "E10": on_result(without_findings),
    "E11": as_a(Unstable),
    "E12": on_result(lambda found, who: times(found, len(who))),
    "E13": patched("ghg_numerique.audit.provenance.Catalogue.of", lambda *_things: None),
    **DOUBTS,
}


def broken(name: str, subject: Subject) -> tuple[Subject, AbstractContextManager[Any]]:
    """Return a subject with the fault of a property, and what has to be in place while it is tried."""
    found = FAULTS[name](subject)
    return found if isinstance(found, tuple) else (found, nullcontext())
