"""A file is written whole, where a file can be: what is no file is neither replaced nor read."""

import os
from pathlib import Path

import pytest

from ghg_numerique.errors import ConfigurationError, InputError
from ghg_numerique.files import write_folder, write_new, write_whole


def test_a_file_is_written_whole_over_the_one_that_was_there(tmp_path: Path) -> None:
    place = tmp_path / "bilan.md"
    write_whole(str(place), b"old")
    write_whole(str(place), b"new")
    assert place.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [place]


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    place = tmp_path / "correspondance.toml"
    write_new(str(place), b"mine")
    with pytest.raises(InputError) as refused:
        write_new(str(place), b"proposed")
    assert (refused.value.code, place.read_bytes()) == ("file-exists", b"mine")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        with pytest.raises(InputError) as refused:
            write_whole(str(place), b"content")
        assert refused.value.code == "file-special"
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_file_in_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        write_whole(str(tmp_path / "missing" / "bilan.md"), b"content")
    assert refused.value.code == "folder-missing"


def test_a_folder_is_not_written_over_another(tmp_path: Path) -> None:
    write_folder(tmp_path / "tables", {"table.csv": b"id"})
    with pytest.raises(ConfigurationError) as refused:
        write_folder(tmp_path / "tables", {"table.csv": b"other"})
    assert refused.value.code == "folder-not-empty"
    assert (tmp_path / "tables" / "table.csv").read_bytes() == b"id"
