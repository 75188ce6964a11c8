"""The embedded PostgreSQL: a cluster made once, started on a free loopback port, stopped cleanly."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg2

from governance.embedded import children, cluster, ports, programs
from governance.embedded.accounts import Account
from governance.embedded.errors import CannotStart

START_SECONDS = 120.0
STOP_SECONDS = 3.0  # a fast shutdown takes a fifth of one; what is killed instead recovers at the next start
ATTEMPTS = 10

CONFIGURATION: Final[Mapping[str, str]] = {
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "wal_compression": "pglz",  # the wheel has no lz4
    "random_page_cost": "1.1",
    "jit": "off",  # compiling costs more than these short statements take
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": "30s",
    "log_min_duration_statement": "500ms",
    "log_parameter_max_length": "0",  # a parameter may be a telephone number
    "timezone": "UTC",
    "unix_socket_directories": "",  # socket paths have a length limit; long project paths would break on it
}
THROW_AWAY: Final[Mapping[str, str]] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "-1",
    # Whoever counts after a rolled-back test finds nobody, and rows of the next one are read by plans made for none.
    "autovacuum": "off",
}


class Postgres:
    """One PostgreSQL server with the database and the roles of the product."""

    def __init__(
        self, *, home: Path, log: Path, account: Account, passwords: Mapping[str, str], throw_away: bool = False
    ) -> None:
        self.home = home
        self.log = log
        self.account = account
        self.passwords = passwords
        self.configuration = {**CONFIGURATION, **(THROW_AWAY if throw_away else {})}
        self.throw_away = throw_away
        self.port = 0
        self.settled = False  # once clients know the port, it stays
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str) -> str:
        """The address for `role` ("grid" owns the tables, "grid_app" only uses them), password included."""
        return f"postgres://{role}:{self.passwords[role]}@{ports.HOST}:{self.port}/{cluster.DATABASE}"

    def start(self) -> None:
        """Make the cluster if there is none, start it, wait until it answers, and see that the roles are there."""
        programs_home = programs.postgres_home(account=self.account, copies=self.home.parent / "programs")
        if not self.home.exists():
            self._make(programs_home)
        cluster.release(self.home)
        for _ in range(ATTEMPTS):
            self.port = self.port if self.settled else ports.free_port()
            self._launch(programs_home)
            if self._answers():
                cluster.provide(port=self.port, passwords=self.passwords)
                self.settled = True
                return
            cluster.release(self.home)
            time.sleep(0.5)  # backends of a killed server let go of its memory and its port a moment later
        raise CannotStart(f"PostgreSQL does not start: {children.last_lines(self.log)} (whole log: {self.log})")

    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self, *, at_once: bool = False) -> None:
        """Shut the server down: open transactions roll back; `at_once` leaves recovery to the next start."""
        if self.process is not None:
            ask = signal.SIGQUIT if at_once else signal.SIGINT  # SIGTERM would wait for clients to leave
            children.stop(self.process, ask=ask, seconds=STOP_SECONDS)

    def _make(self, programs_home: Path) -> None:
        half = self.home.with_name(f"{self.home.name}.half")
        if half.exists():
            shutil.rmtree(half)  # an earlier run was killed while making it
        half.mkdir(mode=0o700, parents=True)
        self.account.own(half)
        secret = half.with_name("initdb.secret")
        secret.touch(mode=0o600)
        secret.write_text(self.passwords["postgres"])
        self.account.own(secret)
        try:
            self._initdb(programs_home, half, secret)
        finally:
            secret.unlink()
        half.rename(self.home)

    def _initdb(self, programs_home: Path, half: Path, secret: Path) -> None:
        command: list[str | Path] = [
            programs_home / "bin" / "initdb",
            "-D",
            half,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
        ]
        command += [f"--pwfile={secret}", "-k", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        command += ["--no-instructions", *(["--no-sync"] if self.throw_away else [])]
        made = subprocess.run(
            command, cwd="/", capture_output=True, text=True, check=False, **self.account.spawn_options
        )
        if made.returncode:
            raise CannotStart(f"initdb failed in {half}: {' '.join(made.stderr.split())[-300:]}")

    def _launch(self, programs_home: Path) -> None:
        command: list[str | Path] = [
            programs_home / "bin" / "postgres",
            "-D",
            self.home,
            "-h",
            ports.HOST,
            "-p",
            str(self.port),
        ]
        for name, value in self.configuration.items():
            command += ["-c", f"{name}={value}"]
        self.process = children.spawn(command, log=self.log, farewell=signal.SIGINT, options=self.account.spawn_options)

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while self.alive() and time.monotonic() < deadline:
            try:
                cluster.connect(port=self.port, passwords=self.passwords).close()
            except psycopg2.OperationalError:
                time.sleep(0.02)
            else:
                return self.alive()
        self.stop(at_once=True)
        return False
