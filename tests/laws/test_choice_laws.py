"""Which coefficient counts, over random tables and keys.

- the winner does not depend on the order of rows, tables, providers or keys
- a strictly better match always wins, whatever the priorities
- removing a loser changes nothing; removing the winner promotes a loser, or a row that its own table kept back for it
- a tie of different values or spreads is refused, and ranking the rivals settles it
- renaming providers changes no winner
"""

from collections.abc import Sequence

import attrs
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from ghg_numerique import AmbiguousFactor, FactorKey, Match, Role, Source
from ghg_numerique.engine.choose import Choice, choose
from ghg_numerique.model.quality import Spread
from ghg_numerique.model.table_rows import TableRow
from ghg_numerique.model.tables import FactorTable
from ghg_numerique.plugin import TableProvider
from town import figure, methodology

pytestmark = pytest.mark.law

EQUIPMENT, MODELS, NAMES = ("laptop", "monitor"), ("", "E7470"), ("a", "b", "c")
KEYS = tuple(FactorKey(Role.EMBODIED, equipment, model) for equipment in EQUIPMENT for model in MODELS)


@st.composite
def table_rows(draw: st.DrawFn, table: str) -> tuple[TableRow, ...]:
    """Return rows of one table; two of them never answer one key, as FactorTable.read makes sure."""
    rows = []
    for equipment in EQUIPMENT:
        for model in MODELS:
            if draw(st.booleans()):
                value = draw(st.sampled_from(("100", "150", "200.5")))
                coefficient = figure(
                    Role.EMBODIED,
                    value,
                    id=f"{equipment}-{model}",
                    source=Source(table, sha256="0" * 64),
                    spread=draw(st.sampled_from((None, Spread("10"), Spread("80")))),
                )
                status = draw(st.sampled_from(("valid", "valid", "archived")))
                fit = draw(st.sampled_from((None, None, Match.GENERIC)))
                rows.append(TableRow(coefficient, status, (equipment,), model, fit=fit))
    return tuple(rows)


@st.composite
def offering(draw: st.DrawFn) -> tuple[TableProvider, ...]:
    """Return providers of one to two tables each."""
    return tuple(
        TableProvider(
            name,
            Role.EMBODIED,
            tuple(
                FactorTable(Source(f"{name}-{release}", sha256="0" * 64), name, draw(table_rows(f"{name}-{release}")))
                for release in range(draw(st.integers(1, 2)))
            ),
        )
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    )


rankings = st.permutations((*NAMES, *(f"{name}-{release}" for name in NAMES for release in range(2)))).map(tuple)


def chosen(
    offering: Sequence[TableProvider], ranking: Sequence[str], keys: Sequence[FactorKey] = KEYS
) -> dict[FactorKey, Choice]:
    return choose(keys, offering, methodology(priority={Role.EMBODIED: tuple(ranking)}))


def shuffled(provider: TableProvider, draw: st.DrawFn) -> TableProvider:
    tables = [attrs.evolve(table, rows=tuple(draw(st.permutations(table.rows)))) for table in provider.tables]
    return attrs.evolve(provider, tables=tuple(draw(st.permutations(tables))))


@given(st.data(), offering(), rankings)
def test_the_choice_does_not_depend_on_any_order(
    data: st.DataObject, offered: tuple[TableProvider, ...], ranking: tuple[str, ...]
) -> None:
    again = data.draw(st.permutations([shuffled(provider, data.draw) for provider in offered]))
    assert chosen(offered, ranking) == chosen(again, ranking, data.draw(st.permutations(KEYS)))


@given(offering())
def test_renaming_providers_that_nobody_ranks_changes_no_winner(offered: tuple[TableProvider, ...]) -> None:
    renamed = [attrs.evolve(provider, name=f"z{9 - number}") for number, provider in enumerate(offered)]
    try:
        before = chosen(offered, ())
    except AmbiguousFactor:
        with pytest.raises(AmbiguousFactor):
            chosen(renamed, ())
    else:
        after = chosen(renamed, ())
        assert {key: choice.winner for key, choice in before.items()} == {
            key: choice.winner for key, choice in after.items()
        }


@given(offering(), rankings)
def test_a_strictly_better_match_always_wins(offered: tuple[TableProvider, ...], ranking: tuple[str, ...]) -> None:
    for choice in chosen(offered, ranking).values():
        if choice.winner is not None:
            assert all(choice.winner.match <= loser.offer.match for loser in choice.losers)


@given(st.data(), offering(), rankings)
def test_removing_a_loser_changes_nothing(
    data: st.DataObject, offered: tuple[TableProvider, ...], ranking: tuple[str, ...]
) -> None:
    key, choice = data.draw(st.sampled_from(sorted(chosen(offered, ranking).items(), key=str)))
    assume(choice.losers)
    gone = data.draw(st.sampled_from(choice.losers)).offer.coefficient
    left = chosen([without(provider, gone.identity) for provider in offered], ranking, [key])[key]
    assert (left.winner, left.provider) == (choice.winner, choice.provider)


@given(offering(), rankings)
def test_removing_the_winner_promotes_a_loser(offered: tuple[TableProvider, ...], ranking: tuple[str, ...]) -> None:
    for key, choice in chosen(offered, ranking).items():
        if choice.winner is not None:
            gone = choice.winner.coefficient.identity
            left = chosen([without(provider, gone) for provider in offered], ranking, [key])[key]
            heirs = [loser.offer for loser in choice.losers]
            if left.winner is None:
                assert not heirs
            else:
                assert left.winner in heirs or left.winner.coefficient.source == choice.winner.coefficient.source


@given(offering(), rankings)
def test_a_tie_of_different_values_is_refused_and_a_ranking_settles_it(
    offered: tuple[TableProvider, ...], ranking: tuple[str, ...]
) -> None:
    try:
        unranked = chosen(offered, ())
    except AmbiguousFactor as error:
        settled = chosen(offered, ranking)
        event(error.code)
        assert any(choice.winner for choice in settled.values())
    else:
        for choice in unranked.values():
            ties = [
                loser.offer for loser in choice.losers if choice.winner and loser.offer.match == choice.winner.match
            ]
            for offer in ties if choice.winner else ():
                assert offer.coefficient.exact == choice.winner.coefficient.exact
                assert offer.coefficient.spread == choice.winner.coefficient.spread


def without(provider: TableProvider, identity: str) -> TableProvider:
    tables = tuple(
        attrs.evolve(table, rows=tuple(row for row in table.rows if row.coefficient.identity != identity))
        for table in provider.tables
    )
    return attrs.evolve(provider, tables=tables)
