"""The product as it runs in production, from its own parts, with a hand on the kill switch.

Real servers with real durability, the web server, one worker and the beat, each in processes of their own, restarted by
the same code that restarts them in production. Only processes started here are ever signalled.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import redis
from celery import Celery

from governance.embedded import cluster, ports
from governance.embedded.servers import Servers
from governance.supervisor.plan import programs
from governance.supervisor.program import Program
from tests.base import furnish

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # a bound on liveness on a loaded machine, never a measure of speed


def eventually(true: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """Wait until something holds; its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never came true within {seconds:.0f} s: {what}")


class Stage:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.faults = data / "faults"
        self.faults.mkdir(parents=True)
        furnish(data=data)
        self.servers = Servers(data=data)
        self.port = ports.free_port()
        self.address = f"http://{ports.HOST}:{self.port}"
        self.programs: dict[str, Program] = {}
        self.tokens: dict[str, str] = {}
        self.environment: dict[str, str] = {}
        self._keeping = threading.Event()
        self._hands_off = threading.Lock()

    def open(self) -> None:
        self.servers.start()
        addresses = self.servers.addresses()
        owner = addresses.pop("MIGRATION_DATABASE_URL")
        (self.data / "beat").mkdir()
        self.environment = {
            **os.environ,
            **addresses,
            "GRID_DATA_DIR": str(self.data),
            "FAULTS": str(self.faults),
            "DJANGO_SETTINGS_MODULE": "governance.settings_test",
        }
        said = self.manage("-m", "tests.faults.furnish", DATABASE_URL=owner)
        self.tokens = json.loads(said.stdout.splitlines()[-1])
        every = programs(host=ports.HOST, port=self.port, live_port=ports.free_port(), data=self.data)
        for name, plan in every.items():
            if name in ("web", "worker", "beat"):
                program = Program(plan, environment=self.environment, logs=self.data / "log", root=ROOT)
                self.programs[name] = program
                program.start()
        self._keeping.set()
        threading.Thread(target=self._keep, daemon=True).start()
        eventually(self.answers, what="the web server answers")

    def close(self) -> None:
        self._keeping.clear()
        with self._hands_off:
            for program in self.programs.values():
                program.ask()
            for program in self.programs.values():
                program.end(deadline=time.monotonic() + 3)
            self.servers.stop()

    def manage(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Python beside the stage; its output, and an error where it fails."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=True,
        )

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def _keep(self) -> None:
        while self._keeping.is_set():
            with self._hands_off:
                if self._keeping.is_set():
                    for program in self.programs.values():
                        program.pause = 0.05  # in production the pauses grow; here the same thing dies again and again
                        program.revive()
            time.sleep(0.05)

    # --- what breaks ------------------------------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """kill -9 of a whole program."""
        process = self.programs[name].process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)

    @contextmanager
    def killed_at(self, step: str) -> Iterator[None]:
        """The first process that reaches a step dies there; by the end of the block one must have."""
        armed = self.faults / step
        armed.touch()
        yield
        eventually(lambda: not armed.exists(), what=f"a process reached {step}")

    @contextmanager
    def redis_hung(self) -> Iterator[None]:
        process = self.servers.valkey.process
        assert process is not None
        process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            process.send_signal(signal.SIGCONT)

    @contextmanager
    def redis_stopped(self) -> Iterator[None]:
        self.servers.valkey.stop()
        try:
            yield
        finally:
            self.servers.valkey.start()

    def flush_redis(self) -> None:
        with redis.Redis.from_url(self.servers.valkey.url) as client:
            client.flushall()

    def restart_postgres(self) -> None:
        """Without a checkpoint and without asking anybody: what the machine does when the lights go out."""
        self.servers.postgres.stop(at_once=True)
        self.servers.postgres.start()

    # --- what is seen from outside ----------------------------------------------------------------------------------

    def nudge(self, task: str) -> None:
        """Say "look now" as the beat does, without waiting for it."""
        with Celery(broker=self.servers.valkey.url, set_as_current=False) as app:
            app.send_task(task, retry=False, ignore_result=True)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Ask the database behind everybody's back."""
        session = cluster.connect(
            port=self.servers.postgres.port, passwords=self.servers.postgres.passwords, database=cluster.DATABASE
        )
        session.autocommit = True
        with closing(session), session.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def count(self, sql: str, *parameters: Any) -> int:
        (number,) = self.rows(sql, *parameters)[0]
        return int(number)
