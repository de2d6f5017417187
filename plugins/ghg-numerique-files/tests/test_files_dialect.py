"""How a file is written: encodings, separators, decimal marks, quotes, headers; and what refuses a whole file."""

import pytest

HEADER = "identifiant;equipement;quantite;date_entree"
ROW = "a;laptop;3;2024-03-01"


def dialect(inventory):
    return next((finding.value for finding in inventory.findings if finding.code == "dialect"), "")


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (f"{HEADER}\n{ROW}\n".encode(), "utf-8 ; ,"),
        (f"{HEADER}\r\n{ROW}\r\n".encode("utf-8-sig"), "utf-8-sig ; ,"),
        (f"{HEADER};domaine\n{ROW};Réseaux\n".encode("cp1252"), "cp1252 ; ,"),
        (f"{HEADER}\n{ROW}\n".replace(";", "\t").encode("utf-16"), "utf-16 tab ,"),
        (f"{HEADER}\n{ROW}\n".replace(";", ",").encode(), "utf-8 , ."),
        (f"{HEADER}\n{ROW}\n".replace(";", "|").encode(), "utf-8 | ,"),
        (f"{HEADER}\n{ROW}\n".replace(";3;", ";2.5;").encode(), "utf-8 ; ."),
        (f"{HEADER}\r{ROW}\r".encode(), "utf-8 ; ,"),
    ],
)
def test_the_dialect_is_found_and_shown(read, content, shown):
    inventory = read("hardware-csv", content)
    assert (dialect(inventory), len(inventory)) == (shown, 1)


def test_options_force_the_dialect(read):
    text = f"{HEADER};domaine\na;laptop;1.234;2024-03-01;Réseaux\n".encode("iso-8859-15")
    inventory = read("hardware-csv", text, encoding="iso-8859-15", delimiter=";", decimal="point")
    assert dialect(inventory) == "iso-8859-15 ; ."
    assert inventory.amount.tolist() == [1_234_000]
    assert inventory.profiles[0].domain == "Réseaux"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf \n", "file-empty"),
        (b"PK\x03\x04rest", "workbook-damaged"),
        (b"%PDF-1.7", "file-not-csv"),
        (b"\xd0\xcf\x11\xe0rest", "file-not-csv"),
        (b"<html><table>", "file-not-csv"),
        (b"identifiant;\x81\n", "encoding"),
        (f"{HEADER}\na;lap\0top;3;2024-03-01\n".encode(), "nul-character"),
        (f"{HEADER};domaine\n{ROW};RÃ©seaux\n".encode(), "mojibake"),
        (f"{HEADER};domaine\n{ROW};12 â‚¬\n".encode(), "mojibake"),
        (b"Parc 2024\nx\n", "no-header"),
        (b"identifiant;domaine,modele\n", "delimiter-ambiguous"),
        (f'{HEADER}\n"a;laptop;3;2024-03-01\nb;laptop;1;2024-03-01\n'.encode(), "quote"),
        (f'{HEADER}\n"a"b;laptop;3;2024-03-01\n'.encode(), "quote"),
        (f"{HEADER};modele\n{ROW};{'x' * 40_000}\n".encode(), "cell-too-long"),
        (f'{HEADER};modele\n{ROW};"{"x" * 140_000}"\n'.encode(), "cell-too-long"),
        (f"{HEADER};prix\n{ROW};3\n".encode(), "column-unknown"),
        (f"identifiant;;{HEADER[12:]}\na;;{ROW[2:]}\n".encode(), "column-unnamed"),
        (f"{HEADER};id\n{ROW};a\n".encode(), "column-twice"),
        (b"identifiant;equipement;quantite\na;laptop;3\n", "column-missing"),
        (f"{HEADER}\na;laptop;2.5;2024-03-01\nb;laptop;2,5;2024-03-01\n".encode(), "decimal-mixed"),
        (f"{HEADER}\na;laptop;1.234;2024-03-01\n".encode(), "decimal-ambiguous"),
        (f"{HEADER}\n".encode(), "no-rows"),
    ],
)
def test_a_fault_of_the_whole_file_leaves_no_row(read, codes, content, code):
    inventory = read("hardware-csv", content)
    assert [found for found, _, _ in codes(inventory)] == [code]
    assert (len(inventory), inventory.set_aside) == (0, ())


