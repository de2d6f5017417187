"""A table answers a key alone: the model before the type, the year before its neighbours, and nothing that is archived."""

from datetime import date

import pytest

from ghg_numerique import FactorKey, FactorTable, HardwareItem, MappingTable, Match, Role, Source, Stage
from ghg_numerique.model.table_rows import TableRow
from ghg_numerique.plugin import SectorRatios, TableProvider, providers_of
from town import EMBODIED, TABLE, assess, figure

ROWS = (
    TableRow(figure(Role.EMBODIED, "50", id="narrow"), "valid", equipment=("monitor", "monitor-24in")),
    TableRow(figure(Role.EMBODIED, "55", id="other"), "valid", equipment=("monitor-27in",)),
    TableRow(figure(Role.EMBODIED, "30", id="all"), "valid", equipment=("phone", "phone-small", "phone-large")),
    TableRow(figure(Role.EMBODIED, "100", id="type"), "valid", equipment=("laptop", "notebook")),
    TableRow(figure(Role.EMBODIED, "90", id="model"), "valid", equipment=("laptop",), model="X1|Maker X1 Écran"),
    TableRow(figure(Role.EMBODIED, "80", id="old"), "archived", equipment=("desktop",)),
    TableRow(figure(Role.EMBODIED, "70", id="stand-in"), "valid", equipment=("tablet",), fit=Match.GENERIC),
    TableRow(figure(Role.EMBODIED, "60", id="nothing"), "valid"),
    TableRow(figure(Role.ELECTRICITY, "0.06", id="mix-2021", year=2021), "valid", place="FR"),
    TableRow(figure(Role.ELECTRICITY, "0.05", id="mix-2023", year=2023), "valid", place="FR"),
    TableRow(
        figure(Role.MONETARY, "200", id="ratio-2022", year=2022, stages=frozenset({Stage.CRADLE_TO_GATE})),
        "valid",
        sector="C26",
    ),
)
TABLES = [FactorTable(TABLE, "own", ROWS)]


def answers(key: FactorKey) -> list[tuple[str, Match, str]]:
    """Return which rows answer a key, how well, and with what remark."""
    (provider,) = [one for one in providers_of(TABLES) if one.role is key.role]
    return [(offer.coefficient.id, offer.match, offer.note) for offer in provider.offers([key])]


