"""Budgets in the common schema of French open data."""

import csv
import io
from datetime import date

import attrs
import pytest

from ghg_numerique_files import DocBudgetaire, ScdlBudget
from ghg_numerique_files.scdl import COLUMNS

MONTPELLIER = "data/m57_compte_administratif_montpellier_2018/CA_2018.xml"
TTC = {"tax_basis": "TTC"}
HEADER = (
    "BGT_NATDEC,BGT_ANNEE,BGT_SIRET,BGT_NOM,BGT_CONTNAT,BGT_CONTNAT_LABEL,BGT_NATURE,BGT_NATURE_LABEL,BGT_FONCTION,"
    "BGT_FONCTION_LABEL,BGT_OPERATION,BGT_SECTION,BGT_OPBUDG,BGT_CODRD,BGT_MTREAL,BGT_MTBUDGPREC,BGT_MTRARPREC,"
    "BGT_MTPROPNOUV,BGT_MTPREV,BGT_CREDOUV,BGT_MTRAR3112,BGT_ARTSPE"
)


def row(**said):
    values = {"BGT_NATDEC": "compte administratif", "BGT_ANNEE": "2024", "BGT_SIRET": "21340172201787",
              "BGT_NOM": "Ville", "BGT_CONTNAT": "011", "BGT_NATURE": "6262", "BGT_SECTION": "fonctionnement",
              "BGT_OPBUDG": "réel", "BGT_CODRD": "dépense", "BGT_MTREAL": "10.50"}  # fmt: skip
    values |= {f"BGT_{name}": value for name, value in said.items()}
    return ",".join(values.get(name, "") for name in HEADER.split(","))


def page(*rows, header=HEADER):
    return "\n".join([header, *rows, ""])


def test_the_columns_are_those_of_the_schema():
    assert sorted(header for column in COLUMNS for header in column.headers) == sorted(HEADER.split(","))


def test_every_line_says_what_it_moves_and_of_which_year_it_is(read, movements):
    rows = [
        row(),
        row(CODRD="recette"),
        row(OPBUDG="ordre"),
        row(MTREAL=""),
        row(MTREAL="-4"),
        row(NATDEC="budget primitif", MTREAL="", MTPREV="900"),
        row(NATDEC="Décision modificative", MTREAL="0"),
        row(NATDEC="Compte administratif", ANNEE="2023", OPBUDG="reel", CODRD="depense"),
    ]
    inventory = read("scdl-budget", page(*rows), domain="Postes", **TTC)
    assert inventory.set_aside == ()
    assert movements(inventory) == [
        "", "revenue", "internal_transfer", "unrealised", "", "unrealised", "unrealised", ""
    ]  # fmt: skip
    assert inventory.amount.tolist() == [n * 10**4 for n in (1050, 1050, 1050, 0, -400, 0, 0, 1050)]
    assert {date.fromordinal(day) for day in inventory.start.tolist()} == {date(2023, 12, 31), date(2024, 12, 31)}


def test_a_file_may_lack_what_is_not_read(read):
    short = "BGT_NATDEC;BGT_ANNEE;BGT_NATURE;BGT_OPBUDG;BGT_CODRD;BGT_MTREAL"
    inventory = read("scdl-budget", f"{short}\ncompte administratif;2024;6262;réel;dépense;1 234,50\n", **TTC)
    assert inventory.amount.tolist() == [1_234_500_000]


def test_all_faults_of_all_rows_at_once(read, codes):
    rows = [
        row(),
        row(NATDEC="budget primitif"),
        row(ANNEE="", OPBUDG="autre", CODRD="1"),
        row(NATURE="chapitre 11", MTREAL="1.234.5"),
        row(NATDEC="budget"),
    ]
    inventory = read("scdl-budget", page(*rows), **TTC)
    assert codes(inventory) == [
        ("realised-early", 3, "BGT_MTREAL"),
        ("cell-empty", 4, "BGT_ANNEE"),
        ("choice", 4, "BGT_OPBUDG"),
        ("choice", 4, "BGT_CODRD"),
        ("account", 5, "BGT_NATURE"),
        ("number", 5, "BGT_MTREAL"),
        ("choice", 6, "BGT_NATDEC"),
    ]
    assert (len(inventory), len(inventory.set_aside)) == (1, 4)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (page(row(NATDEC="budget primitif", MTREAL="")), TTC, "budget-planned"),
        (page(row()), {}, "option-missing"),
        (page(row(), header=HEADER.replace("BGT_CODRD", "BGT_SENS")), TTC, "column-unknown"),
        (page(row(), header=HEADER.replace("BGT_MTREAL", "BGT_MTPREV")), TTC, "column-twice"),
    ],
)
def test_what_cannot_be_used_as_a_whole_is_refused(read, codes, text, options, code):
    inventory = read("scdl-budget", text, **options)
    assert codes(inventory)[0][0] == code
    assert len(inventory) + len(inventory.set_aside) == 0


def test_a_real_budget_published_in_the_schema_reads_to_the_same_lines_as_its_xml(shared, movements, accounts_of):
    """What a converter makes of the XML says the same as the XML."""
    document = shared(MONTPELLIER)
    sides = {"revenue": "recette"}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER.split(","))
    for movement, cents, account in accounts_of(document):
        said = row(
            ANNEE="2018", NATURE=account, CODRD=sides.get(movement, "dépense"), MTREAL=f"{cents / 100:.2f}",
            OPBUDG="ordre" if movement == "internal_transfer" else "réel",
        )  # fmt: skip
        writer.writerow(said.split(","))
    published = attrs.evolve(document, name="ca.csv", content=text.getvalue().encode(), options=TTC)
    inventory, sealed = ScdlBudget().read(published), DocBudgetaire().read(attrs.evolve(document, options=TTC))
    assert inventory.amount.tolist() == sealed.amount.tolist()
    assert movements(inventory) == movements(sealed)
    assert inventory.profiles == sealed.profiles
