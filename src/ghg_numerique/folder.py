"""A folder of files, opened: its page, its methodology, its inventory, and the catalogue that read them."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Self

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.assessment import computed, refuse
from ghg_numerique.engine.checks import faults
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import Input, Project
from ghg_numerique.plugin.catalogue import Catalogue


@attrs.frozen
class Folder:
    """What `ghg.toml` describes, read. `Folder.open("examples/ville").footprint` is the whole library in one line."""

    project: Project
    methodology: Methodology
    catalogue: Catalogue
    inventory: Inventory

    @classmethod
    def open(cls, folder: str | Path, *, factors: Iterable[str | Path] = (), catalogue: Catalogue | None = None) -> Self:
        """Read the page of a folder and the files that it names; `factors` are folders of tables to add.

        Raises ConfigurationError, InputError and PluginError for what is wrong around the data, and InventoryError
        with every fault of every file at once.
        """
        root = Path(folder)
        project = Project.read(root)
        methodology = project.read_methodology(root)
        known = catalogue if catalogue is not None else Catalogue.discover(block=project.block)
        for tables in (*(root / name for name in project.factors), *factors):
            known = known.with_tables(tables)
        inventory = Inventory.concat([_read(root, source, known) for source in project.inputs])
        refuse([*inventory.findings, *faults(inventory, methodology)])
        return cls(project, methodology, known, inventory)

    @cached_property
    def resolution(self) -> Resolution:
        """The coefficients that were chosen."""
        return resolve(keys_of(self.inventory, self.methodology), self.catalogue.providers, self.methodology)

    @cached_property
    def footprint(self) -> Footprint:
        """The footprint of the folder."""
        return computed(
            self.inventory,
            self.resolution,
            self.catalogue,
            organisation=self.project.organisation,
            reference=self.project.beges,
        )


def _read(root: Path, source: Input, catalogue: Catalogue) -> Inventory:
    companions = {name: root / file for name, file in source.companions.items()}
    inventory = catalogue.read(
        root / source.file, importer=source.importer, options=source.options, companions=companions, name=source.file
    )
    return inventory.forgiven() if source.faults == "set_aside" else inventory
