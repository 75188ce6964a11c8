"""One program under supervision: started, watched, started again after growing pauses, stopped with its session."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from governance.embedded import children
from governance.supervisor.plan import Plan

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 60.0  # who ran this long starts with a short pause again
TRIES = 5  # for what runs once: trying for ever would hide that it never works
LOG_LIMIT = 20 * 1024 * 1024


class Program:
    """A program, its process and its log."""

    def __init__(self, plan: Plan, *, environment: Mapping[str, str], logs: Path, root: Path) -> None:
        self.plan = plan
        self.environment = dict(environment)
        self.log = logs / f"{plan.name}.log"
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE
        self.started = 0.0
        self.next_start = 0.0
        self.failures = 0

    @property
    def running(self) -> bool:
        """Tell whether the process lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def finished(self) -> bool:
        """Tell whether a program that runs once has done its work."""
        return self.plan.once and self.process is not None and self.process.poll() == 0

    def start(self) -> None:
        """Start the process; its output goes to the log."""
        with contextlib.suppress(FileNotFoundError):
            if self.log.stat().st_size > LOG_LIMIT:
                self.log.rename(self.log.with_suffix(".log.1"))
        command = self.plan.command
        if self.plan.niceness:
            command = ("nice", "-n", str(self.plan.niceness), *command)
        self.started = time.monotonic()
        self.process = children.spawn(
            command, log=self.log, farewell=signal.SIGTERM, options={"cwd": self.root, "env": self.environment}
        )

    def revive(self) -> str:
        """Start the process again if it died and its pause is over; return what there is to tell, or nothing."""
        now = time.monotonic()
        if self.running or self.finished or self.process is None or self.failures == TRIES:
            return ""
        if not self.next_start:
            return self._mourn(now)
        if now >= self.next_start:
            self.next_start = 0.0
            self.start()
        return ""

    def ask(self) -> None:
        """Ask the process to end."""
        if self.process is not None and self.running:
            self.process.send_signal(signal.SIGTERM)

    def end(self, *, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds) for the process to end, then kill what is left of its session."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        self._end_session()
        self.process.wait()

    def _mourn(self, now: float) -> str:
        """Note that the process died and when it starts again; return what to tell."""
        assert self.process is not None
        self._end_session()  # what a killed server left behind would keep the port and the database
        what = f"{self.plan.name} ended ({_outcome(self.process)})"
        if self.plan.once:
            self.failures += 1
            if self.failures == TRIES:
                return f"{what} {TRIES} times and is given up: {self.log}"
        self.pause = FIRST_PAUSE if now - self.started > SETTLED_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.next_start = now + self.pause
        return f"{what}, starting again in {self.pause:.0f} s: {self.log}"

    def _end_session(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _outcome(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit {code}"