def test_one_provider_speaks_for_each_name_and_role():
    assert [(one.name, one.role) for one in providers_of(TABLES)] == [
        ("own", Role.ELECTRICITY), ("own", Role.EMBODIED), ("own", Role.MONETARY),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (FactorKey(Role.EMBODIED, "notebook"), [("type", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "laptop", "X1"), [("model", Match.EXACT, ""), ("type", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "laptop", "x1"), [("model", Match.EXACT, ""), ("type", Match.FAMILY, "")]),
        (
            FactorKey(Role.EMBODIED, "laptop", " MAKER\u00a0x1  e\u0301cran"),
            [("model", Match.EXACT, ""), ("type", Match.FAMILY, "")],
        ),
        (FactorKey(Role.EMBODIED, "laptop", "Maker X1 Ecran"), [("type", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "notebook", "X1"), [("type", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "tablet"), [("stand-in", Match.GENERIC, "")]),
        (FactorKey(Role.EMBODIED, "monitor"), [("narrow", Match.FAMILY, "type")]),
        (FactorKey(Role.EMBODIED, "monitor-24in"), [("narrow", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "monitor-27in"), [("other", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "phone"), [("all", Match.FAMILY, "")]),
        (FactorKey(Role.EMBODIED, "desktop"), []),
        (FactorKey(Role.EMBODIED, ""), []),
        (FactorKey(Role.EMBODIED, "Laptop"), []),
        (FactorKey(Role.ELECTRICITY, place="FR", year=2023), [("mix-2023", Match.EXACT, "")]),
        (FactorKey(Role.ELECTRICITY, place="FR", year=2030), [("mix-2023", Match.GENERIC, "year")]),
        (FactorKey(Role.ELECTRICITY, place="FR", year=2022), [("mix-2021", Match.GENERIC, "year")]),
        (FactorKey(Role.ELECTRICITY, place="DE", year=2023), []),
        (FactorKey(Role.MONETARY, sector="C26", year=2022), [("ratio-2022", Match.EXACT, "")]),
        (FactorKey(Role.MONETARY, sector="C26", year=2024), [("ratio-2022", Match.EXACT, "year")]),
        (FactorKey(Role.MONETARY, sector="C27", year=2022), []),
    ],
)
def test_a_key_is_answered_by_what_fits_it(key, expected):
    assert answers(key) == expected


def test_a_key_of_another_role_or_that_declares_its_own_value_is_not_answered():
    provider = TableProvider("own", Role.EMBODIED, tuple(TABLES))
    assert (
        list(provider.offers([FactorKey(Role.ENERGY, "laptop"), FactorKey(Role.EMBODIED, "laptop", declared="3")]))
        == []
    )


def test_an_answer_depends_on_the_key_alone():
    provider = TableProvider("own", Role.EMBODIED, tuple(TABLES))
    keys = [
        FactorKey(Role.EMBODIED, "laptop", "X1"),
        FactorKey(Role.EMBODIED, "tablet"),
        FactorKey(Role.EMBODIED, "notebook"),
    ]
    together = sorted((offer.key, offer.coefficient.id) for offer in provider.offers(keys))
    apart = sorted((offer.key, offer.coefficient.id) for key in keys[::-1] for offer in provider.offers([key]))
    assert together == apart


def test_a_row_that_stands_in_for_a_wider_type_may_be_forbidden_and_is_named():
    """The table has two sizes of monitor and none for monitors at large: one of them answers, and says so."""
    known = [one for one in providers_of(TABLES) if one.role is Role.EMBODIED]
    row = HardwareItem("m", "monitor", 2, date(2024, 1, 1), domain="Office")
    allowed = assess([row], known, routes=(EMBODIED,))
    assert allowed.exact_total() == 100
    assert [finding.code for finding in allowed.findings] == ["stand-in"]
    forbidden = assess([row], known, routes=(EMBODIED,), no_fallback=(Role.EMBODIED,))
    assert forbidden.exact_total() == 0
    assert [finding.code for finding in forbidden.findings] == ["gap-no_factor"]


def test_ratios_of_ones_own_are_reached_by_nature_and_account_too():
    """The mapping of a user speaks before that of the library; a word that it does not have goes on to the library's."""
    source = Source("own-mapping")
    own = MappingTable(source, ("nature", "sector"), {"telecom": "C26"}, {})
    shipped = MappingTable(source, ("nature", "sector"), {"telecom": "J61", "desk": "C26"}, {})
    by_account = MappingTable(source, ("account", "sector"), {"6262": "C26"}, {})
    (ratios,) = [one for one in providers_of(TABLES) if one.role is Role.MONETARY]
    provider = SectorRatios(ratios, (own, shipped, by_account))
    asked = {
        "nature": FactorKey(Role.MONETARY, nature="telecom", year=2022),
        "shipped": FactorKey(Role.MONETARY, nature="desk", year=2022),
        "account": FactorKey(Role.MONETARY, account="6262", year=2022),
        "sector": FactorKey(Role.MONETARY, sector="C26", year=2022),
        "nothing": FactorKey(Role.MONETARY, nature="paint", year=2022),
    }
    found = {
        name: [(offer.coefficient.id, offer.match) for offer in provider.offers([key])] for name, key in asked.items()
    }
    assert found == {
        "nature": [("ratio-2022", Match.FAMILY)],
        "shipped": [("ratio-2022", Match.FAMILY)],
        "account": [("ratio-2022", Match.GENERIC)],
        "sector": [("ratio-2022", Match.EXACT)],
        "nothing": [],
    }
