"""XML that would do harm is refused within a second and 64 megabytes, in a process of its own."""

import subprocess
import sys

import pytest

from ghg_numerique.plugin import Document
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.xml_guard import DEEPEST, LONGEST_TOKEN, listen

CHILD = """
import resource, sys, time
from ghg_numerique.plugin import Document
from ghg_numerique_files import DocBudgetaire
content = sys.stdin.buffer.read()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
inventory = DocBudgetaire().read(Document("f.xml", content, {"tax_basis": "TTC"}))
took, grew = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(*[found.code for found in inventory.findings], int(took * 1000), grew // 1024)
"""
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

SPACE = b"http://www.minefi.gouv.fr/cp/demat/docbudgetaire"
HOSTILE = {
    "billion laughs": (lambda: f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l9;</r>'.encode(), "xml-doctype"),
    "quadratic": (
        lambda: b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 10**6 + b'">]><r>' + b"&a;" * 10**4 + b"</r>", "xml-doctype",
    ),
    "external entity": (lambda: b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>', "xml-doctype"),
    "external type": (lambda: b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>', "xml-doctype"),
    "parameter entity": (lambda: b'<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]><r/>', "xml-doctype"),
    "type in utf-16": (lambda: "<!DOCTYPE r []><r/>".encode("utf-16"), "xml-doctype"),
    "long comment": (lambda: b"<!-- " + b"x" * 10**7 + b" --><!DOCTYPE r []><r/>", "xml-token"),
    "undeclared entity": (lambda: b'<DocumentBudgetaire xmlns="' + SPACE + b'">&l9;', "xml-malformed"),
    "deep": (lambda: b'<DocumentBudgetaire xmlns="' + SPACE + b'">' + b"<a>" * 10**5, "xml-deep"),
    "wide tag": (lambda: b"<r " + b" ".join(b'a%d=""' % n for n in range(10**6)) + b"/>", "xml-token"),
    "endless value": (lambda: b'<r a="' + b"x" * 10**7, "xml-token"),
    "many instructions": (lambda: b"<?x y?>" * 10**5 + b"<r/>", "xml-not-budget"),
    "no text encoding": (lambda: b'<?xml version="1.0" encoding="hex"?><r/>', "xml-encoding"),
    "utf-7": (lambda: b'<?xml version="1.0" encoding="utf-7"?>+ADw-r/+AD4-', "xml-encoding"),
    "no xml": (lambda: bytes(10**6), "xml-malformed"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_do_harm_is_refused_within_a_second_and_64_megabytes(name):
    content, expected = HOSTILE[name]
    done = subprocess.run([sys.executable, "-c", CHILD], input=content(), capture_output=True, timeout=30, check=True)
    *codes, milliseconds, megabytes = done.stdout.decode().split()
    print(name, *codes, milliseconds, megabytes)
    assert codes == [expected]
    assert int(milliseconds) <= 1000
    assert int(megabytes) <= 64


class Silent:
    def opened(self, name, attributes):
        pass

    def closed(self):
        pass


def refusal(content):
    with pytest.raises(Refusal) as caught:
        listen(Document("f.xml", content), Silent())
    return caught.value.findings[0]


def test_the_limits_leave_room_for_what_is_no_harm():
    assert listen(Document("f.xml", b"<a>" * DEEPEST + b"</a>" * DEEPEST), Silent()) == "utf-8"
    assert refusal(b"<a>" * (DEEPEST + 1)).code == "xml-deep"
    long = b'<a b="' + b"x" * (LONGEST_TOKEN // 2) + b'"/>'
    assert listen(Document("f.xml", b"<r>" + long * 20 + b"</r>"), Silent()) == "utf-8"


def test_a_refusal_says_the_line_and_what_to_do():
    found = refusal(b"<!-- one -->\n<!DOCTYPE r [\n]><r/>")
    assert found.text("fr").startswith("f.xml, ligne 2 : le fichier déclare un type de document (DOCTYPE « r »)")
    assert found.text("en").startswith('f.xml, row 2: the file declares a document type (DOCTYPE "r")')
