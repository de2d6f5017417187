"""What the tests of this plugin share: exports as the software writes them, and a real MariaDB server of their own."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pymysql
import pytest

from ghg_numerique.plugin import Document, Inventory
from ghg_numerique_glpi import ghg_importers

IMPORTERS = {importer.name: importer for importer in ghg_importers()}
SCHEMA = Path(__file__).parent / "glpi_10.sql"
STARTED_WITHIN = 30


@pytest.fixture(scope="session")
def read():
    """Return a function that reads a text with an importer; keywords are options, companions are texts."""

    def reading(
        importer: str, text: str | bytes, companions: dict[str, str] | None = None, **options: str
    ) -> Inventory:
        content = text if isinstance(text, bytes) else text.encode()
        others = {name: Document(f"{name}.csv", other.encode()) for name, other in (companions or {}).items()}
        return IMPORTERS[importer].read(Document("f.csv", content, options, others))

    return reading


@pytest.fixture(scope="session")
def codes():
    """Return a function that lists (code, row, column) of the errors of an inventory."""

    def listing(inventory: Inventory) -> list[tuple[str, int, str]]:
        return [(f.code, f.origin.row, f.origin.column) for f in inventory.findings if f.severity == "error"]

    return listing


@attrs.frozen
class Server:
    """A MariaDB server that only this machine can reach, through a socket in a temporary folder."""

    socket: str

    def run(self, script: str, database: str = "glpi") -> None:
        link = pymysql.connect(
            unix_socket=self.socket, user="root", database=database, charset="utf8mb4", autocommit=True
        )
        with link, link.cursor() as cursor:
            for statement in filter(str.strip, script.split(";\n")):
                cursor.execute(statement)

    def create(self, database: str) -> None:
        self.run(f"CREATE DATABASE {database} CHARACTER SET utf8mb4;\n", database="mysql")
        self.run(SCHEMA.read_text("utf-8"), database)
        self.run(
            f"CREATE USER IF NOT EXISTS reader@localhost IDENTIFIED BY 'sésame';\n"
            f"GRANT SELECT ON {database}.* TO reader@localhost;\n"
        )

    def page(self, **others: str) -> bytes:
        said = {"unix_socket": self.socket, "database": "glpi", "user": "reader", "password_env": "GLPI_TEST"} | others
        return "".join(f'{key} = "{value}"\n' for key, value in said.items() if value).encode()


def _program(*names: str) -> str:
    folders = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    return next((found for name in names if (found := shutil.which(name, path=folders))), "")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of our own, stopped whatever happens; skip where none is installed."""
    install, daemon = _program("mariadb-install-db"), _program("mariadbd", "mysqld")
    if not (install and daemon):
        pytest.skip("no MariaDB server here: install the package mariadb-server to run these tests")
    folder = tmp_path_factory.mktemp("db")
    data, socket = folder / "data", folder / "s"
    if len(str(socket)) > 100:
        pytest.skip(f"the path of the temporary folder is too long for a socket: {socket}")
    user = [f"--user={'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}"]
    subprocess.run(
        [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", *user],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [daemon, "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--pid-file={folder / 'pid'}",
             "--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--innodb-fast-shutdown=2",
             "--innodb-buffer-pool-size=16M", *user],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(process, str(socket), folder / "log")
            yield Server(str(socket))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: "subprocess.Popen[bytes]", socket: str, log: Path) -> None:
    """Wait until the server answers; fail with its own words where it does not."""
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        if Path(socket).is_socket():
            pymysql.connect(unix_socket=socket, user="root").close()
            return
        time.sleep(0.05)
    pytest.fail(f"MariaDB did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def schema(server: Server) -> Server:
    """Return the server with the tables of GLPI, and an account that may only read them."""
    server.create("glpi")
    return server


@pytest.fixture
def glpi(schema: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Return the server with a database of GLPI that holds nothing."""
    monkeypatch.setenv("GLPI_TEST", "sésame")
    schema.run(
        "".join(f"DELETE FROM {table};\n" for table in re.findall(r"CREATE TABLE (\S+)", SCHEMA.read_text("utf-8")))
    )
    return schema
