"""Provenance and plugins: every figure has its source, one result has one root, and no bystander changes a number."""

import copy
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final

import attrs

from ghg_numerique.audit.ambient import SURROUNDINGS
from ghg_numerique.audit.asking import Answers, ways
from ghg_numerique.audit.edits import shuffled
from ghg_numerique.audit.property import Property, Trial, Violation, equal, same, same_cells
from ghg_numerique.audit.retold import LINEAR, Fixed, instead, recorded, silent
from ghg_numerique.audit.subject import Subject
from ghg_numerique.errors import PluginError
from ghg_numerique.model.factors import FactorKey, in_order
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.result.reading import parse_result, write_result
from ghg_numerique.result.record import root
from ghg_numerique.terms import Expired, Role
from ghg_numerique.verifier.verify import verify


def every_figure_has_its_source(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E1."""
    for link in subject.footprint.coefficients:
        named = bool(link.id and link.value and link.unit and (link.source.id or link.role is Role.SHARE))
        yield None if named else Violation(link.identity, "id, value, unit, source", repr(link))
    for line in subject.lines if subject.inventory.files else ():
        yield None if line.origin.file and line.origin.row else Violation(line.id, "file:row", str(line.origin) or "-")


def a_verifier_agrees(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E2."""
    found = verify(write_result(subject.footprint))
    yield None if not found else Violation("verify.py", found[0][2], " ".join(found[0]))


def roots_tell_changes(subject: Subject, effort: int) -> Iterator[Trial]:
    """E3: another amount, factor or choice gives another root; another order of rows gives the same."""
    bare = subject.bare
    if len(bare.inventory):
        before = root(bare.footprint)
        for row in range(min(effort, len(bare.inventory))):
            amount = bare.inventory.amount.copy()
            amount[row] += 1
            changed = bare.with_rows(attrs.evolve(bare.inventory, amount=amount))
            yield None if root(changed) != before else Violation("amount", "another root", before)
        renamed = attrs.evolve(bare, methodology=attrs.evolve(bare.methodology, title=bare.methodology.title + "."))
        yield None if root(renamed.footprint) != before else Violation("methodology", "another root", before)
        yield equal("order", before, root(bare.with_rows(shuffled(bare.inventory, 0))))
        for link in [one for one in bare.footprint.coefficients if one.role in LINEAR][:effort]:
            moved = bare.footprint.with_factors({link.identity: str(link.exact + 1)})
            yield None if root(moved) != before else Violation(link.identity, "another root", before)


def zones_and_locales_do_not_matter(subject: Subject, _effort: int) -> Iterator[Trial]:
    """C4."""
    yield from _elsewhere(subject, ("time-zone", "locale"))


def surroundings_do_not_matter(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E4."""
    yield from _elsewhere(subject, tuple(SURROUNDINGS))


def _elsewhere(subject: Subject, names: Collection[str]) -> Iterator[Trial]:
    before = root(subject.footprint)
    for name in names:
        with SURROUNDINGS[name]():
            found = attrs.evolve(subject, inventory=subject.inventory).footprint
        yield same(name, subject.footprint, found) or equal(name, before, root(found))


def reading_again_is_the_same(subject: Subject, effort: int) -> Iterator[Trial]:
    """E5."""
    for _ in range(min(2, effort)) if subject.reread is not None else ():
        again = subject.reread()  # type: ignore[misc]
        yield None if again == subject.inventory else Violation("files", f"{len(subject.inventory)}", f"{len(again)}")


def a_result_is_all_of_it(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E6."""
    content = write_result(subject.footprint)
    read = parse_result(content)
    yield same("read", subject.footprint, read)
    yield equal("bytes", content, write_result(read))


def registration_does_not_matter(subject: Subject, effort: int) -> Iterator[Trial]:
    """E7."""
    providers = subject.providers
    for turn in range(1, min(1 + effort, len(providers))):
        yield same(f"turned-{turn}", subject.footprint, subject.told_by((*providers[turn:], *providers[:turn])))
        yield same("reversed", subject.footprint, subject.told_by(providers[::-1]))


def bystanders_change_nothing(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E8."""
    yield same("silent", subject.footprint, subject.told_by((*subject.providers, *silent())))


def providers_are_pure(subject: Subject, effort: int) -> Iterator[Trial]:
    """E9. What knows its answers by heart need not be asked twice."""
    asked = [key for key in subject.resolution.choices if not key.asks_nobody]
    for provider in subject.providers:
        keys = () if isinstance(provider, Fixed) else tuple(key for key in asked if key.role is provider.role)
        for way, expected, found in ways(provider, keys, 2 + effort % 15) if keys else ():
            yield None if found == expected else _otherwise(subject, provider, way, expected, found)


def _otherwise(subject: Subject, provider: FactorProvider, way: str, expected: Answers, found: Answers) -> Violation:
    """Return what a provider says otherwise when it is asked in some way, and what that comes to in the footprint."""
    one, other = (subject.told_by(instead(subject.providers, provider, said)) for said in (expected, found))
    differs = same_cells(way, one.cells, other.cells)
    key = min((offer.key for offer in expected ^ found), key=in_order)
    others = recorded((each for each in subject.providers if each is not provider), subject.resolution.choices.values())
    return Violation(
        f"{provider.name} ({provider.role})",
        _said(key, expected),
        _said(key, found),
        differs.kilograms if differs is not None else Fraction(0),
        f"E9.{way}",
        attrs.evolve(subject, providers=(*others, provider)),
    )


def _said(key: FactorKey, answers: Answers) -> str:
    values = sorted(f"{offer.coefficient.value} {offer.coefficient.unit}" for offer in answers if offer.key == key)
    return f"{key}: {', '.join(values) or '-'}"


def expired_factors_are_told(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E10."""
    methodology = subject.methodology
    told = {finding.value for finding in subject.footprint.findings if finding.code == "factor-expired"}
    for link in subject.footprint.coefficients if methodology.expired is not Expired.ACCEPT else ():
        if link.expired(methodology.reporting_year):
            kept = methodology.expired is Expired.WARN and link.identity in told
            yield None if kept else Violation(link.identity, str(methodology.expired), link.valid_to)
        else:
            yield None


def results_survive_copying(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E11: copies are made as pickling makes them, field by field."""
    footprint, other = subject.footprint, copy.deepcopy(subject.footprint)
    yield None if other == footprint else Violation("footprint", "equal", "-")
    yield equal("root", root(footprint), root(other))
    yield None if copy.deepcopy(subject.inventory) == subject.inventory else Violation("inventory", "equal", "-")


def losers_do_not_count(subject: Subject, _effort: int) -> Iterator[Trial]:
    """E12."""
    winners = {(key.role, choice.provider) for key, choice in subject.resolution.choices.items() if choice.winner}
    kept = tuple(provider for provider in subject.providers if (provider.role, provider.name) in winners)
    if len(kept) < len(subject.providers):
        found = subject.told_by(kept)
        yield equal("winners alone", subject.footprint.exact_total(), found.exact_total())


def one_name_is_one_provider(subject: Subject, effort: int) -> Iterator[Trial]:
    """E13."""
    for provider in subject.providers[:effort]:
        try:
            Catalogue.of(provider, provider)
        except PluginError:
            yield None
        else:
            yield Violation(provider.name, "refused", "accepted")


PROVENANCE: Final = (
    Property("C4", zones_and_locales_do_not_matter),
    Property("E1", every_figure_has_its_source),
    Property("E2", a_verifier_agrees),
    Property("E3", roots_tell_changes),
    Property("E4", surroundings_do_not_matter),
    Property("E5", reading_again_is_the_same),
    Property("E6", a_result_is_all_of_it),
    Property("E7", registration_does_not_matter),
    Property("E8", bystanders_change_nothing),
    Property("E9", providers_are_pure),
    Property("E10", expired_factors_are_told),
    Property("E11", results_survive_copying),
    Property("E12", losers_do_not_count),
    Property("E13", one_name_is_one_provider),
)
