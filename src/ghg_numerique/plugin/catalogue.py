"""The catalogue: which plugins take part, discovered by an explicit call, checked, and passed on as a value."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeAlias, TypeVar

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import ConfigurationError, Finding, GhgError, InputError, PluginError, TableError
from ghg_numerique.model.beside import InputFile
from ghg_numerique.model.draft import Draft
from ghg_numerique.model.inventory import Inventory
from ghg_numerique.model.tables import one_of_each, table_folders
from ghg_numerique.plugin.contracts import Document, FactorImporter, FactorProvider, Importer, Mapper, Report
from ghg_numerique.plugin.discovery import discovered
from ghg_numerique.plugin.sectors import folder_providers
from ghg_numerique.provenance import Origin, PluginRecord, Source
from ghg_numerique.terms import Severity
from ghg_numerique.wording import LANGUAGES

T = TypeVar("T")
P = ParamSpec("P")
Thing: TypeAlias = FactorProvider | Importer | FactorImporter | Report


@attrs.frozen
class Catalogue:
    """What plugins bring, in the order of the names; the order of installation plays no part."""

    providers: tuple[FactorProvider, ...] = ()
    importers: tuple[Importer, ...] = ()
    factor_importers: tuple[FactorImporter, ...] = ()
    reports: tuple[Report, ...] = ()
    plugins: tuple[PluginRecord, ...] = ()
    blocked: tuple[str, ...] = ()
    installed: tuple[str, ...] = ()
    """The names of all plugins that are installed, those that are blocked too."""

    @classmethod
    def discover(cls, block: Iterable[str] = ()) -> Self:
        """Load the installed plugins, but for those in `block`; which were left out is kept.

        Raises PluginError where a plugin does not load, names an unknown hook, or breaks its contract, and where two
        plugins, providers, importers or reports have one name. A broken plugin is never skipped in silence.
        """
        blocked = frozenset(block)
        found = discovered(blocked)
        return cls.of(*found.things, plugins=found.plugins, blocked=blocked, installed=found.installed)

    @classmethod
    def of(
        cls,
        *things: Thing,
        plugins: Iterable[PluginRecord] = (),
        blocked: Iterable[str] = (),
        installed: Iterable[str] = (),
    ) -> Self:
        """Build a catalogue by hand, for tests and for private tables. Raises PluginError as `discover` does."""
        providers = [thing for thing in things if isinstance(thing, FactorProvider)]
        importers = [thing for thing in things if isinstance(thing, Importer)]
        factor_importers = [thing for thing in things if isinstance(thing, FactorImporter)]
        reports = [thing for thing in things if isinstance(thing, Report)]
        if strangers := [thing for thing in things if not isinstance(thing, Thing)]:
            contract = "FactorProvider, Importer, FactorImporter, Report"
            raise PluginError("plugin-contract", culprit=strangers[0], contract=contract)
        one_of_each(source for provider in providers for source in provider.sources)
        for provider in providers:
            if not provider.sources:
                raise PluginError("plugin-sources", provider=provider.name)
        _unique("provider", [f"{provider.role}/{provider.name}" for provider in providers])
        _unique("importer", [importer.name for importer in importers])
        _unique("factor-importer", [importer.name for importer in factor_importers])
        _unique("report", [report.name for report in reports])
        return cls(
            _in_order(providers),
            tuple(sorted(importers, key=lambda importer: importer.name)),
            tuple(sorted(factor_importers, key=lambda importer: importer.name)),
            tuple(sorted(reports, key=lambda report: report.name)),
            tuple(sorted(plugins, key=lambda record: record.name)),
            tuple(sorted(blocked)),
            tuple(installed),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The publications behind all providers."""
        return tuple(source for provider in self.providers for source in provider.sources)

    def with_tables(self, folder: str | Path) -> "Catalogue":
        """Return the catalogue with the factor tables below a folder beside the plugins.

        A table may speak under the name of a provider that is known already: where the two answer one key equally
        well, the methodology ranks them by the names of their tables, or the choice is refused.

        Raises InputError where there is no table; TableError with every fault of every table, for a mapping that nothing
        here would use, and for a table that has the id of another and is not the same.
        """
        root = Path(folder)
        if not root.is_dir():
            raise InputError("folder-missing", path=root)
        added = folder_providers(root)
        used = {source.id for provider in added for source in provider.sources}
        if idle := [folder.name for folder in table_folders(root, "mapping") if folder.name not in used]:
            raise TableError("table-mapping", tables=", ".join(idle), path=root)
        if not added:
            raise InputError("no-tables", path=root)
        one_of_each((*self.sources, *(source for provider in added for source in provider.sources)))
        return attrs.evolve(self, providers=_in_order([*self.providers, *added]))

    def read(
        self,
        path: str | Path,
        *,
        importer: str,
        options: Mapping[str, str] | None = None,
        companions: Mapping[str, str | Path] | None = None,
        name: str = "",
    ) -> Inventory:
        """Read a file with an importer. Faults of the data are findings of the inventory; nothing is raised for them.

        Raises PluginError where no importer has that name, and InputError where the file cannot be opened or an
        option is not one of the importer's.
        """
        chosen = _named(self.importers, importer, "importer")
        _known("option", options or {}, chosen.options, importer)
        _known("companion", companions or {}, chosen.companions, importer)
        shown = name or Path(path).name
        document = _document(shown, path, options, companions)
        inventory = _run(importer, chosen.read, document)
        if not isinstance(inventory, Inventory):
            raise PluginError("plugin-contract", culprit=importer, contract="Importer.read -> Inventory")
        rows = len(inventory) + len(inventory.set_aside)
        if not rows and not inventory.findings:
            inventory = inventory.with_findings([Finding.of("no-rows", Severity.ERROR, Origin(shown))])
        for companion in document.companions.values():
            inventory = inventory.with_input(InputFile(companion.name, _sha256(companion)))
        chose = tuple(sorted(document.options.items()))
        return inventory.with_input(InputFile(shown, _sha256(document), rows, _dialect(inventory), chosen.name, chose))

    def propose(
        self,
        path: str | Path,
        *,
        importer: str,
        options: Mapping[str, str] | None = None,
        companions: Mapping[str, str | Path] | None = None,
        language: str = "fr",
    ) -> str:
        """Return the mapping that an importer proposes for a file, as a page of TOML; nothing is applied.

        Raises PluginError where no importer of that name proposes any, or where it fails; InputError and InventoryError
        where the file cannot be read.
        """
        if language not in LANGUAGES:
            raise ConfigurationError("language", value=language, known=", ".join(LANGUAGES))
        mappers = tuple(known for known in self.importers if isinstance(known, Mapper))
        chosen = _named(mappers, importer, "importer")
        _known("option", options or {}, chosen.options, importer)
        _known("companion", companions or {}, chosen.companions, importer)
        document = _document(Path(path).name, path, options, companions)
        page = _run(importer, chosen.propose, document, language=language)
        if not isinstance(page, str):
            raise PluginError("plugin-contract", culprit=importer, contract="Mapper.propose -> str")
        return page

    def draft(self, path: str | Path, *, importer: str, options: Mapping[str, str] | None = None) -> Draft:
        """Read a publication of factors into the draft of a table.

        Raises PluginError where no importer of factors has that name, or where the rows that it kept and refused are
        not all that it read; InputError where the file cannot be read or an option is not one of the importer's.
        """
        chosen = _named(self.factor_importers, importer, "factor-importer")
        _known("option", options or {}, chosen.options, importer)
        draft = _run(importer, chosen.draft, _document(Path(path).name, path, options))
        if not isinstance(draft, Draft) or not draft.adds_up:
            raise PluginError("plugin-contract", culprit=importer, contract="FactorImporter.draft -> Draft")
        return draft

    def render(self, footprint: Footprint, *, report: str, language: str = "fr") -> bytes:
        """Render a footprint with a report. Raises PluginError where no report has that name, or where it fails."""
        if language not in LANGUAGES:
            raise ConfigurationError("language", value=language, known=", ".join(LANGUAGES))
        return _run(report, _named(self.reports, report, "report").render, footprint, language=language)


