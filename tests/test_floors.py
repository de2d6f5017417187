"""The house stands on floors: a file imports only from floors below its own, wherever in the file the import is.

No circle is possible then. Third parties come in by their own doors, and nothing anywhere runs text as code.
"""

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "ghg_numerique"

FLOORS = """
    terms  wording  verifier  verifier.verify
    provenance  result.schema
    errors
    decimals
    csv_pages
    cells
    units  documents  printed.edges  printed.chance
    printed.tableau
    printed.system
    printed  printed.table
    printed.certificate
    model  model.profile  model.activity  model.quality  model.details  model.schema  model.texts  model.imprint  model.beside
    model.methodology
    model.columns  model.factors  model.project  model.arrow  model.table_pages
    model.arrow_numbers  model.combinations  model.strays  model.shares
    model.frame
    model.frame_rows
    model.inventory  model.table_rows  model.lock
    model.tables  model.draft  model.quarantine  model.links  model.manifest
    algebra  algebra.frames  algebra.trend  algebra.matrix  algebra.balances  algebra.rounding  algebra.ieee
    algebra.laws
    algebra.breakdown  algebra.sheet  algebra.uncertain
    algebra.levers  algebra.sensitivity
    algebra.scenario  algebra.chronicle
    algebra.presentation
    algebra.footprint
    algebra.precision
    algebra.evaluation  algebra.exposure  algebra.outcome  result  result.canonical
    result.record
    result.reading
    result.replay
    plugin.contracts
    plugin.hookspecs  plugin.table_provider
    plugin.sectors  plugin.discovery
    plugin  plugin.catalogue
    engine  engine.alike  engine.allocate  engine.boundary  engine.control  engine.choose
    engine.details
    engine.keys  engine.one_sided  engine.pairs  engine.fleet
    engine.sums  engine.resolve
    engine.pin
    engine.plan
    engine.post
    engine.names  engine.checks  engine.explain  engine.remarks  engine.bridge
    engine.sharing
    assessment
    files  folders.scenarios  folders.sources
    folders.folder  testing.strategies  testing.provider
    audit.behind
    audit.retold  audit.edits  audit.ambient  audit.shrink  audit.asking
    audit.subject
    audit.property  audit.by_hand  audit.renamed  audit.declared
    audit.floats
    audit.algebra  audit.completeness  audit.periods  audit.presentation  audit.provenance  audit.moments
    audit.draws
    audit.catalogue
    audit.run
    audit  audit.telling
    folders.years  folders.resizing  testing.methodologies  testing.promises  testing.pickled  testing.asked  testing.random_input
    testing.turns
    testing.steady
    testing.cases  testing.example  testing.reading
    testing.owed_by_providers  testing.owed_by_importers  testing.owed_by_drafters  testing.owed_by_reports
    testing.conformance
    testing.fingerprints
    testing.plugin_audit
    testing
    folders  folders.starter  folders.pairing  folders.export
    publishing  publishing.edition  publishing.redaction  publishing.secrecy  publishing.table
    publishing.tables  publishing.package
    publishing.dcat
    publishing.publication  telling.raw
    telling  telling.rows  telling.sharing  telling.cards  telling.intake  telling.outlook  telling.doubt  printed.telling
    telling.comparison  telling.sizing
    cli.french  cli.options  cli.progress
    cli.audits  cli.commands  cli.factors
    cli.tree
    cli
    __init__
"""
"""From the ground up; files of one floor do not know each other."""

TOP = len(FLOORS.split())
FLOOR = {name: number for number, line in enumerate(FLOORS.strip().splitlines()) for name in line.split()}

THE_ENGINE_SEES_OF_PLUGINS = {"plugin.contracts"}
"""What they promise: neither who they are nor how they were found."""

THE_COMMAND_SEES = {
    "audit.telling",
    "errors",
    "files",
    "folders.export",
    "folders.folder",
    "folders.pairing",
    "folders.starter",
    "folders.years",
    "plugin.catalogue",
    "printed.certificate",
    "printed.table",
    "printed.telling",
    "publishing.edition",
    "publishing.publication",
    "publishing.redaction",
    "result.reading",
    "result.replay",
    "telling.cards",
    "telling.comparison",
    "telling.doubt",
    "telling.intake",
    "telling.outlook",
    "telling.rows",
    "telling.sharing",
    "telling.sizing",
    "terms",
    "testing.plugin_audit",
    "wording",
}
"""A shell: it opens a folder, has it told, and writes what it was told. It knows neither rows nor factors."""

