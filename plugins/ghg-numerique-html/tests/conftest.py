"""Where the material beside the checkout lies, and a browser to look at pages with."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared"
ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs that lies beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"the material shared between checkouts is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium of this machine; tests that look at a page are skipped without it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="uv sync --group browser brings playwright")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium brings one")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=list(ALONE))
        yield opened
        opened.close()
