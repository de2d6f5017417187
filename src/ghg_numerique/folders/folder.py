"""A folder of files, opened: its page, its methodology, its inventory, and the catalogue that read them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Self

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.assessment import computed, refuse
from ghg_numerique.engine.keys import Keys, keys_of
from ghg_numerique.engine.pin import altered, differences, pin
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.files import same_place
from ghg_numerique.folders.scenarios import read_scenarios
from ghg_numerique.folders.sources import read_source, read_sources
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.lock import LOCK_FILE, Lock
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import PAGE, Input, Project
from ghg_numerique.model.quarantine import Refused
from ghg_numerique.model.table_pages import TableKind, read_head
from ghg_numerique.model.tables import read_tables, shipped_tables, table_folders
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.sectors import SectorRatios


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
    tables: tuple[Path, ...] = ()
    refused: tuple[Refused, ...] = ()

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        factors: Iterable[str | Path] = (),
        catalogue: Catalogue | None = None,
        scenarios: Iterable[Scenario] = (),
        locked: bool = True,
        quarantine: bool = False,
    ) -> Self:
        """Read the page of a folder and the files that it names; `factors` are folders of tables to add.

        `scenarios` are those that the footprint will be looked at under, beside those that the page names. A
        `ghg.lock` beside the page is obeyed, unless `locked` is false: the pinned coefficients count, and what stands
        here otherwise than in the lock is refused. With `quarantine`, faulty rows of every input are set aside, as
        `faults = "set_aside"` does for one; `refused` holds them with their reasons.

        Raises ConfigurationError, InputError and PluginError for what is wrong around the data, and InventoryError
        with every fault of every file at once.
        """
        root = Path(folder)
        project = Project.read(root)
        methodology = project.read_methodology(root)
        known = catalogue if catalogue is not None else Catalogue.discover(block=project.block)
        tables = (*(root / name for name in project.factors), *map(Path, factors))
        for added in tables:
            known = known.with_tables(added)
        read = read_sources(root, project, methodology, known, lenient=quarantine)
        refuse(read.inventory, read.stocks)
        lock = _lock(root / LOCK_FILE, methodology, known) if locked and (root / LOCK_FILE).is_file() else None
        named = read_scenarios(root / project.scenarios) if project.scenarios else ()
        return cls(
            root, project, methodology, known, read.inventory, lock, (*named, *scenarios), tables, read.refused
        )  # fmt: skip

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
            scenarios=self.scenarios,
            organisation=self.project.organisation,
            reference=self.project.beges,
            lock=self.lock,
            causes=self.project.causes,
        )

    @property
    def own_words(self) -> frozenset[str]:
        """The words that tables declare: types of equipment of the folder's own, and natures that lead to a sector."""
        tables = (table for root in self.tables for table in table_folders(root, TableKind.FACTORS))
        ratios = (provider for provider in self.catalogue.providers if isinstance(provider, SectorRatios))
        mappings = (mapping for provider in ratios for mapping in provider.mappings if mapping.maps[0] == "nature")
        return frozenset(
            chain((word for table in tables for word in read_head(table).equipment), *(one.targets for one in mappings))
        )

    def resolved(self, keys: Keys, methodology: Methodology) -> Resolution:
        """Choose factors for other keys, or by another method: what the lock pins counts, and providers answer the rest."""
        free = resolve(keys, self.catalogue.providers, methodology)
        if self.lock is None:
            return free
        fresh, pinned = pin(free, self.catalogue.plugins), self.lock.answers()
        answers = [pinned.get(key, answer) for key, answer in fresh.answers().items()]
        return resolve(keys, (), methodology, lock=fresh.with_answers(answers, self.lock.sources))

    def read(self, source: Input) -> Inventory:
        """Return the inventory of one more file. Raises InventoryError with every fault of it."""
        inventory = read_source(self.path, source, self.methodology, self.catalogue)
        refuse(inventory)
        return inventory

    def check_output(self, *paths: str | Path) -> None:
        """Raise ConfigurationError where something would be written over what the folder is read from, or over another."""
        for number, path in enumerate(paths):
            for read in self._read_from():
                if same_place(path, read) or (read.is_dir() and read.resolve() in Path(path).resolve().parents):
                    raise ConfigurationError("output-is-input", path=path, read=read)
            if any(same_place(path, other) for other in paths[:number]):
                raise ConfigurationError("output-twice", path=path)

    def check_lock(self) -> None:
        """Raise ConfigurationError where the page names its own lock as a file to read: writing it would erase that file."""
        for read in self._named():
            if same_place(self.path / LOCK_FILE, read):
                raise ConfigurationError("output-is-input", path=self.path / LOCK_FILE, read=read)

    def _read_from(self) -> Iterator[Path]:
        """Return the files, and the folders of tables, that stand behind the footprint."""
        yield from (self.path / PAGE, self.path / LOCK_FILE, *self._named(), *self.tables)

    def _named(self) -> Iterator[Path]:
        """Return the files that the page names."""
        project = self.project
        targets = () if project.target_fleet is None else (project.target_fleet,)
        for source in (*project.inputs, *project.stocks, *targets):
            yield from (self.path / file for file in (source.file, *source.companions.values()) if file)
        yield from (self.path / file for file in (project.methodology, project.scenarios, project.links) if file)

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
