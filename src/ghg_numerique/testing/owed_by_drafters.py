"""What every importer of factors owes, each promise tried for itself on samples and on damaged copies of them."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from hypothesis import given

from ghg_numerique.audit.ambient import kept
from ghg_numerique.errors import GhgError
from ghg_numerique.model.draft import Draft
from ghg_numerique.plugin.contracts import Document, FactorImporter
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED, damaged
from ghg_numerique.testing.steady import STEADY, try_steady
from ghg_numerique.wording import LANGUAGES

PROMISES: Final = (
    "drafter-contract", "named", "sentences", "reads", "draft", "keeps-a-row", "adds-up", "same-draft", "worded",
    "refused-placed", "pickles", *STEADY, "damage",
)  # fmt: skip


def try_factor_importer(importer: FactorImporter, samples: Iterable[Document]) -> Trial:
    """Return what was seen of each promise of an importer of factors; without samples, those of reading are not tried."""
    listed = list(samples)
    trial = Trial(PROMISES, unseen="no-case" if listed else "no-sample")
    with trial.trying("drafter-contract"):
        if trial.owes(isinstance(importer, FactorImporter), "drafter-contract", type(importer)):
            _try_all(importer, listed, trial)
    return trial


def _try_all(importer: FactorImporter, listed: list[Document], trial: Trial) -> None:
    trial.owes(bool(importer.name), "named", type(importer))
    said = all(name and sentence for name, sentence in importer.options.items())
    trial.owes(said, "sentences", importer.options)
    for sample in listed:
        _try_sample(importer, sample, trial)
    if listed:
        with trial.trying("damage"), kept():
            _try_damage(importer, listed, trial)


def _try_sample(importer: FactorImporter, sample: Document, trial: Trial) -> None:
    draft = None
    with trial.trying("reads"), kept():
        draft = _drafted(importer, sample, trial)
    if draft is None:
        return
    trial.owes(bool(draft.rows), "keeps-a-row", sample.name)
    with trial.trying("pickles"), kept():
        copy = pickled(importer)
        trial.owes(copy.draft(sample) == draft, "pickles", importer.name)
    try_steady(trial, partial(importer.draft, sample), importer.name)


def _try_damage(importer: FactorImporter, samples: list[Document], trial: Trial) -> None:
    @CHECKED
    @given(damaged(samples))
    def a_damaged_file_stops_nobody(document: Document) -> None:
        try:
            _drafted(importer, document, trial)
        except GhgError:
            return

    a_damaged_file_stops_nobody()


def _drafted(importer: FactorImporter, document: Document, trial: Trial) -> Draft | None:
    """Return the draft of a document, once it was seen whether it adds up, says its refusals and is the same again."""
    draft = importer.draft(document)
    if not trial.owes(isinstance(draft, Draft), "draft", type(draft)):
        return None
    trial.owes(draft.adds_up, "adds-up", document.name)
    trial.owes(importer.draft(document) == draft, "same-draft", document.name)
    for finding in (*draft.refused, *draft.remarks):
        trial.owes(all(finding.is_said(language) for language in LANGUAGES), "worded", finding.code)
    trial.owes(all(finding.origin.row for finding in draft.refused), "refused-placed", document.name)
    return draft
