"""Bad inputs that are texts, by what is bad about them; `bad_inputs.csv` holds what is said of each."""

from collections.abc import Mapping
from typing import Final

import attrs

HEADER: Final = "identifiant;équipement;quantité;date_entrée"


@attrs.frozen
class Case:
    """An input: its number in the catalogue (0 where it has none), its content, and the amounts of the rows that are kept."""

    number: int
    content: str | bytes
    importer: str = "hardware-csv"
    kept: list[str] = attrs.Factory(list)
    options: Mapping[str, str] = attrs.Factory(dict)
    name: str = ""


def fleet(*rows: str, header: str = HEADER) -> str:
    """Return a fleet as CSV."""
    return "\n".join([header, *rows, ""])


TEXTS: Final = {
    "a byte order mark": Case(1, fleet("a;laptop;3;2024-03-01").encode("utf-8-sig"), kept=["3"]),
    "a byte order mark, and the option that says UTF-8": Case(
        1, fleet("a;laptop;3;2024-03-01").encode("utf-8-sig"), kept=["3"], options={"encoding": "utf-8"}
    ),
    "a byte order mark above what is no UTF-8": Case(
        1, b"\xef\xbb\xbf" + fleet("a;écran;3;2024-03-01").encode("cp1252")
    ),
    "cp1252, found strictly": Case(2, fleet("a;écran;3;2024-03-01").encode("cp1252"), kept=["3"]),
    "UTF-8 that was read as cp1252 before": Case(2, fleet("a;Ã©cran;3;2024-03-01")),
    "UTF-8 that was read as cp1252 before, below an empty line": Case(2, "\n" + fleet("a;Ã©cran;3;2024-03-01")),
    "an encoding that only an option can tell": Case(
        2,
        fleet("a;écran;3;2024-03-01;14 €", header=f"{HEADER};modèle").encode("iso-8859-15"),
        kept=["3"],
        options={"encoding": "iso-8859-15"},
    ),
    "an encoding that the file has not": Case(
        2, ("\n" + fleet("a;écran;3;2024-03-01")).encode("cp1252"), options={"encoding": "utf-8"}
    ),
    "UTF-16, the Unicode text of Excel": Case(
        3, fleet("a;écran;3;2024-03-01").replace(";", "\t").encode("utf-16"), kept=["3"]
    ),
    "two encodings in one file": Case(
        4, fleet("a;écran;3;2024-03-01").encode() + "b;écran;1;2024-03-01\n".encode("cp1252")
    ),
    "a byte of no encoding": Case(4, fleet("a;laptop;3;2024-03-01").encode() + b"\x81;laptop;1;2024-03-01\n"),
    "a NUL": Case(5, fleet("a;lap\0top;3;2024-03-01")),
    "a control character": Case(5, fleet("a\x07;laptop;3;2024-03-01")),
    "groups of three, set apart by the spaces of French": Case(
        6,
        fleet(
            "a;laptop;1\u00a0234,5;2024-03-01", "b;laptop;1\u202f234,5;2024-03-01", "c;laptop;1\u2009234,5;2024-03-01"
        ),
        kept=["1234.5", "1234.5", "1234.5"],
    ),
    "groups that are not of three": Case(6, fleet("a;laptop;12\u00a034,5;2024-03-01")),
    "a point that sets decimals or thousands apart": Case(7, fleet("a;laptop;1.234;2024-03-01")),
    "a comma that sets decimals or thousands apart": Case(7, fleet("a;laptop;1,234;2024-03-01")),
    "a point that another number shows to set decimals apart": Case(
        7, fleet("a;laptop;2.5;2024-03-01", "b;laptop;1.234;2024-03-01"), kept=["2.5", "1.234"]
    ),
    "points for decimals where commas set the columns apart": Case(
        7, fleet("a;laptop;1.234;2024-03-01").replace(";", ","), kept=["1.234"]
    ),
    "commas for thousands": Case(7, fleet("a;laptop;1,234.5;2024-03-01"), options={"decimal": "point"}),
    "points for thousands": Case(8, fleet("a;laptop;1.234,56;2024-03-01")),
    "apostrophes for thousands": Case(
        8, fleet("a;laptop;1'234.56;2024-03-01"), kept=["1234.56"], options={"decimal": "point"}
    ),
    "two decimal marks in one column": Case(9, fleet("a;laptop;12.5;2024-03-01", "b;laptop;12,5;2024-03-01")),
    "an underscore": Case(10, fleet("a;laptop;1_000;2024-03-01")),
    "digits of other scripts": Case(11, fleet("a;laptop;１２;2024-03-01", "b;laptop;١٢٣;2024-03-01")),
    "two underscores": Case(12, fleet("a;laptop;1__0;2024-03-01")),
    "no number, and one without end": Case(13, fleet("a;laptop;nan;2024-03-01", "b;laptop;-Infinity;2024-03-01")),
    "an exponent in a quantity, and in an id that is a text": Case(14, fleet("2E10;laptop;1e5;2024-03-01")),
    "an id that a spreadsheet rounded": Case(14, fleet("1,23457E+11;laptop;1;2024-03-01")),
    "a number that is too large, and one that is too long": Case(
        15, fleet("a;laptop;9999999999999;2024-03-01", "b;laptop;0,1234567;2024-03-01")
    ),
    "the minus of typography": Case(
        16,
        "identifiant;montant;date;type\na;\u22125;2024-03-01;avoir\n",
        importer="spending-csv",
        kept=["-5"],
        options={"tax_basis": "HT"},
    ),
    "the minus of accountants": Case(
        16,
        "identifiant;montant;date\na;(5);2024-03-01\nb;5-;2024-03-01\n",
        importer="spending-csv",
        options={"tax_basis": "HT"},
    ),
    "a negative quantity": Case(17, fleet("a;laptop;-5;2024-03-01")),
    "a negative amount that is no credit note": Case(
        17, "identifiant;montant;date\na;-5;2024-03-01\n", importer="spending-csv", options={"tax_basis": "HT"}
    ),
    "a unit in the cell": Case(
        18,
        "identifiant;montant;date\na;12 000 €;2024-03-01\nb;12 k€;2024-03-01\nc;12K;2024-03-01\n",
        importer="spending-csv",
        options={"tax_basis": "HT"},
    ),
    "a unit that is in no list": Case(
        19, "identifiant;émissions;unité;type;année\na;5;tco2;services;2024\n", importer="emissions-csv"
    ),
    "a unit of something else": Case(
        24, "identifiant;émissions;unité;type;année\na;5;kWh;services;2024\n", importer="emissions-csv"
    ),
    "another currency": Case(
        26, "compte;date;montant;devise\n6156;2024-03-01;10;USD\n", importer="ledger-csv", options={"tax_basis": "HT"}
    ),
    "amounts with tax or without, nobody says which": Case(
        27, "identifiant;montant;date\na;5;2024-03-01\n", importer="spending-csv"
    ),
    "thousands of euros": Case(
        28, "identifiant;montant (k€);date\na;5;2024-03-01\n", importer="spending-csv", options={"tax_basis": "HT"}
    ),
    "a day that only a month-first reading allows": Case(29, fleet("a;laptop;1;03/31/2024")),
    "days that do not exist": Case(
        30, fleet("a;laptop;1;2024-02-30", "b;laptop;1;31/11/2024", "c;laptop;1;29/02/2023")
    ),
    "the number by which a spreadsheet counts days": Case(31, fleet("a;laptop;1;45657")),
    "a time with its zone": Case(34, fleet("a;laptop;1;2024-12-31T23:30Z")),
    "years of two digits": Case(35, fleet("a;laptop;1;01/02/24", "b;laptop;1;01/02/69")),
    "left before it came, and came in 1970": Case(
        36, fleet("a;laptop;1;2024-03-01;2024-02-01", "b;laptop;1;1970-01-01;", header=f"{HEADER};date_sortie")
    ),
    "a year that no file is of": Case(
        36,
        "identifiant;émissions;unité;type;année\na;5;kgCO2eq;services;1989\nb;5;kgCO2eq;services;89\n",
        importer="emissions-csv",
    ),
    "the first year that a file may be of, and the last": Case(
        36,
        "identifiant;émissions;unité;type;année\na;5;kgCO2eq;services;1990\nb;6;kgCO2eq;services;2100\n",
        importer="emissions-csv",
        kept=["5", "6"],
    ),
    "an id twice": Case(37, fleet("a;laptop;1;2024-03-01", "a;laptop;2;2024-03-01"), kept=["1"]),
    "a line twice under two ids": Case(
        38,
        "identifiant;montant;date;libellé\na;5;2024-03-01;Loyer\nb;5;2024-03-01;Loyer\n",
        importer="spending-csv",
        kept=["5", "5"],
        options={"tax_basis": "HT"},
    ),
    "a total, said by its label": Case(
        39,
        "identifiant;montant;date\na;5;2024-03-01\nTotal général;5;\n",
        importer="spending-csv",
        kept=["5"],
        options={"tax_basis": "HT"},
    ),
    "a subtotal, said by its sum": Case(
        39,
        "identifiant;montant;date\na;5;2024-03-01\nb;7;2024-03-02\nc;9;2024-03-03\nd;21;2024-03-04\n",
        importer="spending-csv",
        kept=["5", "7", "9", "21"],
        options={"tax_basis": "HT"},
    ),
    "empty rows, and a note below the table": Case(
        40, fleet("a;laptop;1;2024-03-01", ";;;", "Source : DSI;;;"), kept=["1"]
    ),
    "a title above the header": Case(41, "Parc 2024\n" + fleet("a;laptop;1;2024-03-01")),
    "a title above the header, below an empty line": Case(41, "\nParc 2024\n" + fleet("a;laptop;1;2024-03-01")),
    "the header once more, inside the data": Case(
        41, fleet("a;laptop;1;2024-03-01", HEADER, "b;laptop;1;2024-03-01"), kept=["1", "1"]
    ),
    "two columns of one name": Case(42, fleet("a;laptop;1;2024-03-01;2", header=f"{HEADER};quantity")),
    "a cell too few, and one too many": Case(43, fleet("a;laptop;1", "b;laptop;1;2024-03-01;x")),
    "a quote that is never closed": Case(44, fleet('"a;laptop;1;2024-03-01', "b;laptop;1;2024-03-01")),
    "a cell that is too long": Case(45, fleet(f"a;{'x' * 40_000};1;2024-03-01")),
    "a cell that no reader of CSV holds": Case(45, fleet(f'a;"{"x" * 140_000}";1;2024-03-01')),
    "a cell as long as cells may be": Case(
        45, fleet(f"a;laptop;1;2024-03-01;{'x' * 32_767}", header=f"{HEADER};modèle"), kept=["1"]
    ),
    "the separator inside a text without quotes": Case(46, fleet("a;écran; le grand;1;2024-03-01")),
    "a header that two separators split": Case(46, "identifiant;domaine,modèle\n"),
    "a header that two separators split, and the option that says which": Case(
        46,
        "identifiant,id;équipement;quantité;date_entrée\na;laptop;1;2024-03-01\n",
        options={"delimiter": ";", "ignore": "identifiant,id"},
    ),
    "a separator that is a tab, and the option that says so": Case(
        46, fleet("a;laptop;1,5;2024-03-01").replace(";", "\t"), kept=["1.5"], options={"delimiter": "tab"}
    ),
    "rows that end in CR alone, and ends of lines inside a cell": Case(
        47, fleet("a;laptop;1;2024-03-01;X\u20281", header=f"{HEADER};modèle").replace("\n", "\r"), kept=["1"]
    ),
    "a file that was cut": Case(48, fleet("a;laptop;1;2024-03-01") + "b;lapt", kept=["1"]),
    "a file that was cut inside its last cell": Case(
        48,
        fleet("a;laptop;12;2024-03-01", header="identifiant;équipement;date_entrée;quantité").replace(
            "12;2024-03-01\n", "2024-03-01;1"
        ),
        kept=["1"],
    ),
    "a file without an end, that a quote closes": Case(
        48, fleet("a;laptop;1;2024-03-01") + 'b;laptop;1;"2024-03-01"', kept=["1", "1"]
    ),
    "a file without an end, that a separator closes": Case(
        48, fleet("a;laptop;1;2024-03-01;", header=f"{HEADER};").removesuffix("\n"), kept=["1"]
    ),
    "a page of the web, below a mark and an empty line": Case(
        49, b"\xef\xbb\xbf\n<html><table><tr><td>identifiant</td></tr></table>"
    ),
    "a page of the web": Case(49, b"<html><table><tr><td>identifiant</td></tr></table>"),
    "a PDF": Case(49, b"%PDF-1.7"),
    "the error of a formula, exported as text": Case(51, fleet("a;laptop;#N/A;2024-03-01", "b;#REF!;1;2024-03-01")),
    "truth values": Case(59, fleet("a;laptop;VRAI;2024-03-01", "b;laptop;1;FALSE")),
    "a table that ends where a sheet ends": Case(
        60,
        "identifiant;montant;date\n" + "".join(f"r{n};{n + 1};2024-03-01\n" for n in range(65_535)),
        importer="spending-csv",
        kept=[str(n + 1) for n in range(65_535)],
        options={"tax_basis": "HT"},
    ),
    "JSON": Case(66, "{" + '"a":[' * 10**5),
    "one word, composed or not, in any case, between spaces": Case(
        67,
        fleet("a;Écran;1;2024-03-01", "b;E\u0301CRAN;1;2024-03-01", "c;écran\u00a0;1;2024-03-01"),
        kept=["1", "1", "1"],
    ),
    "a word without its accent is a name of its own list; a space of no width is none": Case(
        67, fleet("a;ecran;1;2024-03-01", "b;écran\u200b;1;2024-03-01"), kept=["1"]
    ),
    "letters that look like others": Case(
        68, fleet("a;\u0420\u0421;1;2024-03-01", "b;\u0395cran;1;2024-03-01", "c;lap\u202etop;1;2024-03-01")
    ),
    "nothing but separators": Case(70, b";;;\n;;;\n"),
    "nothing": Case(70, b""),
    "the mark of a file in use": Case(70, b"\x05Agent" + bytes(48), name="~$parc.xlsx"),
    "the mark of a file in use, in a folder": Case(70, b"\x05Agent" + bytes(48), name="parc/~$parc.xlsx"),
    "a byte order mark and nothing": Case(70, b"\xef\xbb\xbf \n"),
    **{
        f"a word of no list for the option {name}": Case(0, fleet("a;laptop;1;2024-03-01"), options={name: "ebcdic"})
        for name in ("encoding", "delimiter", "decimal")
    },
    "zeros that a spreadsheet removed": Case(
        0, fleet("00123;laptop;1;2024-03-01", "456;laptop;2;2024-03-01"), kept=["1", "2"]
    ),
    "a serial number twice": Case(
        0, fleet("a;laptop;1;2024-03-01;S1", "b;laptop;1;2024-03-01;S1", header=f"{HEADER};serial"), kept=["1", "1"]
    ),
    "a sheet named in a text": Case(0, fleet("a;laptop;1;2024-03-01"), options={"sheet": "Parc"}),
}
