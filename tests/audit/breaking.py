"""How to break an engine: the rows that it computes, what it computed, who tells its factors, or a part of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import attrs
import numpy as np

import ghg_numerique as ghg
from ghg_numerique.audit import Subject
from ghg_numerique.audit.retold import Retold
from ghg_numerique.audit.subject import Providers, assessed
from ghg_numerique.model.inventory import Inventory

Fault = Callable[[Subject], "Subject | tuple[Subject, AbstractContextManager[Any]]"]


def on_rows(change: Callable[[Inventory], Inventory]) -> Fault:
    """Return a fault of an engine that computes other rows than it was given."""
    return lambda subject: attrs.evolve(subject, engine=lambda rows, page, who: assessed(change(rows), page, who))


def on_result(change: Callable[[ghg.Footprint, Providers], ghg.Footprint]) -> Fault:
    """Return a fault of an engine that changes what it has computed."""
    return lambda subject: attrs.evolve(subject, engine=lambda rows, page, who: change(assessed(rows, page, who), who))


def times(footprint: ghg.Footprint, factor: int) -> ghg.Footprint:
    return attrs.evolve(footprint, matrix=footprint.matrix * factor)


def amounts(change: Callable[[Any], Any]) -> Fault:
    return on_rows(lambda rows: attrs.evolve(rows, amount=change(rows.amount).astype(np.int64)))


def patched(place: str, instead: Any) -> Fault:
    """Return a fault of a part of the engine, put in the place of the part."""
    return lambda subject: (subject, patch(place, instead))


def as_a(kind: type[ghg.Footprint]) -> Fault:
    return on_result(
        lambda found, _who: kind(**{field.name: getattr(found, field.name) for field in attrs.fields(ghg.Footprint)})
    )


def told(change: Callable[[ghg.Coefficient], ghg.Coefficient], *, by_engine: bool = False) -> Fault:
    """Return a fault of providers, or of an engine that changes what they tell."""

    def changed(who: Providers) -> Providers:
        return tuple(Retold(provider, change) for provider in who)

    if by_engine:
        return lambda subject: attrs.evolve(subject, engine=lambda rows, page, who: assessed(rows, page, changed(who)))
    return lambda subject: attrs.evolve(subject, providers=changed(subject.providers))
