"""A factor table as a provider: what most plugins need, and what a user's own folder becomes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.table_rows import TableRow, folded
from ghg_numerique.model.tables import FactorTable
from ghg_numerique.plugin.contracts import OTHER_TYPE, Offer
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Match, Role


@attrs.frozen
class TableProvider:
    """Offers the rows of tables, for one role.

    Hardware: a row of the model is EXACT, a row of the type of equipment FAMILY; models are compared as `folded`
    spells them, and a row that names types as well answers for these types only. A row that names a type and one of several
    narrower ones stands in for the wider (note `OTHER_TYPE`). Electricity: a row of the place and
    year is EXACT, the nearest year of the same place GENERIC. Money: a row of the sector is EXACT in the year of the
    spending; else the nearest year is offered, and the methodology says whether it may be used. A row never claims a
    better match than its own `fit`. Archived rows are never offered. Of two years equally near, the earlier is taken.
    """

    name: str
    role: Role
    tables: tuple[FactorTable, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the tables."""
        return tuple(table.source for table in self.tables)

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Offer]:
        """Return an offer for each key and table that answers it."""
        for key in keys:
            if key.role is not self.role or key.declared:
                continue
            for index in self._by_key:
                yield from _answers(key, index)

    @cached_property
    def _by_key(self) -> tuple["_Index", ...]:
        """The valid rows of each table, by what they are looked up with."""
        return tuple(_indexed(table, self.role) for table in self.tables)


def providers_of(tables: Iterable[FactorTable]) -> tuple[TableProvider, ...]:
    """Return one provider per name and role, over the tables that speak for it."""
    grouped: dict[tuple[str, Role], list[FactorTable]] = {}
    for table in tables:
        for role in table.roles:
            grouped.setdefault((table.provider, role), []).append(table)
    return tuple(TableProvider(name, role, tuple(group)) for (name, role), group in sorted(grouped.items()))


@attrs.frozen
class _Index:
    """The rows of a table by what they are looked up with, and the types of equipment that they speak for."""

    rows: Mapping[tuple[str, str], list[TableRow]]
    types: frozenset[str]

    def of(self, what: str, name: str) -> list[TableRow]:
        return self.rows.get((what, name), [])


def _indexed(table: FactorTable, role: Role) -> _Index:
    index: dict[tuple[str, str], list[TableRow]] = {}
    for row in table.rows:
        if row.coefficient.role is role and row.answers:
            for name, value in _names(row):
                index.setdefault((name, value), []).append(row)
    return _Index(index, frozenset(value for name, value in index if name == "equipment"))


def _names(row: TableRow) -> Iterator[tuple[str, str]]:
    """Return what a row is looked up with; a row that names nothing answers nothing."""
    if row.coefficient.role is Role.ELECTRICITY:
        if row.place:
            yield "place", row.place
    elif row.coefficient.role is Role.MONETARY:
        if row.sector:
            yield "sector", row.sector
    elif row.models:
        for spelling in dict.fromkeys(map(folded, row.models)):
            yield "model", spelling
    else:
        for name in row.equipment:
            yield "equipment", name


def _answers(key: FactorKey, index: _Index) -> Iterator[Offer]:
    if key.role is Role.ELECTRICITY:
        if near := _nearest(index.of("place", key.place), key.year):
            same = near.coefficient.year == key.year
            yield _offer(key, near, Match.EXACT if same else Match.GENERIC, "" if same else "year")
    elif key.role is Role.MONETARY:
        if near := _nearest(index.of("sector", key.sector), key.year):
            yield _offer(key, near, Match.EXACT, "" if near.coefficient.year == key.year else "year")
    else:
        yield from _hardware(key, index)


def _hardware(key: FactorKey, index: _Index) -> Iterable[Offer]:
    """Return the offers of one table for equipment; of two that fit equally well, the one that says more of the key."""
    models = index.of("model", folded(key.model)) if key.model else []
    found = [
        *(_offer(key, row, Match.EXACT, "") for row in models if key.equipment in row.equipment),
        *(_offer(key, row, Match.EXACT, "") for row in models if not row.equipment),
        *(
            _offer(key, row, Match.FAMILY, OTHER_TYPE if _is_narrower(row, key.equipment, index.types) else "")
            for row in index.of("equipment", key.equipment)
            if key.equipment
        ),
    ]
    nearest = {offer.match: offer for offer in reversed(found)}
    return [nearest[match] for match in sorted(nearest)]


def _is_narrower(row: TableRow, equipment: str, names: Collection[str]) -> bool:
    """Tell whether a row measured one narrower type of several that its table knows (`monitor|monitor-23.8in`)."""
    begins = f"{equipment}-"
    narrower = {name for name in names if name.startswith(begins)}
    return bool(narrower & set(row.equipment)) and not narrower <= set(row.equipment)


def _nearest(rows: list[TableRow], year: int) -> TableRow | None:
    return min(
        rows, key=lambda row: (abs(row.coefficient.year - year), row.coefficient.year, row.coefficient.id), default=None
    )


def _offer(key: FactorKey, row: TableRow, match: Match, note: str) -> Offer:
    return Offer(key, row.coefficient, max(match, row.fit if row.fit is not None else match), note)
