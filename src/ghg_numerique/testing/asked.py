"""What a provider can be asked: the keys that are given, those of the tables inside it, else the words of the house."""

import dataclasses
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.tables import FactorTable, MappingTable, read_tables, shipped_tables
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.terms import Role

_YEARS: Final = (2019, 2023, 2024, 2025)


def keys_for(provider: FactorProvider, given: Collection[FactorKey] = ()) -> tuple[FactorKey, ...]:
    """Return the keys to ask a provider for: those given and those of its tables; where there is none, words of the house."""
    return tuple(sorted({*given, *keys_of_tables(provider)}) or sorted(set(_words_of_the_house(provider.role))))


def keys_of_tables(provider: FactorProvider) -> Iterator[FactorKey]:
    """Return the keys that the tables inside a provider speak of, whatever class it is of."""
    for table in _tables(provider, set()):
        if isinstance(table, FactorTable):
            yield from _keys_of(table, provider.role)
        else:
            for word in table.targets:
                yield FactorKey(provider.role, **{table.maps[0]: word}, year=_YEARS[-1])


def _words_of_the_house(role: Role) -> Iterator[FactorKey]:
    """Return the keys that the tables which come with this library answer in a role."""
    for table in read_tables(shipped_tables()):
        if role in table.roles:
            yield from _keys_of(table, role)


def _keys_of(table: FactorTable, role: Role) -> Iterator[FactorKey]:
    for row in table.rows:
        for year in _YEARS:
            dated: dict[str, Any] = {"year": year} if role in (Role.ELECTRICITY, Role.MONETARY) else {}
            for equipment, model in itertools.product(row.equipment or ("",), row.models or ("",)):
                yield FactorKey(role, equipment, model, place=row.place, sector=row.sector, **dated)


def _tables(thing: Any, seen: set[int]) -> Iterator[FactorTable | MappingTable]:
    """Return the tables inside a thing, through its fields and whatever they hold."""
    if isinstance(thing, FactorTable | MappingTable):
        yield thing
    elif id(thing) not in seen:
        seen.add(id(thing))
        for part in _parts(thing):
            yield from _tables(part, seen)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, Mapping):
        return thing.values()
    if isinstance(thing, tuple | list | set | frozenset):
        return thing
    if attrs.has(type(thing)):
        return [getattr(thing, field.name) for field in attrs.fields(type(thing))]
    if dataclasses.is_dataclass(thing):
        return [getattr(thing, field.name) for field in dataclasses.fields(thing)]
    return () if isinstance(thing, type) else getattr(thing, "__dict__", {}).values()
