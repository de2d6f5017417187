"""Discovery: the plugins that are installed, loaded and asked one by one for what they bring, so that a fault names its plugin."""

import hashlib
import itertools
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pluggy

from ghg_numerique.errors import GhgError, PluginError
from ghg_numerique.plugin import hookspecs
from ghg_numerique.plugin.contracts import FactorImporter, FactorProvider, Importer, Report
from ghg_numerique.provenance import PluginRecord


@attrs.frozen
class Discovery:
    """What the installed plugins bring, who they are, and the names of all of them, those that are blocked too."""

    things: tuple[FactorProvider | Importer | FactorImporter | Report, ...]
    plugins: tuple[PluginRecord, ...]
    installed: tuple[str, ...]


def discovered(blocked: frozenset[str]) -> Discovery:
    """Load the installed plugins, but for those that are blocked. No state is kept.

    Raises PluginError where a plugin does not load, names an unknown hook, or brings what breaks its contract, and where
    two plugins have one name.
    """
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    entries, records = _entries(), []
    for entry in entries:
        if entry.name not in blocked:
            record = _record(entry)
            records.append(attrs.evolve(record, sha256=_hash_of(_register(manager, entry, record))))
    things = (
        *_called(manager.hook.ghg_factor_providers, FactorProvider, records),
        *_called(manager.hook.ghg_importers, Importer, records),
        *_called(manager.hook.ghg_factor_importers, FactorImporter, records),
        *_called(manager.hook.ghg_reports, Report, records),
    )
    return Discovery(things, tuple(records), tuple(entry.name for entry in entries))


def _entries() -> list[EntryPoint]:
    """Return the declared plugins in the order of their names, none of them imported. Two of one name are refused."""
    found = sorted(entry_points(group=hookspecs.GROUP), key=lambda entry: (entry.name, entry.value))
    distinct = list({(entry.name, entry.value): entry for entry in found}.values())
    for first, second in itertools.pairwise(distinct):
        if first.name == second.name:
            raise PluginError(
                "plugin-twice", name=first.name, first=_record(first).distribution, second=_record(second).distribution
            )
    return distinct


def _record(entry: EntryPoint) -> PluginRecord:
    if entry.dist is None:
        return PluginRecord(entry.name)
    return PluginRecord(entry.name, entry.dist.name, entry.dist.version)


def _register(manager: pluggy.PluginManager, entry: EntryPoint, record: PluginRecord) -> ModuleType:
    try:
        module: ModuleType = entry.load()
        manager.register(module, name=entry.name)
        manager.check_pending()
    except (Exception, SystemExit) as error:  # whatever a stranger's module raises while it loads is its own fault
        raise _fault(record, error) from error
    return module


def _fault(record: PluginRecord, error: BaseException) -> PluginError:
    reason = f"{type(error).__name__}: {error}"
    return PluginError("plugin-load", name=record.name, distribution=record.distribution or "?", reason=reason)


def _hash_of(module: ModuleType) -> str:
    """Return the hash of the files of a plugin, by their names and contents; the same wherever it is installed."""
    if module.__file__ is None:
        return ""
    root = Path(module.__file__)
    found = root.parent.rglob("*") if root.stem == "__init__" else [root]
    digest = hashlib.sha256()
    for path in sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root.parent).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _called(hook: Any, contract: type, records: Iterable[PluginRecord]) -> list[Any]:
    """Return what all plugins bring, asked one by one so that a fault names its plugin; None is no answer."""
    known = {record.name: record for record in records}
    things: list[Any] = []
    for implementation in hook.get_hookimpls():
        try:
            brought = list(implementation.function())
            strangers = [
                thing
                for thing in brought
                if not (isinstance(thing, contract) and isinstance(getattr(thing, "name", None), str))
            ]
        except GhgError:
            raise
        except (Exception, SystemExit) as error:  # what a stranger's hook or attribute raises is a fault of that plugin
            raise _fault(known[implementation.plugin_name], error) from error
        if strangers:
            raise PluginError("plugin-contract", culprit=strangers[0], contract=f"{hook.name} -> {contract.__name__}")
        things.extend(brought)
    return things
