"""Emissions that somebody else declares."""

from datetime import date

import pytest

from ghg_numerique.plugin import DeclaredEmission, Inventory, Kind, Origin

HEADER = "identifiant;emissions;unite;type;annee"


def test_rows_become_emissions_of_the_last_day_of_their_year(read):
    inventory = read(
        "emissions-csv", f"{HEADER};domaine;equipement;site\ncloud;1,5;tCO2eq;énergie grise;2024;D;serveur;S\n"
    )
    expected = DeclaredEmission(
        "cloud", "1.5", "tCO2eq", date(2024, 12, 31), Kind.EMBODIED, "D", "server", "S", Origin("f.csv", 2)
    )
    assert inventory == Inventory.of([expected], findings=inventory.findings)
    assert inventory.amount.tolist() == [1_500_000_000]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("fabrication", "embodied"),
        ("energie grise", "embodied"),
        ("Utilisation", "use"),
        ("usage", "use"),
        ("use", "use"),
        ("services", "services"),
    ],
)
def test_types_are_the_three_kinds(read, word, kind):
    assert read("emissions-csv", f"{HEADER}\na;1;kgCO2eq;{word};2024\n").profiles[0].kind == kind


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("a;1;kWh;usage;2024", [("emission-unit", 2, "unite")]),
        ("a;1;kg;usage;2024", [("emission-unit", 2, "unite")]),
        ("a;1;tonCO2;usage;2024", [("emission-unit", 2, "unite")]),
        ("a;-1;kgCO2eq;usage;2024", [("number-negative", 2, "emissions")]),
        ("a;0,000001;gCO2eq;usage;2024", [("too-many-decimals", 2, "emissions")]),
        ("a;999999999999;tCO2eq;usage;2024", [("number-too-large", 2, "emissions")]),
        ("a;1;kgCO2eq;scope 2;24", [("choice", 2, "type"), ("date", 2, "annee")]),
        ("a;1;kgCO2eq;usage;", [("cell-empty", 2, "annee")]),
        ("a;1;;usage;2024", [("cell-empty", 2, "unite")]),
    ],
)
def test_faults_of_a_row(read, codes, row, faults):
    inventory = read("emissions-csv", f"{HEADER}\n{row}\n")
    assert codes(inventory) == faults
    assert len(inventory.set_aside) == 1


def test_a_date_and_a_year_must_agree(read, codes):
    text = f"{HEADER};date\na;1;kgCO2eq;usage;2024;2024-05-01\nb;1;kgCO2eq;usage;2023;2024-05-01\n"
    inventory = read("emissions-csv", text)
    assert inventory.start.tolist() == [date(2024, 5, 1).toordinal()]
    assert codes(inventory) == [("year-differs", 3, "annee")]


def test_a_file_without_date_nor_year_is_refused(read, codes):
    assert codes(read("emissions-csv", "id;emissions;unit;type\na;1;kgCO2eq;use\n")) == [("column-missing", 1, "")]
