"""What an inventory asks for: the distinct chains, and the purchase orders that link spending to hardware."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

import attrs
import numpy as np

from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.details import detailed
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.model.columns import NO_PRICE
from ghg_numerique.model.factors import ChainKey, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology, Route
from ghg_numerique.model.profile import Profile
from ghg_numerique.terms import Activity, Allocation, Exclusion, Kind, Role
from ghg_numerique.units import CO2EQ

K = TypeVar("K")

UNPRICED: Final = ""
"""The unit of the price of items that have none: they detail the whole of their order."""


class Basis(StrEnum):
    """How much of a row falls into the year."""

    ENTRY = "entry"
    """All of it, if the row starts in the year."""
    SERVICE = "service"
    """Amount times days in service within the year."""
    LIFETIME = "lifetime"
    """Amount times days of the lifetime that fall within the year."""


@attrs.frozen
class Demand:
    """What rows of one profile ask for, for one kind of emissions: chains to try in order, or why none is wanted."""

    kind: Kind
    basis: Basis
    keys: tuple[ChainKey, ...] = ()
    excluded: Exclusion | None = None


Ways = tuple[ChainKey, ...]
"""The chains that answer one demand, to try in order."""

_ASKS: Final = attrgetter(
    "activity",
    "unit",
    "equipment",
    "model",
    "place",
    "energy",
    "pue",
    "account",
    "nature",
    "sector",
    "kind",
    "movement",
)
"""What decides which chains a profile asks for: neither its domain, nor its site, nor the state of its equipment."""


Items = tuple[Ways, str]
"""The embodied chains of items, to try in order, and the unit of their prices (empty: they have none)."""


@attrs.frozen
class Order:
    """What a purchase order holds on both sides: euros spent (millionths), and the items they bought.

    Prices of items are in millionths of millionths (items times price).
    """

    spent: Mapping[str, int] = MappingProxyType({})
    chains: frozenset[tuple[ChainKey, ...]] = frozenset()
    items: Mapping[Items, int] = MappingProxyType({})

    def __add__(self, other: "Order") -> "Order":
        return Order(_added(self.spent, other.spent), self.chains | other.chains, _added(self.items, other.items))


@attrs.frozen
class Keys:
    """The distinct chains of an inventory and its purchase orders. Keys of disjoint parts unite with `|`."""

    chains: frozenset[ChainKey] = frozenset()
    orders: Mapping[str, Order] = MappingProxyType({})

    def __or__(self, other: "Keys") -> "Keys":
        orders = dict(self.orders)
        for name, order in other.orders.items():
            orders[name] = orders[name] + order if name in orders else order
        return Keys(self.chains | other.chains, MappingProxyType(orders))

    @classmethod
    def none(cls) -> Self:
        """Return the keys of the empty inventory."""
        return cls()

    def __reduce__(self) -> tuple[object, ...]:
        plain = {name: (dict(order.spent), order.chains, dict(order.items)) for name, order in self.orders.items()}
        return (_keys, (self.chains, plain))


def keys_of(inventory: Inventory, methodology: Methodology, scenarios: Iterable[Scenario] = ()) -> Keys:
    """Return what must be resolved to compute an inventory, and to compare it with scenarios.

    Work is done per profile. Rows are only looked at where they name a purchase order.
    """
    found: set[ChainKey] = set()
    for asked in demands(inventory.profiles, methodology):
        for demand in asked:
            found.update(demand.keys)
    for scenario in tuple(scenarios):
        found.update(*(scenario.keys(key) for key in tuple(found)))
    return Keys(frozenset(found), MappingProxyType(_orders(detailed(inventory, methodology), methodology)))


def demands(profiles: Iterable[Profile], methodology: Methodology) -> Iterator[tuple[Demand, ...]]:
    """Return what rows of each profile ask for; nothing where the methodology has no route for them.

    Lines of accounts that are no expense ask for nothing. Profiles that ask for the same share their chains.
    """
    wanted: dict[tuple[object, ...], tuple[Demand, ...]] = {}
    known: dict[tuple[object, ...], tuple[Demand, ...]] = {}
    fleet = methodology.fleet
    for profile in profiles:
        asks = _ASKS(profile)
        counts = (asks, profile.state in fleet.acquired, profile.state in fleet.powered)
        if counts not in known:
            if asks not in wanted:
                wanted[asks] = _demands(profile, methodology)
            known[counts] = tuple(_in_state(demand, profile, methodology) for demand in wanted[asks])
        yield known[counts]


def _demands(profile: Profile, methodology: Methodology) -> tuple[Demand, ...]:
    if profile.movement:
        return ()
    if profile.activity is Activity.EMISSIONS:
        return (Demand(Kind(profile.kind), Basis.ENTRY, (ChainKey("declared", CO2EQ, ()),)),)
    ways = methodology.ways[profile.activity]
    return tuple(_demand(kind, routes, profile, methodology) for kind, routes in ways.items())


def _demand(kind: Kind, routes: tuple[Route, ...], profile: Profile, methodology: Methodology) -> Demand:
    basis = _basis(kind, profile, methodology)
    return Demand(kind, basis, tuple(_chain_key(route, basis, profile, methodology) for route in routes))


def _in_state(demand: Demand, profile: Profile, methodology: Methodology) -> Demand:
    """Return a demand as it is, or excluded where equipment in this state does not count for it."""
    counted = methodology.fleet.powered if demand.kind is Kind.USE else methodology.fleet.acquired
    if profile.activity is not Activity.HARDWARE or profile.state in counted:
        return demand
    return Demand(demand.kind, demand.basis, excluded=Exclusion.STATE)


def _basis(kind: Kind, profile: Profile, methodology: Methodology) -> Basis:
    if kind is Kind.USE:
        return Basis.SERVICE
    straight = methodology.allocation is Allocation.STRAIGHT_LINE and profile.activity is Activity.HARDWARE
    return Basis.LIFETIME if straight and kind is Kind.EMBODIED else Basis.ENTRY


def _chain_key(route: Route, basis: Basis, profile: Profile, methodology: Methodology) -> ChainKey:
    """Return the chain of a route: the links that the basis and the row imply, then those that the route names."""
    year = methodology.reporting_year
    implied: list[FactorKey] = []
    if basis is Basis.LIFETIME:
        implied.append(FactorKey(Role.LIFETIME, profile.equipment))
    if basis is Basis.SERVICE:
        implied.append(FactorKey(Role.CALENDAR, year=year))
        if profile.pue:
            implied.append(FactorKey(Role.OVERHEAD, declared=profile.pue))
    if profile.unit == "EUR_TTC":
        implied.append(FactorKey(Role.PRICE, declared=methodology.prices.vat or "?"))
    named = [_factor_key(role, profile, methodology, year) for role in route.links]
    unit = profile.unit if basis is Basis.ENTRY else f"{profile.unit}.day"
    return ChainKey(route.name, unit, (*implied, *named))


def _factor_key(role: Role, profile: Profile, methodology: Methodology, year: int) -> FactorKey:
    """Return the key of a role: what this role depends on, and nothing else."""
    if role is Role.ELECTRICITY:
        return FactorKey(role, place=profile.place or methodology.place, year=year)
    if role is Role.MONETARY:
        return FactorKey(role, account=profile.account, nature=profile.nature, sector=profile.sector, year=year)
    if role is Role.ENERGY and profile.energy:
        return FactorKey(role, profile.equipment, declared=profile.energy)
    if role is Role.LIFETIME:
        return FactorKey(role, profile.equipment)
    return FactorKey(role, profile.equipment, profile.model)


def _orders(inventory: Inventory, methodology: Methodology) -> dict[str, Order]:
    """Return the purchase orders that rows name. Spending counts in its year; items whenever they enter the fleet.

    What is no expense pays for no item, and no item details no money, with or without a price.
    """
    naming = np.flatnonzero(inventory.order >= 0)
    concerned = np.unique(inventory.profile[naming]).tolist()
    found = demands((inventory.profiles[code] for code in concerned), methodology)
    asked = {code: {demand.kind: demand.keys for demand in wanted} for code, wanted in zip(concerned, found)}
    first, last = year_days(methodology.reporting_year)
    spent: dict[int, dict[str, int]] = {}
    chains: dict[int, set[Ways]] = {}
    items: dict[int, dict[Items, int]] = {}
    columns = (
        inventory.order,
        inventory.profile,
        inventory.amount,
        inventory.start,
        inventory.price,
        inventory.price_unit,
    )
    for order, code, amount, start, price, unit in zip(*(column[naming].tolist() for column in columns)):
        profile = inventory.profiles[code]
        if profile.activity is Activity.SPENDING and not profile.movement and first <= start < last:
            _add(spent.setdefault(order, {}), profile.unit, amount)
            chains.setdefault(order, set()).add(asked[code].get(Kind.SERVICES, ()))
        elif profile.activity is not Activity.SPENDING and amount:
            bought = asked[code].get(Kind.EMBODIED, ()), UNPRICED if price == NO_PRICE else EURO_UNITS[unit]
            _add(items.setdefault(order, {}), bought, amount * max(price, 0))
    return {
        inventory.orders[order]: Order(
            MappingProxyType(spent.get(order, {})),
            frozenset(chains.get(order, ())),
            MappingProxyType(items.get(order, {})),
        )
        for order in dict.fromkeys((*spent, *items))
    }


def _add(sums: dict[K, int], key: K, amount: int) -> None:
    sums[key] = sums.get(key, 0) + amount


def _added(left: Mapping[K, int], right: Mapping[K, int]) -> Mapping[K, int]:
    return MappingProxyType({key: left.get(key, 0) + right.get(key, 0) for key in (*left, *right)})


def _keys(chains: frozenset[ChainKey], orders: dict[str, tuple[Any, ...]]) -> Keys:
    return Keys(chains, MappingProxyType({name: Order(*parts) for name, parts in orders.items()}))
