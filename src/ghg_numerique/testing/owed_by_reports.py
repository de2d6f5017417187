"""What every report owes, each promise tried for itself on random footprints."""

from typing import Final

from hypothesis import given

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.audit.ambient import kept
from ghg_numerique.plugin.contracts import Report
from ghg_numerique.testing.cases import footprints
from ghg_numerique.testing.example import example
from ghg_numerique.testing.pickled import pickled
from ghg_numerique.testing.promises import Trial
from ghg_numerique.testing.random_input import CHECKED
from ghg_numerique.testing.steady import STEADY, try_steady
from ghg_numerique.wording import LANGUAGES

PROMISES: Final = {
    "report-contract": "",
    **dict.fromkeys(("report-named", "pickles", "renders", *STEADY), "report-contract"),
    **dict.fromkeys(("bytes", "same-twice", "same-of-equal", "leaves-footprint"), "renders"),
}


def try_report(report: Report) -> Trial:
    """Return what was seen of each promise of a report."""
    trial = Trial(PROMISES)
    with trial.trying("report-contract"):
        if trial.owes(isinstance(report, Report), "report-contract", type(report)):
            _try_all(report, trial)
    return trial


def _try_all(report: Report, trial: Trial) -> None:
    named = bool(report.name) and "/" in str(report.media_type)
    trial.owes(named, "report-named", (report.name, report.media_type))
    small = example()
    try_steady(trial, report, lambda one: [one.render(small, language=word) for word in LANGUAGES], report.name)
    with trial.trying("pickles"), kept():
        trial.owes(isinstance(pickled(report), Report), "pickles", report.name)
    with trial.trying("renders"), kept():
        _try_rendering(report, trial)


def _try_rendering(report: Report, trial: Trial) -> None:
    @CHECKED
    @given(footprints())
    def any_footprint_is_rendered(footprint: Footprint) -> None:
        copy = pickled(footprint)
        for language in LANGUAGES:
            first = report.render(footprint, language=language)
            trial.owes(isinstance(first, bytes) and bool(first), "bytes", (language, first))
            trial.owes(report.render(footprint, language=language) == first, "same-twice", language)
            trial.owes(report.render(copy, language=language) == first, "same-of-equal", language)
        trial.owes(footprint == copy, "leaves-footprint", report.name)

    any_footprint_is_rendered()
