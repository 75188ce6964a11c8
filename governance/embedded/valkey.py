"""The embedded Valkey: broker, cache and nothing that may not be lost."""

import signal
import subprocess
import time
from pathlib import Path

import redis

from governance.embedded import children, ports, programs
from governance.embedded.accounts import Account
from governance.embedded.errors import CannotStart

START_SECONDS = 30.0
STOP_SECONDS = 5.0
ATTEMPTS = 10


class Valkey:
    """One Valkey server on a loopback port, with a password and its data below `home`."""

    def __init__(self, *, home: Path, log: Path, account: Account, password: str) -> None:
        self.home = home
        self.log = log
        self.account = account
        self.password = password
        self.port = 0
        self.settled = False  # once clients know the port, it stays
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address clients connect to, password included."""
        return f"redis://:{self.password}@{ports.HOST}:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers; a port taken meanwhile is left for another one."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.account.own(self.home)
        for _ in range(ATTEMPTS):
            self.port = self.port if self.settled else ports.free_port()
            self._launch()
            if self._answers():
                self.settled = True
                return
            time.sleep(0.5)
        raise CannotStart(f"Valkey does not start: {children.last_lines(self.log)} (whole log: {self.log})")

    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End the server, its append-only file written out."""
        if self.process is not None:
            children.stop(self.process, ask=signal.SIGTERM, seconds=STOP_SECONDS)

    def _launch(self) -> None:
        program = programs.valkey_server(account=self.account, copies=self.home.parent / "programs")
        options = {**self.account.spawn_options, "cwd": self.home}
        self.process = children.spawn(
            [program, "-"], log=self.log, farewell=signal.SIGTERM, options=options, stdin=subprocess.PIPE
        )
        if self.process.stdin is not None:  # by stdin: a password in the arguments would be visible to every account
            self.process.stdin.write(self._configuration().encode())
            self.process.stdin.close()

    def _configuration(self) -> str:
        return "\n".join(
            (
                f"bind {ports.HOST}",
                f"port {self.port}",
                f"requirepass {self.password}",
                "dir .",  # relative to the working directory: a path with spaces needs no quoting
                "appendonly yes",
                "appendfsync everysec",
                'save ""',
                "maxmemory-policy noeviction",  # an evicted task would vanish without a word
                "",
            )
        )

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
            while self.alive() and time.monotonic() < deadline:
                try:
                    client.ping()
                except redis.exceptions.AuthenticationError:
                    break  # somebody else's server took the port first
                except redis.exceptions.RedisError:
                    time.sleep(0.02)
                else:
                    return self.alive()
        self.stop()
        return False