DOORS = {
    "pint": ["units"],
    "cattrs": ["documents"],
    "pluggy": ["plugin.*"],
    "numpy": [
        "model.columns",
        "model.inventory",
        "model.links",
        "model.profile",
        "model.texts",
        "model.arrow",
        "model.arrow_numbers",
        "model.combinations",
        "model.strays",
        "model.frame",
        "model.frame_rows",
        "algebra.ieee",
        "algebra.laws",
        "algebra.uncertain",
        "algebra.sensitivity",
        "algebra.evaluation",
        "engine.*",
        "audit.*",
        "testing.*",
    ],
    "hypothesis": ["testing.*"],
    "pyarrow": ["model.arrow", "model.arrow_numbers"],
    "click": ["cli", "cli.*"],
    "attrs": ["*"],
}
"""Where each third party may come in; any other is a dependency that nobody declared."""

BESIDE_THE_DOOR = {
    "ghg_numerique_files": {"errors", "units", "decimals", "cells", "documents", "model.schema", "wording"},
    "ghg_numerique_reports": {
        "algebra.balances", "algebra.footprint", "algebra.rounding", "model.project", "result.record", "terms", "units",
        "wording",
    },
}  # fmt: skip
"""What our own plugins take from the house beside `ghg_numerique.plugin`: exact quantities, and all that is shown."""

_READING = (
    "columns dates dialect equipment_types mapping proposal reading record refusal settings sheet spelling vocabularies"
)
_DRAWN = {
    "ghg_numerique_reports",
    *(f"ghg_numerique_reports.{name}" for name in ("charts", "svg", "typography", "view")),
}
THROUGH_THE_DOOR = {
    "ghg_numerique_ademe": {"ghg_numerique_files.workbook"},
    "ghg_numerique_files": {"python_calamine"},
    "ghg_numerique_html": {"jinja2", "markupsafe", *_DRAWN},
    "ghg_numerique_pdf": {"typst", *_DRAWN},
    "ghg_numerique_xlsx": {
        *(f"xlsxwriter{part}" for part in ("", ".format", ".utility", ".workbook", ".worksheet")),
        *_DRAWN,
    },
    "ghg_numerique_glpi": {
        "pymysql",
        "pymysql.converters",
        "ghg_numerique_files",
        *(f"ghg_numerique_files.{name}" for name in _READING.split()),
    },
}
"""Who else may come along with a plugin: a third party that it depends on, or what another of our plugins offers."""

RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNSAFE = {"pickle", "marshal", "shelve", "dill", "yaml"}
"""Modules that run what they read; TOML, CSV and JSON say all that the house needs."""


def files_of(folder: Path) -> dict[str, Path]:
    """Return the modules below a package, by the name that follows the name of the package."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


def imports(source: str) -> Iterator[str]:
    """Return every module that a source imports, inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative import: say the whole name, so that the floor can be read"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full.removeprefix("ghg_numerique.") in FLOOR else str(node.module)


def climbs(name: str, source: str) -> list[str]:
    """Return the imports of a module that do not lead to a floor below it."""
    wrong = []
    for module in imports(source):
        if module == "ghg_numerique":
            wrong.append("the face")
        elif module.startswith("ghg_numerique."):
            inside = module.removeprefix("ghg_numerique.")
            if FLOOR.get(inside, TOP) >= FLOOR.get(name, -1) or (
                name.startswith("engine") and inside.startswith("plugin") and inside not in THE_ENGINE_SEES_OF_PLUGINS
            ):
                wrong.append(inside)
    return wrong


def strangers(name: str, source: str) -> list[str]:
    """Return the third parties that come in by a door which is not theirs."""
    tops = {module.split(".")[0] for module in imports(source)} - {"ghg_numerique"} - set(sys.stdlib_module_names)
    return sorted(top for top in tops if not any(fnmatch(name, door) for door in DOORS.get(top, ())))