def _run(name: str, work: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Do a piece of a plugin's work; what a stranger's code raises is a fault of that plugin, and names it."""
    try:
        return work(*given, **named)
    except (GhgError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        raise PluginError("plugin-runs", name=name, reason=f"{type(error).__name__}: {error}") from error


def _in_order(providers: Iterable[FactorProvider]) -> tuple[FactorProvider, ...]:
    return tuple(sorted(providers, key=lambda provider: (provider.role, provider.name, provider.sources)))


def _unique(kind: str, names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise PluginError("name-twice", thing=kind, names=", ".join(twice))


def _named(things: tuple[T, ...], name: str, kind: str) -> T:
    for thing in things:
        if getattr(thing, "name") == name:  # noqa: B009 - the protocols share the attribute, their union does not say so
            return thing
    known = ", ".join(getattr(thing, "name") for thing in things)  # noqa: B009
    raise PluginError("not-installed", thing=kind, name=name, known=known or "-")


def _known(kind: str, given: Mapping[str, Any], known: Mapping[str, str], importer: str) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise InputError(
            f"{kind}-unknown", importer=importer, names=", ".join(unknown), known=", ".join(sorted(known)) or "-"
        )


def _document(
    name: str,
    path: str | Path,
    options: Mapping[str, str] | None,
    companions: Mapping[str, str | Path] | None = None,
) -> Document:
    others = {key: Document(Path(other).name, _bytes(Path(other))) for key, other in (companions or {}).items()}
    return Document(name, _bytes(Path(path)), dict(options or {}), others)


def _bytes(path: Path) -> bytes:
    try:
        special = path.exists() and not path.is_file()
        content = b"" if special else path.read_bytes()
    except (FileNotFoundError, ValueError) as error:  # a name with a NUL character is no name
        raise InputError("file-missing", path=path) from error
    except OSError as error:
        raise InputError("file-unreadable", path=path, reason=error) from error
    if special:
        raise InputError("file-special", path=path)
    return content


def _sha256(document: Document) -> str:
    return hashlib.sha256(document.content).hexdigest()


def _dialect(inventory: Inventory) -> str:
    return next(
        (
            finding.value
            for finding in inventory.findings
            if finding.code in ("dialect", "dialect-sheet", "dialect-xml")
        ),
        "",
    )
