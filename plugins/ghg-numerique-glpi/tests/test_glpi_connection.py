"""The page that says how to reach a database: every fault of it at once, and never a password in it."""

import pytest

from ghg_numerique.plugin import Document
from ghg_numerique_glpi import GlpiSql

SOUND = {"unix_socket": "/nowhere/s", "database": "glpi", "user": "lecture"}


def take(page):
    text = "".join(
        f"{key} = {value if isinstance(value, int) else chr(34) + value + chr(34)}\n" for key, value in page.items()
    )
    return GlpiSql().read(Document("glpi.toml", text.encode()))


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, [("glpi-connection", "No such file or directory")]),
        ({"password": "secret"}, [("glpi-password-written", "password")]),
        ({"base": "x", "user": ""}, [("glpi-key-unknown", "base"), ("glpi-key", "user")]),
        ({"host": "h"}, [("glpi-key", "host / unix_socket"), ("glpi-key", "password_env / password_file")]),
        ({"unix_socket": ""}, [("glpi-key", "host / unix_socket")]),
        ({"port": 70000}, [("glpi-key", "port")]),
        ({"database": 3}, [("glpi-key", "database")]),
        ({"unix_socket": "s"}, [("glpi-key", "unix_socket")]),
        ({"password_env": "A", "password_file": "/b"}, [("glpi-key", "password_env / password_file")]),
        ({"password_env": "GHG_NOT_SET_ANYWHERE"}, [("glpi-password-missing", "GHG_NOT_SET_ANYWHERE")]),
        ({"password_file": "/nowhere/secret"}, [("glpi-password-missing", "/nowhere/secret")]),
    ],
)
def test_a_faulty_page_says_all_that_is_wrong(change, faults):
    inventory = take(SOUND | change)
    assert len(inventory) == 0
    assert [(f.code, f.value) for f in inventory.findings] == faults
    assert all(f.is_said(language) and "secret" not in f.text(language).replace("/nowhere/secret", "")
               for f in inventory.findings for language in ("fr", "en"))  # fmt: skip


@pytest.mark.parametrize("content", [b"host = ", b"\xff", b"[" * 100_000])
def test_what_is_no_toml_is_refused(content):
    inventory = GlpiSql().read(Document("glpi.toml", content))
    assert [f.code for f in inventory.findings] == ["glpi-page"]
