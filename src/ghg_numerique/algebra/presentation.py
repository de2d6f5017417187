"""What a report shows beside the footprint of its year, and how it rounds the parts. No total depends on it."""

import attrs

from ghg_numerique.algebra.chronicle import Chronicle
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.terms import Display


@attrs.frozen
class Presentation:
    """The scenarios that a footprint is shown under, the years before it, and how its parts are displayed.

    It is no part of a result: neither the root nor the result file says it.
    """

    scenarios: tuple[Scenario, ...] = ()
    chronicle: Chronicle | None = None
    display: Display = Display.NEAREST
