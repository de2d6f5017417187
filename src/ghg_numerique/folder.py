"""A folder of files, opened: its page, its methodology, its inventory, and the catalogue that read them."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Self

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.assessment import computed, refuse
from ghg_numerique.engine.checks import faults
from ghg_numerique.engine.keys import Keys, keys_of
from ghg_numerique.engine.pin import altered, differences, pin
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.lock import LOCK_FILE, Lock
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import Input, Project
from ghg_numerique.model.tables import read_tables, shipped_tables
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.scenarios import read_scenarios
from ghg_numerique.terms import Faults


@attrs.frozen
class Folder:
    """What `ghg.toml` describes, read. `Folder.open("examples/ville").footprint` is the whole library in one line."""

    path: Path
    project: Project
    methodology: Methodology
    catalogue: Catalogue
    inventory: Inventory
    lock: Lock | None = None
    scenarios: tuple[Scenario, ...] = ()

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        factors: Iterable[str | Path] = (),
        catalogue: Catalogue | None = None,
        scenarios: Iterable[Scenario] = (),
        locked: bool = True,
    ) -> Self:
        """Read the page of a folder and the files that it names; `factors` are folders of tables to add.

        `scenarios` are those that the footprint will be looked at under, beside those that the page names. A
        `ghg.lock` beside the page is obeyed, unless `locked` is false: the pinned coefficients count, and what stands
        here otherwise than in the lock is refused.

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
        lock = _lock(root / LOCK_FILE, methodology, known) if locked and (root / LOCK_FILE).is_file() else None
        named = read_scenarios(root / project.scenarios) if project.scenarios else ()
        return cls(root, project, methodology, known, inventory, lock, (*named, *scenarios))

    @cached_property
    def keys(self) -> Keys:
        """The distinct keys of the inventory."""
        return keys_of(self.inventory, self.methodology, self.scenarios)

    @cached_property
    def resolution(self) -> Resolution:
        """The coefficients that were chosen, or pinned."""
        return resolve(self.keys, self.catalogue.providers, self.methodology, lock=self.lock)

    @cached_property
    def footprint(self) -> Footprint:
        """The footprint of the folder."""
        return computed(
            self.inventory,
            self.resolution,
            self.catalogue,
            organisation=self.project.organisation,
            reference=self.project.beges,
            lock=self.lock,
        )

    def pinned(self) -> Lock:
        """Return the lock of what providers answer today, whatever an existing lock says."""
        free = resolve(self.keys, self.catalogue.providers, self.methodology)
        return pin(free, self.catalogue.plugins)


def _lock(path: Path, methodology: Methodology, catalogue: Catalogue) -> Lock:
    """Return a lock that nothing here contradicts. A table that came with the library speaks even without its plugin."""
    lock = Lock.read(path)
    found = tuple(differences(lock, methodology.fingerprint, catalogue.plugins, catalogue.sources))
    if not found:
        spoken = {source.id for source in catalogue.sources}
        silent = {source.id: source.sha256 for source in lock.sources if source.id not in spoken}
        shipped = read_tables(shipped_tables()) if silent else ()
        tables = [table for table in shipped if silent.get(table.source.id) == table.source.sha256]
        found = tuple(altered(lock, catalogue.providers, tables))
    if found:
        raise ConfigurationError("lock-differs", path=path, differences=found)
    return lock


def _read(root: Path, source: Input, catalogue: Catalogue) -> Inventory:
    companions = {name: root / file for name, file in source.companions.items()}
    inventory = catalogue.read(
        root / source.file, importer=source.importer, options=source.options, companions=companions, name=source.file
    )
    return inventory.forgiven() if source.faults is Faults.SET_ASIDE else inventory
