"""The synthetic fleet that the benchmarks run on: seeded, coded, and as uneven as a real one."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

import attrs
import numpy as np
import numpy.typing as npt

import ghg_numerique as ghg
from ghg_numerique import Coefficient, FactorKey, Match, Offer, Profile, Role, Source, Stage, State
from ghg_numerique.decimals import MILLIONTHS

YEAR = 2024
FIRST, AFTER = date(YEAR, 1, 1).toordinal(), date(YEAR + 1, 1, 1).toordinal()
OPEN = date.max.toordinal() + 1
TYPES, MODELS = 40, 2_000

DOMAINS = (
    "User environment", "Telephony", "Printing", "Networks", "Data centre", "Applications", "Video protection",
)  # fmt: skip
STATES = {"in_use": 0.85, "in_stock": 0.09, "in_maintenance": 0.03, "retired": 0.02, "missing": 0.01}

STAGES = {Role.EMBODIED: Stage.MANUFACTURING, Role.MONETARY: Stage.CRADLE_TO_GATE}

Codes = npt.NDArray[np.int32]

METHODOLOGY = ghg.Methodology.parse(f"""
title = "Benchmark"
year = {YEAR}
place = "FR"
domains = {list(DOMAINS)}

[[routes]]
name = "embodied"
activity = "hardware"
stage = "manufacturing"
links = ["embodied"]

[[routes]]
name = "use"
activity = "hardware"
stage = "use"
links = ["energy", "electricity"]
""")


@attrs.frozen
class Published:
    """A factor provider that has one coefficient for each type of equipment, each place or each nature."""

    role: Role
    coefficients: dict[str, Coefficient]
    sources: tuple[Source, ...]
    name: str = "benchmark"

    @classmethod
    def of(cls, role: Role, unit: str, figures: dict[str, str], year: int = 0) -> "Published":
        """Return the provider of made-up figures; those of money are of the prices of a year."""
        source = Source(f"made-up-{role}")
        stages = frozenset({STAGES.get(role, Stage.USE)})
        coefficients = {
            name: Coefficient(name, figure, unit, role, source, stages=stages, year=year)
            for name, figure in figures.items()
        }
        return cls(role, coefficients, (source,))

    def offers(self, keys: Collection[FactorKey], /) -> Iterator[Offer]:
        """Offer the coefficient of the type of equipment, of the place, or of the nature."""
        return (Offer(key, self.coefficients[key.equipment or key.place or key.nature], Match.FAMILY) for key in keys)


EMBODIED = {f"type-{code:02}": str(Decimal(400 + 377 * code) / 10) for code in range(TYPES)}
ENERGY = {f"type-{code:02}": str(Decimal(150 + 191 * code) / 8) for code in range(TYPES)}
ELECTRICITY = "0.0519"
CATALOGUE = ghg.Catalogue.of(
    Published.of(Role.EMBODIED, "kgCO2eq/item", EMBODIED),
    Published.of(Role.ENERGY, "kWh/item/year", ENERGY),
    Published.of(Role.ELECTRICITY, "kgCO2eq/kWh", {"FR": ELECTRICITY}),
)


@attrs.frozen(eq=False)
class Fleet:
    """Coded columns of a fleet, and what each profile code stands for."""

    profiles: tuple[Profile, ...]
    type: Codes
    domain: Codes
    powered: npt.NDArray[np.bool_]
    profile: Codes
    amount: npt.NDArray[np.int64]
    start: Codes
    end: Codes

    @classmethod
    def of(cls, rows: int, seed: int = 2024) -> "Fleet":
        """Return a fleet of so many rows: 70 % serve the whole year, 20 % enter in it, 10 % leave before or in it.

        A model has one type and a type one domain, as in a town hall; models are used unevenly, states too.
        """
        random = np.random.default_rng(seed)
        model = (MODELS * random.random(rows) ** 2).astype(np.int32)
        # Every model is there, in use: fleets of any size ask for the same factors.
        model[:MODELS] = np.arange(min(rows, MODELS))
        state = random.choice(len(STATES), size=rows, p=list(STATES.values())).astype(np.int32)
        state[:MODELS] = 0
        used, profile = np.unique(model * len(STATES) + state, return_inverse=True)
        types, states = used // len(STATES) % TYPES, used % len(STATES)
        case = random.random(rows)
        start = random.integers(FIRST - 2_000, FIRST, rows)
        start = np.where(case < 0.2, random.integers(FIRST, AFTER, rows), start)
        end = np.where(case > 0.9, start + random.integers(200, 2_200, rows), OPEN)
        return cls(
            profiles=tuple(_profile(code) for code in used.tolist()),
            type=types.astype(np.int32),
            domain=(types % len(DOMAINS)).astype(np.int32),
            powered=states == 0,
            profile=profile.astype(np.int32),
            amount=random.integers(1, 40, rows) * MILLIONTHS,
            start=start.astype(np.int32),
            end=end.astype(np.int32),
        )

    def __len__(self) -> int:
        return len(self.profile)

    def inventory(self) -> ghg.Inventory:
        """Return the same columns as an inventory."""
        return ghg.Inventory.from_columns(self.profiles, self.profile, self.amount, self.start, self.end)

    def plain(self) -> list[tuple[object, ...]]:
        """Return the rows as plain tuples, in the order of the fields of a HardwareItem."""
        rows = zip(self.profile.tolist(), self.amount.tolist(), self.start.tolist(), self.end.tolist())
        return [
            (f"row-{index}", profile.equipment, amount // MILLIONTHS, date.fromordinal(start),
             None if end == OPEN else date.fromordinal(end), profile.domain, profile.model, State(profile.state))
            for index, (code, amount, start, end) in enumerate(rows)
            for profile in (self.profiles[code],)
        ]  # fmt: skip


def _profile(code: int) -> Profile:
    model, state = divmod(code, len(STATES))
    kind = model % TYPES
    return Profile(
        ghg.Activity.HARDWARE, "item", DOMAINS[kind % len(DOMAINS)], f"type-{kind:02}", f"model-{model:04}",
        list(STATES)[state],
    )  # fmt: skip
