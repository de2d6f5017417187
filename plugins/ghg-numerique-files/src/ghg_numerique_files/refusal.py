"""A file that cannot be used as a whole. It is raised inside this plugin only: what leaves it is findings."""

from collections.abc import Iterable

from ghg_numerique.plugin import Document, Finding, Origin, Severity


class Refusal(Exception):  # noqa: N818 - it is no error of the program: the file is refused
    """The findings because of which no row of a file is read."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(*(finding.code for finding in self.findings))


def refused(document: Document, code: str, value: str = "", row: int = 0, **facts: object) -> Refusal:
    """Return the refusal of a document for one reason."""
    return Refusal([Finding.of(code, Severity.ERROR, Origin(document.name, row), value, **facts)])
