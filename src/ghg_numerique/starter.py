"""A starting folder: the pages and files that a footprint needs, commented, with a few rows to replace."""

import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from ghg_numerique.errors import ConfigurationError


def start(path: str) -> tuple[Path, ...]:
    """Write the starting folder, whole or not at all, and return its files. Nothing that exists is overwritten."""
    folder = Path(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError("folder-not-empty", path=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for page in (files(__package__) / "starter").iterdir():
            (beside / page.name).write_bytes(page.read_bytes())
        beside.chmod(0o755)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(folder.iterdir()))
