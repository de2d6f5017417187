"""Writing files: whole or not at all."""

import os
from pathlib import Path


def write_whole(name: str, content: bytes) -> None:
    """Write a file beside its place, then move it there; what was there before stays until the new one is complete."""
    path = Path(name)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
