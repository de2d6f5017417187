"""Write inputs from which fuzzing starts: `python tests/fuzz/corpus.py FOLDER`, a folder of its own for each target."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins" / "ghg-numerique-files" / "tests"))

from bad_texts import TEXTS
from bad_workbooks import WORKBOOKS

from ghg_numerique_files.guards import OLE
from ghg_numerique_files.ole import stream

SCALARS = {
    "number": ["1 234,5", "1\u202f234.5", "-12", "\u22125", "1_000", "1e5", "nan", "１２", "1'234,5"],
    "day": ["2024-03-01", "01/03/2024", "20240301", "45657", "01/03/24", "2024-03-01T10:00Z"],
    "unit": ["kWh/item/year", "kgCO2eq", "kgCO2e / kEUR_HT", "kWh.item/item", "1/day"],
}
LARGEST = 4096


def _parts(book: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the XML of the sheets of a workbook, or the records of an XLS."""
    if book.startswith(OLE):
        yield "xls", stream(book, frozenset({"Workbook"}))
    elif is_zipfile(BytesIO(book)):
        with ZipFile(BytesIO(book)) as archive:
            for member in archive.infolist():
                if member.filename.startswith("xl/worksheets/") or member.filename == "content.xml":
                    yield "sheet" if "worksheets" in member.filename else "ods", archive.read(member)


def main(folder: Path) -> None:
    """Write one file for each input."""
    texts = [case.content if isinstance(case.content, bytes) else case.content.encode() for case in TEXTS.values()]
    books = [case.content for case in WORKBOOKS.values() if isinstance(case.content, bytes)]
    parts: dict[str, list[bytes]] = {"sheet": [], "ods": [], "xls": []}
    for book in books:
        for name, content in _parts(book):
            parts[name].append(content)
    seeds = {name: [text.encode() for text in found] for name, found in SCALARS.items()}
    for name, found in {**seeds, **parts, "csv": texts, "container": books, "workbook": books}.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(found):
            if len(content) <= LARGEST:
                (folder / name / f"{number:03}").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
