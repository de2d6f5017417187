"""What every plugin owes, checked on random input: one call in a test, and an AssertionError that says what is broken.

A check may be called as often as one likes, from a test or from a loop over providers: each call builds its own
hypothesis function.
"""

import pickle
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any, Final

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import GhgError
from ghg_numerique.model.draft import Draft
from ghg_numerique.model.factors import UNIT_OF, Coefficient, FactorKey
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.plugin.contracts import Document, FactorImporter, FactorProvider, Importer, Offer, Report
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Match, Severity
from ghg_numerique.testing.asked import keys_of_tables
from ghg_numerique.testing.cases import footprints
from ghg_numerique.testing.example import example
from ghg_numerique.testing.steady import check_steady
from ghg_numerique.testing.strategies import factor_keys
from ghg_numerique.wording import LANGUAGES

Answers = dict[FactorKey, frozenset[Offer]]

_CHECKED: Final = settings(
    max_examples=50,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
_BLANK: Final = re.compile(r"[\s;,\t]*")


def check_provider(provider: FactorProvider, keys: Collection[FactorKey] = ()) -> None:
    """Check that a provider keeps the promises of `FactorProvider`.

    It is asked for the keys of the tables that it holds, for words of the house, and for `keys`: give some where its
    coefficients come from elsewhere than a table, since a provider that answers nothing proves nothing.
    """
    _owes(isinstance(provider, FactorProvider), "a name, a role, sources and offers(keys)", type(provider))
    _owes(bool(provider.name) and provider.role in UNIT_OF, "a name and a role that providers answer", provider.role)
    _owes(bool(provider.sources) and all(source.id for source in provider.sources), "sources with an id", provider.name)
    known = sorted({*keys, *keys_of_tables(provider)})
    answers = _answers(provider, known)
    _owes(any(answers.values()), "an answer to one key at least: give check_provider(provider, keys) some", known[:3])
    for offer in _distinct(answers):
        _check_offer(offer, provider)
    _check_ranks(answers)
    _owes(not _answers(provider, ()), "no offer where no key is asked", provider.name)
    _owes(
        _answers(pickle.loads(pickle.dumps(provider)), known) == answers, "the same answers once pickled", provider.name
    )
    check_steady(lambda: _answers(provider, known), provider.name)

    batches = st.lists(st.sampled_from(known) | factor_keys(provider.role), max_size=8, unique=True)

    @_CHECKED
    @given(batches, batches, st.sampled_from((list, tuple, frozenset)))
    def an_answer_depends_on_the_key_alone(
        batch: list[FactorKey], other: list[FactorKey], gather: Callable[[list[FactorKey]], Collection[FactorKey]]
    ) -> None:
        together = _answers(provider, gather(batch))
        _answers(provider, other)
        _owes(_answers(provider, gather(batch[::-1])) == together, "the same answers twice, in any order", batch)
        alone: Answers = {}
        for key in batch:
            alone |= _answers(provider, [key])
        _owes(alone == together, "the same answers one by one as in a batch", batch)
        for key in set(batch) & set(known):
            _owes(together.get(key) == answers.get(key), "the same answer in any batch", key)
        for offer in _distinct(together):
            _check_offer(offer, provider)
        _check_ranks(together)

    an_answer_depends_on_the_key_alone()


def check_importer(importer: Importer, samples: Iterable[Document]) -> None:
    """Check that an importer keeps the promises of `Importer`, on samples and on damaged copies of them.

    A faulty sample is as good as a clean one: what counts is that no line is lost.
    """
    _owes(isinstance(importer, Importer), "a name, options, companions and read(document)", type(importer))
    _owes(bool(importer.name), "a name", type(importer))
    sentences = {**importer.options, **importer.companions}
    _owes(all(name and sentence for name, sentence in sentences.items()), "a sentence for each option", sentences)
    listed = list(samples)
    _owes(bool(listed), "a sample to read: an importer that reads nothing proves nothing", importer.name)
    for sample in listed:
        inventory = _read_twice(importer, sample)
        _check_told(inventory, sample)
        _check_no_line_lost(inventory, sample)
        _owes(_same(_read_twice(pickle.loads(pickle.dumps(importer)), sample), inventory), "to pickle", importer.name)
        _owes(_same(pickle.loads(pickle.dumps(inventory)), inventory), "an inventory that pickles", sample.name)
        check_steady(partial(_told, importer, sample), importer.name)

    @_CHECKED
    @given(st.sampled_from(listed), st.integers(0), st.binary(max_size=3), st.booleans())
    def a_damaged_file_stops_nobody(sample: Document, place: int, put: bytes, cut: bool) -> None:
        damaged = _damaged(sample, place, put, cut)
        try:
            inventory = _read_twice(importer, damaged)
        except GhgError:
            return
        _check_told(inventory, damaged)

    a_damaged_file_stops_nobody()


def check_factor_importer(importer: FactorImporter, samples: Iterable[Document]) -> None:
    """Check that an importer of factors keeps its promises, on samples and on damaged copies of them.

    Every row is kept or refused with its reason and place, nothing depends on the call before, and no damage is a crash.
    """
    _owes(isinstance(importer, FactorImporter), "a name, options and draft(document)", type(importer))
    _owes(bool(importer.name), "a name", type(importer))
    _owes(all(name and sentence for name, sentence in importer.options.items()), "a sentence for each option", importer)
    listed = list(samples)
    _owes(bool(listed), "a sample to read: an importer that reads nothing proves nothing", importer.name)
    for sample in listed:
        draft = _drafted(importer, sample)
        _owes(bool(draft.rows), "a row that is kept, in each sample", sample.name)
        _owes(_drafted(pickle.loads(pickle.dumps(importer)), sample) == draft, "to pickle", importer.name)
        check_steady(partial(importer.draft, sample), importer.name)

    @_CHECKED
    @given(st.sampled_from(listed), st.integers(0), st.binary(max_size=3), st.booleans())
    def a_damaged_file_stops_nobody(sample: Document, place: int, put: bytes, cut: bool) -> None:
        try:
            _drafted(importer, _damaged(sample, place, put, cut))
        except GhgError:
            return

    a_damaged_file_stops_nobody()


def check_report(report: Report) -> None:
    """Check that a report keeps the promises of `Report`: any footprint, every language, the same bytes each time."""
    _owes(isinstance(report, Report), "a name, a media type and render(footprint, language=...)", type(report))
    _owes(bool(report.name) and "/" in report.media_type, "a name and a media type", report.media_type)
    _owes(isinstance(pickle.loads(pickle.dumps(report)), Report), "to pickle", report.name)

    @_CHECKED
    @given(footprints())
    def any_footprint_is_rendered(footprint: Footprint) -> None:
        copy: Footprint = pickle.loads(pickle.dumps(footprint))
        for language in LANGUAGES:
            first = report.render(footprint, language=language)
            _owes(isinstance(first, bytes) and bool(first), "bytes", language)
            _owes(report.render(footprint, language=language) == first, "the same bytes twice", language)
            _owes(report.render(copy, language=language) == first, "the same bytes of an equal footprint", language)
        _owes(footprint == copy, "to leave the footprint as it is", report.name)

    any_footprint_is_rendered()
    small = example()
    check_steady(lambda: [report.render(small, language=language) for language in LANGUAGES], report.name)


def _owes(kept: bool, promise: str, what: object) -> None:
    if not kept:
        raise AssertionError(f"the plugin owes {promise}: {what!r}")


def _answers(provider: FactorProvider, keys: Collection[FactorKey]) -> Answers:
    """Return the offers of each key that has some; offers for other keys are refused."""
    found: dict[FactorKey, set[Offer]] = {}
    asked = frozenset(keys)
    for offer in provider.offers(keys):
        _owes(offer.key in asked, "offers only for the keys that were asked", offer.key)
        found.setdefault(offer.key, set()).add(offer)
    return {key: frozenset(offers) for key, offers in found.items()}


def _distinct(answers: Answers) -> Iterator[Offer]:
    for offers in answers.values():
        yield from offers


def _check_offer(offer: Offer, provider: FactorProvider) -> None:
    coefficient = offer.coefficient
    _owes(coefficient.role is provider.role, "coefficients of its own role", coefficient)
    _owes(coefficient.measures(), f"a unit of its role ({', '.join(UNIT_OF[provider.role])})", coefficient)
    _owes(coefficient.exact > 0, "values above zero: what is not known is not answered", coefficient)
    _owes(bool(coefficient.id) and coefficient.source in provider.sources, "an id and a named source", coefficient)
    _owes(isinstance(offer.match, Match), "a match", offer.match)
    _owes(pickle.loads(pickle.dumps(offer)) == offer, "offers that pickle", offer)


def _check_ranks(answers: Answers) -> None:
    """Two offers of one rank never differ, and what has one identity is one coefficient."""
    identified: dict[str, Coefficient] = {}
    for key, offers in answers.items():
        ranked: dict[Match, Coefficient] = {}
        for offer in offers:
            one = offer.coefficient
            _owes(identified.setdefault(one.identity, one) == one, "one coefficient for one identity", one.identity)
            rival = ranked.setdefault(offer.match, one)
            same = (rival.exact, rival.unit, rival.stages, rival.year) == (one.exact, one.unit, one.stages, one.year)
            _owes(same, "offers of one rank that do not differ", key)


def _read_twice(importer: Importer, document: Document) -> Inventory:
    """Return what an importer reads, once it was seen to read the same again from a copy."""
    copy: Document = pickle.loads(pickle.dumps(document))
    inventory = importer.read(document)
    _owes(isinstance(inventory, Inventory), "an Inventory", type(inventory))
    _owes(document == copy, "to leave the document as it is", document.name)
    _owes(_same(importer.read(copy), inventory), "the same inventory of the same bytes", document.name)
    return inventory


def _damaged(sample: Document, place: int, put: bytes, cut: bool) -> Document:
    """Return a copy of a document with some bytes replaced, or cut off after them."""
    place %= len(sample.content) + 1
    rest = b"" if cut else sample.content[place + len(put) :]
    return attrs.evolve(sample, content=sample.content[:place] + put + rest)


def _drafted(importer: FactorImporter, document: Document) -> Draft:
    """Return the draft of a document once it adds up, says each refusal, and is the same a second time."""
    draft = importer.draft(document)
    _owes(isinstance(draft, Draft), "a Draft", type(draft))
    _owes(draft.adds_up, "rows kept and refused that are all that was read", document.name)
    _owes(importer.draft(document) == draft, "the same draft of the same bytes", document.name)
    for finding in (*draft.refused, *draft.remarks):
        _owes(all(finding.is_said(language) for language in LANGUAGES), "findings in every language", finding.code)
    _owes(all(finding.origin.row for finding in draft.refused), "the row of each refusal", document.name)
    return draft


def _told(importer: Importer, document: Document) -> tuple[Any, ...]:
    """Return what an importer reads in a form that can be compared."""
    inventory = importer.read(document)
    return inventory.findings, inventory.set_aside, inventory.ids, inventory.profiles, inventory.amount.tobytes()


def _same(one: Inventory, other: Inventory) -> bool:
    return one == other and one.set_aside == other.set_aside and one.inputs == other.inputs


def _check_told(inventory: Inventory, document: Document) -> None:
    """Every row says where it was read; a row that was set aside has an error, and is not in the inventory too."""
    told = {_place(finding.origin) for finding in inventory.findings if finding.severity is Severity.ERROR}
    kept = {_place(inventory.origin(index)) for index in range(len(inventory))}
    aside = {_place(row.origin) for row in inventory.set_aside}
    _owes(all(file and row for file, _, row in kept | aside), "the file and the row of every row", document.name)
    _owes(aside <= told, "an error finding for each row that is set aside", sorted(aside - told))
    _owes(not kept & aside, "each row in the inventory or set aside, not both", sorted(kept & aside))
    for finding in inventory.findings:
        _owes(all(finding.is_said(language) for language in LANGUAGES), "findings in every language", finding.code)


def _check_no_line_lost(inventory: Inventory, document: Document) -> None:
    """Below the first row of data, each line that says anything is in the inventory or set aside."""
    if b'"' in document.content or b"\0" in document.content:
        return  # a record may span lines, and a byte may not be a character: rows cannot be told from here
    origins = [
        *(inventory.origin(index) for index in range(len(inventory))),
        *(row.origin for row in inventory.set_aside),
    ]
    seen = {origin.row for origin in origins if origin.file == document.name}
    lines = document.content.decode("cp1252", errors="replace").split("\n")
    said = {number for number, line in enumerate(lines, start=1) if not _BLANK.fullmatch(line)}
    lost = {number for number in said if seen and number > min(seen)} - seen
    _owes(not lost, "every line, in the inventory or set aside", f"{document.name}, lines {sorted(lost)}")


def _place(origin: Origin) -> tuple[str, str, int]:
    return origin.file, origin.sheet, origin.row
