"""Draws belong to coefficients: what is shared is drawn once, and nothing else moves a draw."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import attrs
import numpy as np

from ghg_numerique.algebra.exposure import exposures
from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.ieee import Floats
from ghg_numerique.algebra.uncertain import Uncertain, drawn_together, multiples
from ghg_numerique.audit.edits import copies, cut, multiplied, of_activity, shuffled, split, spread_over
from ghg_numerique.audit.floats import at_most, near, same_bits
from ghg_numerique.audit.moments import DRAWS, amounts_of, one_sign
from ghg_numerique.audit.property import Property, Trial, equal
from ghg_numerique.audit.retold import declaring
from ghg_numerique.audit.subject import Subject
from ghg_numerique.errors import TooLarge
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.terms import Activity


def a_shared_factor_is_one_draw(subject: Subject, effort: int) -> Iterator[Trial]:
    """F4: where one factor alone is uncertain, all that goes through it is multiplied by the same draw, and no more."""
    bare = attrs.evolve(subject.bare, causes=())
    laws = bare.footprint.sheet.laws
    for identity in sorted(laws.keys() - bare.twins)[:effort]:
        alone = bare.told_by(declaring(bare.providers, identity))
        exposed = sum((one.amount for one in exposures(alone) if one.coefficient.identity == identity), Fraction(0))
        (multiple,) = multiples(identity, laws[identity], DRAWS, 0, DRAWS)
        sure, moved = float(alone.exact_total() - exposed), float(exposed) * multiple
        yield near(identity, sure + moved, _draws(alone), abs(sure) + float(np.abs(moved).max()))
    if _varies(bare):
        drawn = _draws(bare.footprint)
        for row in spread_over(np.flatnonzero(np.abs(bare.inventory.amount) > 3), effort).tolist():
            yield same_bits("split", drawn, _draws(bare.with_rows(split(bare.inventory, row))))


def a_credit_note_takes_its_uncertainty_back(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F5."""
    bare = subject.bare
    rows = of_activity(bare.inventory, Activity.SPENDING, Activity.EMISSIONS)
    if not len(rows) or not _varies(bare.only(rows)):
        return
    amounts = bare.inventory.amount[rows]
    pairs = [copies(bare.inventory, rows, amounts, "paid"), copies(bare.inventory, rows, -amounts, "credited")]
    yield equal("alone", 0.0, bare.with_rows(Inventory.concat(pairs)).uncertain().deviation)
    yield same_bits("added", _draws(bare.footprint), _draws(bare.with_rows(Inventory.concat([bare.inventory, *pairs]))))


def draws_do_not_move(subject: Subject, effort: int) -> Iterator[Trial]:
    """F6."""
    bare = subject.bare
    if not _varies(bare):
        return
    drawn = _draws(bare.footprint)
    for turn in range(min(effort, 3)):
        yield same_bits(f"order {turn}", drawn, _draws(bare.with_rows(shuffled(bare.inventory, turn))))
    parts = [bare.with_rows(part).uncertain() for part in cut(bare.inventory, 3)]
    yield same_bits("parts", drawn, sum(parts, start=Uncertain.nothing()).draws(DRAWS))
    amounts = amounts_of(bare.footprint)
    for (name, amount), drawn in zip(amounts.items(), drawn_together(list(amounts.values()), DRAWS), strict=True):
        yield same_bits(f"alone {name}", drawn, amount.draws(DRAWS))


def sure_factors_make_a_sure_total(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F7: the same factors, nothing declared of how sure they are."""
    bare = attrs.evolve(subject.bare, causes=())
    sure = bare.told_by(declaring(bare.providers))
    yield equal("published", bare.footprint.exact_total(), sure.exact_total())
    yield equal("deviation", 0.0, sure.uncertain().deviation)
    yield same_bits("draws", np.full(DRAWS, float(sure.exact_total())), _draws(sure))


def doubled_rows_double_every_draw(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F9: by powers of two, by which floats multiply exactly."""
    bare = subject.bare
    for times in (2, 4, 1024) if _varies(bare) else ():
        if (found := _multiplied(bare, times)) is None:
            return
        yield same_bits(f"x {times}", times * _draws(bare.footprint), _draws(found))


def what_is_shared_leaves_a_difference(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F10: from the rows to twice as many, and from one part of them to the other."""
    bare = subject.bare
    now = bare.footprint.uncertain()
    if not now.laws:
        return
    yield equal("itself", 0.0, (now - bare.footprint.uncertain()).deviation)
    if (twice := _multiplied(bare, 2)) is not None:
        yield same_bits("twice", now.draws(DRAWS), (twice.uncertain() - now).draws(DRAWS))
    one, other = (bare.with_rows(part).uncertain() for part in cut(bare.inventory, 2))
    if one_sign(one, other):
        yield at_most("parts", (one - other).deviation, (one + other).deviation)


def groups_add_up_draw_by_draw(subject: Subject, _effort: int) -> Iterator[Trial]:
    """F12."""
    footprint = subject.footprint
    drawn = _draws(footprint)
    for name in (*footprint.dimensions, *footprint.methodology.rollups):
        groups = list(footprint.uncertain_by(name).values())
        if groups and not footprint.by(name).outside:
            draws = drawn_together(groups, DRAWS)
            yield near(name, drawn, draws.sum(axis=0), float(np.abs(draws).sum(axis=0).max()))
    low, high = footprint.interval(1.0, draws=DRAWS)
    ends, told = np.array([drawn.min(), drawn.max()]), np.array([float(low), float(high)])
    yield near("interval", ends, told, float(np.abs(drawn).max()) + 1e3)  # told to 10^-6 kgCO2eq


def _multiplied(subject: Subject, times: int) -> Footprint | None:
    """Return the footprint of so many times the rows, None where they do not fit the columns."""
    try:
        return subject.with_rows(multiplied(subject.inventory, times))
    except (OverflowError, TooLarge):
        return None


def _draws(footprint: Footprint) -> Floats:
    return footprint.uncertain().draws(DRAWS)


def _varies(subject: Subject) -> bool:
    return bool(subject.footprint.uncertain().laws)


DRAWN: Final = (
    Property("F4", a_shared_factor_is_one_draw),
    Property("F5", a_credit_note_takes_its_uncertainty_back),
    Property("F6", draws_do_not_move),
    Property("F7", sure_factors_make_a_sure_total),
    Property("F9", doubled_rows_double_every_draw),
    Property("F10", what_is_shared_leaves_a_difference),
    Property("F12", groups_add_up_draw_by_draw),
)
