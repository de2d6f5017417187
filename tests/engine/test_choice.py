"""The choice between offers is a rank that can be printed: never luck, never the order of installation."""

from datetime import date
from itertools import permutations

import pytest

from ghg_numerique import AmbiguousFactor, FactorKey, HardwareItem, Match, Offer, PluginError, Role, Source, Stage
from ghg_numerique.engine.choose import choose
from ghg_numerique.model.quality import Spread
from ghg_numerique.terms import Expired, Gap
from town import Figures, assess, fates, figure, messages, methodology, providers

LAPTOP = FactorKey(Role.EMBODIED, "laptop")
ITEM = HardwareItem("p", "laptop", 1, date(2024, 1, 1), domain="Office")


def embodied(name: str, value: str, match: Match = Match.FAMILY, **others):
    """Return a provider that knows one figure for laptops."""
    return Figures(Role.EMBODIED, {"laptop": figure(Role.EMBODIED, value, id=f"{name}-laptop", **others)}, name, match)


def choice(*offering: Figures, **chosen):
    """Return what is chosen for a laptop, whatever the order in which providers are asked."""
    found = {str(choose([LAPTOP], order, methodology(**chosen))[LAPTOP]) for order in permutations(offering)}
    assert len(found) == 1, "the choice depends on the order of providers"
    return choose([LAPTOP], offering, methodology(**chosen))[LAPTOP]


def test_the_better_match_wins_whatever_the_priority():
    chosen = choice(
        embodied("near", "100", Match.EXACT), embodied("far", "90"), priority={Role.EMBODIED: ("far", "near")}
    )
    assert (chosen.provider, chosen.winner.coefficient.value) == ("near", "100")
    assert [(loser.provider, loser.lost) for loser in chosen.losers] == [("far", "match")]


def test_of_one_match_the_priority_of_the_methodology_wins():
    chosen = choice(embodied("a", "100"), embodied("b", "90"), priority={Role.EMBODIED: ("b", "a")})
    assert chosen.provider == "b"
    assert [(loser.provider, loser.lost) for loser in chosen.losers] == [("a", "priority")]


def test_a_tie_is_refused_and_the_line_to_write_is_named():
    with pytest.raises(AmbiguousFactor) as refused:
        choice(embodied("b", "90"), embodied("a", "100"))
    said = refused.value.text("en")
    for part in (
        "embodied(equipment=laptop)",
        "90 kgCO2eq/item",
        "100 kgCO2eq/item",
        'embodied = ["a", "b"]',
        "[priority]",
    ):
        assert part in said


@pytest.mark.parametrize(
    "rival",
    [
        {"value": "100.1"},
        {"value": "100", "unit": "gCO2eq/item"},
        {"value": "100", "stages": frozenset({Stage.MANUFACTURING, Stage.END_OF_LIFE})},
        {"value": "100", "spread": Spread("80")},
    ],
)
def test_what_differs_in_number_unit_or_stages_ties(rival):
    with pytest.raises(AmbiguousFactor):
        choice(embodied("a", "100"), embodied("b", **rival))


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_two_that_say_the_same_the_factor_decides_and_not_the_name_of_its_provider(names):
    first, second = (Source(table, sha256="0" * 64) for table in ("table-1", "table-2"))
    offers = embodied(names[0], "100", source=first), embodied(names[1], "100.0", source=second)
    assert choice(*offers).winner.coefficient.source == first


def test_a_tie_names_a_whole_line_and_drops_nobody_who_is_ranked():
    with pytest.raises(AmbiguousFactor) as refused:
        choice(embodied("b", "90"), embodied("c", "100"), priority={Role.EMBODIED: ("a", "d")})
    assert 'embodied = ["a", "d", "b", "c"]' in refused.value.text("en")


