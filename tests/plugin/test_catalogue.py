"""Plugins are found by an explicit call and checked at once; what is wrong is said, never skipped."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from ghg_numerique import (
    Catalogue,
    ConfigurationError,
    HardwareItem,
    InputError,
    Inventory,
    PluginError,
    Role,
    Source,
)
from ghg_numerique.plugin import Draft
from town import Figures, assess

PROVIDER = """
from ghg_numerique.plugin import Role, Source, hookimpl

class Provider:
    name, role, sources = "{name}", Role.ENERGY, (Source("{name}"),)
    def offers(self, keys, /):
        return []

@hookimpl
def ghg_factor_providers():
    return [Provider()]
"""

DISCOVER = """
import sys
from importlib.metadata import entry_points
from ghg_numerique import Catalogue, PluginError
others = {{entry.name for entry in entry_points(group="ghg_numerique") if not entry.name.startswith("fake")}}
try:
    found = Catalogue.discover(block=others | set({block!r}))
except PluginError as error:
    print(error.code, "|", error.text("en"))
else:
    print([provider.name for provider in found.providers], [record.name for record in found.plugins],
          [name for name in found.blocked if name not in others])
"""


class Site:
    """A folder of installed distributions that declare plugins, each a module of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, distribution: str, plugin: str, source: str) -> "Site":
        """Install a distribution that declares one plugin; its module is named after the distribution."""
        module = distribution.replace("-", "_")
        (self.folder / f"{module}.py").write_text(source)
        info = self.folder / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[ghg_numerique]\n{plugin} = {module}\n")
        return self

    def discover(self, *block: str) -> str:
        """Return what a fresh process finds here, leaving everything else out."""
        code = f"import sys; sys.path.insert(0, {str(self.folder)!r})" + DISCOVER.format(block=block)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_what_is_installed_is_found_in_the_order_of_names(site):
    site.install("dist-two", "fake-two", PROVIDER.format(name="two")).install(
        "dist-one", "fake-one", PROVIDER.format(name="one")
    )
    assert site.discover() == "['one', 'two'] ['fake-one', 'fake-two'] []"


def test_a_blocked_plugin_is_left_out_and_kept_in_mind(site):
    site.install("dist-one", "fake-one", PROVIDER.format(name="one")).install(
        "dist-two", "fake-two", "raise SystemError('never loaded')"
    )
    assert site.discover("fake-two") == "['one'] ['fake-one'] ['fake-two']"


def test_a_plugin_that_does_not_load_is_named_with_its_distribution_and_the_way_out(site):
    said = site.install("dist-bad", "fake-bad", "import something_that_nobody_has").discover()
    assert said.startswith("plugin-load | ")
    for part in ("'fake-bad'", "dist-bad", "something_that_nobody_has", 'block = ["fake-bad"]'):
        assert part in said


def test_an_unknown_hook_is_refused(site):
    source = "from ghg_numerique.plugin import hookimpl\n@hookimpl\ndef ghg_factor_provider():\n    return []\n"
    said = site.install("dist-typo", "fake-typo", source).discover()
    assert said.startswith("plugin-load | ")
    assert "ghg_factor_provider" in said


def test_a_hook_that_asks_for_arguments_is_refused(site):
    source = "from ghg_numerique.plugin import hookimpl\n@hookimpl\ndef ghg_importers(folder):\n    return []\n"
    assert site.install("dist-greedy", "fake-greedy", source).discover().startswith("plugin-load | ")


def test_two_plugins_of_one_name_are_refused_before_either_is_loaded(site):
    site.install("dist-one", "fake-same", "raise SystemError('loaded')").install(
        "dist-two", "fake-same", "raise SystemError('loaded')"
    )
    said = site.discover()
    assert said.startswith("plugin-twice | ")
    for part in ("'fake-same'", "dist-one", "dist-two"):
        assert part in said


def test_two_providers_of_one_name_and_role_are_refused(site):
    site.install("dist-one", "fake-one", PROVIDER.format(name="same")).install(
        "dist-two", "fake-two", PROVIDER.format(name="same")
    )
    said = site.discover()
    assert said.startswith("name-twice | ")
    assert "energy/same" in said


