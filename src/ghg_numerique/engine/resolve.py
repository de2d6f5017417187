"""Which coefficient counts, decided once per distinct key and in one place."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

import attrs

from ghg_numerique.algebra.sheet import FactorSheet
from ghg_numerique.engine.choose import Choice, choose
from ghg_numerique.engine.keys import UNPRICED, Demand, Keys, Order
from ghg_numerique.errors import Finding, UnitError
from ghg_numerique.model.factors import Chain, ChainKey, Coefficient, FactorKey, in_order
from ghg_numerique.model.lock import Lock
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.provenance import Origin, Source
from ghg_numerique.terms import DataKind, Gap, Match, PriceYear, Role, Severity, Stage
from ghg_numerique.units import close

_DATA_KIND = {Match.EXACT: DataKind.ITEM_MODEL, Match.FAMILY: DataKind.ITEM_TYPE, Match.GENERIC: DataKind.GENERIC}
_BY_THE_HOUSE = (Role.CALENDAR, Role.SHARE, Role.PRICE, Role.LIFETIME, Role.OVERHEAD)
"""Roles whose match says nothing about the kind of data that a result rests on."""


@attrs.frozen
class Missing:
    """Why a chain could not be formed: the reason, and the key that has no answer."""

    gap: Gap
    key: FactorKey | None = None


@attrs.frozen
class Resolution:
    """Everything that was decided before the first row is posted; small, and without plugins or pint inside.

    `chains` are those that closed, `missing` those that did not. `coverage` is the exact share of a purchase order
    that hardware items detail: 1 takes its spending lines out of the monetary route, None means that it cannot be
    told (tax bases differ and no rate was given).
    """

    methodology: Methodology
    choices: Mapping[FactorKey, Choice]
    chains: Mapping[ChainKey, Chain]
    missing: Mapping[ChainKey, Missing]
    coverage: Mapping[str, Fraction | None] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()

    @property
    def sheet(self) -> FactorSheet:
        """The factors of the footprint: f."""
        return FactorSheet(self.chains)

    def outcome(self, demand: Demand) -> ChainKey | Missing:
        """Return the first chain of a demand that closed, or why the first one did not."""
        for key in demand.keys:
            if (chain := self.chains.get(key)) is not None:
                return chain.key  # the very key that the tables hold: looking it up again compares nothing
        return self.missing[demand.keys[0]] if demand.keys else Missing(Gap.NO_ROUTE)

    def lifetime(self, key: ChainKey) -> int:
        """Return the lifetime in days behind a straight-line chain."""
        return next(int(1 / link.exact) for link in self.chains[key].links if link.role is Role.LIFETIME)

    def __reduce__(self) -> tuple[object, ...]:
        tables = (dict(self.choices), dict(self.chains), dict(self.missing), dict(self.coverage))
        return (_resolution, (self.methodology, *tables, self.findings))


def resolve(
    keys: Keys, providers: Iterable[FactorProvider], methodology: Methodology, *, lock: Lock | None = None
) -> Resolution:
    """Choose a coefficient for every key, and form every chain that closes.

    The result depends on the set of keys, on what each provider offers and on the methodology: not on the order of
    keys or providers. With a lock, the pinned coefficients count and no provider is asked.

    Raises AmbiguousFactor where two offers of one rank differ, PluginError where a provider breaks its contract, and
    UnitError where a chosen chain does not telescope to kgCO2eq.
    """
    asked = sorted({factor for chain in keys.chains for factor in chain.factors}, key=in_order)
    choices = choose(asked, providers, methodology, lock)
    chains: dict[ChainKey, Chain] = {}
    missing: dict[ChainKey, Missing] = {}
    place = {factor: number for number, factor in enumerate(asked)}
    for key in sorted(keys.chains, key=lambda key: (key.route, key.unit, *(place[factor] for factor in key.factors))):
        formed = _form(key, choices, methodology)
        if isinstance(formed, Missing):
            missing[key] = formed
        else:
            chains[key] = formed
    coverage, findings = _coverage(keys.orders, chains, methodology)
    for name, share in coverage.items():
        if share is not None and 0 < share < 1:
            chains.update(_rest(keys.orders[name], name, 1 - share, chains))
    return _resolution(methodology, choices, chains, missing, coverage, tuple(findings))


def _form(key: ChainKey, choices: Mapping[FactorKey, Choice], methodology: Methodology) -> Chain | Missing:
    """Return the chain of a key, or why there is none; the units are checked here, once."""
    links: list[Coefficient] = []
    match, stand_ins = Match.EXACT, set()
    for factor in key.factors:
        choice = choices[factor]
        if choice.winner is None:
            return Missing(choice.gap, factor)
        links.append(_in_place(choice.winner.coefficient))
        if factor.role not in _BY_THE_HOUSE:
            match = max(match, choice.winner.match)
        if choice.winner.stands_in:
            stand_ins.add(choice.winner.coefficient.identity)
    if (deflator := _deflator(key, links, methodology)) is not None:
        if isinstance(deflator, Missing):
            return deflator
        links.insert(-1, deflator)
    _check_closes(key, links)
    return Chain(key, tuple(links), match, _data_kind(key, match), _stages(links), frozenset(stand_ins))


def _check_closes(key: ChainKey, links: list[Coefficient]) -> None:
    """Raise UnitError, naming the route and its coefficients, where the units do not telescope to kgCO2eq."""
    try:
        close(key.unit, tuple(link.unit for link in links))
    except UnitError as error:
        named = "; ".join(f"{link.identity} ({link.value} {link.unit})" for link in links)
        raise UnitError("route-open", route=key.route, links=named, reason=error) from error


def _in_place(coefficient: Coefficient) -> Coefficient:
    """Return a lifetime as the share of one day in it; any other coefficient as it is.

    A lifetime of n years is n x 365.25 days, rounded half up to whole days, so that daily shares add up to exactly 1.
    """
    if coefficient.role is not Role.LIFETIME:
        return coefficient
    days = coefficient.exact if coefficient.unit == "day" else coefficient.exact * Fraction("365.25")
    whole = (days + Fraction(1, 2)).__floor__()
    return attrs.evolve(
        coefficient, value=f"1/{whole}", unit="1/day", comment=f"{coefficient.value} {coefficient.unit}"
    )


def _deflator(key: ChainKey, links: list[Coefficient], methodology: Methodology) -> Coefficient | Missing | None:
    """Return the link that takes euros of the spending into euros of the ratio, where their years differ."""
    ratio = links[-1] if links and links[-1].role is Role.MONETARY else None
    asked = key.factors[-1].year if key.factors else 0
    if ratio is None or ratio.year in (0, asked):
        return None
    declared = methodology.prices.deflator(asked, ratio.year)
    if declared is not None:
        source = Source("methodology", title=declared.source)
        return Coefficient(f"deflator-{asked}-{ratio.year}", declared.value, "1", Role.PRICE, source, declared.source)
    if methodology.prices.year is PriceYear.NEAREST:
        return None
    return Missing(Gap.PRICE_YEAR, key.factors[-1])


def _data_kind(key: ChainKey, match: Match) -> DataKind:
    if not key.factors:
        return DataKind.DECLARED
    if any(factor.role is Role.MONETARY for factor in key.factors):
        return DataKind.MONETARY
    return _DATA_KIND[match]


def _stages(links: list[Coefficient]) -> frozenset[Stage]:
    if any(link.role is Role.ENERGY for link in links):
        return frozenset({Stage.USE})
    return frozenset(stage for link in links for stage in link.stages)


def _coverage(
    orders: Mapping[str, Order], chains: Mapping[ChainKey, Chain], methodology: Methodology
) -> tuple[dict[str, Fraction | None], list[Finding]]:
    """Return the share of each order that its items detail. Items without a factor detail nothing."""
    coverage: dict[str, Fraction | None] = {}
    findings: list[Finding] = []
    for name, order in sorted(orders.items()):
        resolved = {unit: Fraction(0) for (ways, unit), _ in order.items.items() if any(way in chains for way in ways)}
        if not resolved or not order.spent:
            continue
        for (ways, unit), amount in order.items.items():
            if any(way in chains for way in ways):
                resolved[unit] += Fraction(amount, 10**6)
        spent = _in_one_unit(order.spent, order.spent, methodology)
        priced = _in_one_unit(resolved, order.spent, methodology)
        if UNPRICED in resolved:
            coverage[name] = Fraction(1)
        elif not any(order.spent.values()):
            coverage[name] = Fraction(0)
        elif spent is None or priced is None:
            coverage[name] = None
        else:
            coverage[name] = min(Fraction(1), priced / spent) if spent > 0 else Fraction(0)
            if priced > spent:
                gap = priced - spent
                facts = {"order": name, "over": f"{float(gap / 10**6):.2f}"}
                findings.append(Finding.of("order-exceeded", Severity.WARNING, Origin(), name, **facts))
    return coverage, findings


def _in_one_unit(
    amounts: Mapping[str, Fraction] | Mapping[str, int], units: Mapping[str, int], methodology: Methodology
) -> Fraction | None:
    """Return amounts of money in the tax basis of an order; None where a tax rate would be needed and is not given."""
    basis = min((unit for unit, amount in units.items() if amount), default=min(units))
    total = Fraction(0)
    for unit, amount in amounts.items():
        if not amount or unit in (basis, UNPRICED):
            total += amount
        elif methodology.prices.vat is None:
            return None
        else:
            rate = 1 + Fraction(methodology.prices.vat) / 100
            total += amount * rate if basis == "EUR_TTC" else amount / rate
    return total


def _rest(order: Order, name: str, share: Fraction, chains: Mapping[ChainKey, Chain]) -> dict[ChainKey, Chain]:
    """Return the chains of an order for the share that no item details."""
    link = Coefficient(f"order-{name}", str(share), "1", Role.SHARE, Source(""), name)
    found = {}
    for ways in order.chains:
        for way in ways:
            if way in chains:
                key = attrs.evolve(way, order=name)
                found[key] = attrs.evolve(chains[way], key=key, links=(link, *chains[way].links))
    return found


def _resolution(
    methodology: Methodology,
    choices: dict[FactorKey, Choice],
    chains: dict[ChainKey, Chain],
    missing: dict[ChainKey, Missing],
    coverage: dict[str, Fraction | None],
    findings: tuple[Finding, ...],
) -> Resolution:
    """Return what was decided, with its tables closed; pickling comes back through here."""
    return Resolution(
        methodology,
        MappingProxyType(choices),
        MappingProxyType(chains),
        MappingProxyType(missing),
        MappingProxyType(coverage),
        findings,
    )
