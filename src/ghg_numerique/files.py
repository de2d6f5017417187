"""Writing files: whole or not at all."""

import os
from pathlib import Path

from ghg_numerique.errors import InputError


def write_whole(name: str, content: bytes) -> None:
    """Write a file beside its place, then move it there; what was there before stays until the new one is complete."""
    path = Path(name)
    if not path.parent.is_dir():
        raise InputError("folder-missing", path=path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
