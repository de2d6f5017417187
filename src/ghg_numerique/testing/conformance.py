"""What every plugin owes, checked on random input: one call in a test, and one AssertionError that names all that is broken.

A check may be called as often as one likes, from a test or from a loop over providers: each call builds its own
hypothesis function.
"""

from collections.abc import Collection, Iterable

from ghg_numerique.model.factors import FactorKey
from ghg_numerique.plugin.contracts import Document, FactorImporter, FactorProvider, Importer, Report
from ghg_numerique.testing.owed_by_drafters import try_factor_importer
from ghg_numerique.testing.owed_by_importers import try_importer
from ghg_numerique.testing.owed_by_providers import try_provider
from ghg_numerique.testing.owed_by_reports import try_report


def check_provider(provider: FactorProvider, keys: Collection[FactorKey] = ()) -> None:
    """Check that a provider keeps the promises of `FactorProvider`.

    It is asked for `keys` and for those of the tables that it holds; without either, for words of the house. Raises one
    AssertionError that names every broken promise, or says that no key is known that it answers: give some where its
    coefficients come from elsewhere than a table. Raises CheckError where the check itself is at fault.
    """
    trial = try_provider(provider, keys)
    trial.demand()
    if trial.unseen == "no-keys":
        raise AssertionError("keys to ask for are needed: a provider that answers nothing proves nothing")


def check_importer(importer: Importer, samples: Iterable[Document]) -> None:
    """Check that an importer keeps the promises of `Importer`, on samples and on damaged copies of them.

    A faulty sample is as good as a clean one: what counts is that no line is lost. Raises one AssertionError that
    names every broken promise, or says that there is no sample.
    """
    try_importer(importer, _some(samples)).demand()


def check_factor_importer(importer: FactorImporter, samples: Iterable[Document]) -> None:
    """Check that an importer of factors keeps its promises, on samples and on damaged copies of them.

    Every row is kept or refused with its reason and place, nothing depends on the call before, and no damage is a
    crash. Raises one AssertionError that names every broken promise, or says that there is no sample.
    """
    try_factor_importer(importer, _some(samples)).demand()


def check_report(report: Report) -> None:
    """Check that a report keeps the promises of `Report`: any footprint, every language, the same bytes each time.

    Raises one AssertionError that names every broken promise.
    """
    try_report(report).demand()


def _some(samples: Iterable[Document]) -> list[Document]:
    listed = list(samples)
    if not listed:
        raise AssertionError("a sample to read is needed: an importer that reads nothing proves nothing")
    return listed
