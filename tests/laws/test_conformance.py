"""The conformance checks find what they look for: each promise is broken once, and each time a check says so.

What keeps its promises passes, as often as it is asked.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

import attrs
import pytest

import ghg_numerique as ghg
import ghg_numerique_abacus
import ghg_numerique_ademe
import ghg_numerique_monetary
from ghg_numerique.plugin import Document, SetAside, Source
from ghg_numerique.testing import FixedProvider, check_importer, check_provider, check_report
from village import PROVIDERS

pytestmark = pytest.mark.law

Offers = Callable[["Twisted", Collection[ghg.FactorKey]], Iterable[ghg.Offer]]

GOOD = PROVIDERS[0]
KEYS = [ghg.FactorKey(GOOD.role, word) for word in ("laptop", "server", "unheard of")]
CALLS: list[object] = []


@attrs.frozen(eq=False)
class Twisted:
    """A provider that keeps its promises but for one."""

    twist: Offers
    good: FixedProvider = GOOD
    name: str = "village"
    role: ghg.Role = GOOD.role
    sources: tuple[Source, ...] = GOOD.sources

    def offers(self, keys: Collection[ghg.FactorKey], /) -> Iterable[ghg.Offer]:
        return self.twist(self, keys)


def changed(offers: Iterable[ghg.Offer], **others: Any) -> list[ghg.Offer]:
    return [attrs.evolve(offer, coefficient=attrs.evolve(offer.coefficient, **others)) for offer in offers]


def other_keys(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return [attrs.evolve(offer, key=attrs.evolve(offer.key, model="another")) for offer in self.good.offers(keys)]


def only_the_first(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return list(self.good.offers(keys))[:1]


def better_in_company(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), value="193" if len(keys) > 2 else "194")


def by_place_in_the_batch(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    for number, key in enumerate(keys):
        yield from changed(self.good.offers([key]), value=str(number + 1), id=f"{key.equipment}-{number}")


def another_value_each_time(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    CALLS.append(keys)
    return changed(self.good.offers(keys), value=str(len(CALLS)))


def zero(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), value="0")


def negative(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), value="-193")


def another_unit(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), unit="kgCO2eq/kWh")


def another_role(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), role=ghg.Role.MATERIAL)


def a_source_unnamed(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), source=Source("hearsay"))


def no_id(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), id="")


def two_minds(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    offers = list(self.good.offers(keys))
    return [*offers, *changed(offers, value="1", id="another")]


def one_id_for_all(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return changed(self.good.offers(keys), id="the one")


def silence(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return []


def unasked(self: Twisted, keys: Collection[ghg.FactorKey]) -> Iterable[ghg.Offer]:
    return self.good.offers(keys or KEYS)


BROKEN = [
    other_keys, only_the_first, better_in_company, by_place_in_the_batch, another_value_each_time, zero, negative,
    another_unit, another_role, a_source_unnamed, no_id, two_minds, one_id_for_all, silence, unasked,
]  # fmt: skip


@pytest.mark.parametrize("twist", BROKEN)
def test_a_provider_that_breaks_a_promise_is_told_which(twist: Offers) -> None:
    with pytest.raises(AssertionError, match="the plugin owes"):
        check_provider(Twisted(twist), KEYS)


@pytest.mark.parametrize("others", [{"name": ""}, {"sources": ()}, {"sources": (Source(""),)}])
def test_a_provider_without_a_name_or_a_source_is_refused(others: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="the plugin owes"):
        check_provider(Twisted(lambda self, keys: self.good.offers(keys), **others), KEYS)


def test_a_provider_that_does_not_pickle_is_refused() -> None:
    with pytest.raises(Exception, match="pickle"):
        check_provider(Twisted(lambda self, keys: self.good.offers(keys)), KEYS)


def test_providers_that_keep_their_promises_pass_as_often_as_one_likes() -> None:
    for _ in range(2):
        for good in PROVIDERS:
            keys = [ghg.FactorKey(good.role, equipment=word, place=word, nature=word) for word in good.coefficients]
            check_provider(good, keys)


SHIPPED = [
    *ghg_numerique_ademe.ghg_factor_providers(),
    *ghg_numerique_abacus.ghg_factor_providers(),
    *ghg_numerique_monetary.ghg_factor_providers(),
]


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: f"{one.name}-{one.role}")
def test_shipped_providers_keep_their_promises(shipped: ghg.FactorProvider) -> None:
    check_provider(shipped)


@attrs.frozen
class Lines:
    """An importer of `equipment;number` that keeps its promises but for those in `broken`."""

    broken: str = ""
    name: str = "lines"
    options: Mapping[str, str] = {"unit": "what is counted"}
    companions: Mapping[str, str] = {}

    def read(self, document: Document, /) -> ghg.Inventory:
        rows: list[ghg.ActivityData] = []
        findings, aside = [], []
        CALLS.append(document)
        lines = document.content.decode(errors="strict" if self.broken == "raises" else "replace").split("\n")
        for number, line in enumerate(lines, start=1):
            origin = ghg.Origin("" if self.broken == "no place" else document.name, number)
            if said := re.fullmatch(r"(\w+);([0-9]{1,9})", line, re.ASCII):
                count = int(said[2]) + (len(CALLS) if self.broken == "another each time" else 0)
                rows.append(ghg.HardwareItem(f"r{number}", said[1], count, date(2024, 1, 1), origin=origin))
                if self.broken == "both":
                    aside.append(SetAside(origin))
                    findings.append(ghg.Finding.of("cell-empty", ghg.Severity.ERROR, origin))
            elif line.strip() and self.broken != "loses":
                aside.append(SetAside(origin))
                if self.broken != "silent":
                    code = "no such sentence" if self.broken == "speechless" else "cell-empty"
                    findings.append(ghg.Finding.of(code, ghg.Severity.ERROR, origin))
        if self.broken == "edits" and isinstance(document.options, dict):
            document.options["read"] = "yes"
        return ghg.Inventory.of(rows, findings=findings, set_aside=aside)


SAMPLES = [
    Document("a.csv", b"laptop;3\nserver;many\n\nmonitor;12\n", {"unit": "item"}),
    Document("b.csv", b"laptop\xe9;3\nserver;1"),
    Document("empty.csv", b""),
]


def test_an_importer_that_keeps_its_promises_passes_as_often_as_one_likes() -> None:
    check_importer(Lines(), SAMPLES)
    check_importer(Lines(), iter(SAMPLES))


@pytest.mark.parametrize("broken", ["no place", "another each time", "both", "loses", "silent", "edits"])
def test_an_importer_that_breaks_a_promise_is_told_which(broken: str) -> None:
    with pytest.raises(AssertionError, match="the plugin owes"):
        check_importer(Lines(broken), SAMPLES)


def test_an_importer_that_falls_over_a_damaged_file_is_found() -> None:
    with pytest.raises(AssertionError, match=r"damaged file.*UnicodeDecodeError") as raised:
        check_importer(Lines("raises"), SAMPLES[:1])
    assert isinstance(raised.value.__cause__, UnicodeDecodeError)


def test_an_importer_whose_findings_have_no_words_is_found() -> None:
    with pytest.raises(AssertionError, match="findings in every language"):
        check_importer(Lines("speechless"), SAMPLES)


def test_an_importer_without_samples_proves_nothing() -> None:
    with pytest.raises(AssertionError, match="a sample"):
        check_importer(Lines(), [])


def test_an_option_without_a_sentence_is_refused() -> None:
    with pytest.raises(AssertionError, match="sentence"):
        check_importer(Lines(options={"unit": ""}), SAMPLES)


@attrs.frozen
class Total:
    """A report of the total that keeps its promises but for those in `broken`."""

    broken: str = ""
    name: str = "total"
    media_type: str = "text/plain"

    def render(self, footprint: ghg.Footprint, /, *, language: str = "fr") -> bytes:
        CALLS.append(footprint)
        text = f"{language} {footprint.exact_total()}"
        if self.broken == "another each time":
            text += f" {len(CALLS)}"
        if self.broken == "by identity":
            text += f" {id(footprint)}"
        if self.broken == "french only" and language != "fr":
            text = ""
        return text.encode() if self.broken != "text" else text  # type: ignore[return-value]


def test_a_report_that_keeps_its_promises_passes_as_often_as_one_likes() -> None:
    check_report(Total())
    check_report(Total())


@pytest.mark.parametrize("broken", ["another each time", "by identity", "french only", "text"])
def test_a_report_that_breaks_a_promise_is_told_which(broken: str) -> None:
    with pytest.raises(AssertionError, match="the plugin owes"):
        check_report(Total(broken))


def test_what_is_not_a_plugin_is_refused() -> None:
    stranger: Any = object()
    for check in (check_provider, check_report, lambda thing: check_importer(thing, SAMPLES)):
        with pytest.raises(AssertionError, match="the plugin owes"):
            check(stranger)
