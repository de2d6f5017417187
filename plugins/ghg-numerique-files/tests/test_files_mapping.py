"""A house says what its headers and words mean; what is proposed is never applied."""

import re
import tomllib

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import xlsx

from ghg_numerique.errors import InventoryError
from ghg_numerique.plugin import Document, Mapper
from ghg_numerique_files import HardwareCsv, SpendingCsv, ghg_importers

FLEET = """N° de fiche;Quoi;Nombre;date_entrée;Remarques;état;domaine
a;Bécane;12;2024-03-01;vieux;au placard;DSI
b;écran;3,5;2024-03-01;;en service;DSI
"""
PLAIN = """id;equipment;quantity;entered;state;domain
a;desktop;12;2024-03-01;in_stock;Postes
b;monitor;3,5;2024-03-01;in_use;Postes
"""
MAPPING = """
ignore = ["remarques"]
[columns]
"n° de  FICHE" = "id"
"Quoi" = "equipment"
"Nombre" = "Quantité"
[words."équipement"]
"BÉCANE" = "desktop"
[words.state]
"Au placard" = "en stock"
[words.domain]
"DSI" = "Postes"
"""
LEDGER = "Montant TTC;Quand;compte;nature;identifiant\n120;2024-03-01;6156 M;TMA;x\n"


def told(importer, text, mapping=None, language="en", **options):
    companions = {} if mapping is None else {"mapping": Document("mapping.toml", mapping.encode())}
    known = next(known for known in ghg_importers() if known.name == importer)
    return known.propose(Document("f.csv", text.encode(), options, companions), language=language)


def test_a_mapped_file_is_the_file_in_our_words(read):
    mapped, plain = read("hardware-csv", FLEET, {"mapping": MAPPING}), read("hardware-csv", PLAIN)
    assert [f.code for f in mapped.findings] == ["dialect"]
    assert attrs.evolve(mapped, findings=plain.findings) == plain


def test_accounts_and_columns_of_any_importer_are_mapped(read):
    page = '[columns]\n"Montant TTC" = "amount"\n"Quand" = "date"\n[words.account]\n"6156 M" = "6156"\n'
    inventory = read("ledger-csv", LEDGER, {"mapping": page}, tax_basis="TTC")
    assert [(p.account, p.nature) for p in inventory.profiles] == [("6156", "software-maintenance")]
    assert [f.code for f in inventory.findings] == ["dialect"]


def test_a_header_means_what_the_house_says(read):
    text = "id;montant;budget;date\na;1;2;2024-03-01\n"
    inventory = read("spending-csv", text, {"mapping": 'ignore = ["budget"]\n'}, tax_basis="HT")
    assert inventory.amount.tolist() == [1_000_000]
    page = 'ignore = ["montant"]\n[columns]\n"budget" = "amount"\n'
    assert read("spending-csv", text, {"mapping": page}, tax_basis="HT").amount.tolist() == [2_000_000]
    swapped = '[columns]\n"date" = "id"\n"id" = "spent"\n'
    inventory = read("spending-csv", "id;montant;date\n2024-03-01;1;a\n", {"mapping": swapped}, tax_basis="HT")
    assert inventory.ids == ("a",)


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("[columns", ["mapping-toml"]),
        ('[columns]\n"a" = "id"\n"a" = "site"\n', ["mapping-toml"]),
        ('[colums]\n"a" = "id"\n', ["mapping-key"]),
        ('columns = 3\nignore = "x"\n', ["mapping-shape", "mapping-shape"]),
        ('[columns]\n"a" = "identity"\n[words.equipement]\n"b" = "laptop"\n', ["mapping-column", "mapping-column"]),
        ('[words.equipment]\n"Tour" = "desktop"\n"TOUR" = "laptop"\n', ["list-twice"]),
        ('words = 3\n[columns]\n"a" = 1\n', ["mapping-shape", "mapping-shape"]),
    ],
)
def test_a_faulty_page_refuses_the_file_with_all_its_faults(read, page, codes):
    inventory = read("hardware-csv", PLAIN, {"mapping": page})
    assert sorted(f.code for f in inventory.findings) == sorted(codes)
    assert {f.origin.file for f in inventory.findings} == {"mapping.csv"}
    assert (len(inventory), all(f.text("fr") and f.text("en") for f in inventory.findings)) == (0, True)


def test_headers_and_words_without_meaning_are_listed_by_rows_units_and_euros():
    page = told(
        "hardware-csv",
        FLEET + "c;Bécane;x;2024-03-01;;en service;DSI\n",
        '[columns]\n"Quoi" = "equipment"\n"Nombre"="quantity"\n',
    )
    assert '# "N° de fiche" = ' in page
    assert '# "Remarques" = ""  # nothing near; 1 cell(s), the first: "vieux"' in page
    assert re.search(r'# "Bécane" = ".*"  # 2 row\(s\), 12 item, 1 of them without a readable number', page)
    assert '# "au placard" = ""  # 1 row(s), 12 item' in page
    spent = told("spending-csv", "id;montant;date;nature\na;1 200,50;2024-03-01;Télécomm\nb;-0,5;2024-03-01;Télécomm\n")
    assert '# "Télécomm" = "telecom"  # 2 row(s), 1,200 EUR' in spent
    assert "# Without meaning: 1 word(s), 2 row(s), 1,200 EUR." in spent


