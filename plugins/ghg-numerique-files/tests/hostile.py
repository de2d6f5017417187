"""Workbooks that mean harm, each by its name, and what may be said of it."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

from workbooks import MAIN, letter, members, ods, ole, sheet_xml, xls, xlsx, zipped

NOISE = " ".join(str(number * number) for number in range(2**17))
"""More than one piece of what does not compress well."""

SMALL = members({"A": sheet_xml([["id"], ["x"]])})
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def sheet(inside: str) -> bytes:
    """Return an XLSX whose only sheet has this XML."""
    return zipped(members({"A": f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'}))


def early(content: bytes) -> bytes:
    """Return a ZIP whose list of members is said to be longer than the whole file; found by fuzzing."""
    return content[:-10] + struct.pack("<I", 2 * len(content)) + content[-6:]


def many(tag: str) -> str:
    """Return very many tags that are not closed, none of them like another."""
    return "".join(f'{tag}n="{number * 7919 % 100_003}" ' for number in range(30_000))


def member(name: str, mode: int = 0) -> zipfile.ZipInfo:
    """Return a member of any name."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def lying(parts: Mapping[str, str], name: str, more: bytes) -> bytes:
    """Return a ZIP whose member holds more than it declares, with the right checksum of what it declares."""
    honest = parts[name].encode()
    content = zipped({**parts, name: honest + more})
    size, short = struct.pack("<I", len(honest + more)), struct.pack("<I", len(honest))
    long_sum, short_sum = (struct.pack("<I", zlib.crc32(text)) for text in (honest + more, honest))
    return content.replace(size, short).replace(long_sum, short_sum)


def shared_bomb() -> bytes:
    """Return an XLSX with one long text that very many cells share."""
    text = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter(at)}{row}" t="s"><v>0</v></c>' for at in range(50)) + "</row>"
        for row in range(1, 401)
    )
    parts = members({"A": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'})
    relation = (
        '<Relationship Id="rIdT" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    return zipped({**parts, name: parts[name].replace("</Relationships>", relation), "xl/sharedStrings.xml": text})


HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "nothing": (b"", {"workbook-kind"}),
    "a PDF": (b"%PDF-1.7", {"workbook-kind"}),
    "the head of a ZIP": (b"PK\x03\x04", {"workbook-damaged"}),
    "a ZIP that is no workbook": (zipped({"a.txt": "a"}), {"workbook-kind"}),
    "a text document": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), {"workbook-kind"}),
    "half a workbook": (xlsx(A=[["id"]])[:900], {"workbook-damaged"}),
    "a directory that starts before the file": (early(xlsx(A=[["id"]])), {"workbook-damaged"}),
    "a bomb": (zipped({**SMALL, "xl/media/a.bin": bytes(60 * 2**20)}), {"workbook-large"}),
    "a bomb of many parts": (
        zipped({**SMALL, **{f"xl/media/{n}.bin": bytes(2**20) for n in range(40)}}),
        {"workbook-large"},
    ),
    "a bomb that lies": (lying(SMALL, "xl/worksheets/sheet1.xml", b" " * 2**26), {"workbook-damaged", "workbook-stopped"}),
    "two members of one name": (
        zipped([*SMALL.items(), ("xl/Workbook.xml", "")]),
        {"workbook-twice"},
    ),
    "an absolute path": (zipped([*SMALL.items(), (member("/etc/passwd"), "")]), {"workbook-path"}),
    "a path that climbs": (zipped([*SMALL.items(), (member("xl/../../a"), "")]), {"workbook-path"}),
    "a path of another system": (zipped([*SMALL.items(), (member("C:\\a"), "")]), {"workbook-path"}),
    "a link": (zipped([*SMALL.items(), (member("xl/a", stat.S_IFLNK | 0o777), "/etc")]), {"workbook-link"}),
    "entities in the book": (zipped({**SMALL, "xl/workbook.xml": LAUGHS + SMALL["xl/workbook.xml"]}), {"workbook-xml"}),
    "entities far inside": (
        zipped({**SMALL, "xl/styles.xml": f"<!--{NOISE}-->{LAUGHS}{SMALL['xl/styles.xml']}"}),
        {"workbook-xml"},
    ),
    "entities in UTF-16": (
        zipped({**SMALL, "xl/workbook.xml": (LAUGHS + SMALL["xl/workbook.xml"]).encode("utf-16")}),
        {"workbook-xml"},
    ),
    "entities in an ODS": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": LAUGHS}),
        {"workbook-xml"},
    ),
    "two cells far apart": (
        sheet(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        {"workbook-cells"},
    ),
    "two cells far apart, written otherwise": (
        sheet(
            "<sheetData><row r = '1'><c r\n=\t'A1'><v>1</v></c></row>"
            "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"
        ),
        {"workbook-cells"},
    ),
    "a dimension without cells": (sheet('<dimension ref="A1:XFD1048576"/><sheetData/>'), {"workbook-cells"}),
    "a sheet in one endless row": (sheet("<sheetData><row>" + NOISE.replace(" ", "<c/>") * 8), {"workbook-cells"}),
    "one text for many cells": (shared_bomb(), {"workbook-stopped"}),
    "one cell a million times": (
        ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
            'table:number-columns-repeated="1024"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        {"workbook-damaged", "workbook-stopped"},
    ),
    "an XLS with two cells far apart": (xls((0, 0, 1), (65_535, 255, 1)), {"workbook-stopped"}),
    "an XLS of noise": (ole("Workbook", b"\x09\x08" + bytes(range(256)) * 20), {"workbook-damaged", "workbook-stopped"}),
    "a workbook behind a password": (ole("EncryptedPackage", bytes(64)), {"workbook-password"}),
    "rows that never close": (sheet("<sheetData>" + many('<row hidden="1" ') + "</row>"), {"workbook-damaged"}),
    "cells that never close": (sheet("<sheetData>" + many('<c t="e" <f ') + "</row>"), {"workbook-damaged"}),
    "styles that never close": (zipped({**SMALL, "xl/styles.xml": many("<numFmt <cellXfs <xf ")}), {"workbook-damaged"}),
    "an ODS whose cells never close": (ods(many("<table:table-cell >#N/A ")), {"workbook-empty"}),
    "errors without end": (
        sheet("<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 50_002))),
        {"workbook-marks"},
    ),
    "merged cells without end": (
        sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
              + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 50_002)) + "</mergeCells>"),
        {"workbook-marks"},
    ),
    "an ODS of errors repeated": (
        ods(
            '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
            "<text:p>#N/A</text:p></table:table-cell></table:table-row>" * 20
        ),
        {"workbook-marks"},
    ),
    "an XLS whose sectors go round": (xls((0, 0, 1))[:512] + b"\1\0\0\0" * 3000, {"workbook-damaged"}),
    "a list of members without end": (
        zipped([(member("a" * 60_000 + str(n)), "") for n in range(40)]),
        {"workbook-large"},
    ),
}  # fmt: skip
