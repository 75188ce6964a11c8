"""The supervisor itself: servers, opening, programs, and the loop that keeps them alive."""

import os
import time
from pathlib import Path

from governance import env
from governance.embedded import addresses, ports
from governance.embedded.errors import CannotStart
from governance.embedded.servers import Servers
from governance.supervisor import plan
from governance.supervisor.demonstration import is_demonstration
from governance.supervisor.opening import Opening
from governance.supervisor.program import Program
from governance.supervisor.watchdog import Watchdog

HIGHEST_PORT = 65535
TICK_SECONDS = 0.3
LEAVE_SECONDS = 6.0  # for programs; the servers have the rest of the ten seconds


class House:
    """Everything `make run` starts, from the first server to the last program."""

    def __init__(self, *, root: Path, data: Path, host: str, port: int, live_port: int | None = None) -> None:
        self.root = root
        self.data = data
        self.logs = data / "log"
        self.port = port
        self.address = f"http://{host}:{port}/"
        live_port = live_port or _beside(port)
        # Pages learn both from the settings: which port is theirs, and where they hear what changes.
        self.environment = dict(os.environ) | {"PORT": str(port), "LIVE_PORT": str(live_port)}
        self.plans = plan.programs(host=host, port=port, live_port=live_port, data=data)
        self.servers: Servers | None = None
        self.opening: Opening | None = None
        self.programs: dict[str, Program] = {}

    def open(self) -> None:
        """Start everything and print where it is; CannotStart says in one line why not."""
        if not ports.is_free(self.port):
            raise CannotStart(
                f"port {self.port} is taken: stop what listens there, or run `make run PORT={self.port + 1}`"
            )
        (self.data / "beat").mkdir(parents=True, exist_ok=True)
        owner = self._start_servers()
        demo = self._be_a_demonstration()
        self.opening = Opening(environment=self.environment, owner=owner, logs=self.logs, root=self.root)
        self.opening.tell("servers")
        self.opening.prepare()
        self._start("web")
        filling = self.opening.begin_filling()
        self.opening.first_page(address=self.address, web=self.programs["web"])
        self.opening.finish_filling(filling)
        for name in ("live", "worker", "beat", "history") if demo else ("live", "worker", "beat"):
            self._start(name)
        welcome = self.opening.accounts() if demo else ""
        self._say(f"\n{welcome}\n\n  {self.address}\n\nCtrl-C stops everything; logs are in {self.logs}")

    def keep(self) -> None:
        """Keep everything alive, for ever."""
        watchdog = Watchdog(address=self.address)
        while True:
            self._keep_servers()
            for program in self.programs.values():
                if news := program.revive():
                    self._say(news)
            if victim := watchdog.victim():
                self._say(f"{victim} makes no progress, starting it anew")
                self.programs[victim].ask()
                self.programs[victim].end(deadline=time.monotonic() + LEAVE_SECONDS)
            time.sleep(TICK_SECONDS)

    def close(self) -> None:
        """Stop everything within ten seconds: first who writes, then the servers."""
        if self.opening is not None:
            self.opening.abandon()
        deadline = time.monotonic() + LEAVE_SECONDS
        for program in self.programs.values():
            program.ask()
        for program in self.programs.values():
            program.end(deadline=deadline)
        if self.servers is not None:
            self.servers.stop()
            addresses.forget(data=self.data)

    def _start_servers(self) -> str:
        """Start the embedded servers that no variable replaces; return the address of the tables' owner."""
        postgres, valkey = (not os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL"))
        owner = self.environment.pop("MIGRATION_DATABASE_URL", "")
        if postgres or valkey:
            self.servers = Servers(data=self.data)
            self.servers.start(postgres=postgres, valkey=valkey)
            found = self.servers.addresses()
            addresses.record(found, data=self.data)
            owner = found.pop("MIGRATION_DATABASE_URL", owner)
            self.environment.update(found)
        if postgres:
            self.environment["GRID_EMBEDDED"] = "1"
        return owner

    def _be_a_demonstration(self) -> bool:
        """Tell whether this is a demonstration, and give one what it needs: an installation brings its own secrets."""
        embedded = "GRID_EMBEDDED" in self.environment
        demo = embedded or is_demonstration(url=self.environment["DATABASE_URL"], data=self.data)
        if demo:
            self.environment["DEMO"] = "1"
            env.secret("SECRET_KEY", file=self.data / "secret.key", may_draw=True)
            env.field_keys("FIELD_KEYS", file=self.data / "field.key", may_draw=True)
        return demo

    def _keep_servers(self) -> None:
        if self.servers is not None and (revived := self.servers.revive()):
            self._say(f"{revived} had ended and runs again")

    def _start(self, name: str) -> None:
        self.programs[name] = Program(self.plans[name], environment=self.environment, logs=self.logs, root=self.root)
        self.programs[name].start()

    def _say(self, what: str) -> None:
        print(what, flush=True)  # noqa: T201  (the person at the terminal started us)


def _beside(port: int) -> int:
    """Return the next port where nothing listens there, any free one otherwise."""
    return port + 1 if port < HIGHEST_PORT and ports.is_free(port + 1) else ports.free_port()
