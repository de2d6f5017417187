"""What a plugin says, as hashes: `python -m ghg_numerique.testing.fingerprints NAME` prints them, in any process alike."""

import hashlib
import itertools
import json
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import entry_points

from ghg_numerique.errors import PluginError
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import FactorProvider, Report
from ghg_numerique.plugin.hookspecs import GROUP
from ghg_numerique.result.canonical import canonical
from ghg_numerique.result.record import plain
from ghg_numerique.testing.asked import keys_for
from ghg_numerique.testing.example import example
from ghg_numerique.wording import LANGUAGES


def catalogue_of(name: str) -> Catalogue:
    """Return what one installed plugin brings, without the others. Raises PluginError where there is none."""
    known = sorted({entry.name for entry in entry_points(group=GROUP)})
    if name not in known:
        raise PluginError("not-installed", thing="plugin", name=name, known=", ".join(known))
    return Catalogue.discover(block=set(known) - {name})


def fingerprints(catalogue: Catalogue) -> dict[str, str]:
    """Return a hash for each provider (its answers to the keys of its tables) and each report (of one footprint)."""
    found = {f"provider {one.role}/{one.name}": _hash(partial(_answers, one)) for one in catalogue.providers}
    for report, language in itertools.product(catalogue.reports, LANGUAGES):
        found[f"report {report.name} {language}"] = _hash(partial(_rendered, report, language))
    return found


def _answers(provider: FactorProvider) -> list[str]:
    offers = provider.offers(keys_for(provider))
    return sorted(json.dumps(plain(offer), sort_keys=True) for offer in offers)


def _rendered(report: Report, language: str) -> list[str]:
    return [report.render(example(), language=language).hex()]


def _hash(say: Callable[[], list[str]]) -> str:
    """Return the hash of what is said; what raises says the name of its error."""
    try:
        said = say()
    except Exception as error:  # a stranger's plugin: that it raises is what is compared
        said = [type(error).__name__]
    return hashlib.sha256(canonical({"said": said})).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fingerprints(catalogue_of(sys.argv[1])), sort_keys=True))
