"""What a provider can be asked: the keys that the tables inside it speak of."""

import itertools
from collections.abc import Iterator
from typing import Any, Final

import attrs

from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.tables import FactorTable, MappingTable
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.terms import Role

_YEARS: Final = (2019, 2023, 2024, 2025)


def keys_of_tables(provider: FactorProvider) -> Iterator[FactorKey]:
    """Return the keys that the tables inside a provider speak of."""
    for table in _tables(provider):
        if isinstance(table, MappingTable):
            for word in table.targets:
                yield FactorKey(provider.role, **{table.maps[0]: word}, year=_YEARS[-1])
            continue
        for row in table.rows:
            for year in _YEARS:
                dated = {"year": year} if provider.role in (Role.ELECTRICITY, Role.MONETARY) else {}
                for equipment, model in itertools.product(row.equipment or ("",), row.models or ("",)):
                    yield FactorKey(
                        provider.role,
                        equipment,
                        model,
                        place=row.place,
                        sector=row.sector,
                        **dated,  # type: ignore[arg-type]
                    )


def _tables(thing: Any) -> Iterator[FactorTable | MappingTable]:
    if isinstance(thing, FactorTable | MappingTable):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from _tables(part)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from _tables(getattr(thing, field.name))
