"""A budget document, taken apart: of which year and of what kind each budget in it is, and all of its lines."""

from collections.abc import Mapping
from typing import Final

import attrs

from ghg_numerique.plugin import Document
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.spelling import shown
from ghg_numerique_files.xml_guard import listen

NAMESPACE: Final = "http://www.minefi.gouv.fr/cp/demat/docbudgetaire"
LINE: Final = "LigneBudget"


@attrs.frozen
class Vote:
    """What a budget says of itself: its year (Exer) and what kind of document it is (NatDec)."""

    year: str = ""
    nature: str = ""


@attrs.frozen
class BudgetLine:
    """The wanted values of a line, in their order, those that it says twice, and to which vote it belongs."""

    values: tuple[str, ...]
    twice: tuple[str, ...]
    vote: int


@attrs.frozen
class BudgetDocument:
    """The votes and the lines of a document, in their order, and the encoding in which it was read."""

    encoding: str
    votes: tuple[Vote, ...]
    lines: tuple[BudgetLine, ...]


def read_document(document: Document, wanted: tuple[str, ...]) -> BudgetDocument:
    """Return what a document holds; of its lines, the values that are wanted.

    Raises Refusal where it is empty, no XML, XML that could hurt, or no budget document.
    """
    if not document.content.strip():
        raise refused(document, "file-empty")
    found = _Collector(document, wanted)
    encoding = listen(document, found)
    return BudgetDocument(encoding, tuple(found.votes), tuple(found.lines))


class _Collector:
    """Hears a document; lives only while it is read."""

    def __init__(self, document: Document, wanted: tuple[str, ...]) -> None:
        self.document, self.wanted = document, wanted
        self.votes: list[Vote] = []
        self.lines: list[BudgetLine] = []
        self.path: list[str] = []
        self.values: dict[str, str] = {}
        self.twice: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.path and (space, local) != (NAMESPACE, "DocumentBudgetaire"):
            raise refused(self.document, "xml-not-budget", shown(local), expected=NAMESPACE)
        own = local if space == NAMESPACE else ""
        parent = self.path[-1] if self.path else ""
        if own == "Budget":
            self.votes.append(Vote())
        elif own == LINE:
            self._begin(attributes)
        elif parent == LINE:
            self._learn(own, attributes.get("V", ""))
        elif parent == "BlocBudget" and self.votes:
            known = {"Exer": "year", "NatDec": "nature"}
            if own in known:
                self.votes[-1] = attrs.evolve(self.votes[-1], **{known[own]: attributes.get("V", "")})
        self.path.append(own)

    def closed(self) -> None:
        if self.path.pop() == LINE:
            values = tuple(self.values.get(header, "") for header in self.wanted)
            self.lines.append(BudgetLine(values, tuple(self.twice), len(self.votes) - 1))

    def _begin(self, attributes: Mapping[str, str]) -> None:
        if "Budget" not in self.path or LINE in self.path:
            raise self._astray()
        self.values = {f"@{name}": value for name, value in attributes.items()}
        self.twice = []

    def _learn(self, header: str, value: str) -> None:
        if header in self.wanted:
            if header in self.values:
                self.twice.append(header)
            self.values[header] = value

    def _astray(self) -> Refusal:
        return refused(self.document, "xml-astray", LINE, expected="DocumentBudgetaire / Budget / LigneBudget")
