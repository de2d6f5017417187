"""The four hooks. They take no argument, and each returns things that keep a contract."""

from collections.abc import Iterable
from typing import Final

import pluggy

from ghg_numerique.plugin.contracts import FactorImporter, FactorProvider, Importer, Report

GROUP: Final = "ghg_numerique"
"""The entry point group in which a distribution declares its plugin, and the name of the hooks."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def ghg_factor_providers() -> Iterable[FactorProvider]:  # type: ignore[empty-body]
    """Factor providers of this plugin, ready to answer."""


@hookspec
def ghg_importers() -> Iterable[Importer]:  # type: ignore[empty-body]
    """Importers of this plugin: from the bytes of a file to an inventory."""


@hookspec
def ghg_factor_importers() -> Iterable[FactorImporter]:  # type: ignore[empty-body]
    """Importers of factors of this plugin: from the bytes of a publication to the draft of a factor table."""


@hookspec
def ghg_reports() -> Iterable[Report]:  # type: ignore[empty-body]
    """Reports of this plugin: from a footprint to the bytes of a document."""
