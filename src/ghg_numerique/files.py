"""Writing files and folders: whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ghg_numerique.errors import ConfigurationError, InputError


def write_whole(name: str, content: bytes) -> None:
    """Write a file beside its place, then move it there; what was there before stays until the new one is complete."""
    path = Path(name)
    if not path.parent.is_dir():
        raise InputError("folder-missing", path=path.parent)
    if path.exists() and not path.is_file():
        raise InputError("file-special", path=path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_new(name: str, content: bytes) -> None:
    """Write a file that is not there yet. Raises InputError where one is: what a person wrote is not replaced."""
    if Path(name).exists():
        raise InputError("file-exists", path=name)
    write_whole(name, content)


def write_folder(folder: Path, pages: Mapping[str, bytes], check: Callable[[Path], object] | None = None) -> Path:
    """Write a folder of files beside its place, let `check` look at it, then move it there, and return it.

    Nothing that exists is overwritten: a folder with something in it is refused.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError("folder-not-empty", path=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, content in pages.items():
            write_whole(str(beside / name), content)
        if check is not None:
            check(beside)
        beside.chmod(0o755)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder
