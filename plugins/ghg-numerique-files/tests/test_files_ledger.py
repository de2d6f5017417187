"""Ledgers: what accounts say of every entry, in the columns of a house or of a FEC."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghg_numerique.plugin import Document, Origin, SpendingLine
from ghg_numerique_files import LedgerCsv

HT = {"tax_basis": "HT"}
FEC = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)


def entry(journal, account, debit, credit="0,00", day="20240315", supplier="", currency=""):
    cells = (journal, "", "1", day, account, "", "", supplier, "F-7", day, "Facture", debit, credit, "", "", day, "",
             currency)  # fmt: skip
    return "|".join(cells)


def test_a_house_may_give_all_it_knows(read):
    text = (
        "identifiant;date;compte;libellé;fournisseur;montant;devise;commande;domaine;nature;site\n"
        "e1;15/03/2024;2051;Suite;ACME;1 234,56;EUR;BC-7;Applications;licence;Mairie\n"
    )
    inventory = read("ledger-csv", text, **HT)
    expected = SpendingLine(
        "e1", "1234.56", "EUR_HT", date(2024, 3, 15), "Applications", "2051", "software-licence", order="BC-7",
        site="Mairie", origin=Origin("f.csv", 2), supplier="ACME",
    )  # fmt: skip
    assert inventory == inventory.of([expected], findings=inventory.findings)


def test_a_fec_is_read_entry_by_entry_and_closes(read, movements):
    """Two purchases, a credit note, a sale, the depreciation of a server, and the balances of last year."""
    rows = [
        FEC,
        entry("AN", "2183", "9000,00", day="20240101"),
        entry("AN", "101", "0,00", "9000,00", day="20240101"),
        entry("AC", "6156", "100,00"),
        entry("AC", "44566", "20,00"),
        entry("AC", "401ACME", "0,00", "120,00", supplier="ACME"),
        entry("AC", "2183", "500,00", currency="USD"),
        entry("AC", "401ZETA", "0,00", "500,00", supplier="ZETA"),
        entry("AC", "401ACME", "30,00"),
        entry("AC", "6156", "0,00", "30,00"),
        entry("AC", "6156", "-1,00", "0,00"),
        entry("BQ", "512", "1,00"),
        entry("VE", "706", "0,00", "50,00"),
        entry("VE", "411", "50,00"),
        entry("OD", "6811", "7,00"),
        entry("OD", "28183", "0,00", "7,00"),
    ]
    inventory = read("ledger-csv", "\n".join(rows), opening="AN", **HT)
    assert [found.text() for found in inventory.findings if found.severity == "error"] == []
    assert movements(inventory) == [
        "counterpart", "counterpart", "", "counterpart", "counterpart", "", "counterpart", "counterpart", "", "",
        "counterpart", "revenue", "counterpart", "internal_transfer", "internal_transfer",
    ]  # fmt: skip
    euros = [amount // 10**6 for amount in inventory.amount.tolist()]
    assert euros == [9000, -9000, 100, 20, -120, 500, -500, 30, -30, -1, 1, 50, 50, 7, -7]
    assert sum(euros) == 2 * 50, "debits are credits; revenue is written as what came in"
    assert len(inventory.profiles) == 5, "suppliers make no profiles"
    assert inventory.findings[0].value == "utf-8 | ,"


@pytest.mark.parametrize("rename", [("EcritureLet", "EcrtureLet"), ("Debit|Credit", "Montant|Sens")])
def test_a_fec_comes_in_variants(read, rename):
    row = entry("AC", "6156", "100,00", "C" if "Sens" in rename[1] else "0,00")
    inventory = read("ledger-csv", f"{FEC.replace(*rename)}\n{row}\n", opening="none", **HT)
    assert inventory.amount.tolist() == [-100_000_000 if "Sens" in rename[1] else 100_000_000]
    tabs = read("ledger-csv", f"{FEC.replace(*rename)}\n{row}\n".replace("|", "\t"), opening="none", **HT)
    assert tabs.amount.tolist() == inventory.amount.tolist()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "iso-8859-15"])
def test_the_encodings_seen_in_the_wild(read, encoding):
    text = f"{FEC}\n{entry('AC', '6156', '100,00', supplier='Hébergé à Sète €')}\n".encode(encoding)
    options = {"encoding": encoding} if encoding == "iso-8859-15" else {}
    assert len(read("ledger-csv", text, opening="none", **HT, **options)) == 1


def test_a_house_brings_its_own_headers_and_its_own_accounts(read, codes, movements):
    columns = "header,column\nImputation,account\nJour,date\nMt,amount\nTiers,ignored\n"
    accounts = "account,movement\n6,expense\n62,internal_transfer\n"
    text = "Imputation;Jour;Mt;Tiers\n6156;2024-01-05;10;ACME\n6262;2024-01-05;10;ACME\n2051;2024-01-05;10;ACME\n"
    inventory = read("ledger-csv", text, {"columns": columns, "accounts": accounts}, **HT)
    assert movements(inventory) == ["", "internal_transfer"]
    assert codes(inventory) == [("account-unplaced", 4, "Imputation")]
    assert codes(read("ledger-csv", text, **HT))[0] == ("column-unknown", 1, "Imputation")


@pytest.mark.parametrize(
    ("companions", "code"),
    [
        ({"columns": "header,column\nCompte,account\ncompte,date\n"}, ("list-twice", 3, "header")),
        ({"columns": "header,column\nCompte,zorglub\n"}, ("choice", 2, "column")),
        ({"accounts": "account,movement\n6,expense\n6,revenue\n"}, ("list-twice", 3, "account")),
        ({"accounts": "account,movement\n6*,expense\n"}, ("account", 2, "account")),
        ({"accounts": "account,movement\n6,spent\n"}, ("choice", 2, "movement")),
    ],
)
def test_a_list_at_fault_refuses_the_file(read, codes, companions, code):
    inventory = read("ledger-csv", "compte;date;montant\n6156;2024-01-05;10\n", companions, **HT)
    assert codes(inventory) == [code]
    assert len(inventory) + len(inventory.set_aside) == 0


def test_all_faults_of_all_rows_at_once(read, codes):
    text = (
        "compte;date;débit;crédit;devise\n"
        "6156;05/01/2024;10;;EUR\n"
        "6156;05/01/2024;10;5;EUR\n"
        "6156;05/01/2024;;;EUR\n"
        "6156;05/01/2024;10;;USD\n"
        "TOTAL;31/02/2024;10;;EUR\n"
        ";05/01/24;1e3;;\n"
        "0156;05/01/2024;;7;€\n"
    )
    inventory = read("ledger-csv", text, **HT)
    assert codes(inventory) == [
        ("both-sides", 3, "crédit"),
        ("cell-empty", 4, "débit"),
        ("currency-rate", 5, "devise"),
        ("account-ledger", 6, "compte"),
        ("date", 6, "date"),
        ("cell-empty", 7, "compte"),
        ("date-short", 7, "date"),
        ("number", 7, "débit"),
        ("cell-empty", 7, "devise"),
        ("account-unplaced", 8, "compte"),
    ]
    assert (len(inventory), len(inventory.set_aside)) == (1, 6)
    assert [aside.amount for aside in inventory.set_aside] == [n * 10**6 for n in (5, 0, 0, 10, 0, -7)]


@pytest.mark.parametrize(
    ("header", "options", "code"),
    [
        ("compte;date;montant", {}, "option-missing"),
        ("compte;date;montant", {"tax_basis": "net"}, "option-value"),
        ("compte;date;montant", HT | {"opening": "AN"}, "column-missing"),
        ("compte;date;nature", HT, "ledger-amounts"),
        ("compte;date;débit", HT, "ledger-amounts"),
        ("compte;date;sens", HT, "ledger-amounts"),
        ("compte;date;montant;débit;crédit", HT, "ledger-amounts"),
        ("compte;date;montant;journal", HT, "option-missing"),
        ("compte;date;montant;journal", HT | {"opening": "ZZ"}, "option-value"),
        ("compte;montant", HT, "column-missing"),
    ],
)
def test_what_a_ledger_must_say(read, codes, header, options, code):
    values = {"compte": "6156", "date": "2024-01-05", "montant": "10", "journal": "AC"}
    row = ";".join(values.get(name, "") for name in header.split(";"))
    inventory = read("ledger-csv", f"{header}\n{row}\n", **options)
    assert [found for found, *_ in codes(inventory)] == [code]
    assert len(inventory) + len(inventory.set_aside) == 0


def test_a_credit_on_an_asset_is_kept_with_a_warning(read, movements):
    text = "compte;date;montant\n2183;2024-01-05;-10\n2183;2024-01-06;-5\n6156;2024-01-05;-1\n28183;2024-01-05;-2\n"
    inventory = read("ledger-csv", text, **HT)
    assert movements(inventory) == ["", "", "", "internal_transfer"]
    (warned,) = [found for found in inventory.findings if found.severity == "warning"]
    assert (warned.code, warned.value, warned.origin.row, dict(warned.facts)["count"]) == (
        "asset-credited",
        "2183",
        2,
        "2",
    )


def test_amounts_that_cannot_be_counted_are_faults(read, codes):
    text = "compte;date;débit;crédit\n6156;2024-01-05;1000000000000;-1000000000000\n6156;2024-01-05;0,0000001;\n"
    found = codes(read("ledger-csv", text, **HT))
    assert ("both-sides", 2, "crédit") in found
    assert ("number-too-large", 2, "débit") in found
    assert ("too-many-decimals", 3, "débit") in found


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["2051", "6156", "28183", "401ACME", "512", "706", "6811"]),
        st.decimals(-(10**6), 10**6, places=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.law
@settings(deadline=None)
@given(ENTRIES)
def test_every_way_to_write_an_amount_gives_one_ledger(entries):
    signed, sided, double = ["compte;date;montant"], ["compte;date;montant;sens"], ["compte;date;débit;crédit"]
    for account, amount, is_credit in entries:
        written = f"{amount:f}".replace(".", ",")
        taken = f"{-amount if is_credit else amount:f}".replace(".", ",")
        signed.append(f"{account};2024-01-05;{taken}")
        sided.append(f"{account};2024-01-05;{written};{'C' if is_credit else 'D'}")
        double.append(f"{account};2024-01-05;{';' if is_credit else ''}{written}{'' if is_credit else ';'}")
    read = [
        LedgerCsv().read(Document("f.csv", "\n".join([*page, ""]).encode(), HT)) for page in (signed, sided, double)
    ]
    assert read[0] == read[1] == read[2]
    assert read[0].set_aside == ()
    revenue = sum((-1 if credit else 1) * amount for account, amount, credit in entries if account == "706")
    total = sum((-1 if credit else 1) * amount for _, amount, credit in entries)
    assert int(read[0].amount.sum()) == (total - 2 * revenue) * 10**6
