"""What a workbook is allowed to be, looked at before any parser sees it: its kind, its container, its extent.

Nothing is unpacked to disk, and no member is held whole: each is read through once, in pieces.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

import attrs

from ghg_numerique.plugin import Document, InputError

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNZIPPED: Final = 200 * 2**20
LARGEST_RATIO: Final = 200
MOST_CELLS: Final = 10**7
LONGEST_ROW: Final = 4 * 2**20
"""In bytes of XML: what many long cells need; a part that goes on longer without the end of a row is no sheet."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ElementTree.ParseError, ValueError, OSError)
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
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["'][^"']*?([A-Z]{1,3})([0-9]{1,7})["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_CELLS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
_NOT_A_VALUE = re.compile(
    rb"""<(?:\w+:)?c\s(?P<about>[^>]*)>
    (?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>(?P<formula>[^<]*)</(?:\w+:)?f>))?
    (?:<(?:\w+:)?v>(?P<error>\#[^<]{1,30})</(?:\w+:)?v>|(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>)""",
    re.VERBOSE,
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@attrs.frozen
class Measured:
    """A workbook that may be parsed: what its parts hold unzipped, the extent of its sheets, its faulty cells.

    `faults` are the cells of each sheet whose value a parser would lose: the error of a formula, or a formula that was
    never computed; each with its row and column, counted from zero, and its text.
    """

    unzipped: int
    cells: int
    faults: Mapping[str, Mapping[tuple[int, int], str]]

    @property
    def seconds(self) -> int:
        """The seconds of work that a parse may take."""
        return 5 + self.unzipped // _BYTES_A_SECOND


@attrs.define
class _Extent:
    """The last row and column of a sheet part, the number of its cells, and those that are no value."""

    row: int = 0
    column: int = 0
    cells: int = 0
    faults: dict[tuple[int, int], str] = attrs.Factory(dict)


def is_workbook(content: bytes) -> bool:
    """Tell whether bytes start as a workbook does."""
    return content.startswith((ZIP, OLE))


def measured(document: Document) -> Measured:
    """Return the measures of a workbook. Raises InputError for what is none, and for what a parser must not see."""
    if document.content.startswith(OLE):
        if _LOCKED in document.content:
            raise InputError("workbook-password", file=document.name)
        return Measured(len(document.content), 0, {})
    if not document.content.startswith(ZIP):
        raise InputError("workbook-kind", file=document.name)
    try:
        _check_directory(document)
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            return _read_through(document, archive)
    except InputError:
        raise
    except _DAMAGE as error:
        raise InputError("workbook-damaged", file=document.name, reason=error) from error


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
    for member in members:
        extent = _Extent()
        for size in _scanned(document, archive, member, extent):
            total += size
            _check_size(document, total, len(document.content))
        if member.filename.startswith("xl/worksheets/"):
            extents[member.filename] = extent
    cells = sum(max(extent.row * extent.column, extent.cells) for extent in extents.values())
    parts = _parts(archive) if any(extent.faults for extent in extents.values()) else {}
    return Measured(total, cells, {name: extents[part].faults for name, part in parts.items() if part in extents})


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


def _scanned(document: Document, archive: zipfile.ZipFile, member: zipfile.ZipInfo, extent: _Extent) -> Iterator[int]:
    """Read a member piece by piece, and return the size of each; what is in a sheet is measured on the way."""
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    is_xml = member.filename.endswith((".xml", ".rels"))
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            yield len(piece)
            if not is_xml:
                continue
            if (not rest and piece.startswith(_UNICODE_16)) or _DECLARED.search(rest[-16:] + piece):
                raise InputError("workbook-xml", file=document.name, member=member.filename)
            rest = rest + piece if is_sheet else piece
            if is_sheet:
                rest = _measure(document, rest, extent)
    if is_sheet:
        _measure(document, rest + b"row>", extent)


def _measure(document: Document, text: bytes, extent: _Extent) -> bytes:
    """Measure the whole rows of a piece of a sheet, and return what is left of it."""
    whole = text.rfind(b"row>") + 4
    if whole < 4:
        if len(text) > LONGEST_ROW:
            raise InputError("workbook-cells", file=document.name, most=MOST_CELLS)
        return text
    rows = text[:whole]
    places = [*_PLACE.findall(rows), *_DIMENSION.findall(rows)]
    extent.row = max(extent.row, *map(int, {row for _, row in places}), 0)
    extent.column = max(extent.column, *map(_number, {column for column, _ in places}), 0)
    extent.cells += sum(map(rows.count, _CELLS))
    if max(extent.row * extent.column, extent.cells) > MOST_CELLS:
        raise InputError("workbook-cells", file=document.name, most=MOST_CELLS)
    for found in _NOT_A_VALUE.finditer(rows) if b't="e"' in rows or b"<f" in rows or b":f" in rows else ():
        place = _PLACE.search(b" " + found["about"])
        text_of = found["error"] if b't="e"' in found["about"] else _uncomputed(found)
        if place and text_of:
            extent.faults[int(place[2]) - 1, _number(place[1]) - 1] = text_of.decode("utf-8", "replace")
    return text[whole:]


def _uncomputed(found: re.Match[bytes]) -> bytes:
    """Return a formula that no spreadsheet has computed yet; one whose result is an empty text says so in its type."""
    unsaved = found["formula"] and not found["error"] and b't="str"' not in found["about"]
    return b"=" + found["formula"] if unsaved else b""


def _number(column: bytes) -> int:
    """Return the number of a column, the first being 1; 0 for a reference to a whole row."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


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