def runs_text(source: str) -> list[str]:
    """Return the calls by which a source would run text as code, and the modules that would."""
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT
    ]
    return [*calls, *(module for module in imports(source) if module.split(".")[0] in UNSAFE)]


HOUSE = files_of(SOURCES)
PLUGINS = {
    package.name: files_of(package)
    for package in sorted(ROOT.glob("plugins/*/src/*"))
    if (package / "__init__.py").is_file()
}
EVERYWHERE = [*HOUSE.values(), *(path for files in PLUGINS.values() for path in files.values())]


def test_every_file_has_a_floor_and_every_floor_its_files():
    assert set(HOUSE) == set(FLOOR)


@pytest.mark.parametrize("name", HOUSE)
def test_a_file_imports_only_from_floors_below(name):
    assert climbs(name, HOUSE[name].read_text()) == []


def test_the_command_is_a_thin_shell():
    pages = [path for name, path in HOUSE.items() if name.partition(".")[0] == "cli"]
    seen = {module for path in pages for module in imports(path.read_text()) if module.startswith("ghg_numerique.")}
    outside = {module.removeprefix("ghg_numerique.") for module in seen if not module.startswith("ghg_numerique.cli")}
    assert outside <= THE_COMMAND_SEES


@pytest.mark.parametrize("name", HOUSE)
def test_third_parties_come_in_by_their_own_door(name):
    assert strangers(name, HOUSE[name].read_text()) == []


@pytest.mark.parametrize("package", PLUGINS)
def test_a_plugin_comes_in_by_the_door_of_plugins(package):
    own = (
        package,
        "attrs",
        "ghg_numerique.plugin",
        *(f"ghg_numerique.{name}" for name in BESIDE_THE_DOOR.get(package, ())),
        *THROUGH_THE_DOOR.get(package, ()),
    )
    for path in PLUGINS[package].values():
        for module in imports(path.read_text()):
            allowed = (
                module.split(".")[0] in sys.stdlib_module_names or module in own or module.startswith(f"{package}.")
            )
            assert allowed, f"{path.name} imports {module}"


def test_one_file_alone_speaks_to_a_database():
    drivers = {name for name, path in PLUGINS["ghg_numerique_glpi"].items() if "pymysql" in imports(path.read_text())}
    assert drivers == {"database"}


@pytest.mark.parametrize("path", EVERYWHERE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_runs_text_as_code(path):
    pickles_what_it_made_itself = path == SOURCES / "testing" / "pickled.py"
    assert runs_text(path.read_text()) == (["pickle"] if pickles_what_it_made_itself else [])


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("units", "from ghg_numerique.model.factors import Chain", ["model.factors"]),
        ("units", "def late():\n    from ghg_numerique.assessment import assess", ["assessment"]),
        ("errors", "if TYPE_CHECKING:\n    import ghg_numerique.units", ["units"]),
        ("units", "from ghg_numerique import documents", ["documents"]),
        ("folder", "from ghg_numerique import assess", ["the face"]),
        ("engine.post", "from ghg_numerique.plugin.catalogue import Catalogue", ["plugin.catalogue"]),
        ("engine.choose", "from ghg_numerique.plugin import Offer", ["plugin"]),
        ("engine.choose", "from ghg_numerique.plugin.contracts import Offer", []),
    ],
)
def test_an_import_that_climbs_is_found(name, source, found):
    assert climbs(name, source) == found


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("model.factors", "import pint", ["pint"]),
        ("model.factors", "def late():\n    import numpy.typing as npt", ["numpy"]),
        ("assessment", "from pandas import DataFrame", ["pandas"]),
        ("units", "import pint, attrs, re", []),
    ],
)
def test_a_third_party_at_the_wrong_door_is_found(name, source, found):
    assert strangers(name, source) == found


@pytest.mark.parametrize(
    "source", ["eval('1')", "def f(t):\n    return exec(t)", "import pickle", "from yaml import load"]
)
def test_text_that_would_run_is_found(source):
    assert runs_text(source) != []
