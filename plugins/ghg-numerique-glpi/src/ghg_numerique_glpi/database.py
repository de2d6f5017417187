"""The rows of a database of GLPI, read in one snapshot that writes nothing, in a fixed order."""

import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import attrs
import pymysql
from pymysql.converters import encoders

from ghg_numerique.plugin import Document, Finding, Origin, Severity
from ghg_numerique_files.dialect import Dialect
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.sheet import NumberedRow, Sheet
from ghg_numerique_glpi.connection import Connection
from ghg_numerique_glpi.schema import ASSETS, COLUMNS_THERE, READ, Asset, lacking

SECONDS: Final = 30
"""How long a database may be silent."""

AS_THE_SERVER_WRITES: Final = Dialect("utf-8", ",", ".")
"""Texts come as the server writes them: days in ISO, numbers with a point."""

WRITTEN_ONLY: Final[dict[int | type[Any], Any]] = dict(encoders.items())
"""The converters of the driver that write, without those that read: nothing is made of what the server says."""


@attrs.frozen
class Snapshot:
    """What a database held at one moment: a sheet for each kind of equipment, and what was left out of it."""

    sheets: tuple[tuple[Asset, Sheet], ...]
    deleted: int
    templates: int
    server: str
    database: str

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(len(sheet.rows) for _, sheet in self.sheets)

    @property
    def sha256(self) -> str:
        """The hash of all rows that were read: the page of the connection does not change with the data."""
        digest = hashlib.sha256()
        for asset, sheet in self.sheets:
            for number, cells in sheet.rows:
                digest.update("\x1f".join([asset.table, str(number), *cells, "\n"]).encode())
        return digest.hexdigest()


def read_snapshot(document: Document) -> Snapshot:
    """Return what the database of a page holds now. Raises Refusal where it cannot be reached, or is not GLPI's."""
    connection = Connection.of(document)
    password = connection.password(document)
    try:
        with _snapshot(connection, password) as cursor:
            missing = lacking({(table.lower(), column.lower()) for table, column in _all(cursor, COLUMNS_THERE)})
            if missing:
                origin = Origin(document.name)
                raise Refusal([Finding.of("glpi-schema", Severity.ERROR, origin, name) for name in missing])
            sheets = tuple((asset, _sheet(document, asset, _all(cursor, asset.query))) for asset in ASSETS)
            out = [_all(cursor, asset.query_left_out)[0] for asset in ASSETS]
            server = _all(cursor, "SELECT VERSION()")[0][0]
    except (pymysql.MySQLError, OSError, RuntimeError, UnicodeDecodeError) as error:
        raise refused(document, "glpi-connection", _reason(error)) from error
    return Snapshot(sheets, sum(int(d) for d, _ in out), sum(int(t) for _, t in out), server, connection.database)


@contextmanager
def _snapshot(connection: Connection, password: str) -> Iterator[Any]:
    """Return a cursor inside a transaction that sees one moment and cannot write."""
    where: dict[str, Any] = (
        {"unix_socket": connection.unix_socket}
        if connection.unix_socket
        else {"host": connection.host, "port": connection.port}
    )
    if connection.tls_ca:
        where |= {"ssl_ca": connection.tls_ca, "ssl_verify_cert": True, "ssl_verify_identity": True}
    if connection.unix_socket:
        _knock(connection.unix_socket)
    # the driver would send an accented password in Latin-1; what people set, they set in UTF-8
    link = pymysql.connect(
        **where, user=connection.user, password=password.encode(), database=connection.database, charset="utf8mb4",
        connect_timeout=SECONDS, read_timeout=SECONDS, write_timeout=SECONDS, conv=WRITTEN_ONLY,
    )  # fmt: skip
    try:
        with link.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
            yield cursor
    finally:
        link.close()


def _knock(path: str) -> None:
    """Raise OSError where nobody listens at a socket: the driver would leave its end of it open."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as end:
        end.settimeout(SECONDS)
        end.connect(path)


def _all(cursor: Any, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as texts, nothing where the database says NULL."""
    cursor.execute(query)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in cursor.fetchall()]


def _sheet(document: Document, asset: Asset, found: list[tuple[str, ...]]) -> Sheet:
    """Return the rows of a table as a sheet: the file is the table, the number of a row its id."""
    rows: tuple[NumberedRow, ...] = tuple((int(number), list(cells)) for number, *cells in found)
    places = {name: place for place, name in enumerate(READ)}
    return Sheet(
        f"{document.name}/{asset.table}", AS_THE_SERVER_WRITES, places, asset.headers, len(READ), len(READ), rows
    )


def _reason(error: Exception) -> str:
    """Return what the server said. It never repeats a password."""
    return str(error.args[-1] if error.args else type(error).__name__)
