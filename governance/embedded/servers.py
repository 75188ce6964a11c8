"""Both servers together: where their files are, starting them, and what their addresses are."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from governance.embedded.accounts import choose_account
from governance.embedded.errors import CannotStart
from governance.embedded.passwords import passwords
from governance.embedded.postgres import Postgres
from governance.embedded.valkey import Valkey

ELSEWHERE = Path("/var/lib/grid-command-centre")


class Servers:
    """The embedded PostgreSQL and Valkey of one data directory."""

    def __init__(self, *, data: Path, throw_away: bool = False) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data.resolve()
        home = _reachable_home(self.data)
        account = choose_account(cluster=home / "postgres")
        secrets = passwords(file=self.data / "servers.secret")
        logs = self.data / "log"
        self.postgres = Postgres(
            home=home / "postgres",
            log=logs / "postgres.log",
            account=account,
            passwords=secrets,
            throw_away=throw_away,
        )
        self.valkey = Valkey(home=home / "valkey", log=logs / "valkey.log", account=account, password=secrets["valkey"])

    def start(self, *, postgres: bool = True, valkey: bool = True) -> None:
        """Start the named servers; if one fails, none is left running."""
        try:
            if postgres:
                self.postgres.start()
            if valkey:
                self.valkey.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop whatever runs."""
        self.valkey.stop()
        self.postgres.stop()

    def revive(self) -> str:
        """Start whatever ended by itself, on its old port; return its name, or nothing."""
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if server.process is not None and not server.alive():
                server.start()
                return name
        return ""

    def addresses(self) -> dict[str, str]:
        """Return the environment of a process that uses the servers that run."""
        found = {}
        if self.postgres.alive():
            found["DATABASE_URL"] = self.postgres.url("grid_app")
            found["MIGRATION_DATABASE_URL"] = self.postgres.url("grid")
        if self.valkey.alive():
            found["REDIS_URL"] = self.valkey.url
        return found


@contextlib.contextmanager
def running(*, data: Path, throw_away: bool = False) -> Iterator[Servers]:
    """Run both servers for the length of a block."""
    servers = Servers(data=data, throw_away=throw_away)
    servers.start()
    try:
        yield servers
    finally:
        servers.stop()


def _reachable_home(data: Path) -> Path:
    """Return where the servers keep their files: `data`, or a place of its own when their account cannot enter it.

    Root's home is closed to others, and the servers do not run as root. Their files then live below ELSEWHERE, in a
    directory named after `data`, so that two clones never share one.
    """
    if choose_account(cluster=data / "postgres").reaches(data):
        return data
    home = ELSEWHERE / hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotStart(
            f"{data} is closed to the servers' account and {home} cannot be made: set GRID_DATA_DIR"
        ) from problem
    return home