def test_a_thing_that_keeps_no_contract_is_refused(site):
    source = "from ghg_numerique.plugin import hookimpl\n@hookimpl\ndef ghg_reports():\n    return ['a report']\n"
    said = site.install("dist-odd", "fake-odd", source).discover()
    assert said.startswith("plugin-contract | ")
    assert "a report" in said


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("raise OSError('no disk')", "no disk"),
        ("return None", "NoneType"),
        ("yield 1 / 0", "zero"),
        ("raise SystemExit(0)", "SystemExit"),
        ("return [type('Odd', (), {'name': property(lambda _: 1 / 0), 'media_type': '', 'render': print})()]", "zero"),
    ],
)
def test_a_hook_that_fails_or_does_not_answer_is_a_fault_of_its_plugin(site, body, reason):
    source = f"from ghg_numerique.plugin import hookimpl\n@hookimpl\ndef ghg_reports():\n    {body}\n"
    said = site.install("dist-broken", "fake-broken", source).discover()
    assert said.startswith("plugin-load | ")
    for part in ("'fake-broken'", "dist-broken", reason):
        assert part in said


def test_what_was_blocked_stands_in_the_manifest():
    footprint = assess([], Catalogue.of(blocked=["abacus"]))
    assert footprint.manifest.blocked == ("abacus",)


def test_a_catalogue_by_hand_is_checked_as_a_discovered_one():
    with pytest.raises(PluginError) as twice:
        Catalogue.of(Figures(Role.ENERGY, {}), Figures(Role.ENERGY, {}))
    with pytest.raises(PluginError) as unsourced:
        Catalogue.of(Figures(Role.ENERGY, {}, sources=()))
    with pytest.raises(PluginError) as stranger:
        Catalogue.of("provider")
    assert [error.value.code for error in (twice, unsourced, stranger)] == [
        "name-twice",
        "plugin-sources",
        "plugin-contract",
    ]
    assert len(Catalogue.of(Figures(Role.ENERGY, {}), Figures(Role.EMBODIED, {})).providers) == 2


class Reader:
    """An importer that reads nothing, and says which files and options it understands."""

    name = "reader"
    options: ClassVar = {"basis": "HT or TTC"}
    companions: ClassVar = {"rooms": "the rooms"}

    def read(self, document, /):
        return Inventory.empty()


@pytest.mark.parametrize(
    ("importer", "given", "code"),
    [
        ("raeder", {}, "not-installed"),
        ("reader", {"options": {"bases": "HT"}}, "option-unknown"),
        ("reader", {"companions": {"room": "x.csv"}}, "companion-unknown"),
    ],
)
def test_what_an_importer_does_not_understand_is_refused_before_the_file_is_opened(tmp_path, importer, given, code):
    with pytest.raises((PluginError, InputError)) as refused:
        Catalogue.of(Reader()).read(tmp_path / "missing.csv", importer=importer, **given)
    assert refused.value.code == code


def test_files_that_cannot_be_read_are_told_apart(tmp_path):
    catalogue = Catalogue.of(Reader())
    with pytest.raises(InputError) as missing:
        catalogue.read(tmp_path / "missing.csv", importer="reader")
    with pytest.raises(InputError) as folder:
        catalogue.read(tmp_path, importer="reader")
    with pytest.raises(InputError) as nameless:
        catalogue.read(tmp_path / "a\0b.csv", importer="reader")
    assert missing.value.code == nameless.value.code == "file-missing"
    assert folder.value.code in ("file-special", "file-unreadable")


