"""What every importer of factors owes, each promise tried for itself on samples and on damaged copies of them."""

from collections.abc import Iterable
from typing import Final

from ghg_numerique.model.draft import Draft
from ghg_numerique.plugin.contracts import Document, FactorImporter
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.reading import OF_WHAT_IS_READ, OWED, Reading

PROMISES: Final = {
    "drafter-contract": "",
    **dict.fromkeys(OWED, "drafter-contract"),
    "draft": "reads",
    **dict.fromkeys(("keeps-a-row", "adds-up", "refused-placed", *OF_WHAT_IS_READ), "draft"),
}


def try_factor_importer(importer: FactorImporter, samples: Iterable[Document]) -> Trial:
    """Return what was seen of each promise of an importer of factors; without samples, those of reading are not tried."""
    listed = list(samples)
    trial = Trial(PROMISES, unseen="no-case" if listed else "no-sample")
    with trial.trying("drafter-contract"):
        if trial.owes(isinstance(importer, FactorImporter), "drafter-contract", type(importer)):
            _Drafting(importer, trial).try_all(listed, importer.options)
    return trial


class _Drafting(Reading[FactorImporter, Draft]):
    """An importer of factors, and the trial of its drafts."""

    kind = "draft", Draft

    def of(self, reader: FactorImporter, document: Document) -> Draft:
        return reader.draft(document)

    def look_at(self, read: Draft, document: Document) -> None:
        self.trial.owes(read.adds_up, "adds-up", document.name)
        self.trial.owes(all(finding.origin.row for finding in read.refused), "refused-placed", document.name)
        self.look_at_words((*read.refused, *read.remarks))

    def look_closer(self, read: Draft, sample: Document) -> None:
        self.trial.owes(bool(read.rows), "keeps-a-row", sample.name)
