"""The bridge from one lock to another: what each changed answer does to the total, adding up to the difference."""

from fractions import Fraction

import attrs

from ghg_numerique.engine.keys import Keys
from ghg_numerique.engine.post import post
from ghg_numerique.engine.resolve import resolve
from ghg_numerique.model.factors import FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.lock import Lock, LockedFactor, LockedGap
from ghg_numerique.model.methodology import Methodology

Answer = LockedFactor | LockedGap


@attrs.frozen
class Step:
    """One changed answer: the key, what answered before and after, and what that does to the total, in kgCO2eq."""

    key: FactorKey
    before: Answer
    after: Answer
    effect: Fraction


@attrs.frozen
class Bridge:
    """The total under the old lock, the steps in the order of their keys, and the total under the new one.

    `old + sum of effects == new`, exactly. The effect of a step is taken with the earlier keys already changed, so it
    may depend on that order where one chain holds two changed links; the order is fixed by the keys.
    """

    old: Fraction
    steps: tuple[Step, ...]
    new: Fraction


def bridge(inventory: Inventory, keys: Keys, methodology: Methodology, old: Lock, new: Lock) -> Bridge:
    """Return the bridge between two locks, for one inventory and one methodology."""
    before, after = old.answers(), new.answers()
    sources = (*old.sources, *new.sources)
    needed = sorted({factor for chain in keys.chains for factor in chain.factors} & set(after))
    mixed = {key: before.get(key, after[key]) for key in needed}
    changed = [key for key in needed if key in before and before[key] != after[key]]
    totals = [_total(inventory, keys, methodology, new.with_answers(mixed.values(), sources))]
    steps = []
    for key in changed:
        mixed[key] = after[key]
        totals.append(_total(inventory, keys, methodology, new.with_answers(mixed.values(), sources)))
        steps.append(Step(key, before[key], after[key], totals[-1] - totals[-2]))
    return Bridge(totals[0], tuple(steps), totals[-1])


def _total(inventory: Inventory, keys: Keys, methodology: Methodology, lock: Lock) -> Fraction:
    resolution = resolve(keys, (), methodology, lock=lock)
    cells = post(inventory, resolution) @ resolution.sheet.values
    return sum(cells.values(), start=Fraction(0))
