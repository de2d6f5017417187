"""The naive engine: one row at a time, in fractions, with its own arithmetic, its own units and its own calendar.

It shares with the library only the values that people write: rows, the fields of a methodology, published
coefficients. It knows no profile, no matrix, no pint and no partition, and is as slow as it is plain.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import attrs

from ghg_numerique.model.activity import ActivityData, DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.model.methodology import Methodology, Route

Factors = Mapping[str, Mapping[str, Mapping[str, Coefficient]]]
"""Role, name of the provider, word in the key: what is published."""

SIZES = {
    "gCO2eq": Fraction(1, 1000), "kgCO2eq": Fraction(1), "tCO2eq": Fraction(1000),
    "Wh": Fraction(1, 1000), "kWh": Fraction(1), "MWh": Fraction(1000),
    "EUR_HT": Fraction(1), "kEUR_HT": Fraction(1000), "item": Fraction(1), "year": Fraction(1), "day": Fraction(1),
}  # fmt: skip
WORDS = {
    "embodied": (("model", 0), ("equipment", 1)),
    "energy": (("model", 0), ("equipment", 1)),
    "lifetime": (("equipment", 1),),
    "monetary": (("sector", 0), ("nature", 1), ("account", 2)),
}
DATA_KINDS = ("item_model", "item_type", "generic")


@attrs.frozen
class Gap:
    """Why there is no result."""

    reason: str


@attrs.frozen
class Way:
    """A route that has all its coefficients: kgCO2eq per unit of the row, and over how many days it is spread."""

    route: str
    value: Fraction
    stages: frozenset[str]
    data_kind: str
    lifetime: int = 0


@attrs.frozen
class Answer:
    """kgCO2eq by cell, without the cells that hold nothing, and the fate of every row by its place among the rows."""

    cells: dict[tuple[str, ...], Fraction]
    fates: list[tuple[str, str]]


class Oracle:
    """Assesses rows by a methodology, with what is published."""

    def __init__(self, methodology: Methodology, factors: Factors) -> None:
        self.methodology, self.factors, self.year = methodology, factors, methodology.reporting_year
        first, after = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        self.calendar = [first + timedelta(days=n) for n in range((after - first).days)]

    def assess(self, rows: tuple[ActivityData, ...]) -> Answer:
        """Return what rows amount to, each looked at by itself but for the order that it names."""
        cells: dict[tuple[str, ...], Fraction] = {}
        fates = []
        for row in rows:
            fate, parts = self.fate(row, rows)
            fates.append(fate)
            for cell, kilograms in parts:
                cells[cell] = cells.get(cell, Fraction(0)) + kilograms
        return Answer({cell: kilograms for cell, kilograms in cells.items() if kilograms}, fates)

    def fate(
        self, row: ActivityData, rows: tuple[ActivityData, ...]
    ) -> tuple[tuple[str, str], list[tuple[tuple[str, ...], Fraction]]]:
        """Return the fate of a row, and what it adds to which cells."""
        if isinstance(row, SpendingLine) and row.movement != "expense":
            return ("excluded", str(row.movement)), []
        if self.outside(row):
            return ("excluded", "boundary"), []
        match row:
            case DeclaredEmission():
                if row.day.year != self.year:
                    return ("excluded", "other_year"), []
                way = Way("declared", SIZES[row.unit], frozenset(), "declared")
                return ("counted", ""), [(self.cell(row, row.kind, way), Fraction(row.amount) * way.value)]
            case SpendingLine():
                return self.spending(row, rows)
            case HardwareItem():
                return self.hardware(row)

    def hardware(self, row: HardwareItem) -> tuple[tuple[str, str], list[tuple[tuple[str, ...], Fraction]]]:
        served = sum(row.entered <= day and (row.left is None or day < row.left) for day in self.calendar)
        enters = row.entered.year == self.year
        kinds = self.kinds("hardware")
        found, parts, worn = [], [], 0
        for kind, routes in kinds.items():
            fleet = self.methodology.fleet
            counted = row.state in (fleet.powered if kind == "use" else fleet.acquired)
            way = self.way(routes, row, kind) if counted else "state"
            if kind == "use":
                days = served
            elif kind == "embodied" and self.methodology.allocation == "straight_line":
                days = int(enters or served > 0)
                if isinstance(way, Way):
                    end = row.entered + timedelta(days=way.lifetime)
                    days = worn = sum(row.entered <= day < end for day in self.calendar)
            else:
                days = int(enters)
            if days:
                found.append(way)
                if isinstance(way, Way):
                    parts.append((self.cell(row, kind, way), Fraction(row.quantity) * days * way.value))
        if not (enters or served or worn):
            return ("excluded", "enters_after" if row.entered.year > self.year else "left_before"), []
        for way in found:
            if isinstance(way, Gap):
                return ("unresolved", way.reason), parts
        if parts:
            return ("counted", ""), parts
        if not kinds:
            return ("unresolved", "no_route"), []
        return ("excluded", "state" if found else "nothing_in_year"), []

    def spending(
        self, row: SpendingLine, rows: tuple[ActivityData, ...]
    ) -> tuple[tuple[str, str], list[tuple[tuple[str, ...], Fraction]]]:
        if row.spent.year != self.year:
            return ("excluded", "other_year"), []
        share = self.detailed(row.order, rows) if row.order else Fraction(0)
        if share is None:
            return ("unresolved", "no_vat"), []
        if share == 1:
            return ("detailed", ""), []
        for kind, routes in self.kinds("spending").items():
            way = self.way(routes, row, kind)
            if isinstance(way, Gap):
                return ("unresolved", way.reason), []
            return ("counted", ""), [(self.cell(row, kind, way), Fraction(row.amount) * (1 - share) * way.value)]
        return ("unresolved", "no_route"), []

    def detailed(self, order: str, rows: tuple[ActivityData, ...]) -> Fraction | None:
        """Return the share of an order that items detail; None where a tax rate would be needed."""
        lines = [
            row
            for row in rows
            if isinstance(row, SpendingLine)
            and row.order == order
            and row.spent.year == self.year
            and row.movement == "expense"
        ]
        embodied = self.kinds("hardware").get("embodied", [])
        items = [
            row
            for row in rows
            if isinstance(row, HardwareItem) and row.order == order and row.quantity
            and row.state in self.methodology.fleet.acquired and isinstance(self.way(embodied, row, "embodied"), Way)
        ]  # fmt: skip
        if not items:
            return Fraction(0)
        if any(item.unit_price is None for item in items):
            return Fraction(1)
        money = [(Fraction(line.amount), line.unit) for line in lines]
        prices = [(Fraction(item.quantity) * Fraction(item.unit_price or 0), item.price_unit) for item in items]
        net = {unit: sum(amount for amount, other in money if other == unit) for _, unit in money}
        if not any(net.values()):
            return Fraction(0)  # no euro to detail, in whatever tax basis
        if self.methodology.prices.vat is None:
            bases = {unit for unit, amount in net.items() if amount} or {min(net)}
            if len(bases | {unit for amount, unit in prices if amount}) > 1:
                return None
        spent, priced = (
            sum((amount * self.untaxed(unit) for amount, unit in side), Fraction(0)) for side in (money, prices)
        )
        return min(Fraction(1), priced / spent) if spent > 0 else Fraction(0)

    def untaxed(self, unit: str) -> Fraction:
        return 1 / (1 + Fraction(self.methodology.prices.vat or 0) / 100) if unit == "EUR_TTC" else Fraction(1)

    def kinds(self, activity: str) -> dict[str, list[Route]]:
        found: dict[str, list[Route]] = {}
        for route in self.methodology.routes:
            if route.activity == activity and route.stage in self.methodology.stages:
                kind = {"use": "use", "cradle_to_gate": "services"}.get(route.stage, "embodied")
                found.setdefault(kind, []).append(route)
        return found

    def way(self, routes: list[Route], row: HardwareItem | SpendingLine, kind: str) -> Way | Gap:
        """Return the first route that has all its coefficients, or why the first one has not."""
        tried = [self.tried(route, row, kind) for route in routes]
        return next((way for way in tried if isinstance(way, Way)), tried[0] if tried else Gap("no_route"))

    def tried(self, route: Route, row: HardwareItem | SpendingLine, kind: str) -> Way | Gap:
        value, lifetime, fits, stages = Fraction(1), 0, [0], set[str]()
        if kind == "use":
            assert isinstance(row, HardwareItem)
            value *= Fraction(row.pue if row.pue is not None else 1) / len(self.calendar)
        if kind == "embodied" and self.methodology.allocation == "straight_line":
            found = self.best("lifetime", row)
            if isinstance(found, Gap):
                return found
            years = Fraction(found[0].value)
            lifetime = floor((years * Fraction("365.25") if found[0].unit == "year" else years) + Fraction(1, 2))
            value /= lifetime
        if isinstance(row, SpendingLine) and row.unit == "EUR_TTC":
            if self.methodology.prices.vat is None:
                return Gap("no_vat")
            value *= self.untaxed(row.unit)
        for role in route.links:
            if role == "energy" and isinstance(row, HardwareItem) and row.energy is not None:
                value *= Fraction(row.energy)
                continue
            found = self.best(role, row)
            if isinstance(found, Gap):
                return found
            coefficient, fit = found
            value *= Fraction(coefficient.value) * size(coefficient.unit)
            fits.append(fit)
            stages |= coefficient.stages
            if role == "monetary" and coefficient.year not in (0, self.year):
                deflator = self.methodology.prices.deflator(self.year, coefficient.year)
                if deflator is None and self.methodology.prices.year == "refuse":
                    return Gap("price_year")
                value *= Fraction(deflator.value) if deflator else 1
        if "energy" in route.links:
            stages = {"use"}
        data_kind = "monetary" if "monetary" in route.links else DATA_KINDS[max(fits)]
        return Way(route.name, value, frozenset(stages), data_kind, lifetime)

    def best(self, role: str, row: HardwareItem | SpendingLine) -> tuple[Coefficient, int] | Gap:
        """Return the coefficient of the best fit and, among equals, of the provider that is named first."""
        named = self.methodology.priority.get(role, ())  # type: ignore[call-overload]
        found = []
        for provider, published in self.factors[role].items():
            rank = named.index(provider) if provider in named else len(named)
            known = [(fit, published[word]) for word, fit in self.words(role, row) if word in published]
            if not known and "*" in published:
                known = [(2, published["*"])]
            found += [(fit, rank, provider, coefficient) for fit, coefficient in known]
        found.sort(key=lambda candidate: candidate[:3])
        refused = [self.refusal(role, coefficient, fit) for fit, _, _, coefficient in found]
        for (fit, _, _, coefficient), reason in zip(found, refused, strict=True):
            if not reason:
                return coefficient, fit
        return Gap(refused[0] if refused else "no_factor")

    def words(self, role: str, row: HardwareItem | SpendingLine) -> Iterator[tuple[str, int]]:
        if role == "electricity":
            assert isinstance(row, HardwareItem)
            yield row.place or self.methodology.place, 0
        else:
            yield from ((getattr(row, part), fit) for part, fit in WORDS[role])

    def refusal(self, role: str, coefficient: Coefficient, fit: int) -> str:
        uses = any(route.stage == "use" for route in self.methodology.routes) and "use" in self.methodology.stages
        if role == "embodied" and "use" in coefficient.stages and uses:
            return "stage_overlap"
        if self.methodology.expired == "refuse" and coefficient.valid_to and coefficient.valid_to[:4] < str(self.year):
            return "expired"
        barred = not self.methodology.fallbacks or role in self.methodology.no_fallback
        return "no_factor" if fit == 2 and barred else ""

    def domain(self, row: ActivityData) -> str:
        assign = self.methodology.assign
        return (
            row.domain
            or assign.equipment.get(getattr(row, "equipment", ""), "")
            or assign.nature.get(getattr(row, "nature", ""), "")
            or assign.account.get(getattr(row, "account", ""), "")
        )

    def outside(self, row: ActivityData) -> bool:
        said = {name: getattr(row, name, "") for name in ("nature", "equipment")}
        said["domain"], account = self.domain(row), getattr(row, "account", "")
        return any(
            all(getattr(line, name) in ("", value) for name, value in said.items())
            and (not line.account or account == line.account or ("*" in line.account and account != ""))
            and not any(account.startswith(kept.removesuffix("*")) for kept in line.keep)
            for line in self.methodology.boundary
        )

    def cell(self, row: ActivityData, kind: str, way: Way) -> tuple[str, ...]:
        named = {name: getattr(row, name, "") for name in ("equipment", "site", "account", "nature")}
        named["place"] = getattr(row, "place", "") or self.methodology.place
        named |= {"domain": self.domain(row), "kind": str(kind), "stage": "+".join(sorted(way.stages))}
        named |= {"route": way.route, "data_kind": way.data_kind}
        return tuple(named[name] for name in self.methodology.cells)


def size(unit: str) -> Fraction:
    """Return how many kilograms, kilowatt hours and euros a unit text stands for."""
    over, *under = unit.split("/")
    value = SIZES[over]
    for name in under:
        value /= SIZES[name]
    return value
