"""The house that is measured: servers of its own, a seeded district, the web server as it is run for people."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

from governance.embedded.ports import free_port
from governance.embedded.servers import Servers, running

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def started(*, data: Path) -> Iterator[Servers]:
    """PostgreSQL and Valkey with the durability of an installation, and the environment to reach them."""
    with running(data=data) as both:
        found = both.addresses()
        os.environ.update(found)
        os.environ["DATABASE_URL"] = found["MIGRATION_DATABASE_URL"]  # filling and yardsticks write as the owner
        os.environ["GRID_DATA_DIR"] = str(data)
        os.environ["GRID_EMBEDDED"] = "1"
        os.environ["API_REQUESTS_PER_MINUTE"] = "0"
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        yield both


@contextlib.contextmanager
def servers(*, data: Path) -> Iterator[dict[str, str]]:
    """The same servers; yields their addresses."""
    with started(data=data) as both:
        yield both.addresses()


@contextlib.contextmanager
def seeded(*, data: Path | None) -> Iterator[Servers]:
    """Servers of their own with the demo district, and Django upon them; all of it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="grid-bench-", dir=data) as folder:
        Path(folder).chmod(0o755)
        with started(data=Path(folder)) as both:
            for command in (["migrate", "--verbosity", "0"], ["load_reference"], ["seed_demo"]):
                manage(*command)
            django.setup()
            yield both


def asked(
    words: argparse.ArgumentParser,
    *,
    fill: Callable[[argparse.Namespace], None],
    measure: Callable[[argparse.Namespace], dict[str, Any]],
) -> None:
    """Fill a seeded house and measure it, or with `--existing` the filled base of the environment; print the figures."""
    words.add_argument("--data", type=Path, help="where the servers of the measurement lie")
    words.add_argument("--existing", action="store_true", help="measure the filled base of DATABASE_URL as it stands")
    given = words.parse_args()
    if given.existing:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        manage("collectstatic", "--noinput", "--verbosity", "0")
        figures = measure(given)
    else:
        with seeded(data=given.data):
            manage("collectstatic", "--noinput", "--verbosity", "0")
            began = time.perf_counter()
            fill(given)
            spent = round(time.perf_counter() - began, 1)
            figures = {"filled_in_seconds": spent, **measure(given)}
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def timed(ask: Callable[[], object], *, times: int) -> dict[str, float]:
    """Milliseconds of one question after a first that is not counted: half, and nineteen of twenty, are faster."""
    ask()
    spent = []
    for _number in range(times):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    ordered = sorted(spent)
    return {
        "asked": times,
        "p50_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[min(int(times * 0.95), times - 1)], 3),
        "max_ms": round(ordered[-1], 3),
    }


def manage(*words: str) -> None:
    """Run a management command; its failure ends the measurement."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=sys.stderr)


@contextlib.contextmanager
def web() -> Iterator[str]:
    """Granian as the supervisor starts it; yields the address."""
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1"]
    size = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    process = subprocess.Popen(
        [*granian, *size, "--log-level", "error", "governance.wsgi:application"], cwd=ROOT, stdout=sys.stderr
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(900):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/bench/bare/", timeout=2) as answer:
            if answer.status == 200:
                return
        if process.poll() is not None:
            raise RuntimeError("the web server ended by itself")
        time.sleep(0.1)
    raise RuntimeError("the web server did not answer")
