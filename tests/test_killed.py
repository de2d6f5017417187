"""Whatever happens while a file is written, a reader finds the old one or the new one, whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ghg_numerique.errors import InputError
from ghg_numerique.files import write_folder, write_whole

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of processes are those of POSIX")

KILLS = int(os.environ.get("GHG_NUMERIQUE_KILLS", "40"))
SIZE = 2_000_000

FORKS = """
import os, sys
from pathlib import Path
from ghg_numerique.files import write_whole

place, size = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        for letter in "abcdefghij" * 1000:
            write_whole(place, letter.encode() * size)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""
"""A process that forks a writer for each line that it is given: starting Python for each would take the longest."""

LIMITED = """
import resource, sys
from ghg_numerique.errors import InputError
from ghg_numerique.files import write_whole

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(sys.argv[1], b"new" * 1000)
except InputError as error:
    print(error.code)
"""


@pytest.fixture
def writers(tmp_path):
    """Return what starts a writer of one letter after another at a place, and kills it after a while."""
    place = tmp_path / "bilan.json"
    with subprocess.Popen(
        [sys.executable, "-c", FORKS, str(place), str(SIZE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"

        def killed_after(seconds: float) -> Path:
            parent.stdin.write("go\n")
            parent.stdin.flush()
            child = int(parent.stdout.readline())
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "dead\n"
            return place

        yield killed_after
        parent.stdin.close()


def test_a_writer_that_is_killed_leaves_no_torn_file_and_nothing_beside_it(writers, tmp_path):
    chance, place = random.Random(2024), tmp_path / "bilan.json"
    write_whole(str(place), b"z" * SIZE)
    left = 0
    for _ in range(KILLS):
        writers(chance.uniform(0, 0.03))
        content = place.read_bytes()
        assert len(content) == SIZE
        assert content == content[:1] * SIZE
        left += len(list(tmp_path.iterdir())) - 1
    write_whole(str(place), b"whole")
    assert list(tmp_path.iterdir()) == [place]
    assert left, "no kill fell into the writing of a file: this test has seen nothing"


def test_what_a_running_process_writes_is_left_alone(tmp_path):
    own, other = tmp_path / f".bilan.md.{os.getppid()}.part", tmp_path / ".bilan.md.notes.part"
    for place in (own, other):
        place.write_bytes(b"half")
    write_whole(str(tmp_path / "bilan.md"), b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([own.name, other.name, "bilan.md"])


def test_the_folder_of_a_process_that_was_killed_is_cleared_away(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    half = tmp_path / f".table.{gone.pid}.abc.part"
    half.mkdir()
    (half / "table.csv").write_bytes(b"id")
    write_folder(tmp_path / "table", {"table.csv": b"id"})
    assert [path.name for path in tmp_path.iterdir()] == ["table"]


def test_a_disk_that_is_full_keeps_the_old_file_and_is_said(tmp_path):
    place = tmp_path / "bilan.md"
    write_whole(str(place), b"old")
    done = subprocess.run([sys.executable, "-c", LIMITED, str(place)], capture_output=True, text=True, check=True)
    assert done.stdout == "file-unwritable\n"
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_whichever_call_fails_the_old_file_stays(call, tmp_path, monkeypatch):
    place = tmp_path / "bilan.md"
    write_whole(str(place), b"old")

    def refuse(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    if call == "replace":
        monkeypatch.setattr(Path, "replace", refuse)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", refuse)
    else:
        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as refused:
        write_whole(str(place), b"new")
    assert "No space left" in refused.value.text("en")
    monkeypatch.undo()
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]
