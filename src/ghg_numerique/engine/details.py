"""Rules by which equipment details spending without a purchase order: they give both sides one order, of the rule."""

from collections.abc import Callable, Iterable

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.engine.allocate import year_days
from ghg_numerique.engine.boundary import domain_of
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.details import DetailRule
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.profile import Profile
from ghg_numerique.terms import Activity


def detailed(inventory: Inventory, methodology: Methodology) -> Inventory:
    """Return the inventory in which rows that a rule links bear the order of the rule.

    A rule links the expenses of the year that it names to the equipment that it names and that enters in the year; rows
    that bear an order already are left alone, so that applying rules again changes nothing. Raises ConfigurationError
    where two rules name one kind of rows: nobody would know which of them counts.
    """
    if not methodology.details:
        return inventory
    first, after = year_days(methodology.reporting_year)
    rule_of = _codes(inventory.profiles, methodology)
    rule = rule_of[inventory.profile]
    linked = (rule >= 0) & (inventory.order < 0) & (inventory.start >= first) & (inventory.start < after)
    orders = {name: code for code, name in enumerate(inventory.orders)}
    codes = np.array([orders.setdefault(one.order, len(orders)) for one in methodology.details], dtype=np.int32)
    return attrs.evolve(inventory, order=np.where(linked, codes[rule], inventory.order), orders=tuple(orders))


def _codes(profiles: Iterable[Profile], methodology: Methodology) -> npt.NDArray[np.int32]:
    """Return for each profile the place of the rule that names it, -1 where none does."""
    found = []
    for profile in profiles:
        rules = [place for place, rule in enumerate(methodology.details) if _names(rule, methodology)(profile)]
        if len(rules) > 1:
            names = ", ".join(methodology.details[place].name for place in rules)
            what = profile.equipment or profile.account or profile.nature
            raise ConfigurationError("details-twice", names=names, what=what)
        found.append(rules[0] if rules else -1)
    return np.array(found, dtype=np.int32)


def _names(rule: DetailRule, methodology: Methodology) -> Callable[[Profile], bool]:
    def names(profile: Profile) -> bool:
        if profile.activity is Activity.SPENDING:
            return not profile.movement and rule.names_spending(profile.account, profile.nature)
        return profile.activity is Activity.HARDWARE and rule.names_items(
            profile.equipment, domain_of(profile, methodology)
        )

    return names
