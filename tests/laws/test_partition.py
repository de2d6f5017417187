"""The same rows give the same result, however they are cut, ordered and computed: equal values, and equal bytes.

- parts: keys unite to the keys of the whole, and postings add up to the postings of the whole, wherever the cut is
- parts that keep purchase orders together can even be assessed by themselves
- rows, keys and providers in any order; keys in any batch; a provider that nobody asks changes nothing
"""

import random
from datetime import date

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ghg_numerique as ghg
import ghg_numerique_abacus
import ghg_numerique_ademe
import ghg_numerique_monetary
from canonical import canonical
from ghg_numerique.terms import PriceYear
from ghg_numerique.testing import Case, FixedProvider, cases, inventories, parts_of
from village import METHODOLOGY, PROVIDERS, village

pytestmark = pytest.mark.law

NEW_YEAR = date(2024, 1, 1)

SHIPPED = ghg.Catalogue.of(
    *ghg_numerique_ademe.ghg_factor_providers(),
    *ghg_numerique_abacus.ghg_factor_providers(),
    *ghg_numerique_monetary.ghg_factor_providers(),
)
AS_SHIPPED = village(
    priority={ghg.Role.EMBODIED: ("ademe", "publicodes"), ghg.Role.ENERGY: ("abacus",)},
    prices=attrs.evolve(METHODOLOGY.prices, vat="20", year=PriceYear.NEAREST),
)


def assessed(case: Case, inventory: ghg.Inventory) -> ghg.Footprint:
    return ghg.assess(inventory, case.methodology, ghg.Catalogue.of(*case.providers))


@given(cases(), st.data())
def test_postings_of_any_parts_add_up_to_the_whole(case: Case, data: st.DataObject) -> None:
    parts = data.draw(parts_of(case.inventory, cut_links=True))
    keys = ghg.Keys.none()
    for part in parts:
        keys |= ghg.keys_of(part, case.methodology)
    assert keys == ghg.keys_of(case.inventory, case.methodology)
    resolution = ghg.resolve(keys, case.providers, case.methodology)
    assert resolution == case.resolution
    postings = [ghg.postings(part, resolution) for part in parts]
    whole = ghg.postings(case.inventory, resolution)
    assert sum(postings[1:], start=postings[0]) == whole
    assert sum([ghg.post(part, resolution) for part in parts], start=ghg.ActivityMatrix.zero()) == whole.matrix


@given(cases(), st.data())
def test_parts_that_keep_orders_together_can_be_assessed_alone(case: Case, data: st.DataObject) -> None:
    whole = assessed(case, case.inventory)
    alone = [assessed(case, part) for part in data.draw(parts_of(case.inventory))]
    assert sum(footprint.exact_total() for footprint in alone) == whole.exact_total()
    assert sum([footprint.matrix for footprint in alone], start=ghg.ActivityMatrix.zero()) == whole.matrix
    assert sum([footprint.balances for footprint in alone], start=ghg.Balances()) == whole.balances


@given(cases(), st.data())
def test_parts_put_together_again_are_the_whole(case: Case, data: st.DataObject) -> None:
    parts = data.draw(parts_of(case.inventory, cut_links=True))
    again = assessed(case, ghg.Inventory.concat(parts))
    assert canonical(again) == canonical(assessed(case, case.inventory))
    assert set(again.findings) == set(case.footprint.findings)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: Case, chance: random.Random) -> None:
    rows = list(case.rows)
    chance.shuffle(rows)
    shuffled = ghg.Inventory.of(rows, set_aside=case.aside)
    assert canonical(assessed(case, shuffled)) == canonical(assessed(case, case.inventory))
    assert set(map(str, ghg.fates(shuffled, case.resolution))) == set(
        map(str, ghg.fates(case.inventory, case.resolution))
    )


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_providers_does_not_matter(case: Case, chance: random.Random) -> None:
    providers = list(case.providers)
    chance.shuffle(providers)
    keys = ghg.keys_of(case.inventory, case.methodology)
    resolution = ghg.resolve(keys, providers, case.methodology)
    assert resolution == case.resolution
    assert repr(resolution.choices) == repr(case.resolution.choices)
    footprint = ghg.assess(case.inventory, case.methodology, ghg.Catalogue.of(*providers))
    assert canonical(footprint) == canonical(assessed(case, case.inventory))


