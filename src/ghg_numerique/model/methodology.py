"""Everything that a person chose, on a page that a council can read."""

import hashlib
import itertools
import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.documents import parse_toml, read_toml
from ghg_numerique.errors import ConfigurationError, NumberError
from ghg_numerique.model.details import DetailRule, names_account
from ghg_numerique.terms import Activity, Allocation, Expired, Kind, PriceYear, Role, Stage, State

DIMENSIONS: Final = (
    "domain", "kind", "stage", "equipment", "route", "data_kind", "place", "site", "account", "nature",
)  # fmt: skip
"""What a result can be told apart by."""

_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100


@attrs.frozen
class Route:
    """A way to compute one kind of activity: the roles whose coefficients are multiplied, in words of `Role`.

    Routes of one activity and one kind (embodied, use, services) are tried in the order of the methodology.
    """

    name: str
    activity: Activity
    stage: Stage
    links: tuple[Role, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of emissions under which the route reports."""
        return Kind.of(self.stage)


@attrs.frozen
class Fleet:
    """Which states of equipment count: for their manufacture when they enter, and for their electricity."""

    acquired: tuple[State, ...] = tuple(state for state in State if state is not State.CONSUMED)
    powered: tuple[State, ...] = (State.IN_USE,)


@attrs.frozen
class Deflator:
    """What one euro of `year` is worth in euros of `into`, declared with its source."""

    year: int
    into: int
    value: str = attrs.field(validator=lambda _self, _attribute, value: exact(value))
    source: str


@attrs.frozen
class Prices:
    """How money of one tax basis and one year meets a ratio of another.

    `vat` is the rate (`"20"` for 20 %) that turns TTC into HT; without it, TTC lines stay unresolved. `year` says what
    to do where the ratio speaks of other euros and no deflator is given.
    """

    vat: str | None = None
    vat_source: str = ""
    year: PriceYear = PriceYear.REFUSE
    deflators: tuple[Deflator, ...] = ()

    def deflator(self, year: int, into: int) -> Deflator | None:
        """Return the declared deflator between two price years."""
        return next((known for known in self.deflators if (known.year, known.into) == (year, into)), None)


@attrs.frozen
class OutOfBoundary:
    """A domain, an account or a nature that the methodology leaves out of the system boundary, and why.

    An account may end in `*`: it then stands for every account that starts so, but for those in `keep`, which may end
    in `*` too. `account = "*"` with a list of accounts to keep says which accounts lie inside the boundary.
    """

    reason: str
    domain: str = ""
    account: str = ""
    nature: str = ""
    equipment: str = ""
    keep: tuple[str, ...] = ()

    def names_account(self, account: str) -> bool:
        """Tell whether the line means an account; where there is none, no pattern means it."""
        return names_account(self.account, account) and not any(names_account(kept, account) for kept in self.keep)


@attrs.frozen
class Assignment:
    """To which domain activity data belong that do not say so themselves."""

    equipment: dict[str, str] = attrs.Factory(dict)
    account: dict[str, str] = attrs.Factory(dict)
    nature: dict[str, str] = attrs.Factory(dict)


@attrs.frozen
class Methodology:
    """Boundary, routes, allocation, priorities and groupings of one footprint.

    `place` is where equipment draws its electricity when its row does not say (ISO 3166, `FR`). `domains` are the
    domains of this house, in the order in which reports print them; a row may name no other. `rollups` group domains
    (`rollups.tier`), and what a roll-up leaves out is kept and shown. `fallbacks` says whether stand-ins may be used at
    all, `no_fallback` for which steps of a route they may not. `details` are the rules by which equipment details
    spending that names no order.
    """

    title: str
    routes: tuple[Route, ...]
    domains: tuple[str, ...]
    place: str = ""
    year: int | None = None
    allocation: Allocation = Allocation.FLOW
    stages: tuple[Stage, ...] = tuple(Stage)
    cells: tuple[str, ...] = ("domain", "kind", "stage", "equipment", "route", "data_kind")
    priority: dict[Role, tuple[str, ...]] = attrs.Factory(dict)
    rollups: dict[str, dict[str, tuple[str, ...]]] = attrs.Factory(dict)
    fleet: Fleet = Fleet()
    prices: Prices = Prices()
    expired: Expired = Expired.WARN
    fallbacks: bool = True
    no_fallback: tuple[Role, ...] = ()
    assign: Assignment = Assignment()
    boundary: tuple[OutOfBoundary, ...] = ()
    details: tuple[DetailRule, ...] = ()

    def __attrs_post_init__(self) -> None:
        _check(self)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a methodology from its TOML page. Raises ConfigurationError with every fault of the page."""
        return read_toml(Path(path), cls)

    @classmethod
    def parse(cls, text: str, *, name: str = "methodology") -> Self:
        """Read a methodology from the text of its page."""
        return parse_toml(text, cls, name=name)

    def for_year(self, year: int) -> Self:
        """Return the same methodology applied to a year."""
        return attrs.evolve(self, year=year)

    @property
    def reporting_year(self) -> int:
        """The year of the footprint. Raises ConfigurationError where nobody said which."""
        if self.year is None:
            raise ConfigurationError("no-year", title=self.title)
        return self.year

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what was chosen, whatever the order of keys and the layout of the page."""
        chosen = attrs.asdict(self, value_serializer=lambda _instance, _attribute, value: value)
        return hashlib.sha256(json.dumps(chosen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def routes_for(self, activity: Activity) -> tuple[Route, ...]:
        """Return the routes of an activity whose stage is inside the boundary, in their order."""
        return tuple(route for route in self.routes if route.activity is activity and route.stage in self.stages)

    @cached_property
    def ways(self) -> Mapping[Activity, Mapping[Kind, tuple[Route, ...]]]:
        """The routes of each activity that lie inside the boundary, by the kind of emissions that they report."""
        routes = {activity: self.routes_for(activity) for activity in Activity}
        return {
            activity: {kind: tuple(r for r in found if r.kind is kind) for kind in dict.fromkeys(r.kind for r in found)}
            for activity, found in routes.items()
        }

    def accepts_fallback(self, role: Role) -> bool:
        """Tell whether a stand-in (another year, another type) may do for a step."""
        return self.fallbacks and role not in self.no_fallback

    def rank(self, role: Role, provider: str, table: str = "") -> int:
        """Return the place of a provider, or of one of its tables, in the priorities of a role.

        Those not named come last, and tie. A table that is named is ranked by its own name, so that one release can
        stand before another of the same provider.
        """
        named = self.priority.get(role, ())
        return next((named.index(name) for name in (table, provider) if name in named), len(named))


def _check(methodology: Methodology) -> None:
    """Raise ConfigurationError for what the types alone do not forbid."""
    if unknown := set(methodology.cells) - set(DIMENSIONS):
        raise ConfigurationError("cells", unknown=", ".join(sorted(unknown)), known=", ".join(DIMENSIONS))
    if missing := {"domain", "kind", "data_kind"} - set(methodology.cells):
        raise ConfigurationError("cells-missing", missing=", ".join(sorted(missing)))
    if methodology.year is not None and not FIRST_YEAR <= methodology.year <= LAST_YEAR:
        raise ConfigurationError("year-range", value=methodology.year, first=FIRST_YEAR, last=LAST_YEAR)
    domains = methodology.domains
    if not all(domain.strip() for domain in domains):
        raise ConfigurationError("domains-empty")
    if twice := sorted({domain for domain in domains if domains.count(domain) > 1}):
        raise ConfigurationError("domains-twice", names=", ".join(twice))
    _check_routes(methodology)
    for name, groups in methodology.rollups.items():
        if name in DIMENSIONS:
            raise ConfigurationError("rollup-name", name=name)
        members = [member for group in groups.values() for member in group]
        if foreign := sorted(set(members) - set(methodology.domains)):
            raise ConfigurationError("rollup-domain", name=name, foreign=", ".join(foreign))
        if twice := sorted({member for member in members if members.count(member) > 1}):
            raise ConfigurationError("rollup-twice", name=name, twice=", ".join(twice))
    assigned = {
        domain
        for table in (methodology.assign.equipment, methodology.assign.account, methodology.assign.nature)
        for domain in table.values()
    }
    if foreign := sorted(assigned - set(methodology.domains)):
        raise ConfigurationError("assign-domain", foreign=", ".join(foreign), known=", ".join(methodology.domains))
    if methodology.place and not _PLACE.fullmatch(methodology.place):
        raise ConfigurationError("place", value=methodology.place)
    if methodology.prices.vat is not None and not _is_rate(methodology.prices.vat):
        raise ConfigurationError("vat", value=methodology.prices.vat)
    for deflator in methodology.prices.deflators:
        if exact(deflator.value) <= 0:
            raise ConfigurationError("deflator", value=deflator.value)
    for line in methodology.boundary:
        if line.domain and line.domain not in methodology.domains:
            known = ", ".join(methodology.domains)
            raise ConfigurationError("boundary-domain", domain=line.domain, known=known)
        if not any((line.domain, line.account, line.nature, line.equipment)):
            raise ConfigurationError("boundary-nothing", reason=line.reason)
        if line.keep and not line.account.endswith("*"):
            raise ConfigurationError("boundary-keep", reason=line.reason, account=line.account)
    _check_details(methodology)


def _check_routes(methodology: Methodology) -> None:
    """Raise ConfigurationError for two routes of one name, a role twice in a route, or one figure under two kinds.

    Kinds are added up, and a coefficient is chosen by role and item, not by stage: two kinds of one activity that
    multiply the same roles are one figure counted twice. Routes of one kind are alternatives, and add nothing.
    """
    names = [route.name for route in methodology.routes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError("routes-twice", names=", ".join(twice))
    for route in methodology.routes:
        if twice := sorted({role for role in route.links if route.links.count(role) > 1}):
            raise ConfigurationError("route-links", name=route.name, names=", ".join(twice))
    inside = [route for route in methodology.routes if route.links and route.stage in methodology.stages]
    for one, other in itertools.combinations(inside, 2):
        same = one.activity is other.activity and set(one.links) == set(other.links)
        if same and one.kind is not other.kind:
            roles = ", ".join(sorted(one.links))
            raise ConfigurationError("routes-same", first=one.name, second=other.name, roles=roles)


def _check_details(methodology: Methodology) -> None:
    """Raise ConfigurationError for a rule that names one side alone, or a domain that is not there."""
    rules = [rule.name for rule in methodology.details]
    if twice := sorted({name for name in rules if rules.count(name) > 1}):
        raise ConfigurationError("details-names", names=", ".join(twice))
    for rule in methodology.details:
        if not (rule.account or rule.nature) or not (rule.equipment or rule.domain):
            raise ConfigurationError("details-nothing", name=rule.name)
        if rule.domain and rule.domain not in methodology.domains:
            raise ConfigurationError("details-domain", name=rule.name, domain=rule.domain)


def _is_rate(text: str) -> bool:
    """Tell whether a text is a rate of VAT in percent. The lowest of France is 0.9 (press in Corsica); 0.2 means 20."""
    try:
        rate = exact(text)
    except NumberError:
        return False
    return rate == 0 or Fraction("0.9") <= rate <= 100
