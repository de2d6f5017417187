"""Writing files and folders: whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ghg_numerique.errors import ConfigurationError, InputError

_PART: Final = ".part"
"""How the name of a file ends that is being written; it begins with a point, the name of its place, and a process."""


def write_whole(name: str, content: bytes) -> None:
    """Write a file beside its place, then move it there; what was there before stays until the new one is complete.

    Whenever the power goes, the old file is there or the new one, and never a part of one. What a process that was
    killed left behind is cleared away. Raises InputError where it cannot be written, and then nothing has changed.
    """
    path = Path(name)
    if not path.parent.is_dir():
        raise InputError("folder-missing", path=path.parent)
    if path.exists() and not path.is_file():
        raise InputError("file-special", path=path)
    _clear(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    with _said(path):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _keep(path.parent)


def write_new(name: str, content: bytes) -> None:
    """Write a file that is not there yet. Raises InputError where one is: what a person wrote is not replaced."""
    if Path(name).exists():
        raise InputError("file-exists", path=name)
    write_whole(name, content)


def same_place(one: str | Path, other: str | Path) -> bool:
    """Tell whether two paths lead to one file, by whatever links, or would if it were there."""
    if Path(one).exists() and Path(other).exists():
        return Path(one).samefile(other)
    return Path(one).resolve() == Path(other).resolve()


def write_folder(folder: Path, pages: Mapping[str, bytes], check: Callable[[Path], object] | None = None) -> Path:
    """Write a folder of files beside its place, let `check` look at it, then move it there, and return it.

    Nothing that exists is overwritten: a folder with something in it is refused, and so is one without a name (`.`).
    """
    if not folder.name:
        raise ConfigurationError("folder-nameless", path=folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError("folder-not-empty", path=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    around = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{os.getpid()}.", suffix=_PART, dir=folder.parent))
    beside = around / folder.name  # under its own name already, which a check may look at
    try:
        beside.mkdir()
        for name, content in pages.items():
            write_whole(str(beside / name), content)
        if check is not None:
            check(beside)
        beside.chmod(0o755)
        with _said(folder):
            beside.replace(folder)
            _keep(folder.parent)
    finally:
        shutil.rmtree(around, ignore_errors=True)
    return folder


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say which file the system refused to write, and why: a full disk names none."""
    try:
        yield
    except OSError as error:
        raise InputError("file-unwritable", path=path, reason=error.strerror or error) from error


def _keep(folder: Path) -> None:
    """Have the names of a folder written to the disk, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _clear(path: Path) -> None:
    """Remove what processes that no longer run left beside a place; what a running one writes is left alone."""
    for left in path.parent.glob(f".{_literal(path.name)}.*{_PART}"):
        process = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if process.isdecimal() and not _runs(int(process)):
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _literal(name: str) -> str:
    """Return a name as a pattern that only this name fits."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _runs(process: int) -> bool:
    """Tell whether a process runs, on this machine; what cannot be told is taken to run."""
    if os.name != "posix":
        return True  # elsewhere, asking a process by a signal would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
