"""Copies of the server binaries, for where their account cannot enter the virtual environment."""

import os
import shutil
from pathlib import Path

from governance.embedded.accounts import Account
from governance.embedded.errors import CannotStart


def copied(package: Path, *, account: Account, copies: Path, beside: tuple[str, ...]) -> Path:
    """Copy `package` once per installed build below `copies` and return the copy; a half-made copy is never used."""
    build = f"{package.name}-{package.stat().st_mtime_ns}"
    target = copies / build
    if not target.exists():
        copies.mkdir(parents=True, exist_ok=True)
        half = copies / f"{build}.{os.getpid()}"
        for name in (package.name, *beside):
            if (package.parent / name).exists():
                shutil.copytree(
                    package.parent / name, half / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
                )
        half.chmod(0o755)
        half.rename(target)
    if not account.reaches(target):
        raise CannotStart(
            f"{account.name} cannot reach {target}: set GRID_DATA_DIR to a directory other accounts may enter"
        )
    return target / package.name
