"""An edition writes every form of a report into one folder: whole files, names that cannot collide, nothing else touched."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique.errors import PluginError
from ghg_numerique.plugin import Album
from ghg_numerique.publishing.edition import SUFFIXES, Edition

VILLE = Path(__file__).parents[1] / "examples" / "ville"


@attrs.frozen
class Page:
    """A report of one line."""

    name: str
    media_type: str = "text/plain"

    def render(self, footprint: ghg.Footprint, /, *, language: str = "fr") -> bytes:
        """Return the name and the language."""
        return f"{self.name} {language}\n".encode()


@attrs.frozen
class Leaves(Page):
    """A report that comes apart."""

    names: tuple[str, ...] = ("a", "b-2")

    def leaves(self, footprint: ghg.Footprint, /, *, language: str = "fr") -> Mapping[str, bytes]:
        """Return a document for each name."""
        return {name: name.encode() for name in self.names}


@pytest.fixture(scope="module")
def city() -> ghg.Folder:
    return ghg.Folder.open(VILLE)


def edition(city: ghg.Folder, *reports: object, language: str = "fr") -> Edition:
    return Edition(city.footprint, ghg.Catalogue.of(*reports), language)


def test_every_form_of_the_house_is_written_and_reads_as_what_it_is(city, tmp_path):
    written = list(Edition(city.footprint, city.catalogue).write(tmp_path / "new" / "folder"))
    assert {path.name for path in written} >= {
        f"bilan-2024{suffix}" for suffix in (".txt", ".md", ".json", ".csv", ".html", ".xlsx")
    }
    assert {path.name for path in written if path.suffix == ".svg"} >= {
        "bilan-2024-domain.svg",
        "bilan-2024-rollups-tier.svg",
    }
    assert sorted(tmp_path.rglob("*.*")) == sorted(written)
    for report in city.catalogue.reports:
        if not isinstance(report, Album):
            name = next(path for path in written if path.read_bytes() == report.render(city.footprint))
            assert name.suffix == SUFFIXES[report.media_type][1]


def test_a_form_that_is_not_the_plain_one_has_its_name_in_its_file(city, tmp_path):
    both = edition(city, Page("text"), Page("other"), Page("odd", "x/unheard-of"))
    assert {path.name for path in both.write(tmp_path)} == {"bilan-2024.txt", "bilan-2024-other.txt", "bilan-2024-odd"}


def test_the_language_is_that_of_the_names_and_of_the_documents(city, tmp_path):
    (path,) = edition(city, Page("text"), language="en").write(tmp_path)
    assert (path.name, path.read_text()) == ("footprint-2024.txt", "text en\n")


def test_an_album_gives_a_file_for_each_leaf(city, tmp_path):
    found = {path.name: path.read_bytes() for path in edition(city, Leaves("svg", "image/svg+xml")).write(tmp_path)}
    assert found == {"bilan-2024-a.svg": b"a", "bilan-2024-b-2.svg": b"b-2"}


@pytest.mark.parametrize("leaf", ["", "../a", "a b", "A", "a/b", "-a"])
def test_a_leaf_cannot_leave_the_folder(city, tmp_path, leaf):
    with pytest.raises(PluginError):
        list(edition(city, Leaves("svg", "image/svg+xml", (leaf,))).write(tmp_path / "in"))
    assert not list(tmp_path.rglob("*.svg"))


def test_forms_can_be_chosen_once_each_and_others_are_refused(city, tmp_path):
    both = edition(city, Page("text"), Page("other"))
    assert [report.name for report in both.only(["other", "other"]).forms] == ["other"]
    assert both.only([]) == both
    with pytest.raises(PluginError, match="pdf"):
        both.only(["pdf"])


def test_what_else_is_in_the_folder_stays(city, tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    (tmp_path / "bilan-2024.txt").write_text("old")
    list(edition(city, Page("text")).write(tmp_path))
    assert (tmp_path / "mine.txt").read_text() == "kept"
    assert (tmp_path / "bilan-2024.txt").read_text() == "text fr\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_form_never_takes_the_place_of_what_the_folder_is_read_from(tmp_path):
    shutil.copytree(VILLE, tmp_path / "ville")
    parc = tmp_path / "ville" / "parc.csv"
    parc.rename(tmp_path / "ville" / "bilan-2024.csv")
    page = tmp_path / "ville" / "ghg.toml"
    page.write_text(page.read_text("utf-8").replace("parc.csv", "bilan-2024.csv"), "utf-8")
    before = (tmp_path / "ville" / "bilan-2024.csv").read_bytes()
    done = command("report", str(tmp_path / "ville"), "-o", str(tmp_path / "ville"), "--form", "csv")
    assert done.returncode == 1
    assert (tmp_path / "ville" / "bilan-2024.csv").read_bytes() == before


def test_a_file_in_the_place_of_the_folder_is_refused(city, tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OSError):
        list(edition(city, Page("text")).write(tmp_path / "file"))


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"from ghg_numerique.cli import main; main({list(arguments)!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_command_lists_what_it_wrote_and_shows_no_bar_where_nobody_looks(tmp_path):
    done = command("report", str(VILLE), "-o", str(tmp_path), "--form", "markdown", "--form", "html", "--lang", "en")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"Written: {tmp_path / 'footprint-2024'}{end}" for end in (".md", ".html")]


def test_a_form_that_is_not_installed_is_refused_before_anything_is_written(tmp_path):
    done = command("report", str(VILLE), "-o", str(tmp_path / "new"), "--form", "papyrus")
    assert done.returncode == 1
    assert "papyrus" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("command", "language", "said"),
    [
        (("report", "--form", "text"), "fr", ("lecture", "calcul", "bilan-2024.txt")),
        (("publish", "--licence", "etalab-2.0"), "en", ("reading", "computing")),
        (("assess",), "fr", ("lecture", "calcul")),
    ],
)
def test_a_bar_is_shown_where_somebody_looks_and_never_among_the_data(tmp_path, command, language, said):
    reader, writer = pty.openpty()
    name, *options = command
    arguments = [name, str(VILLE), "-o", str(tmp_path / "new"), *options, "--lang", language]
    code = f"from ghg_numerique.cli import main; main({arguments!r})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=writer, check=False)
    os.close(writer)
    shown = os.read(reader, 100_000).decode()
    os.close(reader)
    assert done.returncode == 0
    assert [shown.index(word) for word in said] == sorted(shown.index(word) for word in said)
    assert "100%" in shown
    assert {line.split(":")[0].strip() for line in done.stdout.decode().splitlines()} <= {"Écrit", "Written"}
