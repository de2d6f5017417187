"""What is tried of whatever reads documents: on samples and on damaged copies of them, promise by promise."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

from hypothesis import given

from ghg_numerique.audit.ambient import kept
from ghg_numerique.errors import CheckError, Finding, GhgError
from ghg_numerique.plugin.contracts import Document, FactorImporter, Importer
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED, damaged
from ghg_numerique.testing.steady import STEADY, copied, try_steady
from ghg_numerique.wording import LANGUAGES

R = TypeVar("R", Importer, FactorImporter)
T = TypeVar("T")

OWED: Final = ("named", "sentences", "reads", "damage")
OF_WHAT_IS_READ: Final = ("leaves-document", "same-bytes", "worded", "pickles", *STEADY)
"""The promises that are tried here; the contract, and whether a reading is one, are tried with their own names."""


class Reading(ABC, Generic[R, T]):
    """A reader, and the trial of what it reads. `kind` is what it returns, by the name of the promise to do so."""

    kind: tuple[str, type[T]]

    def __init__(self, reader: R, trial: Trial) -> None:
        self.reader: R = reader
        self.untouched: R = copied(reader)
        self.trial = trial

    @abstractmethod
    def of(self, reader: R, document: Document) -> T:
        """Return what a reader makes of a document."""

    def told(self, read: T) -> Any:
        """Return all of what was read that must be the same each time."""
        return read

    @abstractmethod
    def look_at(self, read: T, document: Document) -> None:
        """Note what can be seen of any reading."""

    @abstractmethod
    def look_closer(self, read: T, sample: Document) -> None:
        """Note what can be seen of the reading of a sample alone."""

    def try_all(self, samples: list[Document], sentences: Mapping[str, str]) -> None:
        """Note what becomes of each promise; `sentences` are those of the options."""
        owes = self.trial.owes
        owes(isinstance(self.reader.name, str) and bool(self.reader.name), "named", type(self.reader))
        owes(all(name and sentence for name, sentence in sentences.items()), "sentences", sentences)
        for sample in samples:
            self._try_sample(sample)
        if samples:
            with self.trial.trying("damage"), kept():
                self._try_damage(samples)

    def _try_sample(self, sample: Document) -> None:
        read = None
        with self.trial.trying("reads"), kept():
            read = self._read(sample)
        if read is None:
            return
        self.look_closer(read, sample)
        with self.trial.trying("pickles"), kept():
            copy = self.of(pickled(self.reader), sample)
            self.trial.owes(self.told(copy) == self.told(read), "pickles", self.reader.name)
        try_steady(self.trial, self.untouched, lambda reader: self.told(self.of(reader, sample)), self.reader.name)

    def _try_damage(self, samples: list[Document]) -> None:
        @CHECKED
        @given(damaged(samples))
        def a_damaged_file_stops_nobody(document: Document) -> None:
            try:
                self._read(document)
            except CheckError:
                raise
            except GhgError:
                return

        a_damaged_file_stops_nobody()

    def _read(self, document: Document) -> T | None:
        """Return what is read, once it was looked at, and seen whether it is read again from a copy; None is no reading."""
        copy = pickled(document)
        read = self.of(self.reader, document)
        if not self.trial.owes(isinstance(read, self.kind[1]), self.kind[0], type(read)):
            return None
        self.trial.owes(document == copy, "leaves-document", document.name)
        self.trial.owes(self.told(self.of(self.reader, copy)) == self.told(read), "same-bytes", document.name)
        self.look_at(read, document)
        return read

    def look_at_words(self, findings: Iterable[Finding]) -> None:
        """Note whether findings are said in every language."""
        for finding in findings:
            self.trial.owes(all(finding.is_said(language) for language in LANGUAGES), "worded", finding.code)
