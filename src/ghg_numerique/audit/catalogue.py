"""The catalogue: every property that is in force, by its number."""

from typing import Final

from ghg_numerique.audit.algebra import ALGEBRA
from ghg_numerique.audit.completeness import COMPLETENESS
from ghg_numerique.audit.draws import DRAWN
from ghg_numerique.audit.moments import MOMENTS
from ghg_numerique.audit.periods import PERIODS
from ghg_numerique.audit.presentation import PRESENTATION
from ghg_numerique.audit.property import Property
from ghg_numerique.audit.provenance import PROVENANCE

FAMILIES: Final = ("A", "B", "C", "D", "E", "F")

PROPERTIES: Final[dict[str, Property]] = {
    each.id: each
    for each in sorted(
        (*ALGEBRA, *COMPLETENESS, *PERIODS, *PRESENTATION, *PROVENANCE, *MOMENTS, *DRAWN),
        key=lambda each: (each.id[0], int(each.id[1:])),
    )
}