def test_a_word_whose_meaning_was_chosen_is_not_listed_again():
    assert "Bécane" in told("hardware-csv", FLEET, MAPPING.replace("BÉCANE", "autre"))
    assert "# Every word has a meaning." in told("hardware-csv", FLEET, MAPPING)
    assert "Bécane" not in told("hardware-csv", FLEET, MAPPING)


def test_a_proposal_that_is_taken_reads_the_file(read):
    text = "Identifiants;Equipments;quantité;date d'entrée\na;Ordinateur portabel;1;2024-03-01\n"
    page = told("hardware-csv", text)
    assert len(read("hardware-csv", text, {"mapping": page})) == 0
    once = re.sub(r'^# (?=")', "", page, flags=re.M)
    twice = re.sub(r'^# (?=")', "", told("hardware-csv", text, once), flags=re.M)
    taken = once.split("\n[words")[0] + "\n[words" + twice.split("[words", 1)[1]
    inventory = read("hardware-csv", text, {"mapping": taken})
    assert [p.equipment for p in inventory.profiles] == ["laptop"]


def test_a_workbook_is_mapped_as_a_text_is():
    rows = [line.replace("3,5", "3").split(";") for line in FLEET.splitlines()]
    book = xlsx(Parc=[[float(cell) if cell.isdigit() else cell for cell in row] for row in rows])
    page = HardwareCsv().propose(Document("f.xlsx", book), language="en")
    assert '# "Quoi" = ' in page
    assert "xlsx [Parc]" in page
    assert '# "au placard" = ""  # 1 row(s)' in page
    document = Document("f.xlsx", book, companions={"mapping": Document("mapping.toml", MAPPING.encode())})
    read = HardwareCsv().read(document)
    assert [(p.equipment, p.state, p.domain) for p in read.profiles] == [
        ("desktop", "in_stock", "Postes"),
        ("monitor", "in_use", "Postes"),
    ]
    assert read.amount.tolist() == [12_000_000, 3_000_000]
    assert "12 item" in HardwareCsv().propose(
        attrs.evolve(
            document, companions={"mapping": Document("mapping.toml", MAPPING.replace("Au placard", "autre").encode())}
        ),
        language="en",
    )


def test_of_several_sheets_one_must_be_named():
    book = xlsx(Un=[["id", "x"], ["a", "b"]], Deux=[["id", "y"], ["a", "b"]])
    with pytest.raises(InventoryError, match="Deux"):
        HardwareCsv().propose(Document("f.xlsx", book))
    assert '# "y" = ' in HardwareCsv().propose(Document("f.xlsx", book, {"sheet": "Deux"}))


@pytest.mark.law
@settings(deadline=None)
@given(
    st.lists(st.text('éa ;,"\n#\\=[]\x7f', min_size=1, max_size=8), min_size=1, max_size=4, unique=True),
    st.lists(st.text('éa ;,"\n#\\=\u2028', max_size=8), max_size=4),
)
def test_a_page_as_it_is_proposed_maps_nothing(headers, words):
    def cell(text):
        return '"' + text.replace('"', '""') + '"'

    lines = [";".join(map(cell, ["id", *headers, "nature", "amount"]))]
    lines += [";".join(map(cell, [f"r{row}", *headers, word, "1,5"])) for row, word in enumerate(words)]
    page = SpendingCsv().propose(Document("f.csv", "\n".join(lines).encode(), {"delimiter": ";"}), language="fr")
    said = tomllib.loads(page)
    assert said["ignore"] == []
    assert not said["columns"]
    assert not any(said.get("words", {}).values())


def test_a_file_that_cannot_be_split_is_refused_in_words():
    with pytest.raises(InventoryError, match=r"f\.csv"):
        told("hardware-csv", "rien du tout\n")


def test_the_importers_that_propose_keep_the_contract():
    names = [importer.name for importer in ghg_importers() if isinstance(importer, Mapper)]
    assert names == ["hardware-csv", "spending-csv", "numecoeval", "ledger-csv"]
    assert all("mapping" in importer.companions for importer in ghg_importers())
    assert "# Every word has a meaning." in told("numecoeval", "nomEquipementPhysique;type\na;Server\n")
    assert HardwareCsv().propose(Document("f", b"id;x\n1;2\n")).startswith("# f, lu comme")


def test_a_page_that_nests_without_end_is_at_fault_itself(read):
    inventory = read("hardware-csv", "id;equipment;quantity;entered\n", {"mapping": "a = " + "[" * 10**5})
    assert [(f.code, f.origin.file) for f in inventory.findings] == [("mapping-toml", "mapping.csv")]
