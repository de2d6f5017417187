"""The page that says how to reach a database of GLPI. It holds no password: it says where one is to be found."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.refusal import Refusal, refused

EXAMPLE: Final = 'host = "glpi.example.fr", database = "glpi", user = "lecture", password_env = "GLPI_PASSWORD"'
KEYS: Final = ("host", "port", "unix_socket", "database", "user", "password_env", "password_file", "tls_ca")
PORT: Final = 3306


@attrs.frozen
class Connection:
    """Where a database is, and where its password is."""

    database: str
    user: str
    host: str = ""
    port: int = PORT
    unix_socket: str = ""
    password_env: str = ""
    password_file: str = ""
    tls_ca: str = ""

    @classmethod
    def of(cls, document: Document) -> "Connection":
        """Return what a page says. Raises Refusal with every fault of the page."""
        page = _parsed(document)
        wrong = [*_strangers(page), *_misfits(page)]
        if wrong:
            origin = Origin(document.name)
            raise Refusal([Finding.of(code, Severity.ERROR, origin, key, expected=how) for code, key, how in wrong])
        return cls(**page)

    def password(self, document: Document) -> str:
        """Return the password; nothing where a socket is enough. Raises Refusal where it is not where the page says."""
        if self.password_env:
            found = os.environ.get(self.password_env)
        elif self.password_file:
            found = _first_line(Path(self.password_file))
        else:
            return ""
        if not found:
            raise refused(document, "glpi-password-missing", self.password_env or self.password_file)
        return found


def _parsed(document: Document) -> dict[str, Any]:
    try:
        return tomllib.loads(document.content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise refused(document, "glpi-page", type(error).__name__, expected=EXAMPLE) from error


def _strangers(page: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        ("glpi-password-written" if key == "password" else "glpi-key-unknown", key, ", ".join(KEYS))
        for key in sorted(set(page) - set(KEYS))
    ]


def _misfits(page: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the keys that are missing, that are no text, or that contradict each other."""
    texts = {key: page.get(key, "") for key in KEYS if key != "port"}
    wrong = [("glpi-key", key, "text") for key, value in texts.items() if not isinstance(value, str) or "\0" in value]
    port = page.get("port", PORT)
    if type(port) is not int or not 0 < port < 65536:
        wrong.append(("glpi-key", "port", "1-65535"))
    if wrong:
        return wrong
    wrong = [("glpi-key", key, EXAMPLE) for key in ("database", "user") if not texts[key]]
    if bool(texts["host"]) == bool(texts["unix_socket"]):
        wrong.append(("glpi-key", "host / unix_socket", "host | unix_socket"))
    if texts["password_env"] and texts["password_file"]:
        wrong.append(("glpi-key", "password_env / password_file", "password_env | password_file"))
    if texts["host"] and not (texts["password_env"] or texts["password_file"]):
        wrong.append(("glpi-key", "password_env / password_file", EXAMPLE))
    for key in ("unix_socket", "password_file", "tls_ca"):
        if texts[key] and not Path(texts[key]).is_absolute():
            wrong.append(("glpi-key", key, "/..."))
    return wrong


def _first_line(path: Path) -> str:
    """Return the first line of a file; nothing where it cannot be read, or is no file."""
    try:
        return path.read_text("utf-8").partition("\n")[0].strip("\r") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
