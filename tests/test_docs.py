"""The pages say what is true: every block of README.md and docs/ is run, every link is followed, every name is there.

A comment on the line before a block says what the block is, where its language does not:

    <!-- file: PATH -->        the block is this file, and is written        (toml, csv, text, json, python)
    <!-- append: PATH -->      the block is rows that a reader adds to it    (csv)
    <!-- change: PATH -->      each `key = value` replaces the line of that key  (toml)
    <!-- methodology -->       the block is a whole methodology              (toml)
    <!-- ghg.toml -->          the block is a whole page of a folder         (toml)
    <!-- exit: N -->           each command of the block leaves with code N  (console)
    <!-- output -->            the block is a part of what the last command printed (text)

A page is read from top to bottom in a folder of its own, which holds a copy of `examples/`; its Python blocks share one
namespace, and a function `test_*` that a block defines is called. In output, `...` stands for anything.
"""

import io
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Final

import attrs
import click
import pytest

import ghg_numerique as ghg
from ghg_numerique import cli, errors, terms
from ghg_numerique.documents import structure
from ghg_numerique.model import methodology, project
from ghg_numerique.units import names

HOUSE: Final = Path(__file__).resolve().parents[1]
REFERENCE: Final = HOUSE / "docs" / "reference"
PAGES: Final = (HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md")))
NOT_RUN: Final = {
    "pip install uv && uv run ghg-numerique assess examples/ville",
    "pip install uv && uv run pytest",
    "python benchmarks/run.py",
    "pytest",
}
"""Commands that a page shows and that CI runs, or that need another environment."""

_BLOCK = re.compile(r"(?P<marks>(?:^<!-- [^\n]+ -->\n)*)^```(?P<language>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
_MARK = re.compile(r"^<!-- (?P<name>[a-z.]+)(?:: (?P<value>.+))? -->$", re.M)
_SIGNATURE = re.compile(r"def [^\n]*[^:\n]\n")
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")


@attrs.frozen
class Block:
    """A fenced block: its language, the marks before it, its text, and the line on which it starts."""

    language: str
    marks: dict[str, str]
    text: str
    line: int


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        marks = {mark["name"]: mark["value"] or "" for mark in _MARK.finditer(found["marks"])}
        yield Block(found["language"], marks, found["text"], text.count("\n", 0, found.start("text")) + 1)


class Reader:
    """Does what a page says, block after block."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {"__name__": "page"}
        self.printed = ""

    def read(self, page: Path, block: Block) -> None:
        known: dict[str, Callable[[Path, Block], None]] = {
            "python": self.python, "console": self.console, "toml": self.toml, "json": self.json, "csv": self.plain,
            "text": self.plain,
        }  # fmt: skip
        known[block.language](page, block)

    def python(self, page: Path, block: Block) -> None:
        if _SIGNATURE.fullmatch(block.text):
            compile(f"{block.text.rstrip()}: ...", str(page), "exec")
            return
        if "file" in block.marks:
            self.plain(page, block)
            return
        before = set(self.namespace)
        exec(compile("\n" * (block.line - 1) + block.text, str(page), "exec"), self.namespace)
        for name in sorted(set(self.namespace) - before):
            if name.startswith("test_"):
                self.namespace[name]()

    def console(self, _page: Path, block: Block) -> None:
        for command, wanted in _commands(block.text):
            if not command.startswith("ghg-numerique "):
                assert command in NOT_RUN, f"neither run nor on the list of what CI runs: {command}"
                continue
            code, self.printed = run(shlex.split(command)[1:])
            assert code == int(block.marks.get("exit", "0")), f"$ {command}\n{self.printed}"
            assert_same(wanted or "...", self.printed, command)

    def toml(self, page: Path, block: Block) -> None:
        document = tomllib.loads(block.text)
        if "methodology" in block.marks:
            ghg.Methodology.parse(block.text)
        if "ghg.toml" in block.marks or block.marks.get("file", "").endswith("ghg.toml"):
            structure(document, ghg.Project, name=page.name)
        if "change" in block.marks:
            change(Path(block.marks["change"]), block.text)
        self.plain(page, block)

    def json(self, page: Path, block: Block) -> None:
        json.loads(block.text)
        self.plain(page, block)

    def plain(self, _page: Path, block: Block) -> None:
        if "output" in block.marks:
            assert_same(f"...{block.text}...", f"\n{self.printed}\n", "the last command")
        for name, mode in (("file", "w"), ("append", "a")):
            if name in block.marks:
                Path(block.marks[name]).parent.mkdir(parents=True, exist_ok=True)
                with Path(block.marks[name]).open(mode, encoding="utf-8", newline="\n") as file:
                    file.write(block.text)


def run(arguments: list[str]) -> tuple[int, str]:
    """Return the exit code of a command, and what it printed on both streams."""
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(screen), redirect_stderr(screen), pytest.raises(SystemExit) as left:
        cli.main(arguments)
    screen.seek(0)
    return int(left.value.code or 0), screen.read()


def change(path: Path, lines: str) -> None:
    """Replace, for each `key = value`, the one line of a file that has this key; a comment mark before it is lost."""
    text = path.read_text(encoding="utf-8")
    for line in lines.splitlines():
        if key := re.match(r"(\w+) = ", line):
            text, count = re.subn(rf"(?m)^(# )?{key[1]} = .*$", lambda _found, line=line: line, text)
            assert count == 1, f"{key[1]} stands {count} times in {path}"
    path.write_text(text, encoding="utf-8")


def assert_same(wanted: str, got: str, command: str) -> None:
    """Check an output; white space may differ, and `...` stands for anything."""
    first, *others = [" ".join(piece.split()) for piece in wanted.split("...")]
    text = " ".join(got.split())
    fits = text.startswith(first) if others else text == first
    place = len(first)
    for piece in others[:-1]:
        place = text.find(piece, place) + len(piece) if piece in text[place:] else len(text) + 1
    if others:
        fits = fits and place + len(others[-1]) <= len(text) and text.endswith(others[-1])
    assert fits, f"$ {command}\n{got}\n--- expected:\n{wanted}"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Return each command of a block, with the output that is shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command.strip(), output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_block_of_a_page_holds(page, tmp_path, monkeypatch):
    shutil.copytree(HOUSE / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("GHG_NUMERIQUE_LANG", raising=False)
    reader = Reader()
    for block in blocks_of(page):
        try:
            reader.read(page, block)
        except Exception as error:
            raise AssertionError(f"{page.relative_to(HOUSE)}:{block.line}: {type(error).__name__}: {error}") from error


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_relative_link_of_a_page_leads_somewhere(page):
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    targets = {found["target"].partition("#")[0] for found in _LINK.finditer(text)}
    local = {target for target in targets if target and "://" not in target}
    assert sorted(target for target in local if not (page.parent / target).exists()) == []


def test_the_index_leads_to_every_page():
    index = (HOUSE / "docs" / "index.md").read_text(encoding="utf-8")
    pages = [page.relative_to(HOUSE / "docs").as_posix() for page in PAGES[1:] if page.parent.name != "adr"]
    assert [page for page in pages if page != "index.md" and f"]({page})" not in index] == []


def assert_named(page: str, wanted: set[str]) -> None:
    """Check that a page of the reference names each of these between backquotes, as code."""
    text = _BLOCK.sub("", (REFERENCE / page).read_text(encoding="utf-8"))
    said = {code.strip('"') for code in re.findall(r"`([^`\n]+)`", text)}
    assert sorted(wanted - said) == []


def _params(command: click.Command) -> set[str]:
    found = {name for param in command.params for name in param.opts if name.startswith("-")}
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return found.union(*map(_params, inner))


def test_cli_md_names_every_command_option_and_exit_code():
    root = cli.build("en")
    commands = {name if command is root else f"{command.name} {name}"
                for command in (root, root.commands["factors"]) for name in command.commands}  # fmt: skip
    codes = {str(code) for code in (0, cli.AT_FAULT, cli.MISUSED, cli.BROKEN, cli.INTERRUPTED)}
    assert_named("cli.md", commands | _params(root) | codes | {"GHG_NUMERIQUE_LANG", "GHG_NUMERIQUE_DEBUG"})


def _fields(*kinds: type) -> set[str]:
    return {field.name for kind in kinds for field in attrs.fields(kind)}


def test_ghg_toml_md_names_every_key():
    kinds = (project.Project, project.Input, project.Control, project.StockTake, project.ReferenceInventory)
    assert_named("ghg-toml.md", _fields(*kinds))


def test_methodology_toml_md_names_every_key_and_every_word():
    kinds = (methodology.Methodology, methodology.Route, methodology.Fleet, methodology.Prices, methodology.Deflator,
             methodology.OutOfBoundary, methodology.Assignment, methodology.DetailRule)  # fmt: skip
    vocabularies = (terms.Activity, terms.Stage, terms.Allocation, terms.State, terms.Expired, terms.PriceYear)
    words = {str(word) for kind in vocabularies for word in kind}
    linked = {"embodied", "energy", "electricity", "monetary", "lifetime"}
    assert_named("methodology-toml.md", _fields(*kinds) | words | linked | set(methodology.DIMENSIONS))


def test_files_md_names_every_importer_option_companion_and_column():
    importers = [importer for importer in ghg.Catalogue.discover().importers if "example" not in importer.name]
    said = {name for importer in importers for name in (importer.name, *importer.options, *importer.companions)}
    assert len(importers) == 11
    from ghg_numerique_files import (
        datacentres,
        docbudgetaire,
        emissions,
        hardware,
        m57,
        numecoeval,
        scdl,
        shares,
        spending,
    )
    from ghg_numerique_files.ledger_columns import ledger_columns
    from ghg_numerique_glpi import connection, glpi_csv, ocs_csv

    lists = [
        each.COLUMNS for each in (datacentres, docbudgetaire, emissions, hardware, m57, numecoeval, scdl, spending)
    ]
    lists.append(ledger_columns(ghg.Document("ledger.csv", b"")))
    lists.extend([glpi_csv.COLUMNS, ocs_csv.COLUMNS, shares.VIRTUAL, shares.APPLICATIONS])
    said |= {*connection.KEYS, *glpi_csv.KINDS}
    said |= {header for columns in lists for column in columns for header in column.headers}
    assert_named("files.md", said)


def test_units_md_names_every_unit():
    assert_named("units.md", set(names()))


def test_errors_md_names_every_error_fate_exclusion_and_gap():
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.GhgError)
    }
    words = {str(word) for kind in (terms.Severity, terms.Fate, terms.Exclusion, terms.Gap) for word in kind}
    assert_named("errors.md", kinds | words)


def test_python_md_names_the_whole_public_face():
    assert_named("python.md", set(ghg.__all__))


def test_report_json_md_names_every_key():
    city = ghg.Folder.open(HOUSE / "examples" / "ville")
    tree = json.loads(city.catalogue.render(city.footprint, report="json"))
    assert_named("report-json.md", set(_keys(tree)) - set(city.methodology.rollups))


def _keys(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _keys(inner)
