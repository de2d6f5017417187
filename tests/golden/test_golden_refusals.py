"""What the engine refuses to compute, and every word of why, in `refusals.txt`.

To change a line on purpose, change it there: what is written is what is told, no more and no less.
"""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

import ghg_numerique as ghg
import told
from ghg_numerique import FactorKey, Match, Offer, Role
from ghg_numerique.engine.choose import choose
from ghg_numerique.engine.pin import pin
from ghg_numerique.errors import GhgError
from ghg_numerique.model.details import DetailRule
from hamlet import KNOWN, TOWN, item, spent
from town import EMBODIED, Figures, assess, figure, methodology, resolved

LISTED = told.listed(Path(__file__).with_name("refusals.txt"))
LAPTOP, RATIO = FactorKey(Role.EMBODIED, "laptop"), FactorKey(Role.MONETARY, nature="telecom", year=2024)
RULE = DetailRule("desks", nature="telecom", equipment=("laptop",))


@attrs.frozen(eq=False)
class Answering:
    """A provider whose answer is what a function returns, or raises."""

    answer: Callable[[], Iterable[Any]]
    role: Role = Role.EMBODIED
    name: str = "stranger"
    sources: tuple[ghg.Source, ...] = ()

    def offers(self, keys: Collection[FactorKey], /) -> Iterable[Any]:
        """Answer whatever is asked."""
        return self.answer()


def answered(key: FactorKey, role: Role, unit: str = "", **others: Any) -> Callable[[], object]:
    """Return a choice for a key, of one offer of a stranger."""
    offer = Offer(key, figure(role, "1", unit, **others), Match.EXACT)
    asked = RATIO if key.role is Role.MONETARY else LAPTOP
    return lambda: choose([asked], [Answering(lambda: [offer], asked.role)], methodology())


def tied(*names: str, **chosen: Any) -> Callable[[], object]:
    """Return a choice between offers of one rank, each of a table and a provider by these names."""
    offering = [
        Figures(
            Role.EMBODIED, {"laptop": figure(Role.EMBODIED, str(value), source=ghg.Source(table), id="x")}, provider
        )
        for value, (provider, _, table) in enumerate((name.partition("/") for name in names), start=1)
    ]
    return lambda: choose([LAPTOP], offering, methodology(**chosen))


def locked() -> object:
    """Ask a lock for keys that it does not hold."""
    inventory = ghg.Inventory.of(TOWN)
    small = pin(resolved([item(2)], KNOWN)[1], ())
    return ghg.resolve(ghg.keys_of(inventory, methodology()), KNOWN, methodology(), lock=small)


CASES: Final[dict[str, Callable[[], object]]] = {
    "two providers of one rank": tied("b/t", "a/u", priority={Role.EMBODIED: ("z",)}),
    "two tables of one provider": tied("a/u", "a/t", priority={Role.EMBODIED: ("z",)}),
    "two providers that rank where another does": tied("b/t", "a/t", priority={Role.EMBODIED: ("t", "y")}),
    "an offer for a key that nobody asked for": answered(FactorKey(Role.EMBODIED, "drone"), Role.EMBODIED),
    "an offer of another role": answered(LAPTOP, Role.ENERGY),
    "an offer in a unit that measures something else": answered(LAPTOP, Role.EMBODIED, "kgCO2eq/kWh"),
    "a ratio without the year of its prices": answered(RATIO, Role.MONETARY, year=0),
    "a provider that fails": lambda: choose([LAPTOP], [Answering(lambda: [1 / 0])], methodology()),
    "a provider that offers no offers": lambda: choose(
        [LAPTOP], [Answering(lambda: ["many", "things"])], methodology()
    ),
    "keys that a lock does not hold": locked,
    "dimensions that no result has": lambda: list(ghg.explain(*resolved(TOWN, KNOWN), colour="red", age="old")),
    "a route that does not end in emissions": lambda: assess(
        [spent(2, 1)], [Figures(Role.MONETARY, {"telecom": figure(Role.MONETARY, "1", "kgCO2eq/kEUR_TTC")})]
    ),
    "two rules for one kind of rows": lambda: assess(
        [item(2), spent(2, 1)], KNOWN, details=(RULE, attrs.evolve(RULE, name="other")), routes=(EMBODIED,)
    ),
    "two rules for one account": lambda: assess(
        [spent(2, 1, account="6262", nature="")],
        KNOWN,
        details=tuple(DetailRule(name, account="6262", equipment=("laptop",)) for name in ("first", "second")),
    ),
    "amounts beyond what can be summed": lambda: assess([spent(row, 10**12) for row in range(2, 99)], KNOWN),
    "the same amounts, of no file": lambda: assess(
        [spent(row, 10**12, origin=ghg.Origin()) for row in range(2, 99)], KNOWN
    ),
}


@pytest.mark.parametrize("title", CASES)
def test_what_is_refused_is_refused_in_these_words(title):
    with pytest.raises(GhgError) as refused:
        CASES[title]()
    assert list(told.faults([refused.value])) == LISTED[title]


def test_every_title_is_told():
    assert set(LISTED) == set(CASES)
