"""The four verbs in one sentence: `footprint = assess(inventory, methodology, catalogue)`."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.algebra.presentation import Presentation
from ghg_numerique.algebra.scenario import Scenario
from ghg_numerique.engine.alike import told_alike
from ghg_numerique.engine.checks import CHECKS, faults
from ghg_numerique.engine.keys import keys_of
from ghg_numerique.engine.names import idle_blocks, idle_priorities, idle_words
from ghg_numerique.engine.one_sided import told_one_sided
from ghg_numerique.engine.post import Postings, postings
from ghg_numerique.engine.remarks import remarks
from ghg_numerique.engine.resolve import Resolution, resolve
from ghg_numerique.errors import Finding, InventoryError
from ghg_numerique.model.beside import InputFile, SetAside
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.lock import Lock
from ghg_numerique.model.manifest import Manifest
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.project import ReferenceInventory
from ghg_numerique.model.quality import Cause
from ghg_numerique.model.quarantine import parted
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.provenance import Source


def assess(
    inventory: Inventory,
    methodology: Methodology,
    catalogue: Catalogue,
    *,
    scenarios: Iterable[Scenario] = (),
    organisation: str = "",
    reference: ReferenceInventory | None = None,
    causes: Iterable[Cause] = (),
) -> Footprint:
    """Return the footprint of an inventory, in kgCO2eq, exact, with the fate of every row.

    Raises InventoryError with every fault of the data at once; AmbiguousFactor where two sources tie; PluginError and
    ConfigurationError for what is wrong outside the data. A row without a factor raises nothing and is never zero: it
    is unresolved, counted in the balances and named in the findings. Reports show the `scenarios` beside it.
    """
    decisions = tuple(scenarios)
    resolution = resolve(keys_of(inventory, methodology, decisions), catalogue.providers, methodology)
    return computed(
        inventory,
        resolution,
        catalogue,
        scenarios=decisions,
        organisation=organisation,
        reference=reference,
        causes=causes,
    )


def computed(
    inventory: Inventory,
    resolution: Resolution,
    catalogue: Catalogue,
    *,
    scenarios: Iterable[Scenario] = (),
    organisation: str = "",
    reference: ReferenceInventory | None = None,
    lock: Lock | None = None,
    causes: Iterable[Cause] = (),
) -> Footprint:
    """Return the footprint of an inventory whose keys are resolved already. Raises InventoryError as `assess` does."""
    refuse(inventory.with_findings(faults(inventory, resolution.methodology)))
    posted = postings(inventory, resolution)
    footprint = Footprint(
        posted.matrix,
        resolution.sheet,
        resolution.methodology,
        posted.balances,
        (
            *inventory.findings,
            *resolution.findings,
            *remarks(posted, resolution),
            *told_alike(inventory),
            *told_one_sided(inventory, resolution.methodology),
            *_idle(inventory, resolution, catalogue, lock),
        ),
        _manifest(inventory, resolution, posted, catalogue, lock),
        organisation,
        reference,
        tuple(causes),
        Presentation(tuple(scenarios)),
    )
    if broken := [finding for check in CHECKS for finding in check(inventory, footprint)]:
        raise InventoryError(broken)
    return footprint


def _idle(inventory: Inventory, resolution: Resolution, catalogue: Catalogue, lock: Lock | None) -> Iterator[Finding]:
    """Return what is named and means nothing here. Under a lock nobody is ranked, and plugins may be gone."""
    if lock is None:
        yield from idle_priorities(resolution.methodology, catalogue.providers)
        yield from idle_blocks(catalogue.blocked, catalogue.installed)
    yield from idle_words(resolution.methodology, inventory)


def refuse(inventory: Inventory, others: Iterable[SetAside] = ()) -> None:
    """Raise InventoryError with all findings that are errors, if there is one; `others` are rows beside the inventory."""
    errors, apart = parted(inventory, others)
    if errors:
        raise InventoryError(errors, apart)


def _manifest(
    inventory: Inventory, resolution: Resolution, posted: Postings, catalogue: Catalogue, lock: Lock | None
) -> Manifest:
    """Return what the footprint is made with; under a lock, the plugins are those of the lock.

    The guards are named before they run: a footprint that one of them refuses is never returned.
    """
    sources: dict[str, Source] = {}
    for key in posted.matrix.columns:
        for link in resolution.chains[key].links:
            if link.source.sha256:
                sources[link.source.id] = link.source
    return Manifest(
        engine=version("ghg-numerique"),
        methodology=resolution.methodology.fingerprint,
        plugins=catalogue.plugins if lock is None else lock.plugins,
        blocked=catalogue.blocked if lock is None else (),
        lock="" if lock is None else lock.sha256,
        sources=tuple(sources[name] for name in sorted(sources)),
        inputs=(*inventory.inputs, *_only_named(inventory, posted)),
        guards=tuple(check.__name__ for check in CHECKS),
    )


def _only_named(inventory: Inventory, posted: Postings) -> Iterator[InputFile]:
    """Return the files that rows come from by their own account, and that were not read here: they have no hash."""
    read = {"", *(file.name for file in inventory.inputs)}
    for name, tally in posted.balances.by_file().items():
        if name not in read:
            yield InputFile(name, rows=tally.rows)
