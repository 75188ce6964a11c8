"""`make run` as a person meets it: it comes up, heals, refuses to run twice, and goes without leaving anything."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from psycopg2 import connect

from governance.embedded import ports
from governance.embedded.sharing import borrowed
from tests.base import furnish
from tests.operations.conftest import a_folder

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ("DATABASE_URL", "REDIS_URL", "GRID_EMBEDDED", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "FIELD_KEYS")
SOMEBODY = """
    INSERT INTO organizations_user
        (username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined,
         display_name, language, work_phone, hints_off)
    VALUES ('somebody', '!', '', '', '', false, false, true, now(), '', '', '', '{}')
"""

pytestmark = pytest.mark.processes


class House:
    """A supervisor with a data directory and a port of its own."""

    def __init__(self, data):
        self.data = data
        self.port = ports.free_port()
        self.process = None

    @property
    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
        return kept | {"GRID_DATA_DIR": str(self.data), "PORT": str(self.port)}

    def command(self, *words):
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def open(self):
        log = (self.data / "said").open("w")
        words = [sys.executable, "-m", "governance.supervisor"]
        self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        wait_until(lambda: "Ctrl-C" in self.said() or self.process.poll() is not None, seconds=120)
        assert self.process.poll() is None, self.said()

    def said(self):
        return (self.data / "said").read_text()

    def healthy(self):
        with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return json.load(answer)["database"] == "ok"
        return False

    def tells(self):
        with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port + 1}/live/health", timeout=5) as answer:
            return json.load(answer)["status"] == "ok"
        return False

    def living(self):
        """Every process that works on our data directory, whoever its parent is by now."""
        mark = os.fsencode(f"GRID_DATA_DIR={self.data}\0")
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if mark in (folder / "environ").read_bytes() and words:
                    found[int(folder.name)] = words
        return found

    def kill(self, word):
        for process, words in self.living().items():
            if word in words:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)


@pytest.fixture
def house():
    """A house whose database already knows somebody, so that no demo district is built."""
    with a_folder() as data:
        furnish(data=data)
        found(data)
        house = House(data)
        yield house
        house.kill("")


def found(data):
    with (
        borrowed(data=data) as addresses,
        connect(addresses["MIGRATION_DATABASE_URL"]) as door,
        door.cursor() as cursor,
    ):
        cursor.execute(SOMEBODY)


def test_it_comes_up_heals_and_comes_up_again_after_a_kill(house):
    house.open()
    wait_until(house.healthy, seconds=150)
    wait_until(house.tells, seconds=150)

    second = house.command("-m", "governance.supervisor")
    assert second.returncode == 1
    assert second.stderr.startswith("error: already running as process")
    assert second.stderr.count("\n") == 1

    for victim in ("granian", "uvicorn", "celery", "bin/postgres"):
        house.kill(victim)
        wait_until(house.healthy, seconds=150)
    wait_until(house.tells, seconds=150)
    wait_until(lambda: len(_named(house, "worker")) >= 2 and _named(house, "beat"), seconds=150)

    house.process.kill()
    house.process.wait()
    wait_until(lambda: house.living() == {}, seconds=30)

    house.open()
    wait_until(house.healthy, seconds=150)
    asked = time.monotonic()
    house.process.send_signal(signal.SIGINT)
    house.process.wait(30)
    assert time.monotonic() - asked < 10
    assert house.process.returncode == 0
    assert house.living() == {}


def test_a_taken_port_is_one_clear_line(data):
    house = House(data)
    house.port = int(os.environ["REDIS_URL"].rsplit(":", 1)[1].split("/")[0])
    done = house.command("-m", "governance.supervisor")
    assert done.returncode == 1
    assert (
        done.stderr
        == f"error: port {house.port} is taken: stop what listens there, or run `make run PORT={house.port + 1}`\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_nonsensical_port_is_one_clear_line(data, port):
    house = House(data)
    house.port = port
    done = house.command("-m", "governance.supervisor")
    assert done.stderr == f"error: PORT={port!r}: give a number from 1 to 65535\n"


def _named(house, word):
    return [words for words in house.living().values() if word in words]


def wait_until(happened, *, seconds):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.2)
