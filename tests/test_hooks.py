"""Hooks stay honest: each has a heading, its exact signature and a running example in the docs, and a test of its name."""

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pluggy
import pytest

from ghg_numerique import Catalogue, Document, Footprint, Inventory
from ghg_numerique.plugin import hookspecs
from town import assess

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reference" / "hooks.md").read_text()
HOOKS = [name for name, hook in vars(hookspecs).items() if hasattr(hook, f"{hookspecs.GROUP}_spec")]


def section(name: str) -> str:
    """Return what the page says of a hook."""
    found = re.search(rf"^## {name}\(\)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/hooks.md has no heading '## {name}()'"
    return found[1]


def signature(name: str) -> str:
    """Return the signature of a hook as its author writes it."""
    (node,) = [node for node in ast.walk(ast.parse(inspect.getsource(hookspecs))) if getattr(node, "name", "") == name]
    assert isinstance(node, ast.FunctionDef)
    return ast.unparse(ast.FunctionDef(name, node.args, [ast.Pass()], [], node.returns, lineno=0)).partition(":\n")[0]


def example(name: str) -> Catalogue:
    """Run the example of a hook as a plugin, and return the catalogue of what it brings."""
    code = re.findall(r"^```python\n(.*?)^```", section(name), re.MULTILINE | re.DOTALL)[-1]
    module = ModuleType(f"example_of_{name}")
    exec(code, vars(module))
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(module)
    manager.check_pending()
    (things,) = getattr(manager.hook, name)()
    return Catalogue.of(*things)


def test_there_are_hooks_to_speak_of():
    assert HOOKS == ["ghg_factor_providers", "ghg_importers", "ghg_factor_importers", "ghg_reports"]


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_documented_with_its_exact_signature(name):
    assert f"```python\n{signature(name)}\n```" in section(name)
    assert inspect.getdoc(getattr(hookspecs, name)) in section(name)
    assert "**Contract**" in section(name)


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_takes_no_argument(name):
    assert not inspect.signature(getattr(hookspecs, name)).parameters


def test_every_hook_has_a_test_of_its_name():
    tested = {
        node.name
        for path in ROOT.joinpath("tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    assert {f"test_hook_{name}" for name in HOOKS} <= tested


def test_every_heading_is_a_hook():
    assert re.findall(r"^## (\w+)\(\)", PAGE, re.MULTILINE) == HOOKS


def test_hook_ghg_factor_providers():
    (provider,) = example("ghg_factor_providers").providers
    assert (provider.name, provider.role, [source.id for source in provider.sources]) == (
        "abacus", "energy", ["publicodes-energy-2.2.0"],
    )  # fmt: skip


def test_hook_ghg_importers():
    (importer,) = example("ghg_importers").importers
    read = importer.read(Document("park.csv", b"laptop"))
    assert isinstance(read, Inventory)
    assert [finding.text("en") for finding in read.findings] == ["park.csv, row 1: this row is refused."]


def test_hook_ghg_factor_importers():
    (importer,) = example("ghg_factor_importers").factor_importers
    draft = importer.draft(Document("laptops.txt", b"P14=210\nP15=?\n"))
    assert [(row["id"], row["value"]) for row in draft.rows] == [("P14", "210")]
    assert [finding.text("en") for finding in draft.refused] == ["laptops.txt, row 2: no number follows the name."]
    assert draft.adds_up


def test_hook_ghg_reports():
    catalogue = example("ghg_reports")
    footprint = assess([])
    assert isinstance(footprint, Footprint)
    assert catalogue.render(footprint, report="total") == b"0,0 tCO2eq\n"
