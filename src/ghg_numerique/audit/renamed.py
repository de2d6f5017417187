"""The same subject under other names of domains."""

from collections.abc import Mapping

import attrs

from ghg_numerique.audit.subject import Subject
from ghg_numerique.model.methodology import Methodology


def renamed(subject: Subject) -> tuple[Subject, Mapping[str, str]]:
    """Return a subject whose domains are called by numbers, and the new name of each."""
    name_of = {domain: f"domain {number}" for number, domain in enumerate(subject.methodology.domains)}
    profiles = tuple(
        attrs.evolve(profile, domain=name_of.get(profile.domain, profile.domain))
        for profile in subject.inventory.profiles
    )
    inventory = attrs.evolve(subject.inventory, profiles=profiles)
    return attrs.evolve(subject, inventory=inventory, methodology=_methodology(subject.methodology, name_of)), name_of


def _methodology(methodology: Methodology, name_of: Mapping[str, str]) -> Methodology:
    assign = methodology.assign
    return attrs.evolve(
        methodology,
        domains=tuple(name_of.values()),
        rollups={
            name: {group: tuple(name_of[member] for member in members) for group, members in groups.items()}
            for name, groups in methodology.rollups.items()
        },
        assign=attrs.evolve(
            assign,
            equipment={word: name_of[domain] for word, domain in assign.equipment.items()},
            account={word: name_of[domain] for word, domain in assign.account.items()},
            nature={word: name_of[domain] for word, domain in assign.nature.items()},
        ),
        boundary=tuple(
            attrs.evolve(line, domain=name_of.get(line.domain, line.domain)) for line in methodology.boundary
        ),
    )
