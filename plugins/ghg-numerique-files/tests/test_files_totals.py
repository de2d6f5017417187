"""Totals that no label tells: a value that is the sum of those above, and a sum of such sums."""

import pytest

HEADER = "identifiant;montant;date\n"


def told(inventory):
    return [
        (f.code, f.origin.row, f.value, dict(f.facts)["start"])
        for f in inventory.findings
        if f.code in ("sum-above", "sum-of-sums")
    ]


def page(*amounts: str) -> str:
    return HEADER + "".join(f"d{row};{amount};2024-03-01\n" for row, amount in enumerate(amounts))


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (["10,10", "20,20", "30,30"], [("sum-above", 4, "2", "2")]),
        (["10,10", "20,20", "30,30", "7"], []),
        (["10,10", "10,10"], []),
        (["1", "2", "4", "7", "5", "6", "8", "19", "26"],
         [("sum-above", 5, "3", "2"), ("sum-above", 9, "3", "6"), ("sum-of-sums", 10, "2", "2")]),
        (["1", "2", "4", "7", "5", "6", "18"], [("sum-above", 5, "3", "2"), ("sum-of-sums", 8, "1", "2")]),
        (["1", "2", "4", "7", "7"], [("sum-above", 5, "3", "2")]),
        (["1", "2", "4", "7", "5", "6", "8", "19", "26", "1,5", "2,5", "3,5", "7,5"],
         [("sum-above", 5, "3", "2"), ("sum-above", 9, "3", "6"), ("sum-of-sums", 10, "2", "2"), ("sum-above", 14, "3", "11")]),
    ],
)  # fmt: skip
def test_a_value_that_sums_those_above_is_told_and_so_is_a_sum_of_sums(read, amounts, found):
    inventory = read("spending-csv", page(*amounts), tax_basis="HT")
    assert told(inventory) == found
    assert len(inventory) == len(amounts), "a sum by chance counts: only a label is certain"


def test_a_sum_of_two_numbers_of_things_is_no_sign_of_a_total(read):
    rows = "".join(f"a{number};laptop;{number};2024-03-01\n" for number in (1, 2, 3))
    assert told(read("hardware-csv", f"identifiant;equipement;quantite;date_entree\n{rows}")) == []


def test_the_entries_of_a_ledger_balance_by_themselves(read):
    entries = [("6156", "50", ""), ("6156", "50", ""), ("401", "", "100"), ("6156", "70", ""), ("6156", "70", "")]
    rows = "".join(f"{account};2024-03-01;{debit};{credit}\n" for account, debit, credit in entries)
    inventory = read("ledger-csv", f"compte;date;debit;credit\n{rows}", tax_basis="TTC")
    assert len(inventory) == len(entries)
    assert told(inventory) == []


@pytest.mark.parametrize("label", ["Total compte 6156", "Sous-total", "Total général", "TOTAL CLASSE 6"])
@pytest.mark.parametrize("header", ["EcritureLib", "libellé", "CompteLib"])
def test_a_total_of_a_ledger_is_known_by_its_label(read, header, label):
    entries = f"6156;2024-03-15;A;1000\n6156;2024-03-16;{label};1000\n6156;2024-03-17;Total Énergies;7\n"
    inventory = read("ledger-csv", f"compte;date;{header};montant\n{entries}", tax_basis="HT")
    assert [(f.code, f.origin.row, f.value) for f in inventory.findings[1:]] == [("total-row", 3, label)]
    assert inventory.amount.tolist() == [1000 * 10**6, 7 * 10**6]


def test_a_total_of_a_published_budget_is_known_by_its_label(read):
    header = "BGT_NATDEC,BGT_ANNEE,BGT_NATURE,BGT_NATURE_LABEL,BGT_OPBUDG,BGT_CODRD,BGT_MTREAL\n"
    rows = "".join(
        f"compte administratif,2024,6156,{label},réel,dépense,100\n" for label in ("Maintenance", "Total chapitre 011")
    )
    inventory = read("scdl-budget", header + rows, tax_basis="TTC")
    assert [(f.code, f.origin.row) for f in inventory.findings[1:]] == [("total-row", 3)]


@pytest.mark.parametrize("amounts", [["10", "20"], ["10", "20", "30"]])
def test_a_row_with_nothing_but_a_sum_is_said_to_be_a_total_and_not_to_be_filled_in(read, amounts):
    total = str(sum(map(int, amounts)))
    inventory = read("spending-csv", f"{page(*amounts)};{total};\n", tax_basis="HT")
    last = len(amounts) + 1
    told = [(f.code, f.origin.row, f.value, dict(f.facts)) for f in inventory.findings if f.severity != "note"]
    assert told == [("sum-bare", last + 1, "identifiant, date", {"start": "2", "end": str(last)})]
    assert len(inventory) == len(amounts)


def test_a_row_with_nothing_but_another_value_is_to_be_filled_in(read):
    inventory = read("spending-csv", page("10", "20") + ";31;\n", tax_basis="HT")
    assert [f.code for f in inventory.findings if f.severity == "error"] == ["cell-empty", "cell-empty"]
