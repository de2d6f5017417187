"""Third-party energy abaci as a factor provider: yearly electricity by model, else by type of equipment.

Each abacus has a name of its own, which a methodology ranks: professional and personal use are kept apart. A consumption
that was measured is stated by the row itself and needs no abacus.
"""

from collections.abc import Iterable

from ghg_numerique.plugin import TableProvider, hookimpl, providers_of, read_tables, shipped_tables

NAMES = ("abacus", "abacus-personal", "abacus-numecoeval", "abacus-household")


@hookimpl
def ghg_factor_providers() -> Iterable[TableProvider]:
    """Return one provider for each of the abaci that come with the library."""
    return providers_of(read_tables(shipped_tables(), *NAMES))
