"""Where a profile stands in a methodology: its domain, and whether it lies outside the system boundary."""

from ghg_numerique.model.methodology import Methodology, OutOfBoundary
from ghg_numerique.model.profile import Profile


def domain_of(profile: Profile, methodology: Methodology) -> str:
    """Return the domain of a profile: its own, else the one that the methodology assigns, else none."""
    assign = methodology.assign
    return (
        profile.domain
        or assign.equipment.get(profile.equipment, "")
        or assign.nature.get(profile.nature, "")
        or assign.account.get(profile.account, "")
    )


def out_of_boundary(profile: Profile, methodology: Methodology) -> OutOfBoundary | None:
    """Return the line of the methodology that leaves a profile out of the system boundary, if there is one."""
    domain = domain_of(profile, methodology)
    actual = {"domain": domain, "nature": profile.nature, "equipment": profile.equipment}
    for line in methodology.boundary:
        wanted = {name: value for name in actual if (value := getattr(line, name))}
        if line.account and not line.names_account(profile.account):
            continue
        if all(actual[name] == value for name, value in wanted.items()):
            return line
    return None