@pytest.mark.parametrize(
    ("name", "value"), [("encoding", "ebcdic"), ("delimiter", "tabulation"), ("decimal", "point-virgule")]
)
def test_an_option_is_one_of_a_closed_list(read, codes, name, value):
    assert codes(read("hardware-csv", f"{HEADER}\n{ROW}\n", **{name: value})) == [("option-value", 0, "")]


def test_headers_are_known_in_any_case_with_or_without_accents_composed_or_not(read):
    text = " IDENTIFIANT ;Équipement;Quantite\u0301;Date_Entrée\na;laptop;3;2024-03-01\n"
    inventory = read("hardware-csv", text)
    assert len(inventory) == 1


def test_an_accent_in_the_wrong_place_is_another_header_and_the_nearest_is_named(read):
    inventory = read("hardware-csv", f"{HEADER};modéle\n{ROW};x\n")
    finding = inventory.findings[1]
    assert (finding.code, finding.value, dict(finding.facts)["near"]) == ("column-unknown", "modéle", "modèle")


def test_unknown_columns_can_be_ignored_by_name(read):
    inventory = read("hardware-csv", f"{HEADER};Salle;Étage\n{ROW};B12;3\n", ignore="salle, étage")
    assert len(inventory) == 1


def test_a_trailing_separator_on_every_row_is_accepted_and_nothing_may_stand_there(read, codes):
    inventory = read("hardware-csv", f"{HEADER};\n{ROW};\nb;laptop;1;2024-03-01;x\nc;laptop;1;2024-03-01\n")
    assert len(inventory) == 1
    assert codes(inventory) == [("cell-count", 3, ""), ("cell-count", 4, "")]


def test_rows_are_numbered_as_a_spreadsheet_does_whatever_the_blank_lines_and_line_breaks_in_cells(read, codes):
    text = f'{HEADER};domaine\n\na;laptop;3;2024-03-01;"un\ndeux"\n;;;;\nb;laptop;x;2024-03-01;\n'
    inventory = read("hardware-csv", text)
    assert inventory.row.tolist() == [3]
    assert codes(inventory) == [("number", 5, "quantite")]


def test_a_line_break_inside_a_cell_is_kept_as_it_is_written(read):
    inventory = read("hardware-csv", f'{HEADER};modele\r\n{ROW};"un\r\ndeux"\r\n')
    assert inventory.profiles[0].model == "un\r\ndeux"


def test_a_quote_inside_an_unquoted_cell_is_a_text_like_another(read):
    inventory = read("hardware-csv", f'{HEADER};modele\n{ROW};SACOCHE 13"/14"\n')
    assert inventory.profiles[0].model == 'SACOCHE 13"/14"'


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a\u202eb", "hidden-character"),
        ("a\u200bb", "hidden-character"),
        ("a\x07b", "hidden-character"),
        ("#REF!", "spreadsheet-error"),
        ("#N/A", "spreadsheet-error"),
    ],
)
def test_what_cannot_be_seen_and_what_a_formula_failed_to_say_are_faults(read, codes, cell, code):
    inventory = read("hardware-csv", f"{HEADER};modele\n{ROW};{cell}\n")
    assert codes(inventory) == [(code, 2, "modele")]
    assert [(aside.unit, aside.amount) for aside in inventory.set_aside] == [("item", 3_000_000)]


def test_a_doubtful_symbol_is_kept_with_a_warning_that_counts_its_rows(read):
    text = f"{HEADER};modele\n{ROW};XPS 360Â°\nb;laptop;1;2024-03-01;XPS 360Â°\n"
    inventory = read("hardware-csv", text)
    assert len(inventory) == 2
    assert [(f.code, dict(f.facts)["count"]) for f in inventory.findings[1:]] == [("mojibake-symbol", "2")]