def test_a_ratio_says_the_year_of_its_prices():
    key = FactorKey(Role.MONETARY, sector="C26", year=2024)
    with pytest.raises(PluginError) as refused:
        choose([key], [Figures(Role.MONETARY, {"C26": figure(Role.MONETARY, "200", year=0)})], methodology())
    assert refused.value.code == "offer-price-year"


@pytest.mark.parametrize(("policy", "used"), [(Expired.ACCEPT, True), (Expired.WARN, True), (Expired.REFUSE, False)])
def test_a_factor_whose_validity_has_not_begun_is_treated_as_one_whose_validity_has_passed(policy, used):
    chosen = choice(embodied("a", "100", valid_from="2030-01-01"), expired=policy)
    assert (chosen.winner is not None) is used
    if not used:
        assert (chosen.gap, [loser.lost for loser in chosen.losers]) == (Gap.EXPIRED, ["premature"])
    assert choice(embodied("a", "100", valid_from="2024-12-31"), expired=policy).winner


@pytest.mark.parametrize(("policy", "said"), [(Expired.WARN, 1), (Expired.ACCEPT, 0)])
def test_a_factor_of_a_later_validity_that_is_used_is_said(policy, said):
    known = [embodied("a", "100", valid_from="2030-01-01")]
    footprint = assess([ITEM], known, routes=methodology().routes[:1], expired=policy)
    assert len([text for text in messages(footprint) if "2030-01-01" in text]) == said


def test_two_offers_that_say_the_same_do_not_tie():
    chosen = choice(embodied("a", "100"), embodied("b", "100.0"))
    assert chosen.provider == "a"
    assert [(loser.provider, loser.lost) for loser in chosen.losers] == [("b", "same_value")]


def test_a_tie_below_the_winner_is_no_tie():
    chosen = choice(embodied("a", "100", Match.EXACT), embodied("b", "90"), embodied("c", "80"))
    assert chosen.provider == "a"
    assert [loser.provider for loser in chosen.losers] == ["b", "c"]


@pytest.mark.parametrize(
    ("policy", "winner", "gap"),
    [(Expired.ACCEPT, "100", None), (Expired.WARN, "100", None), (Expired.REFUSE, None, Gap.EXPIRED)],
)
def test_the_methodology_says_what_becomes_of_an_expired_factor(policy, winner, gap):
    chosen = choice(embodied("a", "100", valid_to="2023-12-31"), expired=policy)
    assert (chosen.winner.coefficient.value if chosen.winner else None) == winner
    if gap:
        assert chosen.gap is gap
        assert [loser.lost for loser in chosen.losers] == ["expired"]


def test_an_expired_factor_gives_way_to_a_valid_one_only_where_it_is_refused():
    offering = embodied("a", "100", Match.EXACT, valid_to="2023-12-31"), embodied("b", "90", valid_to="2024-01-01")
    assert choice(*offering, expired=Expired.WARN).provider == "a"
    assert choice(*offering, expired=Expired.REFUSE).provider == "b"


@pytest.mark.parametrize(("policy", "said"), [(Expired.WARN, 1), (Expired.ACCEPT, 0)])
def test_an_expired_factor_that_is_used_is_said_where_the_methodology_asks(policy, said):
    known = [embodied("a", "100", valid_to="2021-12-20")]
    footprint = assess([ITEM], known, routes=methodology().routes[:1], expired=policy)
    assert footprint.exact_total() == 100
    assert len([text for text in messages(footprint) if "2021-12-20" in text]) == said


def test_a_factor_that_contains_use_is_refused_where_use_is_counted_apart():
    stages = frozenset({Stage.MANUFACTURING, Stage.USE})
    chosen = choice(embodied("a", "300", stages=stages))
    assert (chosen.winner, chosen.gap) == (None, Gap.STAGE_OVERLAP)
    assert choice(embodied("a", "300", stages=stages), embodied("b", "100")).provider == "b"
    assert choice(embodied("a", "300", stages=stages), stages=(Stage.MANUFACTURING,)).provider == "a"


