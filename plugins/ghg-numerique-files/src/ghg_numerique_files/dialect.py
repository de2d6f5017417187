"""How a file is written: its encoding, its separator, its decimal mark. Found by closed rules, shown, never sniffed."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

import attrs

from ghg_numerique.cells import MOJIBAKE
from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.columns import Columns, recognised, required
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.settings import DECIMALS, DELIMITERS, ENCODINGS, option
from ghg_numerique_files.spelling import shown

_MAGIC = {
    b"%PDF": "PDF", b"\x1f\x8b": "GZIP", b"{\\rtf": "RTF", b"PK\x05\x06": "ZIP", b"\xd0\xcf\x11\xe0": "XLS",
    b"<": "HTML, XML", b"{": "JSON", b"SQLite": "SQLite",
}  # fmt: skip
_POINT, _COMMA = re.compile(r"[0-9]\.[0-9]"), re.compile(r"[0-9],[0-9]")
_PERHAPS_THOUSANDS = re.compile(r"[+\-\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}")


@attrs.frozen
class Dialect:
    """How a file was read. `str()` is what the record of the computation keeps: `utf-8-sig ; ,`, `xlsx [Parc] ,`.

    Of a workbook, `encoding` is its kind, and the decimal mark that of the numbers that stand in it as texts.
    """

    encoding: str
    delimiter: str
    decimal: str
    sheet: str = ""
    date_1904: bool = False

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.encoding} [{self.sheet}]{' 1904' if self.date_1904 else ''} {self.decimal}"
        return f"{self.encoding} {'tab' if self.delimiter == chr(9) else self.delimiter} {self.decimal}"

    def note(self, file: str) -> Finding:
        """Return the note by which a reader sees how the file was read."""
        return Finding.of("dialect-sheet" if self.sheet else "dialect", Severity.NOTE, Origin(file), str(self))


def decoded(document: Document) -> tuple[str, str]:
    """Return the text of a document without its byte order mark, and its encoding.

    UTF-8 strictly, else cp1252 strictly; UTF-16 where its mark says so. Raises Refusal for what is no text, for the
    marks of a text that was decoded wrongly before, and for NUL.
    """
    content = document.content
    if document.name.rpartition("/")[2].startswith("~$"):
        raise refused(document, "file-in-use")
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise refused(document, "file-empty")
    for magic, kind in _MAGIC.items():
        if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(magic):
            raise refused(document, "file-not-csv", kind)
    text, encoding = _text(document, option(document, "encoding", ENCODINGS))
    for code, found in (("nul-character", re.search("\0", text)), ("mojibake", MOJIBAKE.search(text))):
        if found:
            raise refused(document, code, shown(found.group()), text.count("\n", 0, found.start()) + 1)
    return text, encoding


def _text(document: Document, forced: str) -> tuple[str, str]:
    content = document.content
    found = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = [found] if found == "utf-8-sig" else [found, "cp1252"]
    if forced:
        candidates = [found if forced == "utf-8" else forced]
    for encoding in candidates:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            offset = error.start + len(content) - len(error.object)  # a mark of UTF-8 is taken off before
    line = content.count(b"\n", 0, offset) + 1
    raise refused(document, "encoding", f"0x{content[offset]:02X}", line, encoding=", ".join(candidates), offset=offset)


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return the records of a text, RFC 4180 with strict quotes. Blank lines are records without cells."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def is_blank(cells: list[str]) -> bool:
    """Tell whether a record has nothing in any cell."""
    return not any(cell.strip() for cell in cells)


def delimiter_of(document: Document, text: str, columns: Columns) -> str:
    """Return the only separator that splits the header into known columns. Raises Refusal where none, or two, do."""
    forced = option(document, "delimiter", DELIMITERS)
    candidates = [forced] if forced else [";", ",", "\t", "|"]
    fitting = [mark for mark in candidates if any(recognised(_header(text, mark), columns))]
    if len(fitting) != 1:
        code = "delimiter-ambiguous" if fitting else "no-header"
        raise refused(document, code, shown(text.lstrip().split("\n", 1)[0]), expected=required(columns))
    return fitting[0]


def _header(text: str, delimiter: str) -> list[str]:
    try:
        return next((cells for cells in records(text, delimiter) if not is_blank(cells)), [])
    except csv.Error:
        return []


def decimal_of(document: Document, delimiter: str, numbers: Iterable[tuple[str, int, str]]) -> str:
    """Return the decimal mark of the numbers of a file, each given with its header and row.

    The point where commas separate columns; the comma elsewhere, unless no number has one and some have a point.
    Raises Refusal where a column mixes both, and where every mark might as well set thousands apart (`1.234`, `1,234`).
    """
    forced = option(document, "decimal", DECIMALS)
    if forced:
        return forced
    commas: dict[str, int] = {}
    points: dict[str, int] = {}
    sure = comma_sure = False
    for header, row, text in numbers:
        point, comma = _POINT.search(text) is not None, _COMMA.search(text) is not None
        if point != comma:
            (points if point else commas).setdefault(header, row)
            whole = _PERHAPS_THOUSANDS.fullmatch(text.strip()) is not None
            sure, comma_sure = sure or (point and not whole), comma_sure or (comma and not whole)
    for header in points:
        if header in commas:
            facts = {"comma_row": commas[header], "point_row": points[header]}
            raise refused(document, "decimal-mixed", header, **facts)
    if delimiter == ",":
        return "."
    if not (sure or comma_sure) and (commas or points):
        header, row = next(iter((commas or points).items()))
        raise refused(document, "decimal-ambiguous", header, row)
    return "," if commas or not points else "."
