"""Workbooks made by hand, to the letter: what no spreadsheet writes must be writable here."""

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"


def letter(column: int) -> str:
    """Return the letters of a column, the first being 0."""
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def cell(row: int, column: int, value: object) -> str:
    """Return a cell as XML: a text, a boolean, a number, or XML that is given as bytes."""
    if isinstance(value, bytes):
        return value.decode()
    place = f"{letter(column)}{row}"
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def sheet_xml(rows: list[list[object]]) -> str:
    """Return a sheet as XML; an empty text is no cell."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(cell(number, column, value) for column, value in enumerate(row) if value != "")
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def members(sheets: Mapping[str, str]) -> dict[str, str]:
    """Return the members of an XLSX with these sheets, given as XML; style 1 is a day, 2 a percentage, 3 has no decimals."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="9"/><xf numFmtId="1"/></cellXfs></styleSheet>',
    } | {f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in numbered}  # fmt: skip


def zipped(parts: Mapping[str, str | bytes] | list[tuple[str | zipfile.ZipInfo, str | bytes]]) -> bytes:
    """Return a ZIP of members; a list may hold one name twice."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, content)
    return page.getvalue()


def xlsx(**sheets: list[list[object]]) -> bytes:
    """Return an XLSX with these sheets, each as rows of values."""
    return zipped(members({name: sheet_xml(rows) for name, rows in sheets.items()}))


def ods(rows: str) -> bytes:
    """Return an ODS with one sheet `Feuille1`, its rows given as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:spreadsheet><table:table table:name="Feuille1">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def ole(stream: str, content: bytes) -> bytes:
    """Return an OLE container with one stream, long enough not to need the small sectors."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    ) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)  # fmt: skip

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        coded = name.encode("utf-16-le")
        return (
            coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 1)
            + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)
        )  # fmt: skip

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2, len(content))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + directory.ljust(512, b"\0") + content


def record(kind: int, content: bytes) -> bytes:
    """Return a record of an XLS."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(*numbers: tuple[int, int, float]) -> bytes:
    """Return an XLS (BIFF8) with one sheet `F` that holds numbers, each with its row and column from 0."""
    return _xls(b"".join(record(0x203, struct.pack("<HHHd", row, column, 0, value)) for row, column, value in numbers))


def xls_sheet(*rows: list[object], options: bytes = b"") -> bytes:
    """Return an XLS with one sheet `F`: texts, numbers and errors; `options` are records of the whole workbook."""
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, Error):
                cells += record(0x205, place + bytes([value, 1]))
            elif isinstance(value, str):
                coded = value.encode("utf-16-le")
                cells += record(0x204, place + struct.pack("<HB", len(coded) // 2, 1) + coded)
            else:
                cells += record(0x203, place + struct.pack("<d", value))
    return _xls(cells, options)


def _xls(cells: bytes, options: bytes = b"") -> bytes:
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + options
    name = b"\x01\x00F"
    length = len(start) + 4 + 6 + len(name) + 4
    book = start + record(0x85, struct.pack("<IH", length, 0) + name) + record(0x0A, b"")
    return ole(
        "Workbook", book + record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + record(0x0A, b"")
    )


class Error(int):
    """The error of a formula, by its number in XLS."""


ERROR_TEXTS: Final = {0x07: "#DIV/0!", 0x2A: "#N/A"}


def ods_sheet(*rows: list[object]) -> bytes:
    """Return an ODS with one sheet `Feuille1`: texts, numbers and the errors of formulas."""
    return ods("".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows))


def _ods_cell(value: object) -> str:
    if isinstance(value, Error):
        about = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        return f"<table:table-cell {about}><text:p>{ERROR_TEXTS[value]}</text:p></table:table-cell>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def day(place: str, serial: int) -> bytes:
    """Return a cell that is a day."""
    return f'<c r="{place}" s="1"><v>{serial}</v></c>'.encode()


def altered(sheets: Mapping[str, list[list[object]]], part: str, old: str, new: str) -> bytes:
    """Return an XLSX in which a member says something else, once."""
    parts = members({name: sheet_xml(rows) for name, rows in sheets.items()})
    assert parts[part].count(old) == 1
    return zipped({**parts, part: parts[part].replace(old, new)})


def from_1904(**sheets: list[list[object]]) -> bytes:
    """Return an XLSX whose days are counted from 1904."""
    return altered(sheets, "xl/workbook.xml", "<sheets>", '<workbookPr date1904="1"/><sheets>')


def merged(area: str, **sheets: list[list[object]]) -> bytes:
    """Return an XLSX whose first sheet has merged cells."""
    cells = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return altered(sheets, "xl/worksheets/sheet1.xml", "</sheetData>", cells)


def with_hidden(**sheets: list[list[object]]) -> bytes:
    """Return an XLSX whose first sheet hides its second row and its third column."""
    parts = members({name: sheet_xml(rows) for name, rows in sheets.items()})
    name = "xl/worksheets/sheet1.xml"
    page = parts[name].replace('<row r="2"', '<row r="2" hidden="1"')
    parts[name] = page.replace("<sheetData>", '<cols><col min="3" max="3" width="9" hidden="1"/></cols><sheetData>')
    return zipped(parts)


def with_hidden_sheet(**sheets: list[list[object]]) -> bytes:
    """Return an XLSX whose first sheet is hidden."""
    return altered(sheets, "xl/workbook.xml", 'sheetId="1"', 'sheetId="1" state="hidden"')