def test_without_fallbacks_a_generic_offer_is_no_offer():
    generic = embodied("a", "100", Match.GENERIC)
    assert choice(generic).provider == "a"
    refused = choice(generic, fallbacks=False)
    assert (refused.winner, refused.gap, [loser.lost for loser in refused.losers]) == (
        None,
        Gap.NO_FACTOR,
        ["fallback"],
    )


def test_a_stand_in_may_be_refused_for_one_step_alone():
    generic = embodied("a", "100", Match.GENERIC)
    assert choice(generic, no_fallback=(Role.ENERGY,)).provider == "a"
    assert [loser.lost for loser in choice(generic, no_fallback=(Role.EMBODIED,)).losers] == ["fallback"]


def test_a_stand_in_that_is_used_is_always_said():
    known = [embodied("a", "100", Match.GENERIC)]
    footprint = assess([ITEM], known, routes=methodology().routes[:1])
    said = [finding for finding in footprint.findings if finding.code == "stand-in"]
    assert [(finding.value, dict(finding.facts)) for finding in said] == [
        (known[0].known["laptop"].identity, {"label": "", "role": "embodied", "rows": "1", "amount": "1 item"})
    ]
    assert not any(finding.code == "stand-in" for finding in assess([ITEM], [embodied("a", "100")]).findings)


def test_no_factor_is_a_gap_that_a_finding_names_and_never_a_zero():
    assert fates([ITEM], providers(electricity={"FR": "0.05"})) == {"p": ("unresolved", "no_factor")}
    footprint = assess([ITEM], providers(electricity={"FR": "0.05"}))
    said = [finding for finding in footprint.findings if finding.code == "gap-no_factor"]
    assert [(finding.value, dict(finding.facts)["role"], dict(finding.facts)["amount"]) for finding in said] == [
        ("laptop", "embodied", "1 item"), ("laptop", "energy", "1 item"),
    ]  # fmt: skip
    assert len(footprint.matrix.entries) == 0


class Liar:
    """A provider that breaks its word in one way."""

    name, role, sources = "liar", Role.EMBODIED, (figure(Role.EMBODIED, "1").source,)

    def __init__(self, key, coefficient):
        self.offer = Offer(key, coefficient, Match.EXACT)

    def offers(self, keys, /):
        return [self.offer]


@pytest.mark.parametrize(
    ("key", "coefficient", "code"),
    [
        (FactorKey(Role.EMBODIED, "desktop"), figure(Role.EMBODIED, "1"), "offer-not-asked"),
        (LAPTOP, figure(Role.EMBODIED, "1", "kgCO2eq/kWh"), "offer-unit"),
        (LAPTOP, figure(Role.EMBODIED, "1", "kg/item"), "offer-unit"),
        (LAPTOP, figure(Role.ENERGY, "1"), "offer-unit"),
    ],
)
def test_an_offer_that_breaks_the_contract_is_a_fault_of_its_provider(key, coefficient, code):
    with pytest.raises(PluginError) as refused:
        choose([LAPTOP], [Liar(key, coefficient)], methodology())
    assert refused.value.code == code
    assert "liar" in refused.value.text("en")


def test_what_a_row_declares_is_its_own_source_and_nobody_is_asked():
    key = FactorKey(Role.ENERGY, "laptop", declared="12.5")
    rival = Figures(Role.ENERGY, {"laptop": "99"})
    chosen = choose([key], [rival], methodology())[key]
    assert (chosen.winner.coefficient.value, chosen.winner.coefficient.source.id) == ("12.5", "inventory")


@pytest.mark.parametrize(("year", "share"), [(2023, "1/365"), (2024, "1/366")])
def test_the_calendar_is_a_coefficient(year, share):
    key = FactorKey(Role.CALENDAR, year=year)
    assert choose([key], [], methodology())[key].winner.coefficient.value == share
