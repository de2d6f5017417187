"""Bad inputs that are workbooks, by what is bad about them; `bad_inputs.csv` holds what is said of each."""

from typing import Final

from bad_texts import HEADER, Case
from hostile import HOSTILE
from workbooks import (
    Error,
    day,
    from_1904,
    merged,
    ods_sheet,
    ole,
    with_hidden,
    with_hidden_sheet,
    xls_sheet,
    xlsx,
    zipped,
)

FLEET: Final[list[object]] = [*HEADER.split(";")]

WORKBOOKS: Final = {
    "the day before the days of spreadsheets begin": Case(32, xlsx(Parc=[FLEET, ["a", "laptop", 1, day("D2", 60)]])),
    "days counted from 1904": Case(
        33, from_1904(Parc=[FLEET, ["a", "laptop", 1, day("D2", 43_890)], ["b", "laptop", 1, 43_890]]), kept=["1"]
    ),
    "a workbook that is called CSV": Case(
        49, xlsx(Parc=[FLEET, ["a", "laptop", 3, day("D2", 45_352)]]), kept=["3"], name="f.csv"
    ),
    "an XLSB": Case(50, zipped({"xl/workbook.bin": b"", "[Content_Types].xml": ""})),
    "a password": Case(50, ole("EncryptedPackage", bytes(64))),
    "errors of formulas": Case(
        51,
        xlsx(
            Parc=[
                FLEET,
                ["a", "laptop", b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "2024-03-01"],
                ["b", b'<c r="B3" t="e"><v>#N/A</v></c>', 1, "2024-03-01"],
            ]
        ),
    ),
    "errors in an XLS": Case(51, xls_sheet([*FLEET], ["a", "laptop", Error(0x2A), "2024-03-01"])),
    "errors in an ODS": Case(51, ods_sheet(FLEET, ["a", "laptop", Error(0x07), "2024-03-01"])),
    "a formula that was never computed": Case(
        52, xlsx(Parc=[FLEET, ["a", "laptop", b'<c r="C2"><f>1+1</f></c>', "2024-03-01"]])
    ),
    "a formula with its value": Case(
        53, xlsx(Parc=[FLEET, ["a", "laptop", b'<c r="C2"><f>6*2</f><v>12</v></c>', "2024-03-01"]]), kept=["12"]
    ),
    "a formula that looks into another workbook": Case(
        53, xlsx(Parc=[FLEET, ["a", "laptop", b'<c r="C2"><f>[1]Parc!A1</f><v>12</v></c>', "2024-03-01"]])
    ),
    "hidden rows and columns": Case(54, with_hidden(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), kept=["3"]),
    "a hidden sheet": Case(54, with_hidden_sheet(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]])),
    "a hidden sheet that is named": Case(
        54, with_hidden_sheet(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), kept=["3"], options={"sheet": "Parc"}
    ),
    "two sheets that fit": Case(
        55, xlsx(A=[FLEET, ["a", "laptop", 3, "2024-03-01"]], B=[FLEET, ["b", "laptop", 4, "2024-03-01"]])
    ),
    "two sheets that repeat each other": Case(
        55, xlsx(A=[FLEET, ["a", "laptop", 3, "2024-03-01"]], B=[FLEET, ["a", "laptop", 3, "2024-03-01"]])
    ),
    "a named sheet that another repeats": Case(
        55,
        xlsx(A=[FLEET, ["a", "laptop", 3, "2024-03-01"]], B=[FLEET, ["a", "laptop", 3, "2024-03-01"]]),
        kept=["3"],
        options={"sheet": "A"},
    ),
    "a sheet beside, that does not fit": Case(
        55, xlsx(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]], Notes=[["x"]]), kept=["3"]
    ),
    "a name that no sheet has": Case(
        55, xlsx(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), options={"sheet": "Prac"}
    ),
    "a title above the header of a sheet": Case(
        41, xlsx(Parc=[["Parc 2024"], FLEET, ["a", "laptop", 3, "2024-03-01"]])
    ),
    "a header of merged cells": Case(41, merged("A1:B1", Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]])),
    "merged cells": Case(
        56, merged("B2:B3", Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"], ["b", "", 4, "2024-03-01"]])
    ),
    "numbers written as texts": Case(57, xlsx(Parc=[FLEET, ["a", "laptop", "1 234,5", "2024-03-01"]]), kept=["1234.5"]),
    "numbers shown as others": Case(
        58,
        xlsx(
            Parc=[
                FLEET,
                ["a", "laptop", b'<c r="C2" s="2"><v>0.2</v></c>', "2024-03-01"],
                ["b", "laptop", b'<c r="C3" s="3"><v>2.6</v></c>', "2024-03-01"],
            ]
        ),
        kept=["0.2", "2.6"],
    ),
    "truth values of a workbook": Case(
        59, xlsx(Parc=[FLEET, ["a", "laptop", True, "2024-03-01"], ["b", "laptop", 1, False]])
    ),
    "a bomb": Case(61, HOSTILE["a bomb"][0]),
    "two cells far apart": Case(62, HOSTILE["two cells far apart"][0]),
    "a billion laughs": Case(63, HOSTILE["entities in the book"][0]),
    "a path that climbs": Case(64, HOSTILE["a path that climbs"][0]),
    "a link": Case(64, HOSTILE["a link"][0]),
    "two members of one name": Case(64, HOSTILE["two members of one name"][0]),
    "half a workbook": Case(70, xlsx(A=[FLEET])[:900]),
    "what binary arithmetic leaves": Case(0, xlsx(Parc=[FLEET, ["a", "laptop", 0.1 + 0.2, "2024-03-01"]])),
    "a number that became a day": Case(0, xlsx(Parc=[FLEET, ["a", "laptop", day("C2", 45_352), "2024-03-01"]])),
    "a serial that lost its digits": Case(0, xlsx(Parc=[FLEET, [1.2345678901234567e18, "laptop", 1, "2024-03-01"]])),
    "an empty workbook": Case(0, xlsx(A=[])),
    "an encoding for a workbook": Case(
        0, xlsx(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), options={"encoding": "utf-8"}
    ),
    "a separator for a workbook": Case(
        0, xlsx(Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), options={"delimiter": ";"}
    ),
    "a sheet without a column that is needed": Case(0, xlsx(Parc=[FLEET[:3], ["a", "laptop", 3]])),
    "a sheet of blanks": Case(0, xlsx(Parc=[[" "], [" ", " "]])),
    "a named sheet that holds nothing": Case(
        0, xlsx(Vide=[[" "]], Parc=[FLEET, ["a", "laptop", 3, "2024-03-01"]]), options={"sheet": "Vide"}
    ),
    "a named sheet of numbers alone": Case(0, xlsx(Parc=[[1.5, 2], [3, 4]]), options={"sheet": "Parc"}),
    "a cell of a sheet as long as cells may be": Case(
        45, xlsx(Parc=[[*FLEET, "modèle"], ["a", "laptop", 3, "2024-03-01", "x" * 32_767]]), kept=["3"]
    ),
    "a cell longer than cells are": Case(0, xlsx(Parc=[FLEET, ["a", "x" * 40_000, 3, "2024-03-01"]])),
    "an hour beside a day": Case(34, xlsx(Parc=[FLEET, ["a", "laptop", 3, day("D2", 45_352.75)]])),
    "numbers that a workbook cannot hold to the unit": Case(
        15,
        xlsx(
            Parc=[
                FLEET,
                ["a", "laptop", 10.0**15 - 1, "2024-03-01"],
                ["b", "laptop", 10.0**15, "2024-03-01"],
                ["c", "laptop", 1.5e15, "2024-03-01"],
            ]
        ),
    ),
}
