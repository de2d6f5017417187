"""What a workbook is allowed to be, looked at before any parser sees it: its kind, its container, its extent.

Nothing is unpacked to disk, and no member is held whole: each is read through once, in pieces.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

import attrs

from ghg_numerique.plugin import Document, InputError
from ghg_numerique_files.marks import Marks, Styles, TooManyMarks, number_of
from ghg_numerique_files.ods_marks import is_telling, ods_marks
from ghg_numerique_files.xls_marks import Book

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNZIPPED: Final = 200 * 2**20
LARGEST_RATIO: Final = 200
MOST_CELLS: Final = 10**7
LONGEST_ROW: Final = 4 * 2**20
"""In bytes of XML: what many long cells need; a part that goes on longer without the end of a row is no sheet."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ElementTree.ParseError,
    ValueError,
    OSError,
    struct.error,
)
"""What Python's reader of ZIP and XML raises for a container that does not hold together."""
_LARGEST_DIRECTORY = 2**20
_SMALL = 2**16
_PIECE = 2**20
_BYTES_A_SECOND = 5 * 2**20
_END_OF_DIRECTORY, _ZIP64 = b"PK\x05\x06", b"PK\x06\x07"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY")
_UNICODE_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^<>]*?ref\s*=\s*["'][^"']*?([A-Z]{1,3})([0-9]{1,7})["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_CELLS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@attrs.frozen
class Measured:
    """A workbook that may be parsed: what its parts hold unzipped, the extent of its sheets, what they say beside values.

    `date_1904` tells whether its days are counted from 1904; parsers know, and a number that stands for a day does not.
    """

    kind: str
    unzipped: int
    cells: int = 0
    date_1904: bool = False
    marks: Mapping[str, Marks] = attrs.Factory(dict)

    @property
    def seconds(self) -> int:
        """The seconds of work that a parse may take."""
        return 5 + self.unzipped // _BYTES_A_SECOND


@attrs.define
class _Extent:
    """The last row and column of a sheet part, the number of its cells, and what it says beside their values."""

    row: int = 0
    column: int = 0
    cells: int = 0
    marks: Marks = attrs.Factory(Marks)
    telling: bool = False


def is_workbook(content: bytes) -> bool:
    """Tell whether bytes start as a workbook does."""
    return content.startswith((ZIP, OLE))


def measured(document: Document) -> Measured:
    """Return the measures of a workbook. Raises InputError for what is none, and for what a parser must not see."""
    try:
        return _measured(document)
    except TooManyMarks as error:
        raise InputError("workbook-marks", file=document.name, most=error) from error


def _measured(document: Document) -> Measured:
    if document.content.startswith(OLE):
        if _LOCKED in document.content:
            raise InputError("workbook-password", file=document.name)
        return _xls(document)
    if not document.content.startswith(ZIP):
        raise InputError("workbook-kind", file=document.name)
    try:
        _check_directory(document)
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            return _read_through(document, archive)
    except (InputError, TooManyMarks):
        raise
    except _DAMAGE as error:
        raise InputError("workbook-damaged", file=document.name, reason=error) from error


def _xls(document: Document) -> Measured:
    try:
        book = Book.read(document.content)
    except TooManyMarks:
        raise
    except (ValueError, IndexError, struct.error) as error:
        raise InputError("workbook-damaged", file=document.name, reason=error) from error
    return Measured("xls", len(document.content), date_1904=book.date_1904, marks=book.marks)


def _check_directory(document: Document) -> None:
    """Refuse a list of members that is itself too long to be read."""
    content = document.content
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(content) < end + 22:
        raise InputError("workbook-damaged", file=document.name, reason="PK 05 06")
    if content[max(end - 20, 0) : end].startswith(_ZIP64) or (
        int.from_bytes(content[end + 12 : end + 16], "little") > _LARGEST_DIRECTORY
    ):
        raise InputError("workbook-large", file=document.name, limit=LARGEST_UNZIPPED // 2**20, ratio=LARGEST_RATIO)


def _read_through(document: Document, archive: zipfile.ZipFile) -> Measured:
    members = archive.infolist()
    _check_members(document, members)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names and not ("mimetype" in names and archive.read("mimetype").strip() == _ODS):
        raise InputError("workbook-kind", file=document.name)
    total = 0
    extents: dict[str, _Extent] = {}
    styles = Styles.of(_start_of(archive, "xl/styles.xml"))
    for member in members:
        extent = _Extent()
        for size in _scanned(document, archive, member, extent, styles):
            total += size
            _check_size(document, total, len(document.content))
        extents[member.filename] = extent
    if "xl/workbook.xml" not in names:
        page = extents.get("content.xml", _Extent())
        return Measured("ods", total, marks=_ods_marks(archive) if page.telling else {})
    sheets = {name: extent for name, extent in extents.items() if name.startswith("xl/worksheets/")}
    cells = sum(max(extent.row * extent.column, extent.cells) for extent in sheets.values())
    parts = _parts(archive) if any(extent.marks for extent in sheets.values()) else {}
    marks = {name: sheets[part].marks for name, part in parts.items() if part in sheets}
    return Measured("xlsx", total, cells, _1904.search(_start_of(archive, "xl/workbook.xml")) is not None, marks)


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a member, which holds all of it in any workbook that people use."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as file:
        return file.read(4 * _PIECE)


def _ods_marks(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    with archive.open("content.xml") as file:
        return ods_marks(iter(lambda: file.read(_PIECE), b""))


def _check_members(document: Document, members: list[zipfile.ZipInfo]) -> None:
    """Refuse members that are there twice, lead out of the container, are links or cannot be read without a password."""
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
            raise InputError("workbook-path", file=document.name, member=name)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise InputError("workbook-link", file=document.name, member=name)
        if name.casefold() in seen:
            raise InputError("workbook-twice", file=document.name, member=name)
        if member.flag_bits & 1:
            raise InputError("workbook-password", file=document.name)
        seen.add(name.casefold())
        if member.file_size > _SMALL:
            _check_size(document, member.file_size, member.compress_size)
    _check_size(document, sum(member.file_size for member in members), len(document.content))


def _check_size(document: Document, unzipped: int, zipped: int) -> None:
    if unzipped > LARGEST_UNZIPPED or unzipped > LARGEST_RATIO * max(zipped, _SMALL // LARGEST_RATIO):
        raise InputError("workbook-large", file=document.name, limit=LARGEST_UNZIPPED // 2**20, ratio=LARGEST_RATIO)


def _scanned(
    document: Document, archive: zipfile.ZipFile, member: zipfile.ZipInfo, extent: _Extent, styles: Styles
) -> Iterator[int]:
    """Read a member piece by piece, and return the size of each; what is in a sheet is measured on the way."""
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    is_xml = member.filename.endswith((".xml", ".rels"))
    is_page = member.filename == "content.xml"
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            yield len(piece)
            if not is_xml:
                continue
            if (not rest and piece.startswith(_UNICODE_16)) or _DECLARED.search(rest[-16:] + piece):
                raise InputError("workbook-xml", file=document.name, member=member.filename)
            extent.telling = extent.telling or (is_page and is_telling(rest[-64:] + piece))
            rest = rest + piece if is_sheet else piece
            if is_sheet:
                rest = _measure(document, rest, extent, styles)
    if is_sheet:
        _measure(document, rest + b"row>", extent, styles)


def _measure(document: Document, text: bytes, extent: _Extent, styles: Styles) -> bytes:
    """Measure the whole rows of a piece of a sheet, and return what is left of it."""
    whole = text.rfind(b"row>") + 4
    if whole < 4:
        if len(text) > LONGEST_ROW:
            raise InputError("workbook-cells", file=document.name, most=MOST_CELLS)
        return text
    rows = text[:whole]
    places = [*_PLACE.findall(rows), *_DIMENSION.findall(rows)]
    extent.row = max(extent.row, *map(int, {row for _, row in places}), 0)
    extent.column = max(extent.column, *map(number_of, {column for column, _ in places}), 0)
    extent.cells += sum(map(rows.count, _CELLS))
    if max(extent.row * extent.column, extent.cells) > MOST_CELLS:
        raise InputError("workbook-cells", file=document.name, most=MOST_CELLS)
    extent.marks.look(rows, styles)
    return text[whole:]


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member that holds each sheet; its XML declares nothing by now, so that no entity can be expanded."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    found = {}
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
