"""The first minute, ordered so that the first page answers as early as it can.

Tables and static files are made side by side; the web starts as soon as both are there, while the district fills.
"""

import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from governance.embedded import children
from governance.embedded.errors import CannotStart
from governance.supervisor.plan import Plan, manage
from governance.supervisor.program import Program

TABLES = Plan("prepare", manage("prepare"), once=True)
STATIC = Plan("static", manage("collectstatic", "--noinput", "-v", "0"), once=True)
DISTRICT = Plan("fill", manage("fill"), once=True)
FIRST_PAGE_SECONDS = 90.0


class Opening:
    """Runs the steps of the first minute and tells the person at the terminal what takes how long."""

    def __init__(self, *, environment: Mapping[str, str], owner: str, logs: Path, root: Path) -> None:
        self.environment = environment
        self.owner = owner
        self.logs = logs
        self.root = root
        self.begun = time.monotonic()
        self.steps: list[Program] = []

    def prepare(self) -> None:
        """Make tables, rights, translations and static files."""
        # Only this step knows the owner of the tables; what serves requests never sees that password.
        owner = {"MIGRATION_DATABASE_URL": self.owner} if self.owner else {}
        tables = self._begin(TABLES, {**self.environment, **owner})
        static = self._begin(STATIC, self.environment)
        self._finish(tables)
        self._finish(static)

    def begin_filling(self) -> Program:
        """Start to load reference data and, into an empty database, the demo district."""
        return self._begin(DISTRICT, self.environment)

    def finish_filling(self, filling: Program) -> None:
        """Wait for the district."""
        self._finish(filling)

    def first_page(self, *, address: str, web: Program) -> None:
        """Wait until the first page answers."""
        deadline = time.monotonic() + FIRST_PAGE_SECONDS
        while time.monotonic() < deadline:
            if not web.running:
                raise CannotStart(f"the web server ended: {children.last_lines(web.log)} (whole log: {web.log})")
            with suppress(URLError, OSError), urlopen(address, timeout=30) as answer:  # noqa: S310  (our own address)
                if answer.status == 200:
                    self.tell("first page")
                    return
            time.sleep(0.1)
        raise CannotStart(f"{address} does not answer: {children.last_lines(web.log)} (whole log: {web.log})")

    def accounts(self) -> str:
        """Return the demo accounts and what to try first, as the command prints them."""
        words = manage("demo_accounts")
        done = subprocess.run(
            words, cwd=self.root, env=dict(self.environment), capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def abandon(self) -> None:
        """End the steps that still run."""
        for step in self.steps:
            step.ask()
        for step in self.steps:
            step.end(deadline=time.monotonic() + 2)

    def tell(self, what: str) -> None:
        """Print a step that is done and the seconds since the beginning."""
        print(f"start: {what} ({time.monotonic() - self.begun:.0f} s)", flush=True)  # noqa: T201  (the terminal is the point)

    def _begin(self, plan: Plan, environment: Mapping[str, str]) -> Program:
        step = Program(plan, environment=environment, logs=self.logs, root=self.root)
        step.log.unlink(missing_ok=True)
        step.start()
        self.steps.append(step)
        return step

    def _finish(self, step: Program) -> None:
        assert step.process is not None
        if step.process.wait():
            raise CannotStart(
                f"{step.plan.name} failed: {children.last_lines(step.log, count=1)} (whole log: {step.log})"
            )
        self.steps.remove(step)
        self.tell(step.plan.name)
