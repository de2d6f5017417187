"""Every importer of files keeps what importers owe: the check that plugins get, on texts and on a workbook."""

import pytest
from samples import SAMPLES, in_a_workbook

from ghg_numerique.plugin import Document
from ghg_numerique.testing import check_importer
from ghg_numerique_files import HardwareCsv, ghg_importers

pytestmark = pytest.mark.law

IMPORTERS = {importer.name: importer for importer in ghg_importers()}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_importer_of_tables_keeps_its_promises(name):
    """Of a row, of a row and one at fault, and of a row in the encoding and the ends of lines of another machine."""
    text, options = SAMPLES[name]
    faulty = f"{text}?;{text.splitlines()[1].partition(';')[2]}\n\n"
    ways = [text.encode(), faulty.encode("utf-8-sig"), text.replace("\n", "\r\n").encode("cp1252")]
    check_importer(IMPORTERS[name], [Document(f"{number}.csv", way, options) for number, way in enumerate(ways)])


def test_a_workbook_changes_no_promise():
    text, options = SAMPLES["hardware-csv"]
    check_importer(HardwareCsv(), [Document("f.xlsx", in_a_workbook(text), options)])
