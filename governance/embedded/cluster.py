"""What the launcher does inside a cluster: free it from a dead server, and provide database and roles."""

import contextlib
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection

from governance.embedded import ports

DATABASE = "grid"
OWNER = "grid"
APP = "grid_app"
LEAVE_SECONDS = 15.0


def connect(*, port: int, passwords: Mapping[str, str], database: str = "postgres") -> connection:
    """Connect as the cluster's superuser, which only the launcher ever does."""
    return psycopg2.connect(
        host=ports.HOST,
        port=port,
        user="postgres",
        password=passwords["postgres"],
        dbname=database,
        connect_timeout=3,
    )


def provide(*, port: int, passwords: Mapping[str, str]) -> None:
    """See that the owner, the application's role and the database exist, with today's passwords.

    The owner may create databases (tests do) and is no superuser; the application's role owns nothing at all.
    """
    session = connect(port=port, passwords=passwords)
    session.autocommit = True
    with contextlib.closing(session), session.cursor() as cursor:
        for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            statement = sql.SQL(f"{verb} ROLE {{}} LOGIN NOSUPERUSER NOCREATEROLE {rights} PASSWORD %s")
            cursor.execute(statement.format(sql.Identifier(role)), [passwords[role]])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            names = (sql.Identifier(DATABASE), sql.Identifier(OWNER))
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def release(home: Path) -> bool:
    """Free the cluster at `home` from the lock of a server that was killed; tell whether there was one.

    The lock names a process number. After a restart of the machine or container that number may belong to anybody, so
    only a process that really is this cluster's server is asked to leave; otherwise the file is stale and removed.
    """
    lock = home / "postmaster.pid"
    try:
        server = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return False
    if _serves(server, home):
        with contextlib.suppress(ProcessLookupError):
            os.kill(server, signal.SIGINT)
        deadline = time.monotonic() + LEAVE_SECONDS
        while _serves(server, home) and time.monotonic() < deadline:
            time.sleep(0.05)
    if not _serves(server, home):
        lock.unlink(missing_ok=True)
    return True


def _serves(process: int, home: Path) -> bool:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(home) in words