@given(cases())
def test_keys_are_answered_alike_in_any_batch(case: Case) -> None:
    keys = ghg.keys_of(case.inventory, case.methodology)
    for key in keys.chains:
        alone = ghg.resolve(ghg.Keys(frozenset({key})), case.providers, case.methodology)
        assert alone.chains.get(key) == case.resolution.chains.get(key)
        assert alone.missing.get(key) == case.resolution.missing.get(key)


@given(cases())
def test_a_provider_that_knows_nothing_changes_nothing(case: Case) -> None:
    silent = FixedProvider.of("silent", ghg.Role.EMBODIED, {})
    footprint = ghg.assess(case.inventory, case.methodology, ghg.Catalogue.of(silent, *case.providers))
    assert canonical(footprint) == canonical(assessed(case, case.inventory))


@given(inventories(METHODOLOGY), inventories(METHODOLOGY), inventories(METHODOLOGY))
def test_inventories_add_up(a: ghg.Inventory, b: ghg.Inventory, c: ghg.Inventory) -> None:
    left, right = (a + b) + c, a + (b + c)
    assert left == right
    assert left.set_aside == right.set_aside == a.set_aside + b.set_aside + c.set_aside
    assert a + ghg.Inventory.empty() == a == sum([a])
    assert len(left) == len(a) + len(b) + len(c)


@given(inventories(AS_SHIPPED), st.data())
def test_shipped_providers_keep_these_laws_too(inventory: ghg.Inventory, data: st.DataObject) -> None:
    whole = ghg.assess(inventory, AS_SHIPPED, SHIPPED)
    parts = data.draw(parts_of(inventory))
    assert canonical(ghg.assess(ghg.Inventory.concat(parts), AS_SHIPPED, SHIPPED)) == canonical(whole)
    backwards = attrs.evolve(SHIPPED, providers=SHIPPED.providers[::-1])
    assert canonical(ghg.assess(inventory, AS_SHIPPED, backwards)) == canonical(whole)
    matrices = [ghg.assess(part, AS_SHIPPED, SHIPPED).matrix for part in parts]
    assert sum(matrices, start=ghg.ActivityMatrix.zero()) == whole.matrix


def test_many_rows_are_the_sum_of_few() -> None:
    """Rows are summed in blocks; a hundred thousand of them cross the seams, parts of a thousand do not."""
    methodology = village(allocation=ghg.Allocation.STRAIGHT_LINE)
    one = ghg.Inventory.of([ghg.HardwareItem("a", "laptop", 1, NEW_YEAR), ghg.HardwareItem("b", "server", 1, NEW_YEAR)])
    chance, size = np.random.default_rng(2024), 100_000
    starts = NEW_YEAR.toordinal() + chance.integers(-3000, 700, size)
    whole = ghg.Inventory.from_columns(
        one.profiles,
        chance.integers(0, 2, size),
        chance.integers(0, 10**9, size),
        starts,
        starts + chance.integers(0, 3000, size),
    )
    resolution = ghg.resolve(ghg.keys_of(whole, methodology), PROVIDERS, methodology)
    parts = [ghg.postings(whole.take(np.arange(begin, begin + 1000)), resolution) for begin in range(0, size, 1000)]
    assert sum(parts[1:], start=parts[0]) == ghg.postings(whole, resolution)


def test_amounts_that_would_overflow_are_refused_before_they_do_and_computed_in_parts() -> None:
    most = 9 * 10**9
    rows = [ghg.HardwareItem(str(number), "laptop", most, NEW_YEAR) for number in range(4)]
    whole = ghg.Inventory.of(rows)
    resolution = ghg.resolve(ghg.keys_of(whole, METHODOLOGY), PROVIDERS, METHODOLOGY)
    with pytest.raises(ghg.TooLarge):
        ghg.post(whole, resolution)
    matrices = [ghg.post(ghg.Inventory.of([row]), resolution) for row in rows]
    assert sum(matrices, start=ghg.ActivityMatrix.zero()) == 4 * matrices[0]
