"""A starting folder: the pages and files that a footprint needs, commented, with a few rows to replace."""

from importlib.resources import files
from pathlib import Path

from ghg_numerique.files import write_folder


def start(path: str) -> tuple[Path, ...]:
    """Write the starting folder, whole or not at all, and return its files. Nothing that exists is overwritten."""
    pages = {page.name: page.read_bytes() for page in (files(__package__) / "start").iterdir()}
    return tuple(sorted(write_folder(Path(path), pages).iterdir()))
