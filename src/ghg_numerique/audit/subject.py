"""What is audited: rows, the methodology, who answers for factors, and the engine that is put to the test."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Self, TypeAlias

import attrs
import numpy as np

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.assessment import computed
from ghg_numerique.audit.asking import Unasked
from ghg_numerique.audit.edits import alone
from ghg_numerique.audit.retold import pinned
from ghg_numerique.engine.choose import Lost
from ghg_numerique.engine.explain import Explanation, explain
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.model.quality import Cause
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import FactorProvider

Providers: TypeAlias = tuple[FactorProvider, ...]
Engine: TypeAlias = Callable[[Inventory, Methodology, Providers], Footprint]


def assessed(inventory: Inventory, methodology: Methodology, providers: Providers) -> Footprint:
    """Return the footprint of an inventory, worked out from the start: the engine of this library."""
    return computed(inventory, resolve(keys_of(inventory, methodology), providers, methodology), Catalogue())


@attrs.frozen(eq=False)
class Subject:
    """One inventory under audit. Properties ask for its footprint, and for that of changed copies of it.

    `reread` reads the files again, where there are files. `engine` is what turns rows into a footprint: another one
    than ours shows whether a property notices a fault.
    """

    inventory: Inventory
    methodology: Methodology
    providers: Providers
    catalogue: Catalogue = attrs.Factory(Catalogue)
    reference: ReferenceInventory | None = None
    reread: Callable[[], Inventory] | None = None
    engine: Engine = assessed
    causes: tuple[Cause, ...] = ()

    @classmethod
    def of(cls, folder: Folder) -> Self:
        """Return a folder as a subject; under a lock, the lock answers for factors.

        What providers remember shows best before the footprint of the folder is asked for: their copies are made here.
        """
        providers = folder.catalogue.providers if folder.lock is None else pinned(folder.lock)
        return cls(
            folder.inventory,
            folder.methodology,
            tuple(map(Unasked.of, providers)),
            folder.catalogue,
            folder.project.beges,
            lambda: Folder.open(folder.path, catalogue=folder.catalogue).inventory,
            causes=tuple(folder.project.causes),
        )

    @cached_property
    def footprint(self) -> Footprint:
        """The footprint of the subject."""
        found = self.engine(self.inventory, self.methodology, self.providers)
        return attrs.evolve(found, reference=self.reference, causes=self.causes)

    @cached_property
    def resolution(self) -> Resolution:
        """What is chosen for the keys of the subject."""
        return resolve(keys_of(self.inventory, self.methodology), self.providers, self.methodology)

    @cached_property
    def twins(self) -> frozenset[str]:
        """The identities of coefficients that another source tells with the same value.

        One of the two cannot be changed alone: they would tie.
        """
        return frozenset(
            choice.winner.coefficient.identity
            for choice in self.resolution.choices.values()
            if choice.winner is not None and any(loser.lost is Lost.SAME_VALUE for loser in choice.losers)
        )

    @cached_property
    def lines(self) -> tuple[Explanation, ...]:
        """Every row in every cell, explained."""
        return tuple(explain(self.inventory, self.resolution))

    @cached_property
    def bare(self) -> "Subject":
        """The same rows without what belongs to no row: findings, rows set aside, files."""
        return self.only(np.arange(len(self.inventory)))

    def only(self, rows: Iterable[int] | np.ndarray[tuple[int], np.dtype[np.int64]]) -> "Subject":
        """Return some rows of the subject, by their places in the inventory."""
        taken = self.inventory.take(np.asarray(rows, dtype=np.int64))
        return attrs.evolve(self, inventory=alone(taken), reread=None)

    def with_rows(self, inventory: Inventory) -> Footprint:
        """Return the footprint of other rows; providers are asked for the keys of these alone."""
        return attrs.evolve(self, inventory=alone(inventory), reread=None).footprint

    def told_by(self, providers: Iterable[FactorProvider]) -> Footprint:
        """Return the footprint of the same rows where others answer for factors."""
        return attrs.evolve(self, providers=tuple(providers)).footprint