def test_a_file_without_a_row_is_a_fault_and_its_hash_is_kept(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    inventory = Catalogue.of(Reader()).read(tmp_path / "empty.csv", importer="reader")
    assert [finding.code for finding in inventory.findings] == ["no-rows"]
    assert inventory.inputs[0].sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_folder_of_tables_joins_without_code(tmp_path):
    with pytest.raises(InputError) as missing:
        Catalogue.of().with_tables(tmp_path / "none")
    with pytest.raises(InputError) as empty:
        Catalogue.of().with_tables(tmp_path)
    assert (missing.value.code, empty.value.code) == ("folder-missing", "no-tables")
    shipped = Path(__file__).parents[2] / "factor_tables" / "lifetimes-ademe-arcep-2022"
    assert [(provider.name, provider.role) for provider in Catalogue.of().with_tables(shipped).providers] == [
        ("lifetime", "lifetime")
    ]


class Publication:
    """An importer of factors that says of a file what it is told to."""

    name = "publication"
    options: ClassVar[dict[str, str]] = {"archived": "Also keeps archived rows."}

    def __init__(self, draft: object) -> None:
        self._draft = draft

    def draft(self, document, /):
        return self._draft


def test_an_importer_of_factors_is_asked_by_its_name(tmp_path):
    (tmp_path / "f").write_bytes(b"x")
    draft = Draft({"provider": "x"}, 0)
    catalogue = Catalogue.of(Publication(draft))
    assert catalogue.draft(tmp_path / "f", importer="publication", options={"archived": "yes"}) is draft
    with pytest.raises(PluginError, match="publication"):
        catalogue.draft(tmp_path / "f", importer="other")
    with pytest.raises(InputError, match="colour"):
        catalogue.draft(tmp_path / "f", importer="publication", options={"colour": "red"})
    with pytest.raises(InputError):
        catalogue.draft(tmp_path / "none", importer="publication")
    with pytest.raises(PluginError):
        Catalogue.of(Publication(draft), Publication(draft))


@pytest.mark.parametrize("draft", [None, Draft({"provider": "x"}, 1)])
def test_a_draft_that_does_not_account_for_every_row_is_not_accepted(draft, tmp_path):
    (tmp_path / "f").write_bytes(b"x")
    with pytest.raises(PluginError, match="Draft"):
        Catalogue.of(Publication(draft)).draft(tmp_path / "f", importer="publication")


class Broken:
    """A provider whose code fails, or that returns something else than offers."""

    name, role, sources = "broken", Role.EMBODIED, (Source("broken"),)

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def offers(self, keys, /):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "code"), [(ZeroDivisionError("oops"), "plugin-runs"), ([3], "plugin-contract"), (3, "plugin-runs")]
)
def test_a_provider_that_fails_while_it_runs_is_named(answer, code):
    row = HardwareItem("a", "laptop", 1, date(2024, 1, 1), domain="Office")
    with pytest.raises(PluginError) as failed:
        assess([row], [Broken(answer)])
    assert failed.value.code == code
    assert "broken" in str(failed.value)


def test_an_importer_or_a_report_that_fails_is_named(tmp_path):
    class Reads(Reader):
        name = "reads"

        def read(self, document, /):
            raise KeyError("column")

    class Tells:
        name, media_type = "tells", "text/plain"

        def render(self, footprint, /, *, language="fr"):
            raise KeyError("total")

    (tmp_path / "file.csv").write_bytes(b"a")
    catalogue = Catalogue.of(Reads(), Tells())
    for failing, name in (
        (lambda: catalogue.read(tmp_path / "file.csv", importer="reads"), "reads"),
        (lambda: catalogue.render(assess([]), report="tells"), "tells"),
    ):
        with pytest.raises(PluginError) as failed:
            failing()
        assert failed.value.code == "plugin-runs"
        assert failed.value.facts["name"] == name


class Proposes(Reader):
    """An importer that also proposes a mapping."""

    name = "proposes"

    def propose(self, document, /, *, language="fr"):
        return f"# {language} {document.name} {sorted(document.companions)}\n" if document.content else None


def test_a_mapping_is_proposed_by_an_importer_that_can(tmp_path):
    (tmp_path / "f.csv").write_text("x")
    (tmp_path / "empty.csv").write_text("")
    catalogue = Catalogue.of(Reader(), Proposes())
    page = catalogue.propose(
        tmp_path / "f.csv", importer="proposes", companions={"rooms": tmp_path / "empty.csv"}, language="en"
    )
    assert page == "# en f.csv ['rooms']\n"
    for given, kind, code in (
        ({"importer": "reader"}, PluginError, "not-installed"),
        ({"importer": "proposes", "language": "de"}, ConfigurationError, "language"),
        ({"importer": "proposes", "options": {"zz": ""}}, InputError, "option-unknown"),
    ):
        with pytest.raises(kind) as raised:
            catalogue.propose(tmp_path / "f.csv", **given)
        assert raised.value.code == code
    with pytest.raises(PluginError, match="Mapper"):
        catalogue.propose(tmp_path / "empty.csv", importer="proposes")


def test_a_report_in_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(ConfigurationError) as refused:
        Catalogue.of().render(assess([]), report="any", language="de")
    assert refused.value.code == "language"


def test_a_module_that_ends_the_process_while_it_loads_does_not(site):
    site.install("fake-quits", "fake-quits", "import sys; sys.exit(3)")
    assert site.discover().startswith("plugin-load | ")
